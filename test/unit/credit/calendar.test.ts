import fc from 'fast-check';
import { expect, it } from 'vitest';
import { monthOf } from '../../../src/credit/calendar.ts';

it('agrees with the platform calendar on the month of any moment of 1900–2200', () => {
  const moment = fc.date({ min: new Date('1900-01-01Z'), max: new Date('2200-01-01Z'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, (date) => {
      expect(monthOf(date.getTime())).toBe(date.getUTCFullYear() * 12 + date.getUTCMonth());
    }),
  );
});
