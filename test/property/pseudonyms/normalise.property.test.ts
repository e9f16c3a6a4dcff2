import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseIp, normalisePostalAddress } from '../../../src/adapters/pseudonyms/normalise-address.ts';
import { normaliseEmail, normalisePhone } from '../../../src/adapters/pseudonyms/normalise-contact.ts';

describe('normal forms of identifiers', () => {
  it('do not change when an e-mail address is normalised twice', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (email) => {
        const once = normaliseEmail(email);
        expect(normaliseEmail(once)).toBe(once);
      }),
    );
  });

  it('ignore case, tags and dots of a Gmail address', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{2,12}$/), fc.stringMatching(/^[a-z0-9]{1,8}$/), (name, tag) => {
        const dotted = [...name].join('.').toUpperCase();
        expect(normaliseEmail(`${dotted}+${tag}@googlemail.com`)).toBe(`${name}@gmail.com`);
      }),
    );
  });

  it('do not change when a phone number is normalised twice', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\+?[0-9][0-9 ()-]{4,18}$/),
        fc.constantFrom('DE', 'US', 'GB', 'CN'),
        (phone, country) => {
          const once = normalisePhone(phone, country);
          if (once.startsWith('+')) expect(normalisePhone(once, country)).toBe(once);
        },
      ),
    );
  });

  it('do not depend on the order of the words of an address line', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['12', 'High', 'Street', 'Flat', '3'], { minLength: 5 }), (words) => {
        const line = words.join(' ');
        expect(normalisePostalAddress({ line, postcode: 'AB1 2CD', country: 'GB' })).toBe(
          normalisePostalAddress({ line: '12 High St., Apt 3', postcode: 'ab12cd', country: 'GB' }),
        );
      }),
    );
  });

  it('put every address of one /24 into one subnet', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(255), (ip, last) => {
        const sibling = ip.replace(/\d+$/, String(last));
        expect(normaliseIp(sibling).subnet).toBe(normaliseIp(ip).subnet);
        expect(normaliseIp(sibling).host === normaliseIp(ip).host).toBe(sibling === ip);
      }),
    );
  });
});
