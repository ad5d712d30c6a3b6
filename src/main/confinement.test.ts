import { describe, expect, it } from 'vitest';
import { isForbiddenKey } from './confinement.ts';

const key = (name: string, held: Partial<Record<'control' | 'alt' | 'meta', boolean>> = {}) => ({
  key: name,
  control: false,
  alt: false,
  meta: false,
  ...held,
});

describe('forbidden keys', () => {
  it.each([
    ['F1'],
    ['F5'],
    ['F11'],
    ['F12'],
    ['Meta'],
    ['ContextMenu'],
    ['PrintScreen'],
    ['BrowserBack'],
    ['LaunchApplication1'],
  ])('%s', (name) => {
    expect(isForbiddenKey(key(name))).toBe(true);
  });

  it.each(['r', 'w', 'q', 't', 'n', 'p', 's', 'o', 'l', 'I', 'J', '+', '-', '0', 'Tab', 'F4', 'Escape'])(
    'Control+%s',
    (name) => {
      expect(isForbiddenKey(key(name, { control: true }))).toBe(true);
    },
  );

  it.each(['F4', 'Tab', 'ArrowLeft', 'd', 'Escape'])('Alt+%s', (name) => {
    expect(isForbiddenKey(key(name, { alt: true }))).toBe(true);
  });

  it.each(['r', 'd', 'l', 'Tab'])('Super+%s', (name) => {
    expect(isForbiddenKey(key(name, { meta: true }))).toBe(true);
  });

  it.each(['a', 'Z', '5', 'x', 'Tab', 'Enter', 'Escape', 'Backspace', 'ArrowDown', ' ', 'Control', 'Shift'])(
    'lets %s pass',
    (name) => {
      expect(isForbiddenKey(key(name))).toBe(false);
    },
  );
});
