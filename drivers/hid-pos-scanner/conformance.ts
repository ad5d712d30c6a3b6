import type { ConformanceOf, Describe } from '../../src/devices/conformance/description.ts';
import manifest from './manifest.json' with { type: 'json' };
import { profileNamed } from './profile.ts';

export const conformance: Describe<'code-reader'> = (profile) => {
  const { aim, trigger } = profileNamed(profile);
  return {
    class: 'code-reader',
    manifest,
    answersProbe: trigger !== undefined,
    personal: ['YS-K001-261122-0001-A'],
    faults: [],
    ...(trigger ? { listening: { event: 'looking' } } : {}),
    line: { baudRate: 115_200, falsePreambles: ['02', '02FF'], lengthAt: 1, keepsReports: true },
    codes: [shown('YS-K001-261122-0001-A', aim !== null), shown('预约'.repeat(40), aim !== null)],
  };
};

function shown(text: string, named: boolean): ConformanceOf<'code-reader'>['codes'][number] {
  const bytes = new TextEncoder().encode(text);
  return { act: { show: text }, code: named ? { bytes, symbology: 'Q1' } : { bytes } };
}
