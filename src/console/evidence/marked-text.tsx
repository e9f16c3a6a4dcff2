import { Fragment, type ReactNode } from 'react';
import { nameOfUnseen, UNSEEN } from './odd-letters.ts';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly why: string;
}

/** A text as it was written, with spans marked and invisible characters shown. Offsets are UTF-16 code units. */
export function MarkedText({ text, spans }: { readonly text: string; readonly spans: readonly Span[] }) {
  const sorted = spans
    .filter(({ start, end }) => start < end && end <= text.length)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end, why } of sorted) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    parts.push(<Fragment key={`plain-${at}`}>{showUnseen(text.slice(at, from))}</Fragment>);
    parts.push(
      <mark key={`mark-${from}`} className="marked" title={why}>
        {showUnseen(text.slice(from, end))}
      </mark>,
    );
    at = end;
  }
  parts.push(<Fragment key={`plain-${at}`}>{showUnseen(text.slice(at))}</Fragment>);
  return <span className="original-text">{parts}</span>;
}

function showUnseen(text: string): ReactNode {
  if (!UNSEEN.test(text)) return text;
  return [...text].map((character, i) => {
    if (!UNSEEN.test(character) || character === '\n' || character === '\t') return character;
    return (
      <span key={i} className="unseen" title={nameOfUnseen(character)}>
        {nameOfUnseen(character, 'short')}
      </span>
    );
  });
}
