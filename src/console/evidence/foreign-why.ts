import type { NetworkClass } from '../../domain/account.ts';
import type { Language } from '../language/define-texts.ts';

/** Sentences of evidence that are put together from its structure. English is as the detectors wrote it. */
export interface ForeignWhy {
  readonly picture: (position: number, bank: string, owner: string) => string;
  /** How two pictures are alike: bits of 256 that differ, places that coincide, how the picture was turned. */
  readonly likeness: (bits: number, places: number | undefined, turned: string | undefined) => string;
  /** A sample: what was looked at, and the finding nearest to one on which the rules act. */
  readonly sample: (looked: string, nearest: string | undefined) => string;
  readonly lookedAt: Readonly<Record<string, string>>;
  /** The rule that follows from a probability alone. */
  readonly ladder: (violation: string, percent: string) => string;
  readonly words: (field: string, text: string, mark: string) => string;
  /** What words say beside a mark, by the second part of the rule that spoke: `brand.replica…`. */
  readonly said: Readonly<Record<string, (text: string) => string>>;
  readonly ring: (ring: RingFigures) => string;
  readonly ringBehind: (sellerId: string) => string;
  readonly ringWhy: Readonly<Record<'PRAISE' | 'ATTACK', string>>;
  readonly cluster: (accounts: number, shared: string, alike: string) => string;
  readonly link: (one: string, other: string, kind: string, sharedBy: number) => string;
  readonly met: (one: string, other: string, listings: number) => string;
  readonly textPair: (one: string, other: string, percent: string) => string;
  readonly network: (network: string, sessions: number) => string;
  readonly networks: Readonly<Record<NetworkClass, string>>;
  readonly replaced: (approved: number, shown: number) => string;
  /** Terms of a score and facts by their names; their figures stand in the English sentence. */
  readonly terms: Readonly<Record<string, string>>;
  readonly ringClears: string;
  readonly clusterClears: string;
}

export interface RingFigures {
  readonly direction: 'PRAISE' | 'ATTACK';
  readonly members: number;
  readonly listings: number;
  readonly sellers: number;
  readonly reviews: number;
  readonly days: number;
}

