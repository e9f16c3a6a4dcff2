import { useEffect, useRef, useState } from 'react';
import type { CaseView } from '../../domain/views/case-view.ts';
import type { Hold, Refusal } from './use-case-work.ts';

/**
 * What happened to a case that this person held a moment ago and does not hold any more, if others did it: a page that
 * learns of it by itself tells as much as one whose write is refused.
 */
export function useLostHold(view: CaseView, hold: Hold | undefined, personId: string): Refusal['since'] {
  const held = useRef<{ readonly token: number; readonly lastSeq: number }>(undefined);
  const [since, setSince] = useState<Refusal['since']>([]);
  const lastSeq = Math.max(0, ...view.events.map(({ seq }) => seq));
  useEffect(() => {
    if (hold !== undefined) {
      if (held.current?.token !== hold.fencingToken) {
        held.current = { token: hold.fencingToken, lastSeq };
        setSince([]);
      }
      return;
    }
    const before = held.current;
    if (before === undefined || lastSeq <= before.lastSeq) return;
    held.current = undefined;
    const later = view.events.filter(({ seq }) => seq > before.lastSeq);
    // Whoever gave the case away knows it.
    const isOwn = later.some(({ actor, type }) => actor === personId && type !== 'HOLD' && type !== 'CLAIM');
    if (!isOwn) setSince(later.filter(({ actor }) => actor !== personId));
  }, [hold, lastSeq, view.events, personId]);
  return since;
}
