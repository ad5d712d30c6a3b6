import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRecords, summarise, type RecordDigest } from './reconciliation.ts';

const records = fc.uniqueArray(fc.record({ id: fc.uuid(), digest: fc.stringMatching(/^[0-9a-f]{8}$/) }), {
  selector: ({ id }) => id,
  minLength: 1,
  maxLength: 20,
});
/** Stands for a hash: says all that went in. */
const asItIs = (text: string) => text;
const changed = (digest: string) => (digest.startsWith('0') ? '1' : '0') + digest.slice(1);

describe('the records of a day at two sides', () => {
  it('have one summary in whatever order they come', () => {
    fc.assert(
      fc.property(records, (day) => {
        expect(summarise(day.toReversed(), asItIs)).toEqual(summarise(day, asItIs));
        expect(compareRecords(day, day.toReversed())).toEqual({ missing: [], extra: [], altered: [] });
      }),
    );
  });

  it('differ in their summary when one is missing, extra or altered, and the comparison names it', () => {
    fc.assert(
      fc.property(records, fc.nat(), (day, seed) => {
        const at = seed % day.length;
        const one = day[at];
        if (!one) throw new Error('there is one');
        const without = day.filter((_each, index) => index !== at);
        const altered: RecordDigest[] = day.with(at, { id: one.id, digest: changed(one.digest) });
        const whole = summarise(day, asItIs);
        expect(summarise(without, asItIs)).not.toEqual(whole);
        expect(summarise(altered, asItIs)).not.toEqual(whole);
        expect(compareRecords(day, without)).toEqual({ missing: [one.id], extra: [], altered: [] });
        expect(compareRecords(without, day)).toEqual({ missing: [], extra: [one.id], altered: [] });
        expect(compareRecords(day, altered)).toEqual({ missing: [], extra: [], altered: [one.id] });
      }),
    );
  });
});
