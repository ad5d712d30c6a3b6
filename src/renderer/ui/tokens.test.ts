import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../resources/design/tokens.css', import.meta.url), 'utf8');

function colour(name: string): readonly number[] {
  const hex = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(css)?.[1];
  if (!hex) throw new Error(`no colour ${name}`);
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** Relative luminance and contrast after WCAG 2.2. */
function luminance(name: string): number {
  const [red = 0, green = 0, blue = 0] = colour(name).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const texts: readonly (readonly [text: string, grounds: readonly string[]])[] = [
  ['ink', ['ground', 'surface', 'sunk', 'brand-soft', 'done-soft', 'warn-soft', 'error-soft']],
  ['ink-soft', ['ground', 'surface', 'sunk', 'brand-soft']],
  ['brand', ['ground', 'surface', 'brand-soft']],
  ['on-brand', ['brand', 'brand-deep', 'done']],
  ['on-brand-soft', ['brand', 'brand-deep']],
  ['accent-deep', ['accent-soft']],
  ['done', ['done-soft']],
  ['warn', ['warn-soft', 'ground', 'surface']],
  ['error', ['error-soft', 'surface']],
];

describe('colours', () => {
  it.each(texts.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const)))(
    'text in %s can be read on %s',
    (text, ground) => {
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each([
    ['line-strong', 'surface'],
    ['line-strong', 'ground'],
    ['focus', 'ground'],
    ['focus', 'surface'],
    ['brand', 'ground'],
  ])('a border in %s can be seen on %s', (border, ground) => {
    expect(contrast(border, ground)).toBeGreaterThanOrEqual(3);
  });
});
