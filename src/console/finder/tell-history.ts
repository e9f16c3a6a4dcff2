import type { TimelineEntry } from '../../domain/views/search-view.ts';
import { tellSummary } from '../evidence/tell-evidence.ts';
import { currentLanguage } from '../language/use-language.ts';
import { tellLedgerEntry } from '../ledger-why.ts';
import { historyTexts } from '../texts/history-texts.ts';
import { tellAction, tellEvent, tellName, tellOutcome, tellReason, tellStatus, tellViolation } from '../wording.ts';

/** One line of a history in the reader's words. */
export interface ToldEntry {
  readonly title: string;
  readonly detail?: string;
}

/** Tells an entry from its codes; what has none keeps the words that it came with. */
export function tellEntry({ type, title, detail, facts }: TimelineEntry): ToldEntry {
  const texts = historyTexts[currentLanguage()];
  const asItIs = { title, ...(detail === undefined ? {} : { detail }) };
  if (facts === undefined) return asItIs;
  switch (type) {
    case 'CHECK': {
      const { outcome = '', trigger = '' } = facts;
      const [cause = ''] = trigger.split(':');
      return {
        title: texts.checked(texts.checkStates[outcome] ?? tellOutcome(outcome)),
        detail: texts.triggers[cause] ?? tellName(trigger),
      };
    }
    case 'CASE':
      return {
        title: texts.opened(tellViolation(facts.violationType ?? '')),
        ...(detail === undefined ? {} : { detail: tellSummary({ summary: detail, gist: facts.found }) }),
      };
    case 'DECISION': {
      const { actions = [], reason, violationType } = facts;
      const told = [
        ...(reason === undefined ? [] : [tellReason(reason)]),
        ...(violationType === undefined ? [] : [tellViolation(violationType)]),
      ];
      return {
        title: texts.decided(actions.map(tellAction).join(', ')),
        ...(told.length === 0 ? {} : { detail: told.join(': ') }),
      };
    }
    case 'CASE_EVENT':
      return {
        title: texts.happened(tellEvent(facts.event ?? title)),
        // A reason may be a code; what people wrote stays as they wrote it.
        ...(detail === undefined ? {} : { detail: /^[A-Z_]+$/.test(detail) ? tellReason(detail) : detail }),
      };
    case 'CREDIT': {
      const { entry = '', points } = facts;
      const said = texts.entries[entry] ?? tellName(entry);
      return {
        // Evidence weighs by its value; only penalties have points.
        title: points === undefined || points === 0 ? said : `${said}: ${texts.points(points)}`,
        ...(detail === undefined ? {} : { detail: tellLedgerEntry({ why: detail, gist: facts.credit }) }),
      };
    }
    case 'ORDER':
      if (facts.listingId !== undefined) return { ...asItIs, title: texts.ordered(facts.listingId) };
      return { ...asItIs, title: texts.orderEvents[facts.event ?? ''] ?? tellName(facts.event ?? title) };
    case 'LISTING':
      return { title, ...(facts.publication === undefined ? {} : { detail: tellStatus(facts.publication) }) };
    default:
      return asItIs;
  }
}

/** `3 listings`: what is counted about a thing. */
export function tellCounted(name: string, count: number): string {
  return historyTexts[currentLanguage()].counted[name]?.(count) ?? `${count} ${tellName(name)}`;
}
