import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glyphsOf } from './glyphs.ts';
import type { Glyph } from './glyphs.ts';
import { layOut } from './layout.ts';
import type { PaperLine } from './layout.ts';
import { loadRare } from './rare/draw-rare.ts';
import { wrap } from './wrap.ts';

const paper = { dots: 384, columns: 32, glyphs: 'gb18030' } as const;
const textOf = (glyphs: readonly Glyph[]): string => glyphs.map((glyph) => glyph.char).join('');
const widthOf = (glyphs: readonly Glyph[]): number => glyphs.reduce((sum, glyph) => sum + glyph.columns, 0);
const charsOf = (text: string, set: 'gb18030' | 'gbk'): string => textOf(glyphsOf(text, set));
const texts = (lines: readonly PaperLine[]): string[] =>
  lines.map((line) => (line.kind === 'text' ? textOf(line.glyphs) : line.kind));

describe('lines of a receipt', () => {
  it('wraps by display width, a Chinese character being two columns', () => {
    const lines = layOut([{ kind: 'text', text: '请凭本回执或身份证在任意窗口或自助终端查询办理进度' }], paper);
    expect(texts(lines)).toEqual(['请凭本回执或身份证在任意窗口或自', '助终端查询办理进度']);
  });

  it('has half the columns for double size', () => {
    const lines = layOut([{ kind: 'text', text: '政务服务受理回执单', size: 2 }], paper);
    expect(texts(lines)).toEqual(['政务服务受理回执', '单']);
  });

  it('keeps numbers and words whole and closing marks off the start of a line', () => {
    const number = layOut([{ kind: 'text', text: '您的业务已经收件，编号为 K01-20261122-0001' }], paper);
    expect(texts(number)).toEqual(['您的业务已经收件，编号为', 'K01-20261122-0001']);
    const mark = layOut([{ kind: 'text', text: '一二三四五六七八九十一二三四五六，完' }], paper);
    expect(texts(mark)).toEqual(['一二三四五六七八九十一二三四五', '六，完']);
  });

  it('sets a pair to both edges, and a long value beside and below itself', () => {
    const lines = layOut(
      [
        { kind: 'pair', label: '申请人', value: '王*' },
        { kind: 'pair', label: '事项', value: '城乡居民基本养老保险参保登记（首次）' },
        { kind: 'pair', label: '一个比半张纸还要长的名称在这里', value: '其值' },
      ],
      paper,
    );
    expect(texts(lines)).toEqual([
      `申请人${' '.repeat(23)}王*`,
      '事项 城乡居民基本养老保险参保登',
      '     记（首次）',
      '一个比半张纸还要长的名称在这里',
      '  其值',
    ]);
  });

  it('makes a QR code small enough for the paper', () => {
    const [line] = layOut([{ kind: 'qr', content: 'x'.repeat(300), module: 8 }], paper);
    // 300 bytes at level M are version 13 with 69 modules: 69 x 5 = 345 of 384 dots.
    expect(line).toEqual({ kind: 'qr', content: 'x'.repeat(300), module: 5 });
  });

  it('sets a table in columns by display width, each cell below itself, headings bold', () => {
    const lines = layOut(
      [
        {
          kind: 'table',
          columns: [{ share: 4 }, { share: 1, align: 'right' }, { share: 1, align: 'centre' }],
          heading: ['材料', '份数', '形式'],
          rows: [['居民身份证（正反两面的复印件）', '1', '纸']],
        },
      ],
      paper,
    );
    // 30 of 32 columns are shared out as 20, 5 and 5.
    expect(texts(lines)).toEqual([
      `材料${' '.repeat(18)}份数 形式 `,
      `居民身份证（正反两面${' '.repeat(5)}1  纸  `,
      `的复印件）${' '.repeat(22)}`,
    ]);
    expect(lines.map((line) => line.kind === 'text' && line.bold)).toEqual([true, false, false]);
  });

  it('keeps every table as wide as the paper, however its columns are shared', () => {
    const shares = fc.array(fc.record({ share: fc.integer({ min: 1, max: 12 }) }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        shares,
        fc.string({ unit: fc.constantFrom('王', '，', 'a', ' ', '\n'), maxLength: 30 }),
        (columns, text) => {
          const lines = layOut([{ kind: 'table', columns, rows: [columns.map(() => text)] }], paper);
          for (const line of lines) expect(line.kind === 'text' && widthOf(line.glyphs)).toBe(32);
        },
      ),
    );
  });

  it('makes bars as wide as the paper allows, and writes the text where they would not fit', () => {
    expect(layOut([{ kind: 'barcode', content: '20261122000701' }], paper)).toMatchObject([{ module: 2 }]);
    expect(layOut([{ kind: 'barcode', content: 'A12' }], paper)).toMatchObject([{ module: 3 }]);
    const long = layOut([{ kind: 'barcode', content: 'YS-HALL01-QUEUE-TICKET-A' }], paper);
    expect(texts(long)).toEqual(['YS-HALL01-QUEUE-TICKET-A']);
  });

  it('makes a picture smaller that is wider than the paper, and leaves others as they are', () => {
    const dots = Buffer.alloc(72 * 30, 0xff).toString('base64');
    const [wide] = layOut([{ kind: 'image', rowBytes: 72, rows: 30, dots }], paper);
    expect(wide).toEqual({ kind: 'image', picture: { rowBytes: 48, dots: new Uint8Array(48 * 20).fill(0xff) } });
    const [small] = layOut([{ kind: 'image', rowBytes: 2, rows: 1, dots: 'gQE=' }], paper);
    expect(small).toEqual({ kind: 'image', picture: { rowBytes: 2, dots: Uint8Array.of(0x81, 0x01) } });
  });

  it('never makes a line too wide and never loses a visible character', () => {
    const text = fc.string({
      unit: fc.constantFrom('王', '建', '国', '，', '（', '）', 'a', '1', ' ', '-', '《'),
      maxLength: 120,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 48 }), (value, columns) => {
        const lines = wrap(glyphsOf(value, 'gb18030'), columns);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        expect(lines.map(textOf).join('').replaceAll(' ', '')).toBe(value.replaceAll(' ', ''));
      }),
    );
  });
});

