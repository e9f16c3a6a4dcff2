import type { HomeCountry } from './demo-networks.ts';

/** First names that a buyer may show. */
export const FIRST_NAMES = [
  'Anna',
  'Ben',
  'Carla',
  'Dimitri',
  'Elena',
  'Fatima',
  'Georg',
  'Hana',
  'Igor',
  'Julia',
  'Kenji',
  'Lucía',
  'Marek',
  'Nadia',
  'Oskar',
  'Paula',
  'Quentin',
  'Rosa',
  'Sven',
  'Tomás',
  'Ute',
  'Vera',
  'Wei',
  'Xenia',
  'Yusuf',
  'Zoe',
  'Amélie',
  'Björn',
  'Chloe',
  'Diego',
  'Emma',
  'Finn',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Karin',
  'Leo',
  'Mila',
  'Noah',
  'Olga',
  'Pia',
  'Rui',
  'Sara',
  'Tim',
  'Ulla',
  'Viktor',
  'Wanda',
  'Yara',
  '小丽',
  '建国',
  'Мария',
  'Алексей',
];

/** Streets and towns with a postcode, by country. Streets are common names; the house numbers are drawn. */
export const PLACES: Readonly<
  Record<HomeCountry, { readonly streets: readonly string[]; readonly towns: readonly (readonly [string, string])[] }>
> = {
  DE: {
    streets: ['Lindenstraße', 'Am Markt', 'Schulweg', 'Goethestraße', 'Bergstraße'],
    towns: [
      ['Leipzig', '04109'],
      ['Kassel', '34117'],
      ['Bremen', '28195'],
      ['Freiburg', '79098'],
    ],
  },
  AT: {
    streets: ['Hauptplatz', 'Mühlgasse', 'Annenstraße'],
    towns: [
      ['Graz', '8010'],
      ['Linz', '4020'],
    ],
  },
  FR: {
    streets: ['rue des Lilas', 'avenue de la Gare', 'rue Victor-Hugo'],
    towns: [
      ['Nantes', '44000'],
      ['Dijon', '21000'],
      ['Lille', '59000'],
    ],
  },
  GB: {
    streets: ['Church Road', 'Mill Lane', 'Victoria Terrace', 'Station Road'],
    towns: [
      ['Leeds', 'LS1 4AP'],
      ['Bristol', 'BS1 5TR'],
      ['York', 'YO1 7HH'],
    ],
  },
  ES: {
    streets: ['calle Mayor', 'calle del Sol', 'avenida de la Paz'],
    towns: [
      ['Valencia', '46001'],
      ['Sevilla', '41001'],
      ['Bilbao', '48001'],
    ],
  },
  IT: {
    streets: ['via Roma', 'via Garibaldi'],
    towns: [
      ['Bologna', '40121'],
      ['Torino', '10121'],
    ],
  },
  NL: {
    streets: ['Kerkstraat', 'Dorpsweg'],
    towns: [
      ['Utrecht', '3511 AB'],
      ['Haarlem', '2011 CD'],
    ],
  },
  SE: {
    streets: ['Storgatan', 'Kungsgatan'],
    towns: [
      ['Uppsala', '753 10'],
      ['Lund', '222 22'],
    ],
  },
  PL: {
    streets: ['ulica Polna', 'ulica Leśna'],
    towns: [
      ['Kraków', '30-001'],
      ['Gdańsk', '80-001'],
    ],
  },
  US: {
    streets: ['Maple Street', 'Oak Avenue', 'Second Street', 'River Road'],
    towns: [
      ['Portland', '97201'],
      ['Columbus', '43004'],
      ['Albany', '12203'],
      ['Madison', '53703'],
    ],
  },
  CA: {
    streets: ['King Street', 'Elm Crescent'],
    towns: [
      ['Ottawa', 'K1P 1J1'],
      ['Halifax', 'B3H 1A1'],
    ],
  },
  AU: {
    streets: ['Beach Road', 'Station Street'],
    towns: [
      ['Hobart', '7000'],
      ['Perth', '6000'],
    ],
  },
  MX: {
    streets: ['calle Juárez', 'avenida Reforma'],
    towns: [
      ['Guadalajara', '44100'],
      ['Puebla', '72000'],
    ],
  },
  BR: {
    streets: ['rua das Flores', 'avenida Brasil'],
    towns: [
      ['Recife', '50010-000'],
      ['Curitiba', '80010-000'],
    ],
  },
  RU: {
    streets: ['улица Мира', 'Садовая улица'],
    towns: [
      ['Казань', '420111'],
      ['Самара', '443010'],
    ],
  },
  KZ: { streets: ['улица Абая', 'проспект Достык'], towns: [['Алматы', '050000']] },
  CN: {
    streets: ['解放路', '人民路'],
    towns: [
      ['杭州', '310000'],
      ['苏州', '215000'],
    ],
  },
  JP: {
    streets: ['Sakuradori', 'Honmachi'],
    towns: [
      ['Kobe', '650-0001'],
      ['Sendai', '980-0001'],
    ],
  },
};

export const USER_AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/129',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/604',
  'Mozilla/5.0 (Linux; Android 15) Chrome/129 Mobile',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) Firefox/131',
  'Mozilla/5.0 (X11; Linux x86_64) Firefox/130',
] as const;
