import anyAscii from 'any-ascii';
import type { AccountSession } from '../../domain/account.ts';
import ipaddr from 'ipaddr.js';

interface PostalAddress {
  readonly line: string;
  readonly city?: string | undefined;
  readonly postcode?: string | undefined;
  readonly country: string;
}

/**
 * Written-out words and their usual short forms. This list is part of the identifier: a change of it changes hashes and
 * so needs a new key epoch. That is why it stands here and not in the rules.
 */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  street: 'st',
  str: 'st',
  strasse: 'st',
  road: 'rd',
  avenue: 'ave',
  av: 'ave',
  boulevard: 'blvd',
  drive: 'dr',
  lane: 'ln',
  court: 'ct',
  place: 'pl',
  square: 'sq',
  apartment: 'apt',
  appartement: 'apt',
  flat: 'apt',
  unit: 'apt',
  suite: 'ste',
  floor: 'fl',
  building: 'bldg',
  number: '',
  no: '',
  nr: '',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  ulitsa: 'ul',
  dom: 'd',
  kvartira: 'kv',
  calle: 'c',
  rue: 'r',
};

/** Separates a run of letters from a run of digits, so that `12b` and `12 B` are one. */
const splitLettersFromDigits = (text: string): string =>
  text.replace(/(\d)([a-z])/g, '$1 $2').replace(/([a-z])(\d)/g, '$1 $2');

const wordsOf = (text: string): string[] =>
  splitLettersFromDigits(anyAscii(text.normalize('NFKC')).toLowerCase())
    // German street names carry their kind as an ending: «Hauptstrasse», «Hauptstr.».
    .replace(/(\p{L}{3,})(?:strasse|str)\b/gu, '$1 st')
    .split(/[^a-z0-9]+/)
    .map((word) => SHORT_FORMS[word] ?? word)
    .filter((word) => word !== '');

/**
 * A postal address as one text: Latin letters, short forms, words in alphabetical order, so that «Flat 3, 12 High
 * Street» and «12 High St. Apt 3» are one. The city counts only where there is no postcode.
 */
export const normalisePostalAddress = (address: PostalAddress): string => {
  const postcode = (address.postcode ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '');
  const place = postcode === '' ? wordsOf(address.city ?? '').join(' ') : postcode;
  return `${address.country}|${place}|${wordsOf(address.line).sort().join(' ')}`;
};

/** The address of a session in the two forms that are hashed. */
export interface NormalIp {
  /** IPv4 whole; IPv6 as its /64, since a host changes the lower half at will (RFC 8981). */
  readonly host: string;
  /** IPv4 /24, IPv6 /48: what one site is usually given (RFC 6177). */
  readonly subnet: string;
}

/** The parts of an address on the Internet that are worth a hash. An IPv4 address inside IPv6 counts as IPv4. */
export const normaliseIp = (ip: AccountSession['ip']): NormalIp => {
  const address = ipaddr.process(ip);
  const bytes = address.toByteArray();
  if (address.kind() === 'ipv4') return { host: bytes.join('.'), subnet: `${bytes.slice(0, 3).join('.')}.0/24` };
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { host: `${hex.slice(0, 16)}/64`, subnet: `${hex.slice(0, 12)}/48` };
};
