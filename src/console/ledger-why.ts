import type {
  CreditGist,
  CreditGistCode,
  CreditPenaltyLine,
  CreditProposal,
  CreditReport,
  FaultCode,
  SellersPartCode,
} from '../domain/credit.ts';
import { ruCount, type Language } from './language/define-texts.ts';
import { currentLanguage } from './language/use-language.ts';
import { historyTexts } from './texts/history-texts.ts';
import { tellNumber, tellTime, tellViolation } from './wording.ts';

type Values = CreditGist['values'];
type Words = Readonly<Record<string, string>>;
type Sentences<Code extends string> = Readonly<Record<Code, (values: Values) => string>>;

interface LedgerWords {
  readonly entries: Sentences<CreditGistCode>;
  /** Whose fault an event was found to be, by `fault`. */
  readonly faults: Sentences<FaultCode>;
  /** Whether the seller did their part, by `part`. */
  readonly parts: Sentences<SellersPartCode>;
  readonly parties: Words;
  readonly seizures: Words;
  readonly repeated: (line: CreditPenaltyLine) => string;
  readonly limited: (line: CreditPenaltyLine) => string;
  readonly steps: Readonly<
    Partial<Record<CreditProposal['step'], (proposal: CreditProposal, report: LedgerSums) => string>>
  >;
}

type LedgerSums = Pick<CreditReport, 'penaltyPoints' | 'strikes'>;

const text = (values: Values, name: string): string => String(values[name] ?? '');
const time = (values: Values, name: string): string => tellTime(text(values, name));
const eventOf = (values: Values): string => historyTexts[currentLanguage()].orderEvents[text(values, 'event')] ?? '';

/** `fault` in words, with `part` where it belongs to it. */
function tellFault({ faults, parts }: LedgerWords, values: Values): string {
  const fault = faults[text(values, 'fault') as FaultCode]?.(values) ?? '';
  const part = parts[text(values, 'part') as SellersPartCode]?.(values) ?? '';
  return [fault, part].filter((told) => told !== '').join(currentLanguage() === 'zh' ? '' : ' ');
}

const zh: LedgerWords = {
  entries: {
    REVIEW: (v) => `买家给出 ${tellNumber(Number(v['stars']))} 星。${tellFault(zh, v)}`,
    DISPUTE: (v) => `发生纠纷。${tellFault(zh, v)}`,
    CONFIRMED: (v) => `人工确认：${tellViolation(text(v, 'violationType'))}。`,
    REVERSED: (v) => (v['by'] === 'APPEAL' ? '申诉成功，视同从未发生。' : '相关决定已被推翻，视同从未发生。'),
    SET_ASIDE: (v) => (v['by'] === 'PERSON' ? '人工暂时搁置该评价。' : '人工核查所属账号群期间，该评价暂时搁置。'),
    SET_ASIDE_AGAIN: () => '对该群体的决定已撤回，评价在剩余时间内重新搁置。',
    FOUND_HONEST: (v) => `人工认定该评价真实${groupOf(v, '（群体 ', '）')}，计入信用。`,
    FOUND_INAUTHENTIC: (v) => `人工认定该评价不真实${groupOf(v, '（属于群体 ', '）')}，永不计入。`,
    COUNTS_AGAIN: (v) => (v['by'] === 'TIME' ? '搁置期内无人决定，评价重新计入。' : '相关决定已撤回，评价重新计入。'),
  },
  faults: {
    GOODS_OR_SELLER: () => '评价针对商品或卖家。',
    NO_ORDER: () => '评价只抱怨配送，没有订单能说明责任。',
    SEIZED: (v) => `海关没收了包裹（${zh.seizures[text(v, 'reason')] ?? '其他原因'}），由卖家负责。`,
    CARRIER_CHANGED: (v) => `${zh.parties[text(v, 'party')] ?? ''}更换了承运商。`,
    WRONG_ADDRESS: () => '包裹没有寄往订单上的地址。',
    INCIDENT: (v) => `发生情况：${eventOf(v)}。`,
    DISPUTED: () => '买家对订单有争议，尚未裁定。',
    DELIVERED_THEY_SAY: (v) => `买家称未收到，承运商称已于 ${time(v, 'deliveredAt')} 送达。`,
    ON_ITS_WAY: () => '包裹仍在途中。',
    NOTHING_CAME: () => '买家什么也没收到。',
    RULED: (v) => `纠纷已裁定：责任方为${zh.parties[text(v, 'party')] ?? ''}。`,
    NOTHING_WRONG: () => '订单没有出现卖家无法控制的问题。',
    SLOW: () => '运输耗时较长。',
    DELIVERY_COMPLAINT: () => '买家抱怨配送。',
  },
  parts: {
    NOT_SCANNED: () => '没有承运商的扫描能证明包裹已交付。',
    SCANNED_LATE: (v) =>
      `承运商首次扫描在 ${time(v, 'scannedAt')}，晚于承诺的 ${tellNumber(Number(v['handlingHours']))} 小时。`,
    TRACKING_LATE: () => '纠纷发起前未上传运单号。',
    SCANNED_IN_TIME: (v) => `承运商已按时扫描（${time(v, 'scannedAt')}）。`,
  },
  parties: {
    SELLER: '卖家',
    CARRIER: '承运商',
    CUSTOMS: '海关',
    BUYER: '买家',
    PLATFORM: '平台',
    FORCE_MAJEURE: '不可抗力',
  },
  seizures: { COUNTERFEIT: '假冒', IP_INFRINGEMENT: '侵犯知识产权', MISDECLARED: '申报不实', PROHIBITED: '违禁品' },
  repeated: ({ occurrence }) => `同类第 ${tellNumber(occurrence)} 次，罚分加重。`,
  limited: ({ countedPoints }) =>
    countedPoints === 0 ? '与同期另一次合并计算一次。' : `因每日上限只计 ${tellNumber(countedPoints)} 分。`,
  steps: {
    L4: ({ limitDays }, { penaltyPoints }) =>
      `罚分 ${tellNumber(penaltyPoints)}：限制功能 ${tellNumber(limitDays ?? 0)} 天。`,
    L6: (_proposal, { penaltyPoints, strikes }) =>
      `罚分 ${tellNumber(penaltyPoints)}，严重违规 ${tellNumber(strikes)} 次：由两人（其中一人为法务）决定是否终止合同。`,
  },
};

