import type { ConformanceOf, Describe } from '../../src/devices/conformance/description.ts';
import manifest from './manifest.json' with { type: 'json' };

export const conformance: Describe<'code-reader'> = (profile) => {
  const named = profile === 'crlf-aim';
  return {
    class: 'code-reader',
    manifest,
    answersProbe: false,
    personal: ['YS-K001-261122-0001-A'],
    faults: [],
    line: { baudRate: 9_600, falsePreambles: ['5D', '5D51', '00'] },
    codes: [shown('YS-K001-261122-0001-A', named), shown('预约 0002', named)],
  };
};

function shown(text: string, named: boolean): ConformanceOf<'code-reader'>['codes'][number] {
  const bytes = new TextEncoder().encode(text);
  return { act: { show: text }, code: named ? { bytes, symbology: 'Q1' } : { bytes } };
}
