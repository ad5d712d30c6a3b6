import { describe, expect, test } from 'vitest';
import { chooseScan, scanRequest } from './document-scan.ts';
import type { ScannerCapabilities, ScanRequest } from './document-scan.ts';

const scanner: ScannerCapabilities = {
  sources: ['platen', 'feeder'],
  colours: ['black-white', 'grey', 'colour'],
  resolutions: [600, 75, 300, 200, 100],
  duplex: true,
};

type Case = readonly [string, Partial<ScannerCapabilities>, Partial<ScanRequest>];

describe('how a page is scanned', () => {
  test.each<Case>([
    ['in colour and readable', {}, { colour: 'colour', resolution: 200 }],
    ['in grey where there is no colour', { colours: ['grey'] }, { colour: 'grey', resolution: 200 }],
    ['finer where nothing else is readable', { resolutions: [100, 600, 400] }, { colour: 'colour', resolution: 400 }],
    ['as well as it can', { resolutions: [75, 150] }, { colour: 'colour', resolution: 150 }],
    ['never at what no request may ask for', { resolutions: [50, 100, 2_400] }, { colour: 'colour', resolution: 100 }],
  ])('%s', (_, differs, choice) => {
    const chosen = chooseScan({ ...scanner, ...differs }, 'feeder');
    expect(chosen).toEqual({ ok: true, value: { source: 'feeder', duplex: false, ...choice } });
    expect(scanRequest.safeParse(chosen.ok && chosen.value).success).toBe(true);
  });

  test.each<readonly [string, Partial<ScannerCapabilities>]>([
    ['a source it does not have', { sources: ['platen'] }],
    ['black and white alone', { colours: ['black-white'] }],
    ['no resolution that may be asked for', { resolutions: [50, 4_800] }],
  ])('not with %s', (_, differs) => {
    expect(chooseScan({ ...scanner, ...differs }, 'feeder')).toMatchObject({
      ok: false,
      reason: 'unsupported',
    });
  });
});
