import type { CreditLine, CreditLineCode } from '../domain/credit.ts';
import { ruCount, type Language } from './language/define-texts.ts';
import { currentLanguage } from './language/use-language.ts';
import { tellCode, tellNumber, tellTier, tellViolation } from './wording.ts';

type Values = Readonly<Record<string, string | number>>;
type Sentences = Readonly<Record<CreditLineCode, (values: Values) => string>>;

interface CreditWords {
  readonly sentences: Sentences;
  /** Why events are left out, by what was found of them. */
  readonly verdicts: Readonly<Record<string, string>>;
  /** What keeps a seller from the next better tier, by the names of the figures. */
  readonly missed: readonly (readonly [name: string, tell: (values: Values) => string])[];
}

const figure = (values: Values, name: string, digits = 0): string => tellNumber(Number(values[name]), digits);
const text = (values: Values, name: string): string => String(values[name]);
const missedIn = ({ missed }: CreditWords, values: Values, between: string): string =>
  missed
    .filter(([name]) => values[name] !== undefined)
    .map(([, tell]) => tell(values))
    .join(between);

const zh: CreditWords = {
  sentences: {
    NEWCOMER: (v) => `所有卖家起始为 ${figure(v, 'score')} 分。`,
    EVIDENCE: (v) =>
      `证据相当于 ${figure(v, 'mass', 1)} 个事件，其中 ${figure(v, 'good', 1)} 个为好评，质量分为 ${figure(v, 'quality')}。`,
    LEFT_OUT: (v) => `${figure(v, 'events')} 个事件${zh.verdicts[text(v, 'verdict')] ?? '未计入'}。`,
    PENALTY: (v) => `人工确认：${tellViolation(text(v, 'violationType'))}。`,
    CAP: (v) =>
      Number(v['strikes']) > 0
        ? `因 ${figure(v, 'strikes')} 次严重违规仍有效，最高 ${figure(v, 'cap')} 分。`
        : `因一项措施仍有效，最高 ${figure(v, 'cap')} 分。`,
    TIER_BY_PEOPLE: (v) => `经人工决定，卖家处于“${tellTier(text(v, 'tier'))}”。`,
    TIER_RISING: (v) =>
      `卖家现已达到“${tellTier(text(v, 'tierNow'))}”，保持 ${figure(v, 'days')} 天后由“${tellTier(text(v, 'tier'))}”升级。`,
    TIER_BEST: (v) => `“${tellTier(text(v, 'tier'))}”已是最高等级。`,
    TIER_MISSED: (v) =>
      `为“${tellTier(text(v, 'tier'))}”而非“${tellTier(text(v, 'better'))}”：${missedIn(zh, v, '；')}。`,
    LINKED: (v) => `人工认定该企业与 ${text(v, 'legalIds')} 为同一控制人：其处罚同样适用。`,
  },
  verdicts: {
    NOT_THE_SELLERS_FAULT: '未计入，因为责任不在卖家',
    FAULT_UNDETERMINED: '暂缓，因为责任尚未确定',
    QUARANTINED: '处于隔离中',
    INAUTHENTIC: '未计入，因为不真实',
    PAIR_CAP: '未计入，因为同一买家不久前已计入',
    WEIGHS_NOTHING: '不占权重，例如订单金额很小',
    REVIEW_SPEAKS: '未计入，因为同一订单的评价已计入',
    EXPIRED: '因时间过久不再计入',
  },
  missed: [
    ['minScore', (v) => `得分 ${figure(v, 'score')}，低于 ${figure(v, 'minScore')}`],
    ['maxPenaltyPoints', (v) => `有效罚分 ${figure(v, 'penaltyPoints')}，高于 ${figure(v, 'maxPenaltyPoints')}`],
    [
      'minEvidenceMass',
      (v) => `近期证据相当于 ${figure(v, 'evidenceMass', 1)} 个事件，少于 ${figure(v, 'minEvidenceMass')}`,
    ],
    ['minAgeDays', (v) => `账号开立 ${figure(v, 'ageDays')} 天，不足 ${figure(v, 'minAgeDays')} 天`],
    ['hasStrike', () => '仍有严重违规记录'],
    ['kyb', (v) => `企业核验：${tellCode(text(v, 'kyb'))}`],
  ],
};

