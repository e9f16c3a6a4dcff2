import type { PictureMatchEvidence } from '../../domain/evidence.ts';
import { defineTexts, enCount, ruCount, zhCount } from '../language/define-texts.ts';

interface EvidenceTexts {
  readonly moreTexts: (count: number) => string;
  readonly morePairs: (count: number) => string;
  readonly linksCaption: string;
  readonly shared: string;
  readonly sharedByHead: string;
  readonly sharedBy: (count: number) => string;
  readonly share: string;
  readonly act: string;
  readonly accounts: (count: number) => string;
  readonly more: (count: number) => string;
  readonly clears: string;
  readonly in: string;
  readonly seen: string;
  readonly views: Readonly<Record<string, string>>;
  readonly pictures: string;
  readonly howToCompare: string;
  readonly sides: string;
  readonly overlay: string;
  readonly blink: string;
  readonly blinkStop: string;
  readonly enlarge: string;
  readonly zoom: string;
  readonly close: string;
  readonly itemPicture: (id: string, position: number) => string;
  readonly bankPicture: (bank: string, owner: string) => string;
  readonly noPreview: string;
  readonly inverted: string;
  readonly windows: (query: string, bank: string) => string;
  readonly bits: (bits: number) => string;
  readonly inliers: (count: number) => string;
  readonly overlayShare: string;
  readonly overlayHint: string;
  readonly banks: Readonly<Record<PictureMatchEvidence['bank'], string>>;
  readonly orientations: Readonly<Record<PictureMatchEvidence['orientation'], string>>;
  readonly noSuchWord: string;
  readonly weighed: string;
  readonly weight: string;
  readonly reason: string;
  readonly replaced: string;
  readonly approved: string;
  readonly shownNow: string;
  readonly pictureOf: (title: string, position: number) => string;
}

