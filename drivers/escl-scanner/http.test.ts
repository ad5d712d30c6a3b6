import { afterEach, describe, expect, it } from 'vitest';
import type { ScanRequest } from '../../src/domain/document-scan.ts';
import { pageImageLimits } from '../../src/domain/page-image.ts';
import { loopbackBench, scanned } from '../../test/fixtures/service-bench.ts';
import type { ServiceBench } from '../../test/fixtures/service-bench.ts';
import { driver } from './index.ts';

const glass: ScanRequest = { source: 'platen', colour: 'colour', resolution: 75, duplex: false };
const feeder: ScanRequest = { ...glass, source: 'feeder' };
const unwatched = new AbortController().signal;
const failed = (reason: string) => [{ kind: 'failed', reason }];
const kinds = (events: readonly { readonly kind: string }[]): string => events.map(({ kind }) => kind).join(' ');

describe('over HTTP', () => {
  const benches: ServiceBench[] = [];
  afterEach(async () => {
    for (const bench of benches.splice(0)) await bench.close();
  });
  async function overHttp(profile = 'generic'): Promise<ServiceBench> {
    const bench = await loopbackBench(driver, profile);
    benches.push(bench);
    return bench;
  }

  it('pages come from the glass and the feeder, after 503, with every host header', async () => {
    for (const profile of driver.profiles) {
      const bench = await overHttp(profile);
      expect(await bench.device.probe(unwatched)).toMatchObject({ ok: true });
      bench.simulator.act({ feeder: 2 });
      bench.simulator.act({ fault: 'http-503', at: 'page', times: 3 });
      expect((await scanned(bench.device, { ...feeder, resolution: 200 })).at(-1)).toEqual({
        kind: 'finished',
        pages: 2,
      });
      expect(kinds(await scanned(bench.device, { ...glass, resolution: 300 }))).toBe('page finished');
    }
  });

  it.each([
    ['disconnect', 'scanner-fault'],
    ['truncated', 'scanner-fault'],
    ['html', 'scanner-fault'],
    ['bomb', 'page-too-large'],
    ['endless', 'page-too-large'],
  ])('%s at the page: %s, and the next one comes', async (fault, reason) => {
    const bench = await overHttp();
    bench.simulator.act({ fault, at: 'page', times: 1 });
    expect(await scanned(bench.device, glass)).toEqual(failed(reason));
    expect(kinds(await scanned(bench.device, glass))).toBe('page finished');
  });

  it('a scanner that never answers holds nobody who gives up', async () => {
    const bench = await overHttp();
    await bench.device.capabilities(unwatched);
    const abort = new AbortController();
    const plain = bench.simulator.respond.bind(bench.simulator);
    bench.simulator.respond = (request) => {
      if (!request.path.endsWith('NextDocument')) return plain(request);
      abort.abort();
      return new Promise(() => undefined);
    };
    expect(await scanned(bench.device, glass, abort.signal)).toEqual([]);
    await bench.device.reset();
    expect(bench.events.at(-1)).toEqual({ event: 'cancelled' });
  });

  it('an endless page is left off soon after the limit', async () => {
    const bench = await overHttp();
    let sent = 0;
    const plain = bench.simulator.respond.bind(bench.simulator);
    bench.simulator.respond = async (request) => {
      const answer = await plain(request);
      if (!request.path.endsWith('NextDocument')) return answer;
      const body = async function* () {
        for (;;) {
          sent += 1_000_000;
          yield new Uint8Array(1_000_000);
        }
      };
      return { ...answer, body: body() };
    };
    expect(await scanned(bench.device, glass)).toEqual(failed('page-too-large'));
    expect(sent).toBeLessThan(pageImageLimits.bytes * 4);
  });
});
