import type { DemoMark, DemoRightsHolder } from '../demo-records.ts';

const EU = ['DE', 'FR', 'IT', 'ES', 'NL', 'AT', 'PL', 'SE', 'DK', 'PT', 'BE', 'IE', 'FI', 'CZ'];

export const RIGHTS_HOLDERS: readonly DemoRightsHolder[] = [
  { id: 'rh-norvik', name: 'Norvik Footwear AS', email: 'brand.protection@norvik.example', country: 'NO' },
  { id: 'rh-velluna', name: 'Velluna Pelletteria S.p.A.', email: 'legal@velluna.example', country: 'IT' },
  { id: 'rh-holtmere', name: 'Holtmere Watch Manufactory SA', email: 'ip@holtmere.example', country: 'CH' },
  { id: 'rh-audeon', name: 'Audeon Akustik GmbH', email: 'marken@audeon.example', country: 'DE' },
  { id: 'rh-kireshi', name: 'Kireshi Denki K.K.', email: 'chizai@kireshi.example', country: 'JP' },
  { id: 'rh-orchard', name: 'Orchard Kitchenware Ltd', email: 'trademarks@orchard-kitchen.example', country: 'GB' },
  { id: 'rh-kestrel', name: 'Kestrel Cycles Inc.', email: 'counsel@kestrel-cycles.example', country: 'US' },
  { id: 'rh-velora', name: 'Velora Mode SAS', email: 'marques@velora.example', country: 'FR' },
  { id: 'rh-lumora', name: 'Lumora Leuchten (in liquidation)', email: 'insolvenz@lumora.example', country: 'DE' },
  { id: 'rh-sports', name: 'Sporting marks agency (demo)', email: 'sports-marks@agency.example', country: 'US' },
  { id: 'rh-phones', name: 'Telephone marks agency (demo)', email: 'phone-marks@agency.example', country: 'KR' },
];

const registered = (office: string, number: string, date: string) => ({
  registrationOfficeCode: office,
  registrationNumber: number,
  registrationDate: date,
  expiryDate: '2044-12-31',
  markCurrentStatusCode: 'REGISTERED' as const,
});

