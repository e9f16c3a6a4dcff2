import type { EntityKind } from '../../domain/views/search-view.ts';
import { defineTexts, enCount, ruCount, zhCount } from '../language/define-texts.ts';

interface LinkTexts {
  readonly hint: (things: number, links: number) => string;
  readonly showAll: (hidden: number) => string;
  readonly one: Readonly<Record<EntityKind, string>>;
  /** Why two things are linked, by the words of the API; others are told as they come. */
  readonly why: Readonly<Record<string, string>>;
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
    why: {
      'the same legal entity': 'the same legal entity',
      'runs the store': 'runs the store',
      'cases about the mark': 'cases about the mark',
      'a ring about the seller': 'a ring about the seller',
      'the same picture': 'the same picture',
      'the same hand': 'the same hand',
      'a member of the ring': 'a member of the ring',
      'reviewed the seller': 'reviewed the seller',
      'bought from the seller': 'bought from the seller',
      'offered by': 'offered by',
      'found beside the mark': 'found beside the mark',
      'reviewed it': 'reviewed it',
      'wrote it': 'wrote it',
      'about the listing': 'about the listing',
      bought: 'bought',
      'of the listing': 'of the listing',
      'in the case': 'in the case',
      'about the seller': 'about the seller',
      'about the mark': 'about the mark',
    },
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
      'the same legal entity': '同一法律主体',
      'runs the store': '经营店铺',
      'cases about the mark': '有关该商标的案件',
      'a ring about the seller': '涉及该卖家的团伙',
      'the same picture': '相同图片',
      'the same hand': '同一操控者',
      'a member of the ring': '团伙成员',
      'reviewed the seller': '评价过该卖家',
      'bought from the seller': '在该卖家处购买',
      'offered by': '由其出售',
      'found beside the mark': '与该商标一同被发现',
      'reviewed it': '评价过',
      'wrote it': '评价作者',
      'about the listing': '评价的商品',
      bought: '购买者',
      'of the listing': '所购商品',
      'in the case': '在案件中',
      'about the seller': '涉及的卖家',
      'about the mark': '涉及的商标',
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
      'the same legal entity': 'то же юридическое лицо',
      'runs the store': 'ведёт магазин',
      'cases about the mark': 'дела об этом знаке',
      'a ring about the seller': 'группа отзывов о продавце',
      'the same picture': 'та же картинка',
      'the same hand': 'те же руки',
      'a member of the ring': 'участник группы',
      'reviewed the seller': 'писал отзыв о продавце',
      'bought from the seller': 'покупал у продавца',
      'offered by': 'продаёт',
      'found beside the mark': 'найдено рядом со знаком',
      'reviewed it': 'писал отзыв',
      'wrote it': 'автор',
      'about the listing': 'о каком объявлении',
      bought: 'покупатель',
      'of the listing': 'что куплено',
      'in the case': 'в деле',
      'about the seller': 'о каком продавце',
      'about the mark': 'о каком знаке',
    },
  },
});
