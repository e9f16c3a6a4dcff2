import { z } from 'zod';
import { personRole, scope } from '../access.ts';
import { countryCode, languageTag, wellFormedText } from '../primitives.ts';
import { violationType } from '../violation.ts';
import { instant } from './check-view.ts';

/** Name of a skill in `rules/queues.yaml`. */
const skillName = z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'is neither a violation type nor a skill' });

/** What a person may see and decide: empty lists mean everything. */
export const reach = z
  .strictObject({
    markets: z.array(countryCode).max(250).default([]),
    queues: z.array(wellFormedText(100)).max(100).default([]),
    /** Languages that the person reads; cases in others are offered last. */
    languages: z.array(languageTag).max(50).default([]),
    /**
     * Skills of `rules/queues.yaml` and violation types that the person was trained for; cases that need another skill
     * are neither offered nor claimed.
     */
    skills: z
      .array(z.union([violationType, skillName]))
      .max(100)
      .default([]),
  })
  .meta({ id: 'Reach' });
export type Reach = z.infer<typeof reach>;

/** How a person wants the console. */
export const preferences = z
  .strictObject({
    /** How pictures are shown until they are asked for. */
    pictures: z.enum(['CLEAR', 'BLURRED', 'GREY']).default('CLEAR'),
    locale: z.enum(['en', 'zh', 'ru']).optional(),
    colours: z.enum(['LIGHT', 'DARK', 'SYSTEM']).default('SYSTEM'),
    /** Keys that were changed: name of the command to the key. */
    keys: z.record(z.string().max(40), z.string().max(20)).default({}),
  })
  .meta({ id: 'Preferences' });
export type Preferences = z.infer<typeof preferences>;

export const personView = z
  .strictObject({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    role: personRole,
    reach,
    hasPassword: z.boolean(),
    hasSecondFactor: z.boolean(),
    /** Signs in with OpenID Connect. */
    isFederated: z.boolean(),
    isDisabled: z.boolean(),
    createdAt: instant,
    lastSignInAt: instant.optional(),
  })
  .meta({ id: 'Person' });
export type PersonView = z.infer<typeof personView>;

/** A name to sign in with: an address or a short name. */
export const loginName = z
  .string()
  .min(2)
  .max(128)
  .regex(/^[a-z0-9._@+-]+$/, { error: 'may hold lower-case letters, digits and . _ @ + - only' });

/** At least twelve characters, nothing else is asked. Source: NIST SP 800-63B, OWASP ASVS 5.0 6.2.1. */
export const password = z.string().min(12).max(200);

export const newPerson = z
  .strictObject({ login: loginName, name: wellFormedText(200).min(1), role: personRole, reach: reach.prefault({}) })
  .meta({ id: 'NewPerson' });
export type NewPerson = z.infer<typeof newPerson>;

/** A new person with the first password, shown this once. */
export const newPersonAnswer = z.strictObject({ person: personView, password: z.string() });

export const personPatch = z
  .strictObject({
    name: wellFormedText(200).min(1).optional(),
    role: personRole.optional(),
    reach: reach.optional(),
    isDisabled: z.boolean().optional(),
  })
  .meta({ id: 'PersonPatch' });
export type PersonPatch = z.infer<typeof personPatch>;

/** Who is signed in. A key or a sign-in link has no role of its own: its scopes tell what it may. */
export const signedIn = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    scopes: z.array(scope),
    role: personRole.optional(),
    reach: reach.optional(),
    preferences: preferences.optional(),
    hasSecondFactor: z.boolean().optional(),
    /** The first password must be changed before anything else. */
    mustChangePassword: z.boolean().optional(),
  })
  .meta({ id: 'SignedInPerson', description: 'Who is signed in to the console, and what that person may do' });
export type SignedIn = z.infer<typeof signedIn>;

/** How one may sign in here: `GET /v1/sign-in-options`. */
export const signInOptions = z
  .strictObject({
    hasPeople: z.boolean(),
    oidc: z.strictObject({ title: z.string(), startUrl: z.string() }).optional(),
  })
  .meta({ id: 'SignInOptions' });

export const signInProof = z.union([
  z.strictObject({ apiKey: z.string().min(1).max(200) }),
  z.strictObject({ ticket: z.string().min(1).max(200) }),
  z.strictObject({
    login: z.string().min(1).max(200),
    password: z.string().min(1).max(200),
    /** Six digits of the authenticator; asked for with `auth.second-factor-needed`. */
    code: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
  }),
]);
export type SignInProof = z.infer<typeof signInProof>;

export const passwordChange = z.strictObject({ oldPassword: z.string().min(1).max(200), newPassword: password });

/** A second factor that becomes valid once a code of it was confirmed. */
export const newSecondFactor = z.strictObject({
  /** For authenticators that cannot scan. */
  secret: z.string(),
  /** `otpauth://totp/…`, the content of the QR code. */
  uri: z.string(),
});
export const secondFactorCode = z.strictObject({ code: z.string().regex(/^\d{6}$/) });

/** A colleague as pickers for handing over show them. */
export const colleague = z
  .strictObject({ id: z.string(), name: z.string(), role: personRole })
  .meta({ id: 'Colleague' });