/** Marks of invented brands, and of real ones only where phones and sports signs would be odd without them. */
export const DEMO_MARKS: readonly DemoMark[] = [
  {
    id: 'tm-norvik',
    rightsHolderId: 'rh-norvik',
    ...registered('EM', '018204417', '2019-05-14'),
    wordMarkSpecification: { markVerbalElementText: 'NORVIK' },
    aliases: [
      { text: 'Норвик', language: 'ru', kind: 'TRANSLITERATION' },
      { text: '诺维克', language: 'zh', kind: 'TRANSLITERATION' },
      { text: 'Norvik Fjellrunner', kind: 'PRODUCT_LINE' },
    ],
    niceClasses: [18, 25],
    hasReputation: true,
    ownSellerIds: ['s-norvik'],
    authorizations: [{ sellerId: 's-nordic-sport', validFrom: '2023-01-01', validUntil: '2040-12-31' }],
    usualPriceMinor: 8_900,
    usualPriceCurrency: 'EUR',
  },
  {
    id: 'tm-velluna',
    rightsHolderId: 'rh-velluna',
    ...registered('EM', '017755120', '2018-02-27'),
    wordMarkSpecification: { markVerbalElementText: 'VELLUNA' },
    aliases: [
      { text: 'Веллуна', language: 'ru', kind: 'TRANSLITERATION' },
      { text: '维露娜', language: 'zh', kind: 'TRANSLITERATION' },
      { text: 'Velluna Ottavia', kind: 'PRODUCT_LINE' },
    ],
    niceClasses: [14, 18, 25],
    hasReputation: true,
    ownSellerIds: ['s-velluna'],
    authorizations: [{ sellerId: 's-bella-borsa', validFrom: '2021-01-01', validUntil: '2024-06-30' }],
    usualPriceMinor: 42_000,
    usualPriceCurrency: 'EUR',
  },
  {
    id: 'tm-holtmere',
    rightsHolderId: 'rh-holtmere',
    ...registered('CH', '731992', '2015-09-02'),
    wordMarkSpecification: { markVerbalElementText: 'HOLTMERE' },
    aliases: [
      { text: 'Холтмер', language: 'ru', kind: 'TRANSLITERATION' },
      { text: '霍特米尔', language: 'zh', kind: 'TRANSLITERATION' },
    ],
    niceClasses: [14],
    hasReputation: true,
    ownSellerIds: ['s-holtmere'],
    authorizations: [{ sellerId: 's-time-and-more', validFrom: '2022-04-01', validUntil: '2040-12-31' }],
    usualPriceMinor: 98_000,
    usualPriceCurrency: 'EUR',
  },
  {
    id: 'tm-audeon',
    rightsHolderId: 'rh-audeon',
    ...registered('DE', '302016031877', '2016-11-18'),
    wordMarkSpecification: { markVerbalElementText: 'AUDEON' },
    aliases: [
      { text: 'Аудеон', language: 'ru', kind: 'TRANSLITERATION' },
      { text: '奥迪恩', language: 'zh', kind: 'TRANSLITERATION' },
    ],
    niceClasses: [9],
    ownSellerIds: ['s-audeon'],
    authorizations: [{ sellerId: 's-soundworks', validFrom: '2022-01-01', validUntil: '2040-12-31' }],
    usualPriceMinor: 17_900,
    usualPriceCurrency: 'EUR',
  },
  {
    id: 'tm-kireshi',
    rightsHolderId: 'rh-kireshi',
    ...registered('JP', '6214093', '2020-01-09'),
    wordMarkSpecification: { markVerbalElementText: 'KIRESHI', markTransliteration: 'kireshi' },
    aliases: [
      { text: 'Киреши', language: 'ru', kind: 'TRANSLITERATION' },
      { text: '奇丽希', language: 'zh', kind: 'TRANSLITERATION' },
      { text: 'Kireshi Nova', kind: 'PRODUCT_LINE' },
    ],
    niceClasses: [9],
    hasReputation: true,
    ownSellerIds: ['s-kireshi'],
    usualPriceMinor: 2_900,
    usualPriceCurrency: 'EUR',
  },
  {
    id: 'tm-orchard',
    rightsHolderId: 'rh-orchard',
    ...registered('GB', 'UK00003371204', '2019-03-08'),
    wordMarkSpecification: { markVerbalElementText: 'ORCHARD' },
    niceClasses: [21],
    territories: ['GB', 'IE', ...EU],
    ownSellerIds: ['s-orchard'],
    usualPriceMinor: 1_800,
    usualPriceCurrency: 'EUR',
  },
  {
    id: 'tm-kestrel',
    rightsHolderId: 'rh-kestrel',
    ...registered('US', '5918233', '2019-11-26'),
    wordMarkSpecification: { markVerbalElementText: 'KESTREL' },
    niceClasses: [12],
  },
  {
    id: 'tm-velora',
    rightsHolderId: 'rh-velora',
    ...registered('FR', '4511870', '2018-12-21'),
    wordMarkSpecification: { markVerbalElementText: 'VELORA' },
    niceClasses: [18, 25],
    territories: ['FR', 'BE', 'LU'],
  },
  {
    id: 'tm-lumora',
    rightsHolderId: 'rh-lumora',
    registrationOfficeCode: 'DE',
    registrationNumber: '302004017733',
    registrationDate: '2004-06-30',
    expiryDate: '2014-06-30',
    markCurrentStatusCode: 'EXPIRED',
    wordMarkSpecification: { markVerbalElementText: 'LUMORA' },
    niceClasses: [11],
  },
  {
    id: 'tm-nike',
    rightsHolderId: 'rh-sports',
    ...registered('US', '0978952', '1974-02-19'),
    wordMarkSpecification: { markVerbalElementText: 'NIKE' },
    aliases: [
      { text: 'найк', language: 'ru', kind: 'TRANSLITERATION' },
      { text: '耐克', language: 'zh', kind: 'TRANSLITERATION' },
    ],
    niceClasses: [18, 25, 28],
    hasReputation: true,
  },
  {
    id: 'tm-adidas',
    rightsHolderId: 'rh-sports',
    ...registered('EM', '003517588', '2005-11-09'),
    wordMarkSpecification: { markVerbalElementText: 'ADIDAS' },
    aliases: [
      { text: 'адидас', language: 'ru', kind: 'TRANSLITERATION' },
      { text: '阿迪达斯', language: 'zh', kind: 'TRANSLITERATION' },
    ],
    niceClasses: [18, 25, 28],
    hasReputation: true,
  },
  {
    id: 'tm-samsung',
    rightsHolderId: 'rh-phones',
    ...registered('EM', '001877901', '2003-05-26'),
    wordMarkSpecification: { markVerbalElementText: 'SAMSUNG' },
    aliases: [
      { text: 'самсунг', language: 'ru', kind: 'TRANSLITERATION' },
      { text: '三星', language: 'zh', kind: 'TRANSLATION' },
    ],
    niceClasses: [9],
    hasReputation: true,
  },
  {
    id: 'tm-xiaomi',
    rightsHolderId: 'rh-phones',
    ...registered('EM', '013430178', '2015-05-25'),
    wordMarkSpecification: { markVerbalElementText: 'XIAOMI' },
    aliases: [{ text: '小米', language: 'zh', kind: 'TRANSLATION' }],
    niceClasses: [9],
    hasReputation: true,
  },
  ...(['norvik', 'velluna', 'holtmere', 'audeon', 'kireshi'] as const).map((name): DemoMark => ({
    id: `tm-${name}-figure`,
    rightsHolderId: `rh-${name}`,
    rightType: 'FIGURATIVE_MARK',
    markFeature: 'Figurative',
    ...registered('EM', `0188${name.length}${name.charCodeAt(0)}${name.charCodeAt(1)}`, '2021-07-12'),
    wordMarkSpecification: { markVerbalElementText: `${name.toUpperCase()} (figure)` },
    niceClasses: [9, 14, 18, 25],
    ownSellerIds: [`s-${name}`],
    authorizations:
      name === 'norvik'
        ? [{ sellerId: 's-nordic-sport' }]
        : name === 'holtmere'
          ? [{ sellerId: 's-time-and-more' }]
          : name === 'audeon'
            ? [{ sellerId: 's-soundworks' }]
            : [],
  })),
  ...(['nike', 'adidas'] as const).map((name): DemoMark => ({
    id: `tm-${name}-figure`,
    rightsHolderId: 'rh-sports',
    rightType: 'FIGURATIVE_MARK',
    markFeature: 'Figurative',
    ...registered('EM', name === 'nike' ? '000277889' : '003517646', '2003-01-13'),
    wordMarkSpecification: { markVerbalElementText: `${name.toUpperCase()} (figure)` },
    niceClasses: [18, 25],
  })),
];