const ru: LedgerWords = {
  entries: {
    REVIEW: (v) =>
      `Оценка покупателя: ${ruCount(Number(v['stars']), 'звезда', 'звезды', 'звёзд')}. ${tellFault(ru, v)}`,
    DISPUTE: (v) => `Спор. ${tellFault(ru, v)}`,
    CONFIRMED: (v) => `Подтверждено человеком: ${tellViolation(text(v, 'violationType'))}.`,
    REVERSED: (v) =>
      v['by'] === 'APPEAL'
        ? 'Обжалование удовлетворено, записи как будто не было.'
        : 'Решение отменено, записи как будто не было.',
    SET_ASIDE: (v) =>
      v['by'] === 'PERSON'
        ? 'Человек на время отложил отзыв.'
        : 'Отзыв отложен, пока человек смотрит группу аккаунтов, к которой он относится.',
    SET_ASIDE_AGAIN: () => 'Решение о группе отозвано, отзыв снова отложен на оставшееся время.',
    FOUND_HONEST: (v) => `Человек счёл отзыв честным${groupOf(v, ' (группа ', ')')}, он учитывается.`,
    FOUND_INAUTHENTIC: (v) => `Человек счёл отзыв нечестным${groupOf(v, ' (группа ', ')')}, он не учитывается.`,
    COUNTS_AGAIN: (v) =>
      v['by'] === 'TIME'
        ? 'За время, на которое отзыв можно отложить, никто не решил, он снова учитывается.'
        : 'Решение отозвано, отзыв снова учитывается.',
  },
  faults: {
    GOODS_OR_SELLER: () => 'Речь о товаре или продавце.',
    NO_ORDER: () => 'Жалоба только на доставку, и нет заказа, по которому видно, чья вина.',
    SEIZED: (v) => `Таможня изъяла посылку (${ru.seizures[text(v, 'reason')] ?? 'иная причина'}): отвечает продавец.`,
    CARRIER_CHANGED: (v) => `Перевозчика сменили; кто это сделал: ${ru.parties[text(v, 'party')] ?? ''}.`,
    WRONG_ADDRESS: () => 'Посылка отправлена не на тот адрес, что в заказе.',
    INCIDENT: (v) => `Что случилось: ${eventOf(v).toLowerCase()}.`,
    DISPUTED: () => 'Покупатель оспаривает заказ, решения ещё нет.',
    DELIVERED_THEY_SAY: (v) =>
      `Покупатель говорит, что ничего не пришло, перевозчик — что доставлено ${time(v, 'deliveredAt')}.`,
    ON_ITS_WAY: () => 'Посылка ещё в пути.',
    NOTHING_CAME: () => 'Покупатель ничего не получил.',
    RULED: (v) => `Спор решён, отвечает ${ru.parties[text(v, 'party')] ?? ''}.`,
    NOTHING_WRONG: () => 'Ничего, что было бы не во власти продавца, с заказом не случилось.',
    SLOW: () => 'Доставка заняла много времени.',
    DELIVERY_COMPLAINT: () => 'Покупатель жалуется на доставку.',
  },
  parts: {
    NOT_SCANNED: () => 'Ни одна отметка перевозчика не показывает, что посылка передана.',
    SCANNED_LATE: (v) =>
      `Первая отметка перевозчика ${time(v, 'scannedAt')}, позже обещанного (часов: ${tellNumber(Number(v['handlingHours']))}).`,
    TRACKING_LATE: () => 'Номер отправления не указан до спора.',
    SCANNED_IN_TIME: (v) => `Перевозчик принял посылку вовремя (${time(v, 'scannedAt')}).`,
  },
  parties: {
    SELLER: 'продавец',
    CARRIER: 'перевозчик',
    CUSTOMS: 'таможня',
    BUYER: 'покупатель',
    PLATFORM: 'площадка',
    FORCE_MAJEURE: 'непреодолимая сила',
  },
  seizures: {
    COUNTERFEIT: 'подделка',
    IP_INFRINGEMENT: 'нарушение прав',
    MISDECLARED: 'неверно заявлено',
    PROHIBITED: 'запрещено',
  },
  repeated: ({ occurrence }) => `Повтор того же (${tellNumber(occurrence)}-й раз), баллы увеличены.`,
  limited: ({ countedPoints }) =>
    countedPoints === 0
      ? 'Считается один раз вместе с другим тех же дней.'
      : `Из-за дневного предела считается ${tellNumber(countedPoints)}.`,
  steps: {
    L4: ({ limitDays }, { penaltyPoints }) =>
      `Штрафных баллов ${tellNumber(penaltyPoints)}: ограничить возможности на ${ruCount(limitDays ?? 0, 'день', 'дня', 'дней')}.`,
    L6: (_proposal, { penaltyPoints, strikes }) =>
      `Штрафных баллов ${tellNumber(penaltyPoints)}, грубых нарушений ${tellNumber(strikes)}: двое, один из них юрист, решают, прекратить ли договор.`,
  },
};