const events = (v: Values): string => ruCount(Number(v['events']), 'событие', 'события', 'событий');

const ru: CreditWords = {
  sentences: {
    NEWCOMER: (v) => `Все начинают с ${figure(v, 'score')}.`,
    EVIDENCE: (v) =>
      `Вес свидетельств в событиях: ${figure(v, 'mass', 1)}, из них хороших: ${figure(v, 'good', 1)}; качество ${figure(v, 'quality')}.`,
    LEFT_OUT: (v) => `${events(v)}: ${ru.verdicts[text(v, 'verdict')] ?? 'не учтено'}.`,
    PENALTY: (v) => `Подтверждено человеком: ${tellViolation(text(v, 'violationType'))}.`,
    CAP: (v) =>
      Number(v['strikes']) > 0
        ? `Не больше ${figure(v, 'cap')}: действует грубых нарушений — ${figure(v, 'strikes')}.`
        : `Не больше ${figure(v, 'cap')}: действует мера.`,
    TIER_BY_PEOPLE: (v) => `Решением людей: ${tellTier(text(v, 'tier'))}.`,
    TIER_RISING: (v) =>
      `Уже соответствует уровню «${tellTier(text(v, 'tierNow'))}»; с уровня «${tellTier(text(v, 'tier'))}» поднимется, если продержится ${ruCount(Number(v['days']), 'день', 'дня', 'дней')}.`,
    TIER_BEST: (v) => `«${tellTier(text(v, 'tier'))}» — лучший уровень.`,
    TIER_MISSED: (v) =>
      `«${tellTier(text(v, 'tier'))}», а не «${tellTier(text(v, 'better'))}»: ${missedIn(ru, v, '; ')}.`,
    LINKED: (v) =>
      `Люди установили, что это предприятие и ${text(v, 'legalIds')} — одни руки: их штрафы действуют и здесь.`,
  },
  verdicts: {
    NOT_THE_SELLERS_FAULT: 'не учтено, вина не продавца',
    FAULT_UNDETERMINED: 'ждёт, чья вина, ещё не ясно',
    QUARANTINED: 'отложено до проверки',
    INAUTHENTIC: 'не учтено, не подлинное',
    PAIR_CAP: 'не учтено, этот покупатель уже учтён недавно',
    WEIGHS_NOTHING: 'ничего не весит, например из-за малой суммы заказа',
    REVIEW_SPEAKS: 'не учтено, об этом заказе уже говорит отзыв',
    EXPIRED: 'слишком давно, больше не учитывается',
  },
  missed: [
    ['minScore', (v) => `счёт ${figure(v, 'score')}, меньше ${figure(v, 'minScore')}`],
    [
      'maxPenaltyPoints',
      (v) => `штрафных баллов ${figure(v, 'penaltyPoints')}, больше ${figure(v, 'maxPenaltyPoints')}`,
    ],
    [
      'minEvidenceMass',
      (v) => `свежие свидетельства весят ${figure(v, 'evidenceMass', 1)}, меньше ${figure(v, 'minEvidenceMass')}`,
    ],
    ['minAgeDays', (v) => `дней с открытия ${figure(v, 'ageDays')}, меньше ${figure(v, 'minAgeDays')}`],
    ['hasStrike', () => 'действует грубое нарушение'],
    ['kyb', (v) => `проверка предприятия: ${tellCode(text(v, 'kyb'))}`],
  ],
};

const foreign: Readonly<Record<Exclude<Language, 'en'>, CreditWords>> = { zh, ru };

/** A line of a credit report in the reader's language, as far as its code tells it; else in English, as it was written. */
export function tellCreditLine({ why, code, values }: Pick<CreditLine, 'why' | 'code' | 'values'>): string {
  const language = currentLanguage();
  if (language === 'en' || code === undefined || values === undefined) return why;
  return foreign[language].sentences[code](values);
}
