import { describe, expect, it } from 'vitest';
import { parseLaunchOptions } from './launch-options.ts';

describe('launch options', () => {
  it('fills the screen with the configuration of the data folder when nothing is said', () => {
    expect(parseLaunchOptions(['.'], '/data/kiosk.json')).toEqual({ configPath: '/data/kiosk.json' });
  });

  it('takes a configuration file and a window size, and passes over what is meant for Chromium', () => {
    const argv = ['.', '--config=/etc/kiosk.json', '--disable-gpu', '--window=1080x1920', '--remote-debugging-port=0'];
    expect(parseLaunchOptions(argv, '/data/kiosk.json')).toEqual({
      configPath: '/etc/kiosk.json',
      window: { width: 1080, height: 1920 },
    });
  });

  it.each(['wide', '10x10', '1080*1920', '99999x1'])('fills the screen when the size is %s', (size) => {
    expect(parseLaunchOptions([`--window=${size}`], 'kiosk.json')).toEqual({ configPath: 'kiosk.json' });
  });
});