describe('characters of a printer', () => {
  it('puts look-alikes where the code would have four bytes', () => {
    expect(charsOf('¥5 阿依古丽\u2022买买提 买\u30fb提', 'gbk')).toBe('￥5 阿依古丽·买买提 买·提');
  });

  it('marks a character without a glyph instead of printing its digits', () => {
    const glyphs = glyphsOf('王𠮷㙓', 'gb18030');
    expect(textOf(glyphs)).toBe('王〓〓');
    expect(glyphs.map((glyph) => glyph.missing)).toEqual([false, true, true]);
  });

  it('knows that a GBK printer lacks what GB18030 added in two bytes', () => {
    expect(charsOf('䶮€', 'gb18030')).toBe('䶮€');
    expect(charsOf('䶮€', 'gbk')).toBe('〓〓');
  });

  it('draws what the ROM has not, as wide as the printer would print it, in normal size only', async () => {
    const rare = await loadRare();
    const glyphs = glyphsOf('王𠮷㙓ñ', 'gb18030', rare);
    expect(glyphs.map((glyph) => [glyph.columns, glyph.missing, glyph.drawn ?? false])).toEqual([
      [2, false, false],
      [2, false, true],
      [2, false, true],
      [1, false, true],
    ]);
    // ESC * 33, 24 columns of three bytes; 12 for the letter.
    expect(glyphs.map((glyph) => glyph.bytes.length)).toEqual([2, 77, 77, 41]);
    expect(layOut([{ kind: 'text', text: '王𠮷', size: 2 }], { ...paper, rare })).toMatchObject([{ size: 1 }]);
    expect(layOut([{ kind: 'text', text: '王吉', size: 2 }], { ...paper, rare })).toMatchObject([{ size: 2 }]);
    expect(glyphsOf('䶮€', 'gbk', rare).map((glyph) => glyph.missing)).toEqual([false, true]);
  });

  it('has drawings of rare characters in names, of every extension that has them', async () => {
    const rare = await loadRare();
    // From the third level of the table of general standard Chinese characters (2013).
    for (const char of '𬭎𫖯𬒗𫄨𬴃𫘝𬍛㛃㳇䗖𠅤𬺈鿍') {
      const ink = rare(char)?.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
      expect(ink, char).toBeGreaterThan(40);
    }
    expect(rare('\u{30000}')).toBeUndefined();
    expect(rare('\u{2ffff}')).toBeUndefined();
  });

  it('lets no control character through, whatever a form field holds', () => {
    const bytes = glyphsOf('a\u001b@\u001dV\u0000\u0010\u0004\u0001\u009b', 'gb18030').flatMap((glyph) => [
      ...glyph.bytes,
    ]);
    expect(Math.min(...bytes)).toBeGreaterThanOrEqual(0x20);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const glyph of glyphsOf(text, 'gb18030')) {
          expect(glyph.bytes[0]).toBeGreaterThanOrEqual(0x20);
          expect(glyph.bytes.length).toBe(glyph.columns);
        }
      }),
    );
  });
});
