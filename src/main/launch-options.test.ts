import { describe, expect, it } from 'vitest';
import { parseLaunchOptions } from './launch-options.ts';

describe('launch options', () => {
  it('fills the screen and uses the usual places when nothing is said', () => {
    expect(parseLaunchOptions(['.'])).toEqual({});
  });

  it('takes places and a window size, and passes over what is meant for Chromium', () => {
    const argv = [
      '.',
      '--config=/etc/kiosk.json',
      '--disable-gpu',
      '--data=/data',
      '--window=1080x1920',
      '--rotate-key',
      '--inspect=0',
    ];
    expect(parseLaunchOptions(argv)).toEqual({
      dataDir: '/data',
      configPath: '/etc/kiosk.json',
      rotateKey: true,
      window: { width: 1080, height: 1920 },
    });
  });

  it.each(['wide', '10x10', '1080*1920', '99999x1'])('fills the screen when the size is %s', (size) => {
    expect(parseLaunchOptions([`--window=${size}`])).toEqual({});
  });
});
