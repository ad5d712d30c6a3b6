import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glyphsOf } from './glyphs.ts';
import type { Glyph } from './glyphs.ts';
import { layOut, wrap } from './layout.ts';
import type { PaperLine } from './layout.ts';

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
