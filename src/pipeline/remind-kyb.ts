import { type KybDuty, type KybFacts, kybDuties } from '../credit/kyb-duties.ts';
import type { KybSettings } from '../credit/kyb-settings.ts';
import type { DomainEvent } from './effects.ts';
import type { Clock } from './ports.ts';

/** A seller with what the duties to identify it depend on. */
export interface KybSubject {
  readonly sellerId: string;
  readonly facts: KybFacts;
}

export interface KybStore {
  /** Sellers after an id, in the order of their ids. */
  sellersAfter(sellerId: string, limit: number, nowMs: number): Promise<readonly KybSubject[]>;
  seller(sellerId: string, nowMs: number): Promise<KybSubject | undefined>;
  /** Tells each event once: one whose key was told before is left out. Gives how many were new. */
  tellOnce(events: readonly (DomainEvent & { readonly key: string })[], nowMs: number): Promise<number>;
}

export interface KybPorts {
  readonly store: KybStore;
  readonly clock: Clock;
  readonly settings: () => KybSettings;
}

const PAGE = 500;
const DAY_MS = 86_400_000;

/** The open duties of a seller; undefined where there is no such seller. */
export async function kybDutiesOf(ports: KybPorts, sellerId: string): Promise<readonly KybDuty[] | undefined> {
  const nowMs = ports.clock.nowMs();
  const subject = await ports.store.seller(sellerId, nowMs);
  return subject === undefined ? undefined : kybDuties(subject.facts, ports.settings(), nowMs);
}

/**
 * Tells the marketplace which sellers it has to identify: on the days before a deadline that the rules name, and once
 * when it is over. What has no deadline, because it must be done before trading, is told once a month.
 */
export async function remindKyb(ports: KybPorts): Promise<number> {
  const nowMs = ports.clock.nowMs();
  let told = 0;
  let after = '';
  for (;;) {
    const page = await ports.store.sellersAfter(after, PAGE, nowMs);
    const events = page.flatMap(({ sellerId, facts }) =>
      kybDuties(facts, ports.settings(), nowMs).flatMap((duty) => reminderOf(sellerId, duty, nowMs)),
    );
    if (events.length > 0) told += await ports.store.tellOnce(events, nowMs);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return told;
    after = last.sellerId;
  }
}

function reminderOf(sellerId: string, duty: KybDuty, nowMs: number): (DomainEvent & { readonly key: string })[] {
  const { law, duty: what, dueAtMs, isOverdue, isReminderDue, why } = duty;
  const isAtOnce = dueAtMs === nowMs;
  if (!isAtOnce && !isOverdue && !isReminderDue) return [];
  const day = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);
  const when = isAtOnce
    ? day(nowMs).slice(0, 7)
    : isOverdue
      ? `${day(dueAtMs)}/overdue`
      : `${day(dueAtMs)}/${Math.ceil((dueAtMs - nowMs) / DAY_MS)}`;
  return [
    {
      key: `kyb/${sellerId}/${law}/${what}/${when}`,
      type: isOverdue && !isAtOnce ? 'assay.kyb.overdue' : 'assay.kyb.reminder',
      subject: `SELLER/${sellerId}`,
      data: { sellerId, law, duty: what, dueAt: new Date(dueAtMs).toISOString(), why },
    },
  ];
}
