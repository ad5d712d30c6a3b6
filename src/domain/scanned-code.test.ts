import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProvisionalNumber, parseProvisionalNumber } from './provisional-number.ts';
import { longestLinearCode, longestScannedCode, readScannedCode } from './scanned-code.ts';
import type { ExpectedCode } from './scanned-code.ts';

const caseNumber = makeProvisionalNumber('K001', '2026-11-22', 1);
const expected: ExpectedCode = {
  hosts: ['hall.example.gov.cn'],
  isExpected: (text) => parseProvisionalNumber(text).ok,
};
/** The worst an asker could do. */
const anything: ExpectedCode = { hosts: ['hall.example.gov.cn'], isExpected: () => true };

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const outcome = (text: string, want = expected): string => {
  const read = readScannedCode(bytesOf(text), 'Q1', want);
  if (!read.ok) return read.reason;
  return read.value.kind === 'plain' ? `plain ${read.value.text}` : `address ${read.value.url}`;
};

describe('a scanned code', () => {
  it('that is waited for is taken as it is', () => {
    expect(outcome(caseNumber)).toBe(`plain ${caseNumber}`);
    expect(outcome('预约 0001', anything)).toBe('plain 预约 0001');
  });

  it('that nobody waits for is not', () => {
    expect(outcome('6901234567892')).toBe('unexpected');
    expect(outcome(caseNumber, {})).toBe('unexpected');
    expect(outcome('https://hall.example.gov.cn/', {})).toBe('foreign-address');
  });

  it.each([
    ['https://hall.example.gov.cn/a?t=1#x', 'address https://hall.example.gov.cn/a?t=1#x'],
    ['HTTPS://HALL.example.GOV.cn:443/a', 'address https://hall.example.gov.cn/a'],
    ['https://hall.example.gov.cn.evil.example/', 'foreign-address'],
    ['https://evil.example/hall.example.gov.cn', 'foreign-address'],
    ['https://hall.example.gov.cn@evil.example/', 'foreign-address'],
    ['https://user:pass@hall.example.gov.cn/', 'foreign-address'],
    ['https://hall.example.gov.cn:8443/', 'foreign-address'],
    ['https://hall.example.gov.cn\\@evil.example/', 'address https://hall.example.gov.cn/@evil.example/'],
    ['https://', 'foreign-address'],
    ['https:hall.example.gov.cn', 'forbidden-scheme'],
    ['http://hall.example.gov.cn/', 'forbidden-scheme'],
    ['javascript:alert(1)', 'forbidden-scheme'],
    ['JavaScript:alert(1)', 'forbidden-scheme'],
    [' javascript:alert(1)', 'forbidden-scheme'],
    [' https://hall.example.gov.cn/', 'forbidden-scheme'],
    ['data:text/html,<script>alert(1)</script>', 'forbidden-scheme'],
    ['file:///etc/passwd', 'forbidden-scheme'],
    ['vbscript:x', 'forbidden-scheme'],
    ['WIFI:S:hall;T:WPA;P:x;;', 'forbidden-scheme'],
    ['java\tscript:alert(1)', 'hidden-characters'],
    ['\u0000javascript:alert(1)', 'hidden-characters'],
  ])('%j: %s', (text, wanted) => {
    expect(outcome(text, anything)).toBe(wanted);
  });

  it.each([
    ['a line feed', 'a\nb'],
    ['a group separator', 'a\u001db'],
    ['a C1 control', 'a\u0085b'],
    ['a byte order mark', '\ufeffab'],
    ['a change of direction', 'a\u202eb'],
    ['nothing to see', 'a\u200bb'],
    ['a line separator', 'a\u2028b'],
    ['a private character', 'a\ue000b'],
  ])('with %s is refused', (_, text) => {
    expect(outcome(text, anything)).toBe('hidden-characters');
  });

  it('that is no UTF-8 is refused, also when it would be Chinese in GB18030', () => {
    for (const bytes of [Uint8Array.of(0xff), Uint8Array.of(0xd6, 0xd0), Uint8Array.of(0xed, 0xa0, 0x80)]) {
      expect(readScannedCode(bytes, 'Q1', anything)).toEqual({ ok: false, reason: 'not-text' });
    }
  });

  it.each([
    ['Q1', longestScannedCode],
    ['d1', longestScannedCode],
    ['L0', longestScannedCode],
    [undefined, longestScannedCode],
    ['C0', longestLinearCode],
    ['A0', longestLinearCode],
    ['E0', longestLinearCode],
  ])('of kind %s has at most %i bytes', (symbology, longest) => {
    expect(readScannedCode(new Uint8Array(longest).fill(0x41), symbology, anything).ok).toBe(true);
    const tooLong = readScannedCode(new Uint8Array(longest + 1).fill(0x41), symbology, anything);
    expect(tooLong).toEqual({ ok: false, reason: 'too-long' });
    expect(readScannedCode(new Uint8Array(), symbology, anything)).toEqual({ ok: false, reason: 'empty' });
  });
});

describe('whatever is scanned, however much an asker would take', () => {
  const nasty = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 6 }),
        fc.constantFrom(
          'javascript:',
          'data:',
          'file:',
          'https://',
          'hall.example.gov.cn',
          '@',
          '\\',
          '//',
          ':',
          ' ',
          '\t',
          '\ufeff',
        ),
      ),
      { maxLength: 8 },
    )
    .map((parts) => bytesOf(parts.join('')));
  const bytes = fc.oneof(
    nasty,
    fc.uint8Array({ maxLength: 1_100 }).map((all) => Uint8Array.from(all)),
  );
  const symbology = fc.option(fc.constantFrom('Q1', 'C0', 'z0', '', '??'), { nil: undefined });

  it('never throws, and what is taken is what it seems', () => {
    fc.assert(
      fc.property(bytes, symbology, (code, kind) => {
        const read = readScannedCode(code, kind, anything);
        if (!read.ok) return;
        if (read.value.kind === 'address') {
          const url = new URL(read.value.url);
          expect([url.protocol, url.host, url.username]).toEqual(['https:', 'hall.example.gov.cn', '']);
          return;
        }
        expect(bytesOf(read.value.text)).toEqual(code);
        expect(code.length).toBeLessThanOrEqual(longestScannedCode);
        expect(read.value.text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        // No browser takes it for an address, whatever stands before.
        expect(URL.canParse(read.value.text)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('no text with the scheme of a script, of data or of files is ever taken', () => {
    const scheme = fc.mixedCase(
      fc.constantFrom('javascript:', 'data:', 'file:', 'vbscript:', 'http:', 'blob:', 'about:'),
    );
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\s\0]{0,3}$/u),
        scheme,
        fc.string({ unit: 'binary', maxLength: 40 }),
        (before, name, rest) => {
          expect(readScannedCode(bytesOf(before + name + rest), undefined, anything).ok).toBe(false);
        },
      ),
    );
  });
});
