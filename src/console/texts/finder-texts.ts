import type { EntityKind, TimelineEntry } from '../../domain/views/search-view.ts';
import { defineTexts, enCount, ruCount, zhCount } from '../language/define-texts.ts';

interface FinderTexts {
  readonly title: string;
  readonly query: string;
  readonly hint: string;
  readonly search: string;
  readonly kinds: string;
  readonly kind: Readonly<Record<EntityKind, string>>;
  readonly match: Readonly<Record<'EXACT' | 'WORD' | 'SIMILAR', string>>;
  readonly found: (count: number) => string;
  readonly nothing: string;
  readonly nothingHint: string;
  readonly teach: string;
  readonly picture: string;
  readonly pictureHint: string;
  readonly choosePicture: string;
  readonly asked: string;
  readonly noPicture: string;
  readonly distance: (bits: number) => string;
  readonly verified: string;
  readonly unverified: string;
  readonly loading: string;
  readonly ofSeller: string;
  readonly timeline: string;
  readonly timelineEmpty: string;
  readonly more: string;
  readonly graph: string;
  readonly graphCut: string;
  readonly graphList: string;
  readonly noLinks: string;
  readonly openCases: string;
  readonly noOpenCases: string;
  readonly pastCases: (count: number) => string;
  readonly stored: string;
  readonly event: Readonly<Record<TimelineEntry['type'], string>>;
  readonly back: string;
  readonly views: string;
  readonly viewsEmpty: string;
  readonly viewName: string;
  readonly viewShared: string;
  readonly viewKeep: string;
  readonly viewRemove: (title: string) => string;
  readonly focusKey: string;
}

