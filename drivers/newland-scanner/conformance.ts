import type { ConformanceOf, Describe } from '../../src/devices/conformance/description.ts';
import manifest from './manifest.json' with { type: 'json' };
import { profileNamed } from './profile.ts';

export const conformance: Describe<'code-reader'> = (profile) => {
  const { framing, aim } = profileNamed(profile);
  return {
    class: 'code-reader',
    manifest,
    answersProbe: true,
    personal: ['YS-K001-261122-0001-A'],
    faults: [],
    listening: { event: 'looking' },
    line: {
      baudRate: 9_600,
      falsePreambles: framing === 'frames' ? ['02', '0200', '02000001'] : ['02', '0201', '020130303030'],
    },
    codes: [shown('YS-K001-261122-0001-A', aim), shown('预约 0002', aim)],
  };
};

function shown(text: string, aim: boolean): ConformanceOf<'code-reader'>['codes'][number] {
  const bytes = new TextEncoder().encode(text);
  return { act: { show: text }, code: aim ? { bytes, symbology: 'Q1' } : { bytes } };
}
