import type { Clock } from '../../pipeline/ports.ts';
import type { Queries } from '../../pipeline/queries.ts';
import { caseQueries } from './case-queries.ts';
import { checkQueries } from './check-queries.ts';
import type { Database } from './database.ts';
import { markQueries } from './mark-queries.ts';
import { operationQueries } from './operation-queries.ts';
import { ringQueries } from './ring-queries.ts';
import { subjectQueries } from './subject-queries.ts';

/** Everything that the API and the console read, from the database. */
export function postgresQueries(database: Database, clock: Pick<Clock, 'nowMs'>): Queries {
  return {
    ...checkQueries(database),
    ...subjectQueries(database),
    ...caseQueries(database, clock),
    ...ringQueries(database),
    ...markQueries(database),
    ...operationQueries(database),
  };
}
