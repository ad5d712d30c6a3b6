import type { ConformanceOf, Describe } from '../../src/devices/conformance/description.ts';
import manifest from './manifest.json' with { type: 'json' };

const common = {
  class: 'code-reader',
  manifest,
  answersProbe: true,
  personal: ['YS-K001-261122-0001-A'],
  faults: [],
  listening: { event: 'looking' },
  line: {
    baudRate: 9_600,
    falsePreambles: ['04', '04D0', '05D104', '20F300', 'FF7302'],
    lengthAt: 0,
    checksumAt: -1,
  },
  codes: [
    shown('YS-K001-261122-0001-A', 0x1c, 'Q1'),
    shown('6901234567892', 0x0b, 'E0'),
    shown('预约'.repeat(60), 0x1c, 'Q1'),
  ],
} as const satisfies ConformanceOf<'code-reader'>;

/** The same for each profile: they differ in what the host asks for. */
export const conformance: Describe<'code-reader'> = () => common;

function shown(text: string, symbology: number, aim: string): ConformanceOf<'code-reader'>['codes'][number] {
  return { act: { show: text, symbology }, code: { bytes: new TextEncoder().encode(text), symbology: aim } };
}
