import { scanFailure } from '../../contract/device-failures.ts';
import type { DocumentScanner, ScanEvent } from '../driver.ts';
import type { ConformanceOf } from './description.ts';
import { deviceOf } from './device-of.ts';
import type { Ending } from './ending.ts';
import { right, wrong } from './ending.ts';
import type { Stage } from './stage.ts';
import type { Use } from './uses.ts';

/** Pages are put in and scanned. */
export function scannerUses(description: ConformanceOf<'document-scanner'>): readonly [Use, ...Use[]] {
  const use: Use = {
    name: `${description.pages} pages`,
    async run(stage, signal) {
      await stage.act(description.load(description.pages));
      const scanner = deviceOf(stage, 'document-scanner');
      const able = await scanner.capabilities(signal);
      if (!able.ok) return named(stage, able.reason, able.detail);
      const { colours, resolutions } = able.value;
      const [colour] = colours;
      const [resolution] = resolutions;
      if (colour === undefined || resolution === undefined) return wrong('it can nothing');
      const request = { source: description.source, colour, resolution, duplex: false };
      return judge(stage, await collect(scanner.scan(request, signal)), description.pages);
    },
  };
  return [use];
}

async function collect(events: ReturnType<DocumentScanner['scan']>): Promise<ScanEvent[]> {
  const all: ScanEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

function judge(stage: Stage, events: readonly ScanEvent[], pages: number): Ending {
  const last = events.at(-1);
  if (last?.kind === 'failed') return named(stage, last.reason);
  if (last?.kind !== 'finished') return { kind: 'ended' };
  const images = events.filter((event) => event.kind === 'page');
  if (images.some(({ image }) => image.bytes.length === 0)) return wrong('an empty page');
  return images.length === pages && last.pages === pages ? right : wrong(`${images.length} pages instead of ${pages}`);
}

function named(stage: Stage, reason: string, detail?: string): Ending {
  if (detail !== undefined) stage.told.push(detail);
  return scanFailure.safeParse(reason).success ? { kind: 'failed', reason } : wrong('unknown reason');
}
