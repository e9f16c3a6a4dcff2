import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';
import { type BehaviourEdge } from '../../detectors/account/behaviour.ts';
import {
  type Account,
  account,
  type NetworkClass,
  networkClass,
  type PseudonymousAccount,
} from '../../domain/account.ts';
import { AppError } from '../../domain/errors.ts';
import { cellsOf, instantOf, type BadLine, type CellReader, type ReadObject } from '../labelled-file.ts';
import type { PopulationGroup } from './truth.ts';

/** Truth about an account as a file gives it. */
export interface LabelledAccount {
  readonly account: Account;
  /** One hand runs it together with others. Absent: not known. */
  readonly isOneHand?: boolean;
  readonly kind?: string;
  readonly group?: string;
}

/** What a file of accounts holds, before identifiers are hashed. */
export interface AccountFile {
  readonly accounts: readonly LabelledAccount[];
  /** Network classes that the file itself gives for addresses. */
  readonly networkClasses: ReadonlyMap<string, NetworkClass>;
  readonly bad: readonly BadLine[];
}

const truthy = z
  .union([z.boolean(), z.number(), z.string()])
  .transform((value) => /^(true|1|yes|fraud|sock|sockpuppet|puppet|puppets|bad|spam)$/i.test(String(value)));

const truthColumns = z.object({
  label: truthy.optional(),
  kind: z.string().optional(),
  group: z.union([z.string(), z.number().transform(String)]).optional(),
});

const textOf = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');

const labelled = (made: Account, truth: z.infer<typeof truthColumns>): LabelledAccount => ({
  account: made,
  ...(truth.label === undefined ? {} : { isOneHand: truth.label }),
  ...(truth.kind === undefined ? {} : { kind: truth.kind }),
  ...(truth.group === undefined ? {} : { group: truth.group }),
});

/** An account as a marketplace sends it, with `label`, `kind` and `group` beside it; or why it is none. */
const accountOf = (value: object): LabelledAccount | string => {
  const truth = truthColumns.safeParse(value);
  if (!truth.success) return textOf(truth.error);
  const { label: _label, kind: _kind, group: _group, type, ...rest } = value as Record<string, unknown>;
  // The account's own `kind` is BUYER or SELLER; any other word there is the truth's.
  const own = type ?? (/^(BUYER|SELLER)$/.test(truth.data.kind ?? '') ? truth.data.kind : undefined);
  const parsed = account.safeParse(own === undefined ? rest : { ...rest, kind: own });
  return parsed.success ? labelled(parsed.data, truth.data) : textOf(parsed.error);
};

const isoOf = (text: string): string | undefined => {
  const ms = instantOf(text);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
};

const digestHex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An address as it stands; a hash of one becomes an address of the documentation range, the same for the same hash. */
const addressOf = (text: string): string => {
  if (isIP(text) !== 0) return text;
  const hex = digestHex(text);
  return `2001:db8:${hex.slice(0, 4)}:${hex.slice(4, 8)}::1`;
};

/** A number as it stands; a hash of one becomes digits under the unassigned country code 999. */
const phoneOf = (text: string): string =>
  /^\+?[0-9 ()-]{5,24}$/.test(text) ? text : `+999${BigInt(`0x${digestHex(text).slice(0, 12)}`) % 1_000_000_000_000n}`;

interface AccountRow {
  readonly line: number;
  readonly cell: CellReader;
}

/** Joins the rows of one account: each row adds a device, card, address, number, mailbox or visit. */
const joinRows = (id: string, rows: readonly AccountRow[], classes: Map<string, NetworkClass>): unknown => {
  const values = (...names: readonly string[]): string[] => [
    ...new Set(rows.map(({ cell }) => cell(...names)).filter((value) => value !== '')),
  ];
  const registeredAt =
    isoOf(values('registered_at', 'registered', 'created_at', 'created')[0] ?? '') ?? '2000-01-01T00:00:00Z';
  const sessions = rows.flatMap(({ cell }) => {
    const ip = cell('ip');
    const deviceId = cell('device', 'device_id');
    const at = isoOf(cell('seen_at', 'time', 'at')) ?? registeredAt;
    const given = networkClass.safeParse(cell('network_class', 'network').toUpperCase());
    const address = ip === '' ? undefined : addressOf(ip);
    if (address !== undefined && given.success) classes.set(address, given.data);
    // A device without an address still needs a visit to stand in; 192.0.0.8 is IANA's dummy address (RFC 7600).
    if (address === undefined && deviceId === '') return [];
    return [{ at, ip: address ?? '192.0.0.8', ...(deviceId === '' ? {} : { deviceId }) }];
  });
  const [email] = values('email');
  const [phone] = values('phone');
  return {
    id,
    registeredAt,
    ...(email === undefined ? {} : { email: email.includes('@') ? email : `${email}@example.invalid` }),
    ...(phone === undefined ? {} : { phone: phoneOf(phone) }),
    sessions: sessions.slice(0, 200),
    payments: values('payment', 'payment_fingerprint').map((fingerprint) => ({ fingerprint })),
    addresses: values('address').map((line) => ({ line, country: values('country')[0] ?? 'ZZ' })),
  };
};

