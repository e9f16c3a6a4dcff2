import { defineTexts } from '../language/define-texts.ts';

interface RingTexts {
  readonly ringPeriod: (first: string, last: string) => string;
  readonly ringSellers: string;
  readonly ringGains: string;
  readonly ringCaption: (members: number, listings: number) => string;
  readonly account: string;
  readonly day: (day: number) => string;
  readonly cell: (stars: number, at: string) => string;
  readonly matrix: string;
  readonly asMatrix: string;
  readonly asGraph: string;
  readonly ringView: string;
  readonly graph: (members: number, listings: number) => string;
  readonly ringMembersHint: string;
  readonly clusterMembersHint: string;
  readonly dealWith: (account: string) => string;
  readonly tickAll: string;
  readonly tickNone: string;
  readonly ringSplit: (removed: number, kept: number) => string;
}

/** A ring or cluster: who is in it, who reviewed what, and which members a decision deals with. */
export const ringTexts = defineTexts<RingTexts>({
  en: {
    ringPeriod: (first, last) => `First review ${first}, last ${last}.`,
    ringSellers: 'Sellers reviewed',
    ringGains: 'Gains by it',
    ringCaption: (members, listings) =>
      `${members} accounts and the ${listings} listings that they reviewed: stars, and the day counted from the first review`,
    account: 'Account',
    day: (day) => `day ${day}`,
    cell: (stars, at) => `${stars} of 5 on ${at}`,
    matrix: 'Who reviewed what',
    asMatrix: 'Table',
    asGraph: 'Graph',
    ringView: 'How to look at the ring',
    graph: (members, listings) =>
      `${members} accounts on the left, the ${listings} listings that they reviewed on the right; a line is a review. The table tells the same.`,
    ringMembersHint: 'Ticked accounts are dealt with; the reviews of the others are let go.',
    clusterMembersHint: 'Ticked accounts are dealt with; the others are let go.',
    dealWith: (account) => `Deal with ${account}`,
    tickAll: 'Tick all',
    tickNone: 'Tick none',
    ringSplit: (removed, kept) => `${removed} to deal with, ${kept} let go`,
  },
  zh: {
    ringPeriod: (first, last) => `首条评价 ${first}，末条 ${last}。`,
    ringSellers: '被评价的卖家',
    ringGains: '受益方',
    ringCaption: (members, listings) => `${members} 个账号及其评价的 ${listings} 个商品：星级，以及从首条评价起的天数`,
    account: '账号',
    day: (day) => `第 ${day} 天`,
    cell: (stars, at) => `${at} 评 ${stars} 星`,
    matrix: '谁评价了什么',
    asMatrix: '表格',
    asGraph: '关系图',
    ringView: '查看团伙的方式',
    graph: (members, listings) =>
      `左侧为 ${members} 个账号，右侧为其评价的 ${listings} 个商品；一条线即一条评价。表格内容相同。`,
    ringMembersHint: '勾选的账号将被处理；其余账号的评价予以放行。',
    clusterMembersHint: '勾选的账号将被处理，其余账号予以放行。',
    dealWith: (account) => `处理 ${account}`,
    tickAll: '全部勾选',
    tickNone: '全不勾选',
    ringSplit: (removed, kept) => `处理 ${removed} 个，放行 ${kept} 个`,
  },
  ru: {
    ringPeriod: (first, last) => `Первый отзыв ${first}, последний ${last}.`,
    ringSellers: 'О каких продавцах',
    ringGains: 'Кому выгодно',
    ringCaption: (members, listings) =>
      `Аккаунтов: ${members}, объявлений: ${listings}; звёзды и день от первого отзыва`,
    account: 'Аккаунт',
    day: (day) => `день ${day}`,
    cell: (stars, at) => `${stars} из 5, ${at}`,
    matrix: 'Кто о чём писал',
    asMatrix: 'Таблица',
    asGraph: 'Граф',
    ringView: 'Как смотреть на группу',
    graph: (members, listings) =>
      `Слева аккаунты (${members}), справа объявления (${listings}); линия — это отзыв. Таблица говорит то же.`,
    ringMembersHint: 'Отмеченными аккаунтами займёмся; отзывы остальных отпускаются.',
    clusterMembersHint: 'Отмеченными аккаунтами займёмся; остальные отпускаются.',
    dealWith: (account) => `Заняться ${account}`,
    tickAll: 'Отметить всех',
    tickNone: 'Снять отметки',
    ringSplit: (removed, kept) => `заняться: ${removed}, отпустить: ${kept}`,
  },
});
