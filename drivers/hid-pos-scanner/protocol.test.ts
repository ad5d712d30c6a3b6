import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_CODE_BYTES, REPORT_BYTES } from './limits.ts';
import { profileNamed, profileNames } from './profile.ts';
import { encodeCode, encodePayload, payloadOf, ReportDecoder } from './protocol.ts';
import type { Reported, ReportedCode } from './protocol.ts';

const accessIs = profileNamed('access-is');
const idtech = profileNamed('idtech');
const fm30 = profileNamed('newland-fm30');
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const report = (bytes: Readonly<Record<number, number>>, text: Readonly<Record<number, string>> = {}): Uint8Array => {
  const made = Buffer.alloc(REPORT_BYTES);
  for (const [at, byte] of Object.entries(bytes)) made[Number(at)] = byte;
  for (const [at, part] of Object.entries(text)) made.write(part, Number(at), 'latin1');
  return new Uint8Array(made);
};
const decode = (layout: typeof accessIs, reports: readonly Uint8Array[]): Reported[] => {
  const decoder = new ReportDecoder(layout);
  return reports.flatMap((one) => decoder.push(one) ?? []);
};

describe('reports, byte for byte as public sources have them', () => {
  // Access-IS LSR118 manual, B.1.1: 60 bytes in two reports, `]Q0`, vendor symbology `s` at 61.
  const boardingPass = 'M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23   100';
  const first = report({ 0: 0x02, 1: 0x38, 61: 0x73, 63: 0x01 }, { 2: ']Q0', 5: boardingPass.slice(0, 56) });
  const second = report({ 0: 0x02, 1: 0x03, 61: 0x73 }, { 2: ']Q0', 5: boardingPass.slice(56) });

  it('of a code in two of them, with its AIM identifier', () => {
    const code: ReportedCode = { bytes: latin1(boardingPass), symbology: 'Q0' };
    expect(decode(accessIs, [first, second])).toEqual([{ kind: 'code', code }]);
    const encoded = encodeCode(accessIs, code);
    // Byte 61 is the vendor's own and not written by us.
    expect(encoded.map((one) => one.with(61, 0x73))).toEqual([first, second]);
  });

  it('of a code whose data follow the length', () => {
    const only = report({ 0: 0x02, 1: 0x04, 62: 0x73 }, { 2: 'ABCD' });
    expect(decode(idtech, [only])).toEqual([{ kind: 'code', code: { bytes: latin1('ABCD') } }]);
  });

  it('of a trigger and what answers it', () => {
    const trigger = fm30.trigger;
    if (!trigger) throw new Error('no trigger');
    const [id, length, ...bytes] = encodePayload(trigger.report, trigger.on);
    expect([id, length]).toEqual([0x04, 0x09]);
    expect(Buffer.from(bytes).toString('hex')).toMatch(/^7e00080100020102da0{106}$/u);
    const answer = report({ 0: 0x02, 1: 0x07 }, { 2: '\u0002\u0000\u0000\u0001\u0000\u0033\u0031' });
    expect(decode(fm30, [answer])).toEqual([{ kind: 'answer' }]);
    expect(decode(idtech, [answer])[0]?.kind).toBe('code');
  });
});

describe('a report that is none', () => {
  it.each([
    ['has another id', report({ 0: 0x05, 1: 0x01 }, { 5: 'A' })],
    ['is cut short', report({ 0: 0x02, 1: 0x01 }, { 5: 'A' }).subarray(0, 63)],
    ['says more than it can hold', report({ 0: 0x02, 1: 0x39 }, { 5: 'A' })],
    ['says nothing', report({ 0: 0x02 })],
  ])('%s', (_, one) => {
    const code: Reported = { kind: 'code', code: { bytes: latin1('next'), symbology: 'Q1' } };
    const next = encodeCode(accessIs, { bytes: latin1('next'), symbology: 'Q1' });
    expect(decode(accessIs, [one])).toEqual([]);
    expect(decode(accessIs, [one, ...next])).toEqual([code]);
  });

  it('has no payload', () => {
    expect(payloadOf(4, encodePayload(4, latin1('ab')))).toEqual(latin1('ab'));
    expect(payloadOf(4, encodePayload(2, latin1('ab')))).toBeUndefined();
    expect(payloadOf(4, Uint8Array.of(4, 3, 1))).toBeUndefined();
    expect(payloadOf(4, Uint8Array.of(4))).toBeUndefined();
  });

  it('of answers is not mistaken when it lies about its length', () => {
    expect(decode(fm30, [report({ 0: 0x02, 1: 0xff })])).toEqual([]);
  });
});

