import type { ConformanceOf, Describe, LineDescription } from '../../src/devices/conformance/description.ts';
import manifest from './manifest.json' with { type: 'json' };
import { framingOf, profileNamed } from './profile.ts';
import { levelOfKey } from './protocol.ts';

const ff68 = {
  falsePreambles: ['FF', 'FF68', 'FF6803', 'FF680808', 'FF682020', 'FF68030468'],
  lengthAt: 2,
  checksumAt: -2,
} as const;
const aa55 = { falsePreambles: ['AA', 'AA55', 'AA5503', 'AA5508B0'], lengthAt: 2, checksumAt: -2 } as const;

const framings: Readonly<Record<string, Pick<LineDescription, 'hid' | 'keepsReports'>>> = {
  ch9325: { hid: { kind: 'ch9325', baudRate: 9_600 } },
  cp2110: { hid: { kind: 'cp2110', baudRate: 9_600 } },
  'unnumbered-64': { hid: { kind: 'unnumbered-64' }, keepsReports: true },
};

/** Throws for a profile that does not exist. */
export const conformance: Describe<'rating-pad'> = (profile) => {
  const pad = profileNamed(profile);
  const framing = framingOf(profile);
  const keys = Object.keys(pad.keys).map((hex) => Number.parseInt(hex, 16));
  return {
    class: 'rating-pad',
    manifest,
    answersProbe: pad.probe !== undefined,
    personal: [],
    faults: [],
    listening: { event: 'start' },
    line: { baudRate: 9_600, ...(pad.frame[0] === 0xff ? ff68 : aa55), ...(framing ? framings[framing] : {}) },
    presses: [press(profile, Math.max(...keys)), press(profile, Math.min(...keys))],
    signalled: (signal, value) => (signal === 'beep' ? { event: signal } : { event: signal, value }),
  };
};

function press(profile: string, key: number): ConformanceOf<'rating-pad'>['presses'][number] {
  const level = levelOfKey(profileNamed(profile), key);
  if (!level) throw new Error(`${profile} has no level for key ${key}`);
  return { act: { press: key }, level };
}
