import { isDeepStrictEqual } from 'node:util';
import type {
  EsclCapabilities,
  ScannerStatus,
  ScanSettings,
  SourceCapabilities,
} from '../../../drivers/escl-scanner/protocol.ts';
import {
  offerOf,
  readCapabilities,
  readLocation,
  readSettings,
  readStatus,
  settingsFor,
  writeCapabilities,
  writeSettings,
  writeStatus,
} from '../../../drivers/escl-scanner/protocol.ts';
import { loadXml } from '../../../drivers/escl-scanner/xml.ts';
import type { SeededRandom } from '../../../src/devices/faults/random.ts';
import type { FuzzTarget, Sample } from '../target.ts';
import { documentParser, textOf } from '../target.ts';

type Answer =
  | { readonly kind: 'capabilities'; readonly said: EsclCapabilities }
  | { readonly kind: 'settings'; readonly said: ScanSettings }
  | { readonly kind: 'status'; readonly said: ScannerStatus };

const readXml = await loadXml();

function answersIn(bytes: Uint8Array): Answer[] {
  const root = readXml(bytes);
  if (!root) return [];
  const [capabilities, settings, status] = [readCapabilities(root), readSettings(root), readStatus(root)];
  return [
    ...(capabilities ? [{ kind: 'capabilities' as const, said: capabilities }] : []),
    ...(settings ? [{ kind: 'settings' as const, said: settings }] : []),
    ...(status ? [{ kind: 'status' as const, said: status }] : []),
  ];
}

function written({ kind, said }: Answer): Uint8Array {
  if (kind === 'capabilities') return writeCapabilities(said);
  return kind === 'settings' ? writeSettings(said) : writeStatus(said);
}

const some = <T>(random: SeededRandom, all: readonly T[]): T[] => {
  const chosen = all.filter(() => random.below(2) === 0);
  return chosen.length > 0 ? chosen : [random.of(all)];
};
const yes = (random: SeededRandom): boolean => random.below(2) === 0;

const source = (random: SeededRandom): SourceCapabilities => ({
  width: 1 + random.below(9_999),
  height: 1 + random.below(9_999),
  colours: some(random, ['colour', 'grey', 'black-white']),
  formats: some(random, ['image/jpeg', 'image/png']),
  formatExt: yes(random),
  resolutions: some(random, [75, 100, 200, 300, 600]),
  documentIntent: yes(random),
});

function answer(random: SeededRandom): Answer {
  switch (random.below(3)) {
    case 0: {
      const feeders = yes(random) ? { feeder: source(random), duplexFeeder: source(random) } : {};
      return {
        kind: 'capabilities',
        said: { platen: source(random), ...feeders, ...(yes(random) && { compression: random.below(101) }) },
      };
    }
    case 1: {
      const used = yes(random) ? ('platen' as const) : ('feeder' as const);
      const { documentIntent, width, height, formatExt } = source(random);
      return {
        kind: 'settings',
        said: {
          source: used,
          duplex: used === 'feeder' && yes(random),
          documentIntent,
          width,
          height,
          colour: random.of(['colour', 'grey', 'black-white']),
          format: random.of(['image/jpeg', 'image/png']),
          formatExt,
          resolution: 1 + random.below(1_200),
        },
      };
    }
    default: {
      const state = random.of(['idle', 'processing', 'testing', 'stopped', 'unknown'] as const);
      const feeder = random.of(['loaded', 'empty', 'processing', 'jam', 'cover-open', 'unknown'] as const);
      return { kind: 'status', said: yes(random) ? { state } : { state, feeder } };
    }
  }
}

const answers: FuzzTarget<Answer> = {
  name: 'escl-scanner',
  weight: 1,
  mostPendingBytes: 0,
  heads: [
    '<',
    '</',
    '<?xml?>',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '<!--',
    '<![CDATA[',
    '&amp;',
    '<a><a><a>',
    '<scan:ScannerStatus>',
    '<__proto__>',
    '0x1',
    '1e9',
  ].map((text) => Buffer.from(text)),
  keepsApart: true,
  open: () => documentParser(answersIn),
  sample(random): Sample<Answer> {
    const said = answer(random);
    return { bytes: written(said), means: [said] };
  },
  /** Whatever was understood can be said again and is understood in the same way, and nothing is asked for that is not offered. */
  complaint(stream, found) {
    const path = readLocation(stream.toString('latin1', 0, 80), '/eSCL');
    if (path !== undefined && !/^\/[\x21-\x7e]+$/u.test(path)) return 'a path that is none';
    for (const one of found) {
      if (!isDeepStrictEqual(answersIn(written(one)), [one])) return `understood by half: ${textOf(one)}`;
      const offer = one.kind === 'capabilities' ? offerOf(one.said) : undefined;
      if (one.kind !== 'capabilities' || !offer) continue;
      const [wanted] = offer.sources;
      const [colour] = offer.colours;
      const [resolution] = offer.resolutions;
      if (wanted === undefined || colour === undefined || resolution === undefined) return 'an offer of nothing';
      const settings = settingsFor(one.said, { source: wanted, colour, resolution, duplex: false });
      if (settings && settings.resolution !== resolution) return 'another job than was asked for';
    }
    return undefined;
  },
};

export const esclScanner: readonly FuzzTarget<Answer>[] = [answers];