const ID_COLUMNS = ['account', 'account_id', 'id', 'reviewer', 'user', 'user_id'] as const;

const givenOf = (text: string): string | undefined => (text === '' ? undefined : text);

/**
 * Reads labelled accounts: JSON objects with an `id` as a marketplace sends them, or rows with the columns that
 * `docs/evaluation-accounts.md` names, of which several of one account are joined.
 * @throws AppError `item.invalid` when nothing in the file is an account.
 */
export const readAccountFile = async (objects: AsyncIterable<ReadObject>): Promise<AccountFile> => {
  const accounts: LabelledAccount[] = [];
  const bad: BadLine[] = [];
  const byId = new Map<string, AccountRow[]>();
  for await (const { line, value, form } of objects) {
    const cell = cellsOf(value);
    if (cell === undefined) bad.push({ line, why: 'no account: neither a JSON object nor a row of a table' });
    else if (form === 'JSON' && Object.hasOwn(value as object, 'id')) {
      const read = accountOf(value as object);
      if (typeof read === 'string') bad.push({ line, why: read });
      else accounts.push(read);
    } else if (cell(...ID_COLUMNS) === '') bad.push({ line, why: 'the row names no account' });
    else getOrMake(byId, cell(...ID_COLUMNS)).push({ line, cell });
  }
  const networkClasses = new Map<string, NetworkClass>();
  for (const [id, rows] of byId) {
    const parsed = account.safeParse(joinRows(id, rows, networkClasses));
    const { line, cell } = rows[0]!;
    if (!parsed.success) {
      bad.push({ line, why: textOf(parsed.error) });
      continue;
    }
    const truth = truthColumns.parse({
      label: givenOf(cell('label', 'fraud')),
      kind: givenOf(cell('kind')),
      group: givenOf(cell('group', 'cluster', 'ring')),
    });
    accounts.push(labelled(parsed.data, truth));
  }
  if (accounts.length === 0) {
    const why = bad.length === 0 ? 'the file is empty' : `line ${bad[0]!.line}: ${bad[0]!.why}`;
    throw new AppError(
      'item.invalid',
      `No line holds an account (${why}). The first line of a table must name its columns, one of them account; docs/evaluation-accounts.md lists them.`,
    );
  }
  return { accounts, networkClasses, bad: bad.sort((a, b) => a.line - b.line) };
};

const getOrMake = (byId: Map<string, AccountRow[]>, id: string): AccountRow[] => {
  const known = byId.get(id) ?? [];
  byId.set(id, known);
  return known;
};

const behaviourRow = z.object({
  a: z.string().min(1),
  b: z.string().min(1),
  kind: z.string().min(1).default('CO_REVIEW'),
  nats: z.coerce.number().min(0).max(50),
  why: z.string().default('The file says that they act alike.'),
});

/** Reads behaviour edges with the fields a, b, kind, nats and why. Throws `item.invalid` for a wrong line. */
export const readBehaviourFile = async (objects: AsyncIterable<ReadObject>): Promise<BehaviourEdge[]> => {
  const edges: BehaviourEdge[] = [];
  for await (const { line, value } of objects) {
    const parsed = behaviourRow.safeParse(value);
    if (!parsed.success) throw new AppError('item.invalid', `Behaviour line ${line}: ${textOf(parsed.error)}.`);
    edges.push(parsed.data);
  }
  return edges;
};

/** Accounts of a file as groups: those of one `group` together, the rest each alone; behaviours stand in the first group. */
export const groupsOfFile = (
  file: AccountFile,
  behaviours: readonly BehaviourEdge[],
  pseudonymise: (account: Account) => PseudonymousAccount,
): PopulationGroup[] => {
  const groups = new Map<string, { kind: string; isOneHand: boolean; accounts: PseudonymousAccount[] }>();
  for (const item of file.accounts) {
    const groupId = item.group === undefined ? `alone-${item.account.id}` : `${item.group} ${item.isOneHand ?? false}`;
    const isOneHand = item.isOneHand ?? false;
    const known = groups.get(groupId) ?? {
      kind: item.kind ?? (isOneHand ? 'ONE_HAND' : 'OTHERS'),
      isOneHand,
      accounts: [],
    };
    known.accounts.push(pseudonymise(item.account));
    groups.set(groupId, known);
  }
  return [...groups].map(([groupId, group], position) => ({
    groupId,
    ...group,
    behaviours: position === 0 ? behaviours : [],
  }));
};
