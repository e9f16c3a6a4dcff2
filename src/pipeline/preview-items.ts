import type { ErrorCode, ErrorDetail } from '../domain/errors.ts';
import type { IntakeKind } from '../domain/subject.ts';
import { parseItem } from './parse-item.ts';

/** What would become of one item. */
export type PreviewedItem =
  | { readonly index: number; readonly id: string; readonly status: 'valid' }
  | {
      readonly index: number;
      readonly id?: string;
      readonly status: 'rejected';
      readonly code: ErrorCode;
      readonly details: readonly ErrorDetail[];
    };

/** Checks items as intake does and stores nothing. Uploads that they name are not looked up. */
export function previewItems(kind: IntakeKind, items: readonly unknown[], nowMs: number): readonly PreviewedItem[] {
  const seen = new Set<string>();
  return items.map((value, index) => {
    const parsed = parseItem(kind, value, nowMs);
    if (parsed.kind === 'invalid') return { index, status: 'rejected', code: parsed.code, details: parsed.details };
    const { id } = parsed.item;
    if (seen.has(id)) {
      const details = [{ path: 'id', message: `“${id}” stands earlier in this batch: send each id once a batch` }];
      return { index, id, status: 'rejected', code: 'item.duplicate-in-batch', details };
    }
    seen.add(id);
    return { index, id, status: 'valid' };
  });
}