describe('a code of several reports', () => {
  const long = latin1('x'.repeat(150));

  it('with an impossible report in it is dropped whole', () => {
    const reports = encodeCode(accessIs, { bytes: long, symbology: 'Q1' });
    reports[1]?.set([0xff], 1);
    const next = encodeCode(accessIs, { bytes: latin1('next'), symbology: 'Q1' });
    expect(decode(accessIs, [...reports, ...next])).toEqual([
      { kind: 'code', code: { bytes: latin1('next'), symbology: 'Q1' } },
    ]);
  });

  it('whose last report never came is not added to one of another symbology', () => {
    const cut = encodeCode(accessIs, { bytes: long, symbology: 'Q1' }).slice(0, -1);
    const next = encodeCode(accessIs, { bytes: latin1('next'), symbology: 'C0' });
    expect(decode(accessIs, [...cut, ...next])).toEqual([
      { kind: 'code', code: { bytes: latin1('next'), symbology: 'C0' } },
    ]);
  });

  it('is forgotten when the buffers are cleared', () => {
    const decoder = new ReportDecoder(idtech);
    for (const one of encodeCode(idtech, { bytes: long }).slice(0, -1)) decoder.push(one);
    decoder.clear();
    const [last] = encodeCode(idtech, { bytes: latin1('next') });
    expect(last && decoder.push(last)).toEqual({ kind: 'code', code: { bytes: latin1('next') } });
  });

  it.each([
    ['the longest', MOST_CODE_BYTES, 1],
    ['longer than any', MOST_CODE_BYTES + 1, 0],
  ])('is %s', (_, length, count) => {
    expect(decode(idtech, encodeCode(idtech, { bytes: new Uint8Array(length).fill(0x41) }))).toHaveLength(count);
  });

  it('without a symbology where there could be one has none', () => {
    const code: ReportedCode = { bytes: latin1('abc') };
    expect(decode(accessIs, encodeCode(accessIs, code))).toEqual([{ kind: 'code', code }]);
  });
});

describe.each(profileNames)('reports of %s', (name) => {
  const layout = profileNamed(name);
  const code = fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.constantFrom('Q1', 'C0', 'z0'))
    .map(([all, symbology]): ReportedCode => {
      const bytes = Uint8Array.from(all);
      return layout.aim === null ? { bytes } : { bytes, symbology };
    });

  it('bring every code back', () => {
    fc.assert(
      fc.property(fc.array(code, { maxLength: 6 }), (codes) => {
        const reports = codes.flatMap((one) => encodeCode(layout, one));
        expect(reports.every((one) => one.length === REPORT_BYTES)).toBe(true);
        expect(decode(layout, reports)).toEqual(codes.map((one) => ({ kind: 'code', code: one })));
      }),
    );
  });

  it('may be anything: nothing throws, nothing longer than a code comes, and a code after a last report is found', () => {
    const any = fc.uint8Array({ maxLength: 80 });
    const likely = fc
      .uint8Array({ minLength: 64, maxLength: 64 })
      .map((one) => Uint8Array.from(one).with(0, layout.report));
    const last = encodePayload(layout.report, new Uint8Array());
    fc.assert(
      fc.property(fc.array(fc.oneof(any, likely), { maxLength: 30 }), code, (reports, wanted) => {
        const found = decode(layout, [...reports, last, ...encodeCode(layout, wanted)]);
        expect(found.at(-1)).toEqual({ kind: 'code', code: wanted });
        expect(found.every((one) => one.kind === 'answer' || one.code.bytes.length <= MOST_CODE_BYTES)).toBe(true);
      }),
    );
  });
});

it('a profile that does not exist is an error', () => {
  expect(() => profileNamed('other')).toThrow('no profile other');
});
