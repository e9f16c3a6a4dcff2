import type { SeededRandom } from '../seeded-random.ts';

/** Where a session comes from. The ranges are of well-known operators; the accounts in them are invented. */
export type DemoNetwork = 'HOME' | 'MOBILE' | 'HOSTING' | 'VPN' | 'RELAY' | 'UNIVERSITY' | 'OFFICE';

/** First two bytes of consumer ranges by country, with the browser's time zone and language there. */
export const HOME_COUNTRIES = {
  DE: { ranges: ['87.150', '91.12', '79.200', '93.220'], timeZone: 'Europe/Berlin', language: 'de-DE' },
  AT: { ranges: ['84.112', '91.141'], timeZone: 'Europe/Vienna', language: 'de-AT' },
  FR: { ranges: ['90.30', '86.200', '92.140'], timeZone: 'Europe/Paris', language: 'fr-FR' },
  GB: { ranges: ['86.150', '81.130', '90.200'], timeZone: 'Europe/London', language: 'en-GB' },
  ES: { ranges: ['83.40', '88.10', '80.30'], timeZone: 'Europe/Madrid', language: 'es-ES' },
  IT: { ranges: ['79.30', '87.10', '95.240'], timeZone: 'Europe/Rome', language: 'it-IT' },
  NL: { ranges: ['84.80', '86.90'], timeZone: 'Europe/Amsterdam', language: 'nl-NL' },
  SE: { ranges: ['81.230', '90.230'], timeZone: 'Europe/Stockholm', language: 'sv-SE' },
  PL: { ranges: ['83.10', '79.190'], timeZone: 'Europe/Warsaw', language: 'pl-PL' },
  US: { ranges: ['73.40', '98.210', '76.100', '71.60'], timeZone: 'America/New_York', language: 'en-US' },
  CA: { ranges: ['70.50', '99.230'], timeZone: 'America/Toronto', language: 'en-CA' },
  AU: { ranges: ['110.140', '124.180'], timeZone: 'Australia/Sydney', language: 'en-AU' },
  MX: { ranges: ['187.190', '189.200'], timeZone: 'America/Mexico_City', language: 'es-MX' },
  BR: { ranges: ['177.80', '189.60'], timeZone: 'America/Sao_Paulo', language: 'pt-BR' },
  RU: { ranges: ['95.28', '178.140', '46.240'], timeZone: 'Europe/Moscow', language: 'ru-RU' },
  KZ: { ranges: ['95.56', '2.132'], timeZone: 'Asia/Almaty', language: 'ru-KZ' },
  CN: { ranges: ['114.84', '180.160'], timeZone: 'Asia/Shanghai', language: 'zh-CN' },
  JP: { ranges: ['118.8', '126.70'], timeZone: 'Asia/Tokyo', language: 'ja-JP' },
} as const;
export type HomeCountry = keyof typeof HOME_COUNTRIES;

/** Well-known ranges of providers, as first two or three bytes. */
const PROVIDER_RANGES: Readonly<Record<Exclude<DemoNetwork, 'HOME'>, readonly string[]>> = {
  MOBILE: ['172.56', '172.58', '174.210', '107.90'],
  HOSTING: ['134.209', '165.227', '51.68', '95.216', '45.76', '172.104', '3.120'],
  VPN: ['146.70', '37.120.190', '89.187.170', '212.102.40'],
  RELAY: ['172.225', '104.28'],
  UNIVERSITY: ['130.149'],
  OFFICE: ['62.154'],
};

/** An IPv4 address of the network; `host` and the rest are drawn. */
export const drawAddress = (network: DemoNetwork, country: HomeCountry, random: SeededRandom): string => {
  const start = random.pick(network === 'HOME' ? HOME_COUNTRIES[country].ranges : PROVIDER_RANGES[network]);
  const bytes = start.split('.');
  while (bytes.length < 3) bytes.push(String(random.integer(1, 250)));
  bytes.push(String(random.integer(2, 250)));
  return bytes.join('.');
};
