import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  encodeCardParts,
  encodeColumn,
  encodeSamId,
  readAddress,
  readCardParts,
  readColumn,
  readSamId,
  samIdText,
} from './card-data.ts';
import { ADDRESS_BYTES, status } from './commands.ts';
import { encodeReply } from './protocol.ts';
import { findSimulatedCard, partsOfCard } from './simulated-card.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const zhang = findSimulatedCard('zhang') ?? expect.unreachable();

describe('text, photo and fingerprints', () => {
  test.each([
    ['text and photo', undefined, 1_295, 'aaaaaa9669 0508 000090 0100 0400'],
    ['no finger', 0, 1_297, 'aaaaaa9669 050a 000090 0100 0400 0000'],
    ['one finger', 1, 1_809, 'aaaaaa9669 070a 000090 0100 0400 0200'],
    ['two fingers', 2, 2_321, 'aaaaaa9669 090a 000090 0100 0400 0400'],
  ] as const)('%s, as published', (_, fingers, length, head) => {
    const frame = encodeReply(status.success, encodeCardParts(partsOfCard(zhang, fingers)));
    expect(frame).toHaveLength(length);
    expect(hex(frame)).toMatch(new RegExp(`^${head.replaceAll(' ', '')}`, 'u'));
  });

  test('go there and back, whatever their lengths', () => {
    const part = fc.uint8Array({ maxLength: 700 });
    fc.assert(
      fc.property(fc.record({ text: part, photo: part, fingerprints: part }), (parts) => {
        expect(readCardParts(encodeCardParts(parts))).toEqual(parts);
      }),
    );
    fc.assert(
      fc.property(fc.record({ text: part, photo: part }), (parts) => {
        expect(readCardParts(encodeCardParts(parts))).toEqual(parts);
      }),
    );
  });

  test('are refused when the lengths do not add up', () => {
    const data = encodeCardParts(partsOfCard(zhang));
    expect(readCardParts(data)?.text).toHaveLength(256);
    expect(readCardParts(data.subarray(0, -1))).toBeUndefined();
    expect(readCardParts(Uint8Array.of(...data, 0))).toBeUndefined();
    expect(readCardParts(bytes('0100'))).toBeUndefined();
    expect(readCardParts(bytes('0000 0001'))).toBeUndefined();
  });
});

describe('the number of a SAM', () => {
  test('as vendors print it', () => {
    const id = readSamId(bytes('0500 0100 669e3301 39300000 32090100'));
    expect(id && samIdText(id)).toBe('05.01-20160102-0000012345-0000067890');
  });

  test('goes there and back; data of another length is none', () => {
    const long = fc.nat(0xff_ff_ff_ff);
    fc.assert(
      fc.property(fc.tuple(fc.nat(255), fc.nat(255), long, long, long), (id) => {
        expect(readSamId(encodeSamId(id))).toEqual(id);
        expect(encodeReply(status.success, encodeSamId(id)).subarray(5, 7)).toEqual(bytes('0014'));
      }),
    );
    expect(readSamId(new Uint8Array(15))).toBeUndefined();
  });
});

describe('columns', () => {
  test.each([
    ['a space within', '幸福区 2单元'],
    ['a character of two units', '王𬭎'],
    ['a private character', '周\ue863'],
  ])('%s is kept', (_, text) => expect(readColumn(encodeColumn(text, ADDRESS_BYTES))).toBe(text));

  test('spaces and zeros at the end are filling', () => {
    expect(readColumn(bytes('4100 2000 0000 2000 0000'))).toBe('A');
    expect(readColumn(bytes('4100 42'))).toBe('A');
  });

  test('a text that does not fit is refused', () => {
    expect(() => encodeColumn('样例省', 4)).toThrow(RangeError);
  });
});

describe('the newest address', () => {
  test('is 81 bytes on the line, and goes there and back', () => {
    const data = encodeColumn('样例省示范市幸福区新河路120号 8单元1702', ADDRESS_BYTES);
    const frame = encodeReply(status.success, data);
    expect([frame.length, hex(frame.subarray(5, 7))]).toEqual([81, '004a']);
    expect(readAddress(data)).toBe('样例省示范市幸福区新河路120号 8单元1702');
  });

  test.each([
    ['empty', encodeColumn('', ADDRESS_BYTES)],
    ['of another length', encodeColumn('样例省', 68)],
    ['with a control character', encodeColumn('样例\u001b省', ADDRESS_BYTES)],
  ])('%s is none', (_, data) => expect(readAddress(data)).toBeUndefined());
});