/** The group of reviews that was judged, where one was. */
function groupOf(values: Values, before: string, after: string): string {
  return values['ringId'] === undefined ? '' : `${before}${text(values, 'ringId')}${after}`;
}

const foreign: Readonly<Record<Exclude<Language, 'en'>, LedgerWords>> = { zh, ru };

const words = (): LedgerWords | undefined => {
  const language = currentLanguage();
  return language === 'en' ? undefined : foreign[language];
};

interface LedgerSaying {
  readonly why: string;
  readonly gist?: CreditGist | undefined;
}

/** An entry of the ledger in the reader's language; entries of before gists keep their English sentence. */
export function tellLedgerEntry({ why, gist }: LedgerSaying): string {
  const texts = words();
  return texts === undefined || gist === undefined ? why : texts.entries[gist.code](gist.values).trim();
}

/** How a penalty comes to what it counts. */
export function tellPenalty(line: CreditPenaltyLine): string {
  const texts = words();
  if (texts === undefined || line.violationType === undefined) return line.why;
  return [
    texts.entries.CONFIRMED({ violationType: line.violationType }),
    ...(line.occurrence > 1 ? [texts.repeated(line)] : []),
    ...(line.countedPoints < line.points ? [texts.limited(line)] : []),
  ].join(' ');
}

/** Why the ledger brings a step to people. */
export function tellProposal(proposal: CreditProposal, sums: LedgerSums): string {
  return words()?.steps[proposal.step]?.(proposal, sums) ?? proposal.why;
}
