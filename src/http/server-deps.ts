import type { StandingAppealPorts } from '../pipeline/appeal-standing.ts';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { Principal } from '../domain/access.ts';
import type { AppError } from '../domain/errors.ts';
import type { IntakePorts } from '../pipeline/accept-subject.ts';
import type { ApiKeyPorts } from '../pipeline/api-keys.ts';
import type { PictureSearcher } from '../pipeline/casework/search-store.ts';
import type { IdempotencyStore } from '../pipeline/idempotency.ts';
import type { Clock, IdSource, JobQueues } from '../pipeline/ports.ts';
import type { PreviewedCheck } from '../pipeline/preview-check.ts';
import type { BuyerPorts } from '../pipeline/buyer-reports.ts';
import type { CreditRules, LedgerStore } from '../pipeline/credit-reports.ts';
import type { ExaminePorts } from '../pipeline/examine-rules.ts';
import type { CreditReports, Queries } from '../pipeline/queries.ts';
import type { BankExchangePorts } from '../pipeline/exchange-bank.ts';
import type { KybPorts } from '../pipeline/remind-kyb.ts';
import type { ExtortionPorts } from '../pipeline/report-extortion.ts';
import type { BankPicturePorts } from '../pipeline/submit-bank-picture.ts';
import type { MarkPorts } from '../pipeline/submit-mark.ts';
import type { MessagePorts } from '../pipeline/submit-message.ts';
import type { CaseworkDeps } from './casework-deps.ts';
import type { Metrics } from './metrics.ts';
import type { HttpSettings } from './settings.ts';

/** Something that must work before the process may take requests. `check` rejects when it does not. */
export interface ReadinessProbe {
  readonly name: string;
  readonly check: () => Promise<void>;
}

/** What the use cases of credit need beside the reports. */
export interface CreditPorts {
  readonly ledger: LedgerStore;
  readonly creditRules: () => CreditRules;
  readonly buyers: BuyerPorts;
  readonly kyb: KybPorts;
  readonly extortion: ExtortionPorts;
  readonly standingAppeals: StandingAppealPorts;
}

/** Everything that the HTTP server needs; it reads no environment and opens nothing itself. */
export interface ServerDeps {
  readonly settings: HttpSettings;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly intake: IntakePorts;
  readonly queries: Queries;
  readonly creditReports: CreditReports;
  readonly rules: ExaminePorts;
  readonly credit: CreditPorts;
  readonly marks: MarkPorts;
  readonly messages: MessagePorts;
  readonly bankPictures: BankPicturePorts;
  readonly bankExchange: BankExchangePorts;
  readonly queues: JobQueues;
  readonly apiKeys: ApiKeyPorts;
  readonly idempotency: IdempotencyStore;
  readonly readiness: readonly ReadinessProbe[];
  /** Checks an item without storing it; absent in a process without indexes. */
  readonly previewCheck?: (kind: 'LISTING' | 'REVIEW', item: unknown) => Promise<PreviewedCheck>;
  /** Working cases; absent: the server only shows them. */
  readonly casework?: CaseworkDeps;
  /** Finds pictures near one; absent in a process without indexes. */
  readonly searchPictures?: PictureSearcher;
  readonly metrics: Metrics;
  /** Absent: the server logs nothing. */
  readonly logger?: FastifyBaseLogger;
  /** Says what a fault of a tool below the ports is in the code table; undefined where it does not know either. */
  readonly translateFault?: (thrown: unknown) => AppError | undefined;
  /** Folder of the built console; absent or empty: the address `/` tells where the API is. */
  readonly consoleFolder?: string;
  /** The person who is signed in to the console; asked for requests without an API key. */
  readonly authenticateSession?: (request: FastifyRequest) => Promise<Principal | undefined>;
  /** Adds routes of its own (signing in, for one) before the server starts; each must declare its access. */
  readonly extend?: (server: FastifyInstance) => void | Promise<void>;
}
