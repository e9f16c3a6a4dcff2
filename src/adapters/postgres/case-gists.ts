import { gistOf } from '../../domain/case-gist.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { SubjectKind } from '../../domain/finding.ts';
import type { CaseGist } from '../../domain/views/case-gist-view.ts';
import type { Database } from './database.ts';
import { asStored } from './stored-json.ts';

interface GistRow {
  readonly id: string;
  readonly subjectKind: SubjectKind;
  /** Of the finding from which the sentence was taken. */
  readonly evidence: unknown;
  readonly isSampled: boolean | null;
  readonly weakest: Extract<CaseGist, { kind: 'SAMPLE' }>['weakest'] | null;
}

/**
 * What the sentences of these cases say: by the findings that they were taken from, of samples by their nature. Those
 * without structure are left out.
 */
export async function readGists(
  database: Database,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, CaseGist>> {
  const rows = await database.$queryRaw<GistRow[]>`
    SELECT DISTINCT ON (c.id) c.id, c."subjectKind", f.evidence, k.decision->>'isSampled' = 'true' AS "isSampled",
      (SELECT jsonb_build_object('violationType', w."violationType", 'probability', w.probability) FROM finding w
        WHERE w."checkId" = k.id ORDER BY w.probability DESC LIMIT 1) AS weakest
    FROM "case" c
    JOIN case_item i ON i."caseId" = c.id
    JOIN "check" k ON k.id = i."checkId"
    LEFT JOIN finding f ON f."checkId" = k.id AND f.summary = c.summary
    WHERE c.id = ANY(${[...caseIds]}) AND (f.id IS NOT NULL OR k.decision->>'isSampled' = 'true')
    ORDER BY c.id, f.id IS NULL, i."addedAt" DESC`;
  return new Map(
    rows.flatMap(({ id, subjectKind, evidence, isSampled, weakest }) => {
      const gist =
        evidence !== null
          ? gistOf(asStored<Evidence[]>(evidence))
          : isSampled === true
            ? ({ kind: 'SAMPLE', subjectKind, ...(weakest === null ? {} : { weakest }) } as const)
            : undefined;
      return gist === undefined ? [] : [[id, gist] as const];
    }),
  );
}

/** The gist of a case as a field, absent where there is none. */
export function gistIn(gists: ReadonlyMap<string, CaseGist>, caseId: string): { readonly gist?: CaseGist } {
  const gist = gists.get(caseId);
  return gist === undefined ? {} : { gist };
}
