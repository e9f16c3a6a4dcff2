import type { Database } from './database.ts';

/** Which of the mark and the rights holder is named and not there. */
export async function missingReferences(
  database: Database,
  { markId, rightsHolderId }: { readonly markId?: string | undefined; readonly rightsHolderId?: string | undefined },
): Promise<readonly ('markId' | 'rightsHolderId')[]> {
  const missing: ('markId' | 'rightsHolderId')[] = [];
  if (markId !== undefined && (await database.mark.count({ where: { id: markId } })) === 0) missing.push('markId');
  const isHolderMissing =
    rightsHolderId !== undefined && (await database.rightsHolder.count({ where: { id: rightsHolderId } })) === 0;
  if (isHolderMissing) missing.push('rightsHolderId');
  return missing;
}
