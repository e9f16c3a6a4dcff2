import { gistOf } from '../../domain/case-gist.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { CaseGist } from '../../domain/views/case-gist-view.ts';
import type { Database } from './database.ts';
import { asStored } from './stored-json.ts';

/** What the sentences of these cases say, by the findings that they were taken from; those without structure are left out. */
export async function readGists(
  database: Database,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, CaseGist>> {
  const rows = await database.$queryRaw<{ id: string; evidence: unknown }[]>`
    SELECT DISTINCT ON (c.id) c.id, f.evidence FROM "case" c
    JOIN case_item i ON i."caseId" = c.id
    JOIN finding f ON f."checkId" = i."checkId" AND f.summary = c.summary
    WHERE c.id = ANY(${[...caseIds]}) ORDER BY c.id, i."addedAt" DESC`;
  return new Map(
    rows.flatMap(({ id, evidence }) => {
      const gist = gistOf(asStored<Evidence[]>(evidence));
      return gist === undefined ? [] : [[id, gist] as const];
    }),
  );
}
