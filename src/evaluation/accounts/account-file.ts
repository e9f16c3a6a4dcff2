import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { parse } from 'csv-parse/sync';
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
  readonly problems: readonly { readonly line: number; readonly why: string }[];
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

/** One JSON object a line: the account as a marketplace sends it, with `label`, `kind` and `group` beside it. */
const readNdjson = (text: string): AccountFile => {
  const accounts: LabelledAccount[] = [];
  const problems: { line: number; why: string }[] = [];
  for (const [position, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      const raw: unknown = JSON.parse(line);
      const truth = truthColumns.parse(raw);
      const { label: _label, kind: _kind, group: _group, ...rest } = raw as Record<string, unknown>;
      // The account's own `kind` is BUYER or SELLER; any other word there is the truth's.
      const own = rest['type'] ?? (/^(BUYER|SELLER)$/.test(truth.kind ?? '') ? truth.kind : undefined);
      delete rest['type'];
      const parsed = account.safeParse(own === undefined ? rest : { ...rest, kind: own });
      if (parsed.success) accounts.push(labelled(parsed.data, truth));
      else problems.push({ line: position + 1, why: textOf(parsed.error) });
    } catch (fault) {
      problems.push({ line: position + 1, why: fault instanceof z.ZodError ? textOf(fault) : String(fault) });
    }
  }
  return { accounts, networkClasses: new Map(), problems };
};

const cell = (row: Readonly<Record<string, string>>, ...names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = row[name]?.trim();
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
};

const instant = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  const ms = /^\d{9,13}$/.test(text) ? Number(text) * (text.length > 10 ? 1 : 1000) : Date.parse(text);
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
  readonly row: Readonly<Record<string, string>>;
}

/** Joins the rows of one account: each row adds a device, card, address, number, mailbox or visit. */
const joinRows = (id: string, rows: readonly AccountRow[], classes: Map<string, NetworkClass>): unknown => {
  const values = (...names: readonly string[]): string[] => [
    ...new Set(rows.map(({ row }) => cell(row, ...names)).filter((value) => value !== undefined)),
  ];
  const registeredAt =
    instant(values('registered_at', 'registered', 'created_at', 'created')[0]) ?? '2000-01-01T00:00:00Z';
  const sessions = rows.flatMap(({ row }) => {
    const ip = cell(row, 'ip');
    const deviceId = cell(row, 'device', 'device_id');
    const at = instant(cell(row, 'seen_at', 'time', 'at')) ?? registeredAt;
    const given = networkClass.safeParse(cell(row, 'network_class', 'network')?.toUpperCase());
    const address = ip === undefined ? undefined : addressOf(ip);
    if (address !== undefined && given.success) classes.set(address, given.data);
    // A device without an address still needs a visit to stand in; 192.0.0.8 is IANA's dummy address (RFC 7600).
    if (address === undefined && deviceId === undefined) return [];
    return [{ at, ip: address ?? '192.0.0.8', ...(deviceId === undefined ? {} : { deviceId }) }];
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

/** Rows with a heading; the columns known are in `docs/evaluation-accounts.md`. Several rows of one account are joined. */
const readCsv = (text: string): AccountFile => {
  const rows: Record<string, string>[] = parse(text, {
    columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
    bom: true,
    skipEmptyLines: true,
    relaxColumnCount: true,
    delimiter: (text.split('\n', 1)[0] ?? '').includes('\t') ? '\t' : ',',
  });
  const byId = new Map<string, AccountRow[]>();
  const problems: { line: number; why: string }[] = [];
  for (const [position, row] of rows.entries()) {
    const id = cell(row, 'account', 'account_id', 'id', 'reviewer', 'user');
    const line = position + 2;
    if (id === undefined) problems.push({ line, why: 'the row names no account' });
    else byId.set(id, [...(byId.get(id) ?? []), { line, row }]);
  }
  const networkClasses = new Map<string, NetworkClass>();
  const accounts: LabelledAccount[] = [];
  for (const [id, own] of byId) {
    const parsed = account.safeParse(joinRows(id, own, networkClasses));
    if (!parsed.success) {
      problems.push({ line: own[0]?.line ?? 0, why: textOf(parsed.error) });
      continue;
    }
    const first = own[0]?.row ?? {};
    const truth = truthColumns.parse({
      label: cell(first, 'label', 'fraud'),
      kind: cell(first, 'kind'),
      group: cell(first, 'group', 'cluster', 'ring'),
    });
    accounts.push(labelled(parsed.data, truth));
  }
  return { accounts, networkClasses, problems };
};

/** Reads labelled accounts: NDJSON where the text begins with `{`, otherwise rows with a heading. */
export const readAccountFile = (text: string): AccountFile =>
  text.trimStart().startsWith('{') ? readNdjson(text) : readCsv(text);

const behaviourRow = z.object({
  a: z.string().min(1),
  b: z.string().min(1),
  kind: z.string().min(1).default('CO_REVIEW'),
  nats: z.coerce.number().min(0).max(50),
  why: z.string().default('The file says that they act alike.'),
});

/** Reads behaviour edges from CSV with the columns a, b, kind, nats and why. Throws `item.invalid` for a wrong row. */
export const readBehaviourFile = (text: string): BehaviourEdge[] => {
  const rows: Record<string, string>[] = parse(text, { columns: true, bom: true, skipEmptyLines: true });
  return rows.map((row, position) => {
    const parsed = behaviourRow.safeParse(row);
    if (!parsed.success) throw new AppError('item.invalid', `Behaviour row ${position + 2}: ${textOf(parsed.error)}.`);
    return parsed.data;
  });
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