export const foreignWhy: Readonly<Record<Exclude<Language, 'en'>, ForeignWhy>> = {
  zh: {
    picture: (position, bank, owner) => `商品的第 ${position} 张图片与“${bank}”中的图片（${owner}）相符。`,
    likeness: (bits, places, turned) =>
      `哈希 256 位中有 ${bits} 位不同${places === undefined ? '' : `，${places} 处细节吻合`}${turned === undefined ? '' : `，${turned}`}。`,
    sample: (looked, nearest) =>
      `抽样：已检查${looked}，未发现规则要处理的问题。${nearest === undefined ? '' : `最接近的发现：${nearest}。`}`,
    lookedAt: {
      LISTING: '商品的文字和图片（对照商标、图库和他人商品）',
      REVIEW: '评价文字、订单以及同样商品的其他评价者',
      ACCOUNT: '账号标识、网络以及与其他账号的共同行为',
    },
    ladder: (violation, percent) => `${violation}：可能性 ${percent}，按等级处理。`,
    words: (field, text, mark) => `${field}中的“${text}”即商标 ${mark}。`,
    said: {
      replica: (text) => `“${text}”与商标并列，表明是仿品。`,
      comparison: (text) => `“${text}”把商品与商标相比。`,
      stuffing: (text) => `“${text}”并非所售商品。`,
    },
    ring: ({ direction, members, listings, sellers, reviews, days }) =>
      `${members} 个账号在 ${days} 天内对 ${sellers} 个卖家的 ${listings} 个商品发表了 ${reviews} 条${direction === 'PRAISE' ? '吹捧' : '攻击'}评价，超出偶然的可能。`,
    ringBehind: (sellerId) => `另有证据表明其背后是 ${sellerId}。`,
    ringWhy: {
      PRAISE: '这些账号在相同时间评价相同商品，全部为吹捧。',
      ATTACK: '这些账号在相同时间评价相同商品，全部为攻击。',
    },
    cluster: (accounts, shared, alike) =>
      `${accounts} 个账号疑似由同一人操控：共同具有${shared}${alike === '' ? '' : `，行为相似（${alike}）`}。`,
    link: (one, other, kind, sharedBy) => `${one} 与 ${other} 共用${kind}；共有 ${sharedBy} 个账号使用。`,
    met: (one, other, listings) => `${one} 与 ${other} 在 ${listings} 个商品上相继出现。`,
    textPair: (one, other, percent) => `${one} 与 ${other} 的文字几乎相同（${percent} 一致）。`,
    network: (network, sessions) => `${sessions} 次访问来自${network}。仅此并不构成过错。`,
    networks: {
      RESIDENTIAL: '家庭网络',
      MOBILE: '移动网络',
      BUSINESS: '企业网络',
      HOSTING: '机房网络',
      VPN: 'VPN',
      PRIVATE: '内部网络',
      TOR: 'Tor',
      RELAY: '隐私中继',
      UNKNOWN: '未知网络',
    },
    replaced: (approved, shown) => `审核通过的 ${approved} 张图片已被 ${shown} 张内容不同的图片替换。`,
    terms: {
      accountLinks: '成员账号之间存在关联',
      'co review': '账号行为一致：评价相同商品',
      coReview: '成员共同评价相同商品，而其他人没有',
      'hidden networks': '访问来自 VPN、机房或 Tor',
      nearDuplicateTexts: '成员的文字几乎相同',
      newcomers: '成员注册后不久便开始评价',
      oneSeller: '商品属于同一卖家',
      ratingDeviation: '与其他评价不一致',
      'registration burst': '账号在短时间内集中注册',
      'shared device': '共用同一设备',
      'shared exit': '共用 VPN 或机房出口',
      'shared payment': '共用支付方式',
      'shared place': '共用住址或家庭网络',
      'shared phone': '共用电话号码',
      'shared email': '共用邮箱',
      size: '账号数超过一个家庭',
      'explained by a household': '同一家庭共用这些属正常，只计一部分',
      'may be a household': '可能是一个家庭',
      'own device': '各有自己的设备',
      'own payment': '各有自己的支付方式',
      'own phone': '各有自己的电话号码',
      promotion: '账号行为一致：使用相同的优惠',
      'session timing': '账号行为一致：先后几分钟内访问',
      'time zone': '账号行为一致：时区与网络所在地同样不符',
      picture: '账号行为一致：商品图片相同',
      'listing text': '账号行为一致：商品描述相同',
      text: '账号行为一致：文字几乎相同',
      sellerLinks: '与卖家存在关联',
      sameMinute: '在同一分钟内',
      sharedCoupon: '使用相同优惠券',
      campaignTiming: '时间与促销吻合',
      complaints: '买家投诉',
      prior: '提及商标的商品大多为转售正品',
      reputed: '该商标享有声誉',
      inClass: '该商标在此类商品上注册',
      sellerNotNamed: '权利人指定了销售者，其中没有该卖家',
      territoryNotCovered: '该商标在此地区无效',
      shortName: '名称很短',
      heardOnly: '只是读音相近',
      ordinaryName: '名称也是普通词',
      ordinaryAsName: '该词首字母大写，与文中其他词不同',
      ordinaryAsWord: '该词小写，而名称大写',
      ordinaryLeads: '标题以该词开头，如同品牌',
      ordinaryOtherGoods: '该商标未在此类商品上注册，该词有其本义',
      nominative: '只是说明用途',
      descriptionOnly: '只在描述中出现',
      cheap: '价格远低于该品牌商品的通常价格',
      codeWord: '使用暗语',
      brandAgrees: '品牌属性公开写明该商标',
      brandContradicts: '品牌属性与标题矛盾',
      authorisationExpired: '卖家的授权今日无效',
      shownBeforeBank: '卖家在图片入库之前就已使用',
      hollowOrders: '订单没有货物流转',
    },
    ringClears:
      '成员在不同日期、寄往不相干地址的真实购买；共同购买的正当理由（班级、社团、试用小组）；或证明账号间的关联只是同一家庭。',
    clusterClears:
      '证明账号属于一起生活或工作的不同人（家庭、共用办公室），例如分别的身份核验或各自独立且已送达的订单。',
  },
  ru: {
    picture: (position, bank, owner) => `Картинка ${position} совпадает с картинкой из набора «${bank}» (${owner}).`,
    likeness: (bits, places, turned) =>
      `Хеши различаются на ${bits} из 256 бит${places === undefined ? '' : `, совпавших мест: ${places}`}${turned === undefined ? '' : `, ${turned}`}.`,
    sample: (looked, nearest) =>
      `Выборка: проверено (${looked}), ничего, на что действуют правила, не найдено.${nearest === undefined ? '' : ` Ближе всего: ${nearest}.`}`,
    lookedAt: {
      LISTING: 'тексты и картинки — против знаков, наборов картинок и чужих товаров',
      REVIEW: 'текст отзыва, заказ и другие отзывы о тех же товарах',
      ACCOUNT: 'признаки аккаунта, его сети и общие с другими действия',
    },
    ladder: (violation, percent) => `${violation}: вероятность ${percent}, ступень по вероятности.`,
    words: (field, text, mark) => `«${text}» (${field}) — это знак ${mark}.`,
    said: {
      replica: (text) => `«${text}» рядом со знаком говорит о подделке.`,
      comparison: (text) => `«${text}» сравнивает товар со знаком.`,
      stuffing: (text) => `«${text}» — не то, что продаётся.`,
    },
    ring: ({ direction, members, listings, sellers, reviews, days }) =>
      `Аккаунтов: ${members}. За дней: ${days} они вместе ${direction === 'PRAISE' ? 'похвалили' : 'очернили'} объявлений: ${listings} (продавцов: ${sellers}), отзывов: ${reviews}; случайность так не складывается.`,
    ringBehind: (sellerId) => `Отдельные признаки говорят, что за этим стоит ${sellerId}.`,
    ringWhy: {
      PRAISE: 'Эти аккаунты писали об одних объявлениях в одно время, и все хвалили.',
      ATTACK: 'Эти аккаунты писали об одних объявлениях в одно время, и все ругали.',
    },
    cluster: (accounts, shared, alike) =>
      `Похоже, одни руки ведут аккаунтов: ${accounts}. Общее: ${shared}${alike === '' ? '' : `; одинаково: ${alike}`}.`,
    link: (one, other, kind, sharedBy) => `У ${one} и ${other} общее: ${kind}. Всего с этим аккаунтов: ${sharedBy}.`,
    met: (one, other, listings) => `${one} и ${other} встретились у объявлений: ${listings}.`,
    textPair: (one, other, percent) => `${one} и ${other} написали почти одно и то же (совпадает ${percent}).`,
    network: (network, sessions) => `Посещений через ${network}: ${sessions}. Само по себе это не вина.`,
    networks: {
      RESIDENTIAL: 'домашнюю сеть',
      MOBILE: 'мобильную сеть',
      BUSINESS: 'сеть организации',
      HOSTING: 'сеть хостинга',
      VPN: 'VPN',
      PRIVATE: 'внутреннюю сеть',
      TOR: 'Tor',
      RELAY: 'ретранслятор',
      UNKNOWN: 'неизвестную сеть',
    },
    replaced: (approved, shown) => `Одобренные картинки (${approved}) заменены другими (${shown}).`,
    terms: {
      accountLinks: 'участники связаны между собой',
      'co review': 'ведут себя одинаково: отзывы об одних товарах',
      coReview: 'писали об одних товарах, когда другие не писали',
      'hidden networks': 'посещения через VPN, хостинг или Tor',
      nearDuplicateTexts: 'тексты участников почти одинаковы',
      newcomers: 'писать начали вскоре после регистрации',
      oneSeller: 'объявления одного продавца',
      ratingDeviation: 'расходятся с другими отзывами',
      'registration burst': 'зарегистрированы почти одновременно',
      'shared device': 'одно устройство',
      'shared exit': 'один выход VPN или хостинга',
      'shared payment': 'одно платёжное средство',
      'shared place': 'один адрес или домашняя сеть',
      'shared phone': 'один номер телефона',
      'shared email': 'один почтовый ящик',
      size: 'больше, чем бывает в семье',
      'explained by a household': 'в одной семье такое бывает общим, считается лишь часть',
      'may be a household': 'возможно, одна семья',
      'own device': 'есть и собственные устройства',
      'own payment': 'есть и собственные платёжные средства',
      'own phone': 'есть и собственные номера телефона',
      promotion: 'ведут себя одинаково: одни и те же акции',
      'session timing': 'ведут себя одинаково: заходят с разницей в минуты',
      'time zone': 'ведут себя одинаково: один часовой пояс, чужой для их сетей',
      picture: 'ведут себя одинаково: одни картинки товаров',
      'listing text': 'ведут себя одинаково: одни описания товаров',
      text: 'ведут себя одинаково: почти одинаковые тексты',
      sellerLinks: 'связаны с продавцом',
      sameMinute: 'в одну и ту же минуту',
      sharedCoupon: 'один купон',
      campaignTiming: 'по времени совпадает с акцией',
      complaints: 'жалобы покупателей',
      prior: 'чаще всего знак называют, перепродавая подлинное',
      reputed: 'знак пользуется известностью',
      inClass: 'знак зарегистрирован для таких товаров',
      sellerNotNamed: 'правообладатель назвал продавцов, этого среди них нет',
      territoryNotCovered: 'знак там не действует',
      shortName: 'короткое имя',
      heardOnly: 'лишь похоже на слух',
      ordinaryName: 'имя — обычное слово',
      ordinaryAsName: 'слово с заглавной буквы, в отличие от других',
      ordinaryAsWord: 'слово со строчной буквы, а имена с заглавной',
      ordinaryLeads: 'название начинается с этого слова, как с марки',
      ordinaryOtherGoods: 'знак не зарегистрирован для таких товаров, а слово имеет свой смысл',
      nominative: 'имя лишь говорит, к чему подходит товар',
      descriptionOnly: 'только в описании',
      cheap: 'цена много ниже обычной для этой марки',
      codeWord: 'условное слово',
      brandAgrees: 'марка названа открыто',
      brandContradicts: 'марка противоречит названию',
      authorisationExpired: 'разрешение продавца сегодня не действует',
      shownBeforeBank: 'продавец показывал картинку раньше, чем она попала в набор',
      hollowOrders: 'заказы без движения товара',
    },
    ringClears:
      'Подтверждённые покупки участников в разные дни и по несвязанным адресам; честная общая причина (класс, клуб, группа испытателей); или связи, которые оказались одной семьёй.',
    clusterClears:
      'Аккаунты принадлежат разным людям, которые вместе живут или работают: это показывают раздельные проверки личности или несвязанные доставленные заказы.',
  },
};
