/** Four 32-bit words of an address, most significant first. An IPv4 address uses the first word alone. */
export type AddressWords = Uint32Array;

/** A buffer for `readAddress`; one a caller is enough. */
export const newAddressWords = (): AddressWords => new Uint32Array(4);

const DOT = 46;
const COLON = 58;
const ZERO = 48;

/** Value of the dotted quad in `text.slice(from)`, or −1. Leading zeros are refused: readers disagree on their base. */
const readDottedQuad = (text: string, from: number): number => {
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let i = from; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (digits === 0 || dots === 3) return -1;
      value = value * 256 + octet;
      octet = 0;
      digits = 0;
      dots += 1;
      continue;
    }
    const digit = code - ZERO;
    if (digit < 0 || digit > 9 || (digits > 0 && octet === 0)) return -1;
    octet = octet * 10 + digit;
    digits += 1;
    if (octet > 255) return -1;
  }
  return dots === 3 && digits > 0 ? value * 256 + octet : -1;
};

const hexDigit = (code: number): number => {
  if (code >= ZERO && code <= 57) return code - ZERO;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
};

const groups = new Uint16Array(8);

/** Reads an IPv6 text into the eight 16-bit groups; false where it is none. Zone indexes are refused. */
const readGroups = (text: string): boolean => {
  groups.fill(0);
  const length = text.length;
  let count = 0;
  let gapAt = -1;
  let i = 0;
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return false;
    gapAt = 0;
    i = 2;
  }
  while (i < length) {
    if (count === 8) return false;
    const groupStart = i;
    let value = 0;
    let digits = 0;
    let code = 0;
    for (; i < length; i += 1) {
      code = text.charCodeAt(i);
      const digit = hexDigit(code);
      if (digit < 0) break;
      value = value * 16 + digit;
      digits += 1;
      if (digits > 4) return false;
    }
    if (i < length && code === DOT) {
      const quad = readDottedQuad(text, groupStart);
      if (quad < 0 || count > 6) return false;
      groups[count] = quad >>> 16;
      groups[count + 1] = quad & 0xffff;
      count += 2;
      break;
    }
    if (digits === 0) return false;
    groups[count] = value;
    count += 1;
    if (i === length) break;
    if (code !== COLON) return false;
    i += 1;
    if (i === length) return false;
    if (text.charCodeAt(i) === COLON) {
      if (gapAt >= 0) return false;
      gapAt = count;
      i += 1;
    }
  }
  if (gapAt < 0) return count === 8;
  if (count === 8) return false;
  const tail = count - gapAt;
  for (let k = 0; k < tail; k += 1) groups[7 - k] = groups[count - 1 - k] ?? 0;
  groups.fill(0, gapAt, 8 - tail);
  return true;
};

/**
 * Reads an IPv4 or IPv6 address in text form into `out` and tells its family; 0 where the text is no address.
 * Addresses that carry an IPv4 address (`::ffff:0:0/96` mapped, `64:ff9b::/96` NAT64, RFC 6052) read as that IPv4 address.
 */
export const readAddress = (text: string, out: AddressWords): 4 | 6 | 0 => {
  if (!text.includes(':')) {
    const value = readDottedQuad(text, 0);
    if (value < 0) return 0;
    out[0] = value;
    out[1] = 0;
    out[2] = 0;
    out[3] = 0;
    return 4;
  }
  if (!readGroups(text)) return 0;
  const word = (at: number): number => ((groups[at] ?? 0) * 0x1_0000 + (groups[at + 1] ?? 0)) >>> 0;
  const [a, b, c, d] = [word(0), word(2), word(4), word(6)];
  if (b === 0 && ((a === 0 && c === 0xffff) || (a === 0x64ff9b && c === 0))) {
    out[0] = d;
    out[1] = 0;
    out[2] = 0;
    out[3] = 0;
    return 4;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
  return 6;
};
