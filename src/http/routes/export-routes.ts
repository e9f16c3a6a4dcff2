import { Readable } from 'node:stream';
import { z } from 'zod';
import type { CaseSummary } from '../../domain/views/case-view.ts';
import type { CaseFilter, Queries } from '../../pipeline/queries.ts';
import type { ApiServer } from '../api-server.ts';
import { reviewerIn } from '../reviewer-in.ts';
import type { ServerDeps } from '../server-deps.ts';
import { caseConditionQuery, caseFilterOf } from './case-routes.ts';

/** Cases of one read. */
const PAGE = 200;

const exportQuery = z.strictObject({ format: z.enum(['csv', 'ndjson']).default('csv'), ...caseConditionQuery });

const COLUMNS = [
  'id',
  'state',
  'queue',
  'severity',
  'violationType',
  'priority',
  'subject',
  'sellerId',
  'markId',
  'market',
  'language',
  'itemCount',
  'openedAt',
  'dueAt',
  'closedAt',
  'leaseHolderName',
  'sla',
  'summary',
] as const satisfies readonly (keyof CaseSummary)[];

/** RFC 4180; a leading sign that a spreadsheet would take for a formula is kept as text. */
function toCell(value: string | number | CaseSummary['subject'] | undefined): string {
  const text = value === undefined ? '' : typeof value === 'object' ? `${value.kind}/${value.id}` : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value !== 'number' ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines of an export, page after page, so that a hundred thousand cases need no more memory than one page. */
async function* linesOf(queries: Queries, filter: CaseFilter, format: 'csv' | 'ndjson'): AsyncGenerator<string> {
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
  let cursor: string | undefined;
  do {
    const page = await queries.cases(filter, { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    yield page.items
      .map((one) =>
        format === 'ndjson'
          ? `${JSON.stringify(one)}\n`
          : `${COLUMNS.map((column) => toCell(one[column])).join(',')}\r\n`,
      )
      .join('');
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** Lists of cases as files. */
export function exportRoutes(server: ApiServer, { queries }: ServerDeps): void {
  server.get(
    '/v1/cases/export',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['cases'],
        summary: 'Cases as CSV or as one JSON object a line, by the conditions of the list',
        querystring: exportQuery,
        produces: ['text/csv', 'application/x-ndjson'],
      },
    },
    async (request, reply) => {
      const { format, ...conditions } = request.query;
      const filter = caseFilterOf(reviewerIn(request), conditions);
      return reply
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8')
        .header('content-disposition', `attachment; filename="cases.${format}"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(linesOf(queries, filter, format)));
    },
  );
}