/** Looking for things, and the page of what was found. */
export const finderTexts = defineTexts<FinderTexts>({
  en: {
    title: 'Search',
    query: 'Look for',
    hint: 'A number, a name, words of a listing; a picture can be pasted',
    search: 'Search',
    kinds: 'What',
    kind: {
      CASE: 'Cases',
      LISTING: 'Listings',
      SELLER: 'Sellers',
      REVIEW: 'Reviews',
      ACCOUNT: 'Accounts',
      ORDER: 'Orders',
      MARK: 'Marks',
      RING: 'Rings',
      CLUSTER: 'Clusters',
    },
    match: { EXACT: 'exact', WORD: 'by word', SIMILAR: 'similar' },
    found: (count) => enCount(count, 'hit', 'hits'),
    nothing: 'Nothing was found',
    nothingHint: 'Try fewer words, another spelling, or take out the choice of kinds.',
    teach:
      'Every case, listing, seller, review, account, order and mark can be found here by its number, its name, or words in it. Paste or drop a picture to see which protected, counterfeit or sellers’ pictures are like it.',
    picture: 'Search by picture',
    pictureHint: 'Paste (Ctrl+V), drop, or choose a picture. It is compared and not kept.',
    choosePicture: 'Choose a picture',
    asked: 'The picture you look for',
    noPicture: 'No picture of any bank is like it.',
    distance: (bits) => `${bits} of 256 bits differ`,
    verified: 'details agree',
    unverified: 'by likeness alone',
    loading: 'Searching',
    ofSeller: 'Seller',
    timeline: 'History',
    timelineEmpty: 'Nothing is recorded yet.',
    more: 'Show earlier',
    graph: 'Links',
    graphCut: 'There is more than can be shown.',
    graphList: 'Links as a list',
    noLinks: 'Nothing is linked to it.',
    openCases: 'Open cases',
    noOpenCases: 'No case is open.',
    pastCases: (count) => enCount(count, 'case in the past', 'cases in the past'),
    stored: 'What is stored',
    event: {
      RECEIVED: 'received',
      CHECK: 'checked',
      CASE: 'case',
      CASE_EVENT: 'case',
      DECISION: 'decision',
      CREDIT: 'credit',
      ORDER: 'order',
      REVIEW: 'review',
      LISTING: 'listing',
      EVENT: 'event',
    },
    back: '← Back',
    views: 'Saved views',
    viewsEmpty: 'Keep a search or a filtered list under a name, for yourself or for everybody.',
    viewName: 'Name of the view',
    viewShared: 'For everybody',
    viewKeep: 'Keep this view',
    viewRemove: (title) => `Remove ${title}`,
    focusKey: 'search field',
  },
  zh: {
    title: '搜索',
    query: '搜索内容',
    hint: '编号、名称或商品中的文字；也可粘贴图片',
    search: '搜索',
    kinds: '类别',
    kind: {
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
    match: { EXACT: '完全一致', WORD: '按词', SIMILAR: '相似' },
    found: (count) => zhCount(count, '条结果'),
    nothing: '没有找到',
    nothingHint: '请减少词语、换一种写法，或取消类别限制。',
    teach:
      '在这里可以按编号、名称或其中的文字查找所有案件、商品、卖家、评价、账号、订单和商标。粘贴或拖入图片，可查看与之相似的受保护图片、假货图片或其他卖家的图片。',
    picture: '以图搜索',
    pictureHint: '粘贴（Ctrl+V）、拖入或选择图片。仅用于比对，不会保存。',
    choosePicture: '选择图片',
    asked: '您要查找的图片',
    noPicture: '图库中没有与之相似的图片。',
    distance: (bits) => `256 位中有 ${bits} 位不同`,
    verified: '细节一致',
    unverified: '仅整体相似',
    loading: '正在搜索',
    ofSeller: '卖家',
    timeline: '历史',
    timelineEmpty: '尚无记录。',
    more: '显示更早的记录',
    graph: '关联',
    graphCut: '还有更多，未能全部显示。',
    graphList: '关联列表',
    noLinks: '没有关联。',
    openCases: '未结案件',
    noOpenCases: '没有未结案件。',
    pastCases: (count) => `历史案件 ${zhCount(count, '件')}`,
    stored: '存储的内容',
    event: {
      RECEIVED: '收到',
      CHECK: '检查',
      CASE: '案件',
      CASE_EVENT: '案件',
      DECISION: '决定',
      CREDIT: '信用',
      ORDER: '订单',
      REVIEW: '评价',
      LISTING: '商品',
      EVENT: '事件',
    },
    back: '← 返回',
    views: '已存视图',
    viewsEmpty: '可将搜索或筛选后的列表命名保存，供自己或所有人使用。',
    viewName: '视图名称',
    viewShared: '所有人可用',
    viewKeep: '保存此视图',
    viewRemove: (title) => `删除 ${title}`,
    focusKey: '搜索框',
  },
  ru: {
    title: 'Поиск',
    query: 'Что искать',
    hint: 'Номер, имя, слова из объявления; изображение можно вставить',
    search: 'Искать',
    kinds: 'Где',
    kind: {
      CASE: 'Дела',
      LISTING: 'Объявления',
      SELLER: 'Продавцы',
      REVIEW: 'Отзывы',
      ACCOUNT: 'Аккаунты',
      ORDER: 'Заказы',
      MARK: 'Товарные знаки',
      RING: 'Группы накрутки',
      CLUSTER: 'Группы аккаунтов',
    },
    match: { EXACT: 'точно', WORD: 'по слову', SIMILAR: 'похоже' },
    found: (count) => ruCount(count, 'совпадение', 'совпадения', 'совпадений'),
    nothing: 'Ничего не найдено',
    nothingHint: 'Попробуйте меньше слов, другое написание или снимите выбор разделов.',
    teach:
      'Здесь находится любое дело, объявление, продавец, отзыв, аккаунт, заказ и знак: по номеру, имени или словам. Вставьте или перетащите изображение, чтобы увидеть похожие охраняемые, поддельные или чужие изображения.',
    picture: 'Поиск по изображению',
    pictureHint: 'Вставьте (Ctrl+V), перетащите или выберите изображение. Оно сравнивается и не хранится.',
    choosePicture: 'Выбрать изображение',
    asked: 'Изображение, которое вы ищете',
    noPicture: 'Похожих изображений нет ни в одном собрании.',
    distance: (bits) => `различаются ${bits} бит из 256`,
    verified: 'детали совпадают',
    unverified: 'только по сходству',
    loading: 'Идёт поиск',
    ofSeller: 'Продавец',
    timeline: 'История',
    timelineEmpty: 'Записей пока нет.',
    more: 'Показать раньше',
    graph: 'Связи',
    graphCut: 'Показано не всё.',
    graphList: 'Связи списком',
    noLinks: 'Связей нет.',
    openCases: 'Открытые дела',
    noOpenCases: 'Открытых дел нет.',
    pastCases: (count) => `раньше было ${ruCount(count, 'дело', 'дела', 'дел')}`,
    stored: 'Что хранится',
    event: {
      RECEIVED: 'получено',
      CHECK: 'проверено',
      CASE: 'дело',
      CASE_EVENT: 'дело',
      DECISION: 'решение',
      CREDIT: 'рейтинг',
      ORDER: 'заказ',
      REVIEW: 'отзыв',
      LISTING: 'объявление',
      EVENT: 'событие',
    },
    back: '← Назад',
    views: 'Сохранённые виды',
    viewsEmpty: 'Сохраните поиск или отобранный список под именем, для себя или для всех.',
    viewName: 'Название вида',
    viewShared: 'Для всех',
    viewKeep: 'Сохранить этот вид',
    viewRemove: (title) => `Убрать ${title}`,
    focusKey: 'поле поиска',
  },
});
