import { assert, constantFrom, property, record, string, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseCamera } from './camera-choice.ts';

const camera = (deviceId: string, label: string) => ({ kind: 'videoinput', deviceId, label });
const table = camera('a', 'Document Camera main (05a3:9422)');
const second = camera('b', 'Document Camera sub (05A3:9422)');
const face = camera('c', 'Face Cam (1bcf:2c99)');
const speaker = { kind: 'audiooutput', deviceId: 'd', label: 'Speaker (05a3:9422)' };

describe('the camera above the table', () => {
  it.each([
    [[table], {}, { ok: true, value: 'a' }],
    [[table, face, speaker], { usb: '05A3:9422' }, { ok: true, value: 'a' }],
    [[table, second, face], { usb: '05a3:9422', label: 'SUB' }, { ok: true, value: 'b' }],
    [[table, second, face], { label: 'main' }, { ok: true, value: 'a' }],
    [[table, face], {}, { ok: false, reason: 'ambiguous' }],
    [[table, second], { usb: '05a3:9422' }, { ok: false, reason: 'ambiguous' }],
    [[face], { usb: '05a3:9422' }, { ok: false, reason: 'not-there' }],
    [[table], { usb: '05a3' }, { ok: false, reason: 'not-there' }],
    [[speaker], {}, { ok: false, reason: 'no-camera' }],
    [[], { label: 'main' }, { ok: false, reason: 'no-camera' }],
    [[camera('', '')], {}, { ok: false, reason: 'hidden' }],
  ])('of %j with %j: %j', (listed, wish, choice) => {
    expect(chooseCamera(listed, wish)).toEqual(choice);
  });

  it('is one of those listed that fits, and the only one', () => {
    const one = record({
      kind: constantFrom('videoinput', 'audioinput'),
      deviceId: string({ minLength: 1 }),
      label: constantFrom('A (05a3:9422)', 'B (05a3:9422)', 'A (1bcf:2c99)', 'A'),
    });
    const devices = uniqueArray(one, { selector: ({ deviceId }) => deviceId, maxLength: 6 });
    assert(
      property(devices, (listed) => {
        const choice = chooseCamera(listed, { usb: '05a3:9422', label: 'a (' });
        const fit = listed.filter(({ kind, label }) => kind === 'videoinput' && label === 'A (05a3:9422)');
        expect(choice.ok).toBe(fit.length === 1);
        if (choice.ok) expect(choice.value).toBe(fit[0]?.deviceId);
      }),
    );
  });
});