/** Evidence, each kind in its own words. */
export const evidenceTexts = defineTexts<EvidenceTexts>({
  en: {
    moreTexts: (count) => `and ${enCount(count, 'pair', 'pairs')} of like texts more`,
    morePairs: (count) => `and ${enCount(count, 'pair', 'pairs')} of reviewers more`,
    linksCaption: 'What links these accounts, without the identifiers themselves',
    shared: 'Shared',
    sharedByHead: 'By',
    sharedBy: (count) => `${enCount(count, 'account has', 'accounts have')} it in all`,
    share: 'They share',
    act: 'They act alike',
    accounts: (count) => enCount(count, 'account', 'accounts'),
    more: (count) => `and ${count} more`,
    clears: 'What would clear them',
    in: 'in',
    seen: 'found by reading',
    views: {
      STYLED: 'styled letters as plain ones',
      INVISIBLE: 'past invisible characters',
      SPLIT: 'across gaps between letters',
      SKELETON: 'look-alike letters as one',
      LEET: 'digits as letters',
      DOUBLED: 'doubled letters as one',
      MASKED: 'past a sign that hides a letter',
      GLUED: 'inside a longer word',
      TRANSLITERATION: 'another script by sound',
      REVERSED: 'backwards',
      FUZZY: 'with one letter wrong',
      PINYIN: 'the Chinese name by sound',
    },
    pictures: 'Pictures compared',
    howToCompare: 'How to compare the pictures',
    sides: 'Side by side',
    overlay: 'On top of each other',
    blink: 'Blink',
    blinkStop: 'Stop blinking',
    enlarge: 'Enlarge',
    zoom: 'Zoom',
    close: 'Close',
    itemPicture: (id, position) => `This item, picture ${position} (${id})`,
    bankPicture: (bank, owner) => `${bank}: ${owner}`,
    noPreview: 'No preview is kept of this picture',
    inverted: 'colours inverted',
    windows: (query, bank) => `${query} against ${bank}`,
    bits: (bits) => `${bits} of 256 bits differ`,
    inliers: (count) => `${enCount(count, 'detail agrees', 'details agree')}`,
    overlayShare: 'How much of the other picture is seen',
    overlayHint: 'Move the slider or blink: what stays in place is the same in both pictures.',
    banks: {
      PROTECTED: 'Protected picture',
      COUNTERFEIT: 'Known counterfeit',
      SELLERS: 'Picture of another seller',
      NEGATIVE: 'Picture that proves nothing',
      LOGO: 'Logo',
    },
    orientations: {
      r0: 'upright',
      r90: 'turned by 90°',
      r180: 'turned by 180°',
      r270: 'turned by 270°',
      mirror: 'mirrored',
      'mirror-r90': 'mirrored and turned by 90°',
      'mirror-r180': 'mirrored and turned by 180°',
      'mirror-r270': 'mirrored and turned by 270°',
    },
    noSuchWord: 'The other text has no such word.',
    weighed: 'What speaks for and against',
    weight: 'Weight',
    reason: 'Reason',
    replaced: 'Pictures that were replaced',
    approved: 'As it was approved',
    shownNow: 'As it is shown now',
    pictureOf: (title, position) => `${title}, picture ${position}`,
  },
  zh: {
    moreTexts: (count) => `另有 ${zhCount(count, '对')}相似文字`,
    morePairs: (count) => `另有 ${zhCount(count, '对')}评价者`,
    linksCaption: '这些账号之间的关联（不显示标识本身）',
    shared: '共同点',
    sharedByHead: '账号',
    sharedBy: (count) => `共有 ${zhCount(count, '个账号')}具有此项`,
    share: '共同具有',
    act: '行为相似',
    accounts: (count) => zhCount(count, '个账号'),
    more: (count) => `另有 ${count} 个`,
    clears: '哪些事实可以排除嫌疑',
    in: '位于',
    seen: '识别方式：',
    views: {
      STYLED: '将花体字母还原',
      INVISIBLE: '跳过不可见字符',
      SPLIT: '跨越字母间的空隙',
      SKELETON: '将形似字母视为相同',
      LEET: '将数字视为字母',
      DOUBLED: '将重复字母视为一个',
      MASKED: '越过遮挡字母的符号',
      GLUED: '位于更长的词中',
      TRANSLITERATION: '按读音转换文字',
      REVERSED: '倒序',
      FUZZY: '允许一个字母错误',
      PINYIN: '按中文读音',
    },
    pictures: '图片对比',
    howToCompare: '图片对比方式',
    sides: '并排',
    overlay: '叠加',
    blink: '闪烁',
    blinkStop: '停止闪烁',
    enlarge: '放大',
    zoom: '缩放',
    close: '关闭',
    itemPicture: (id, position) => `此项目的图片 ${position}（${id}）`,
    bankPicture: (bank, owner) => `${bank}：${owner}`,
    noPreview: '此图片没有预览',
    inverted: '颜色反转',
    windows: (query, bank) => `${query} 对 ${bank}`,
    bits: (bits) => `256 位中有 ${bits} 位不同`,
    inliers: (count) => zhCount(count, '处细节一致'),
    overlayShare: '另一张图片的可见程度',
    overlayHint: '移动滑块或使用闪烁：位置不变的部分在两张图片中相同。',
    banks: {
      PROTECTED: '受保护图片',
      COUNTERFEIT: '已知假货',
      SELLERS: '其他卖家的图片',
      NEGATIVE: '不能证明侵权的图片',
      LOGO: '标志',
    },
    orientations: {
      r0: '正向',
      r90: '旋转 90°',
      r180: '旋转 180°',
      r270: '旋转 270°',
      mirror: '镜像',
      'mirror-r90': '镜像并旋转 90°',
      'mirror-r180': '镜像并旋转 180°',
      'mirror-r270': '镜像并旋转 270°',
    },
    noSuchWord: '另一段文字中没有这个词。',
    weighed: '支持与反对的依据',
    weight: '权重',
    reason: '依据',
    replaced: '被替换的图片',
    approved: '审核通过时',
    shownNow: '现在展示的',
    pictureOf: (title, position) => `${title}，图片 ${position}`,
  },
  ru: {
    moreTexts: (count) => `и ещё ${ruCount(count, 'пара', 'пары', 'пар')} похожих текстов`,
    morePairs: (count) => `и ещё ${ruCount(count, 'пара', 'пары', 'пар')} рецензентов`,
    linksCaption: 'Что связывает эти аккаунты (сами идентификаторы не показаны)',
    shared: 'Общее',
    sharedByHead: 'У кого',
    sharedBy: (count) => `всего у ${count}`,
    share: 'У них общее',
    act: 'Они ведут себя одинаково',
    accounts: (count) => ruCount(count, 'аккаунт', 'аккаунта', 'аккаунтов'),
    more: (count) => `и ещё ${count}`,
    clears: 'Что сняло бы подозрение',
    in: 'в поле',
    seen: 'найдено так:',
    views: {
      STYLED: 'фигурные буквы как обычные',
      INVISIBLE: 'сквозь невидимые знаки',
      SPLIT: 'через промежутки между буквами',
      SKELETON: 'похожие буквы как одна',
      LEET: 'цифры как буквы',
      DOUBLED: 'двойные буквы как одна',
      MASKED: 'за знаком, скрывающим букву',
      GLUED: 'внутри более длинного слова',
      TRANSLITERATION: 'другая письменность по звучанию',
      REVERSED: 'задом наперёд',
      FUZZY: 'с одной ошибкой',
      PINYIN: 'китайское название по звучанию',
    },
    pictures: 'Сравнение изображений',
    howToCompare: 'Как сравнить изображения',
    sides: 'Рядом',
    overlay: 'Наложить',
    blink: 'Мигание',
    blinkStop: 'Остановить мигание',
    enlarge: 'Увеличить',
    zoom: 'Масштаб',
    close: 'Закрыть',
    itemPicture: (id, position) => `Это дело, изображение ${position} (${id})`,
    bankPicture: (bank, owner) => `${bank}: ${owner}`,
    noPreview: 'Предпросмотр этого изображения не хранится',
    inverted: 'цвета обращены',
    windows: (query, bank) => `${query} против ${bank}`,
    bits: (bits) => `различаются ${bits} бит из 256`,
    inliers: (count) => ruCount(count, 'деталь совпадает', 'детали совпадают', 'деталей совпадает'),
    overlayShare: 'Насколько видно второе изображение',
    overlayHint: 'Двигайте ползунок или включите мигание: что остаётся на месте, то одинаково.',
    banks: {
      PROTECTED: 'Охраняемое изображение',
      COUNTERFEIT: 'Известная подделка',
      SELLERS: 'Изображение другого продавца',
      NEGATIVE: 'Изображение, которое ничего не доказывает',
      LOGO: 'Логотип',
    },
    orientations: {
      r0: 'прямо',
      r90: 'повёрнуто на 90°',
      r180: 'повёрнуто на 180°',
      r270: 'повёрнуто на 270°',
      mirror: 'отражено',
      'mirror-r90': 'отражено и повёрнуто на 90°',
      'mirror-r180': 'отражено и повёрнуто на 180°',
      'mirror-r270': 'отражено и повёрнуто на 270°',
    },
    noSuchWord: 'В другом тексте этого слова нет.',
    weighed: 'Что говорит за и против',
    weight: 'Вес',
    reason: 'Почему',
    replaced: 'Подменённые изображения',
    approved: 'Как было одобрено',
    shownNow: 'Как показано сейчас',
    pictureOf: (title, position) => `${title}, изображение ${position}`,
  },
});
