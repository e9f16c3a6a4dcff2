import type { Queries } from '../../pipeline/queries.ts';
import type { CaseClock } from './case-clock.ts';
import { caseQueries } from './case-queries.ts';
import { checkQueries } from './check-queries.ts';
import type { Database } from './database.ts';
import { markQueries } from './mark-queries.ts';
import { operationQueries } from './operation-queries.ts';
import { ringQueries } from './ring-queries.ts';
import { subjectQueries } from './subject-queries.ts';

/** Everything that the API and the console read, from the database. */
export function postgresQueries(database: Database, clock: CaseClock): Queries {
  return {
    ...checkQueries(database),
    ...subjectQueries(database),
    ...caseQueries(database, clock),
    ...ringQueries(database),
    ...markQueries(database),
    ...operationQueries(database),
  };
}
