import { LINK_REASONS, type LinkReason } from '../../domain/link-reasons.ts';
import type { EntityKind } from '../../domain/views/search-view.ts';
import { defineTexts, enCount, ruCount, zhCount } from '../language/define-texts.ts';

interface LinkTexts {
  readonly hint: (things: number, links: number) => string;
  readonly showAll: (hidden: number) => string;
  readonly one: Readonly<Record<EntityKind, string>>;
  readonly why: Readonly<Record<LinkReason, string>>;
}

/** What is linked to a thing, and why. */
export const linkTexts = defineTexts<LinkTexts>({
  en: {
    hint: (things, links) =>
      `${enCount(things, 'thing', 'things')} within two steps, ${enCount(links, 'link', 'links')}. Each leads to its own page; the list below tells the same.`,
    showAll: (hidden) => `Show ${hidden} more`,
    one: {
      CASE: 'Case',
      LISTING: 'Listing',
      SELLER: 'Seller',
      REVIEW: 'Review',
      ACCOUNT: 'Account',
      ORDER: 'Order',
      MARK: 'Mark',
      RING: 'Ring',
      CLUSTER: 'Cluster',
    },
    why: LINK_REASONS,
  },
  zh: {
    hint: (things, links) =>
      `两步之内有 ${zhCount(things, '个对象')}、${zhCount(links, '条关联')}。点击可打开各自页面；下方列表内容相同。`,
    showAll: (hidden) => `再显示 ${hidden} 个`,
    one: {
      CASE: '案件',
      LISTING: '商品',
      SELLER: '卖家',
      REVIEW: '评价',
      ACCOUNT: '账号',
      ORDER: '订单',
      MARK: '商标',
      RING: '团伙',
      CLUSTER: '关联账号群',
    },
    why: {
      SAME_LEGAL_ENTITY: '同一法律主体',
      RUNS_STORE: '经营店铺',
      CASES_ABOUT_MARK: '有关该商标的案件',
      RING_ABOUT_SELLER: '涉及该卖家的团伙',
      SAME_PICTURE: '相同图片',
      SAME_HAND: '同一操控者',
      RING_MEMBER: '团伙成员',
      REVIEWED_SELLER: '评价过该卖家',
      BOUGHT_FROM_SELLER: '在该卖家处购买',
      OFFERED_BY: '由其出售',
      FOUND_BESIDE_MARK: '与该商标一同被发现',
      REVIEWED: '评价过',
      WROTE: '评价作者',
      ABOUT_LISTING: '评价的商品',
      BOUGHT: '购买者',
      OF_LISTING: '所购商品',
      IN_CASE: '在案件中',
      ABOUT_SELLER: '涉及的卖家',
      ABOUT_MARK: '涉及的商标',
    },
  },
  ru: {
    hint: (things, links) =>
      `В двух шагах: ${ruCount(things, 'объект', 'объекта', 'объектов')}, ${ruCount(links, 'связь', 'связи', 'связей')}. Каждый ведёт на свою страницу; список ниже говорит то же.`,
    showAll: (hidden) => `Показать ещё ${hidden}`,
    one: {
      CASE: 'Дело',
      LISTING: 'Объявление',
      SELLER: 'Продавец',
      REVIEW: 'Отзыв',
      ACCOUNT: 'Аккаунт',
      ORDER: 'Заказ',
      MARK: 'Товарный знак',
      RING: 'Группа',
      CLUSTER: 'Связанные аккаунты',
    },
    why: {
      SAME_LEGAL_ENTITY: 'то же юридическое лицо',
      RUNS_STORE: 'ведёт магазин',
      CASES_ABOUT_MARK: 'дела об этом знаке',
      RING_ABOUT_SELLER: 'группа отзывов о продавце',
      SAME_PICTURE: 'та же картинка',
      SAME_HAND: 'те же руки',
      RING_MEMBER: 'участник группы',
      REVIEWED_SELLER: 'писал отзыв о продавце',
      BOUGHT_FROM_SELLER: 'покупал у продавца',
      OFFERED_BY: 'продаёт',
      FOUND_BESIDE_MARK: 'найдено рядом со знаком',
      REVIEWED: 'писал отзыв',
      WROTE: 'автор',
      ABOUT_LISTING: 'о каком объявлении',
      BOUGHT: 'покупатель',
      OF_LISTING: 'что куплено',
      IN_CASE: 'в деле',
      ABOUT_SELLER: 'о каком продавце',
      ABOUT_MARK: 'о каком знаке',
    },
  },
});
