import { createCreditModel } from '../credit/credit-moment.ts';
import { creditSettings } from '../credit/settings.ts';
import { createCreditSimulator, type CreditSimulation } from '../credit/simulate-credit.ts';
import { AppError } from '../domain/errors.ts';
import { checkShape, readRuleFile, type RuleFile } from '../policy/rule-file.ts';
import type { CreditRules, LedgerStore } from './credit-reports.ts';
import { findVersion, type RulesetPorts } from './ruleset-life-cycle.ts';

/** The credit rules of a version's files; throws AppError `rules.invalid` where this release cannot read them. */
export function creditModelOf(files: readonly RuleFile[]) {
  const file = files.find(({ name }) => name === 'credit.yaml');
  const read = file === undefined ? undefined : readRuleFile(file);
  const checked = read?.kind === 'read' ? checkShape(read.file, creditSettings) : undefined;
  if (checked?.kind === 'valid') return createCreditModel(checked.value);
  throw new AppError('rules.invalid', 'The version holds no credit.yaml that this release can read.');
}

const PAGE = 200;

/** What a version's credit.yaml would do to the tiers of the sellers that are stored, the first `limit` by id. */
export async function simulateVersion(
  ports: RulesetPorts & { readonly ledger: LedgerStore; readonly creditRules: () => CreditRules },
  digest: string,
  limit: number,
): Promise<CreditSimulation> {
  const after = creditModelOf((await findVersion(ports.store, digest)).files);
  const simulator = createCreditSimulator({ before: ports.creditRules().model, after }, ports.clock.nowMs());
  let left = limit;
  let last = '';
  while (left > 0) {
    const page = await ports.ledger.entitiesAfter(last, Math.min(PAGE, left));
    for (const { legalId } of page) {
      const entries = await ports.ledger.entries(legalId);
      const [store] = await ports.ledger.stores(legalId);
      if (store !== undefined) simulator.add({ sellerLegalId: legalId, context: store.context, entries });
    }
    if (page.length < PAGE) break;
    left -= page.length;
    last = page.at(-1)!.legalId;
  }
  return simulator.report();
}
