import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ScanRequest } from '../../src/domain/document-scan.ts';
import { inspectPageImage } from '../../src/domain/page-image.ts';
import { samplePage } from '../../src/domain/sample-page.ts';
import { scanned, serviceBench } from '../../test/fixtures/service-bench.ts';
import type { ServiceBench } from '../../test/fixtures/service-bench.ts';
import { EsclScanner } from './driver.ts';
import { driver } from './index.ts';
import { MOST_PAGES } from './limits.ts';
import { profileNamed } from './profile.ts';
import { loadXml } from './xml.ts';

const glass: ScanRequest = { source: 'platen', colour: 'colour', resolution: 75, duplex: false };
const feeder: ScanRequest = { ...glass, source: 'feeder' };
const unwatched = new AbortController().signal;
const failed = (reason: string) => [{ kind: 'failed', reason }];

// The impatient clock takes the time of loading a module for idleness.
beforeAll(async () => {
  await loadXml();
});

async function benchOf(profile = 'generic', authority?: string): Promise<ServiceBench> {
  const bench = serviceBench(driver, profile, authority);
  await bench.device.probe(unwatched);
  return bench;
}

const kinds = (events: readonly { readonly kind: string }[]): string => events.map(({ kind }) => kind).join(' ');
const asked = (bench: ServiceBench): string[] => bench.requests.map(({ method, path }) => `${method} ${path}`);

describe('a scan from the glass', () => {
  it('brings one page that is a picture, and leaves no job behind', async () => {
    const bench = await benchOf();
    const events = await scanned(bench.device, glass);
    expect(kinds(events)).toBe('page finished');
    const [page] = events;
    const image = page?.kind === 'page' ? page.image : undefined;
    expect(image?.type).toBe('image/jpeg');
    expect(inspectPageImage(image?.bytes ?? new Uint8Array())).toMatchObject({
      ok: true,
      value: { width: 620, height: 877 },
    });
    expect(asked(bench)).toEqual([
      'GET /eSCL/ScannerStatus',
      'GET /eSCL/ScannerCapabilities',
      'POST /eSCL/ScanJobs',
      'GET /eSCL/ScanJobs/1/NextDocument',
      'DELETE /eSCL/ScanJobs/1',
    ]);
    expect(kinds(await scanned(bench.device, glass))).toBe('page finished');
  });

  it('says what can be asked for, and refuses what cannot before a job is made', async () => {
    const bench = await benchOf();
    expect(await bench.device.capabilities(unwatched)).toEqual({
      ok: true,
      value: {
        sources: ['platen', 'feeder'],
        colours: ['colour', 'grey'],
        resolutions: [75, 100, 200, 300, 600],
        duplex: true,
      },
    });
    for (const wrong of [{ duplex: true }, { colour: 'black-white' }, { resolution: 1_200 }] as const) {
      expect(await scanned(bench.device, { ...glass, ...wrong })).toEqual(failed('unsupported'));
    }
    expect(asked(bench).some((one) => one.startsWith('POST'))).toBe(false);
  });
});

describe('a scan from the feeder', () => {
  it('brings every page, and both sides', async () => {
    const bench = await benchOf();
    bench.simulator.act({ feeder: 3 });
    const pages = await scanned(bench.device, feeder);
    expect(kinds(pages)).toBe('page page page finished');
    expect(pages.at(-1)).toEqual({ kind: 'finished', pages: 3 });
    bench.simulator.act({ feeder: 2 });
    expect((await scanned(bench.device, { ...feeder, duplex: true })).at(-1)).toEqual({ kind: 'finished', pages: 4 });
  });

  it('pauses between pages, so that a scanner that hates haste loses none', async () => {
    const bench = await benchOf();
    bench.simulator.act({ feeder: 3 });
    bench.simulator.act({ fault: 'hasty', at: 'page' });
    expect((await scanned(bench.device, feeder)).at(-1)).toEqual({ kind: 'finished', pages: 3 });
  });

  it('would lose pages there without the pause', async () => {
    const bench = await benchOf();
    const { clock, link } = bench;
    const profile = { ...profileNamed('generic'), pauseBetweenPages: 0 };
    bench.simulator.act({ feeder: 3 });
    bench.simulator.act({ fault: 'hasty', at: 'page' });
    const hasty = new EsclScanner(profile, { clock, link, onCondition: () => undefined, onSupplies: () => undefined });
    expect((await scanned(hasty, feeder)).at(-1)).toEqual({ kind: 'finished', pages: 1 });
  });

  it.each([
    [{ feeder: 0 }, 'feeder-empty'],
    [{ jam: true }, 'jam'],
    [{ cover: 'open' }, 'cover-open'],
  ])('with %j says %s', async (action, reason) => {
    const bench = await benchOf();
    bench.simulator.act({ feeder: 1 });
    bench.simulator.act(action);
    expect(await scanned(bench.device, feeder)).toEqual(failed(reason));
  });

  it('says a jam in the middle after the pages before it, and gives the job up', async () => {
    const bench = await benchOf();
    bench.simulator.act({ feeder: 3 });
    const events: string[] = [];
    for await (const event of bench.device.scan(feeder, unwatched)) {
      events.push(event.kind === 'failed' ? event.reason : event.kind);
      bench.simulator.act({ jam: true });
    }
    expect(events).toEqual(['page', 'jam']);
    await bench.device.reset();
    expect(bench.events.at(-1)).toEqual({ event: 'cancelled' });
  });

  it('ends when a scanner never stops sending pages', async () => {
    const bench = await benchOf();
    bench.simulator.act({ feeder: 1 });
    let pages = 0;
    const plain = bench.simulator.respond.bind(bench.simulator);
    const page = samplePage(8, 8);
    bench.simulator.respond = async (request) => {
      const answer = request.path.endsWith('NextDocument')
        ? { status: 200, headers: {}, body: [page.slice()] }
        : undefined;
      return answer ? { ...answer, body: Readable.from(answer.body) } : plain(request);
    };
    for await (const event of bench.device.scan(feeder, unwatched)) {
      if (event.kind === 'page') pages += 1;
      else expect(event).toEqual({ kind: 'failed', reason: 'scanner-fault' });
    }
    expect(pages).toBe(MOST_PAGES);
    await bench.device.reset();
    expect(bench.events.at(-1)).toEqual({ event: 'cancelled' });
  });
});

describe('setbacks', () => {
  it.each([
    ['start', 9, 'page finished'],
    ['page', 29, 'page finished'],
    ['start', 10, 'busy'],
    ['page', 30, 'busy'],
  ] as const)('503 at the %s, %i times', async (at, times, outcome) => {
    const bench = await benchOf();
    bench.simulator.act({ fault: 'http-503', at, times });
    const events = await scanned(bench.device, glass);
    expect(events).toEqual(outcome === 'busy' ? failed('busy') : events);
    if (outcome !== 'busy') expect(kinds(events)).toBe(outcome);
  });

  it('are fewer than the tries of a profile for slow ones', async () => {
    const bench = await benchOf('slow-to-answer');
    bench.simulator.act({ fault: 'http-503', at: 'page', times: 100 });
    expect(kinds(await scanned(bench.device, glass))).toBe('page finished');
  });

  it.each([
    ['silent', undefined, 'timed-out'],
    ['disconnect', undefined, 'scanner-absent'],
    ['http-503', 'capabilities', 'busy'],
    ['http-500', 'capabilities', 'scanner-fault'],
    ['html', 'capabilities', 'scanner-fault'],
    ['truncated', 'capabilities', 'scanner-fault'],
    ['endless', 'capabilities', 'scanner-fault'],
    ['drip', 'capabilities', 'timed-out'],
    ['silent', 'start', 'timed-out'],
    ['disconnect', 'start', 'scanner-fault'],
    ['html', 'start', 'scanner-fault'],
    ['endless', 'start', 'page-too-large'],
    ['silent', 'page', 'timed-out'],
    ['disconnect', 'page', 'scanner-fault'],
    ['http-404', 'page', 'scanner-fault'],
    ['http-500', 'page', 'scanner-fault'],
    ['html', 'page', 'scanner-fault'],
    ['truncated', 'page', 'scanner-fault'],
    ['bomb', 'page', 'page-too-large'],
    ['endless', 'page', 'page-too-large'],
    ['drip', 'page', 'timed-out'],
  ] as const)('%s at the %s: %s', async (fault, at, reason) => {
    const bench = await benchOf();
    bench.simulator.act({ fault, ...(at && { at }) });
    expect(await scanned(bench.device, glass)).toEqual(failed(reason));
    await bench.device.reset();
    // Nothing is left of it: the next person gets a page.
    bench.simulator.act({ fault: 'none' });
    expect(kinds(await scanned(bench.device, glass))).toBe('page finished');
  });

  it('of a job without a place is a fault', async () => {
    const bench = await benchOf();
    bench.simulator.act({ fault: 'no-location', at: 'start' });
    expect(await scanned(bench.device, glass)).toEqual(failed('scanner-fault'));
  });
});

describe('a job that nobody waits for any more', () => {
  it('is given up at the device when the caller aborts, and the next one waits for that', async () => {
    const bench = await benchOf();
    bench.simulator.act({ feeder: 5 });
    const abort = new AbortController();
    const events: string[] = [];
    for await (const event of bench.device.scan(feeder, abort.signal)) {
      events.push(event.kind);
      abort.abort();
    }
    expect(events).toEqual(['page']);
    expect(kinds(await scanned(bench.device, glass))).toBe('page finished');
    expect(bench.events.map(({ event }) => event)).toEqual(['job', 'page', 'cancelled', 'job', 'page']);
  });

  it('is given up when the pages are no longer taken', async () => {
    const bench = await benchOf();
    bench.simulator.act({ feeder: 5 });
    for await (const _ of bench.device.scan(feeder, unwatched)) break;
    await bench.device.reset();
    expect(bench.events.at(-1)).toEqual({ event: 'cancelled' });
  });

  it('is given up though the caller went before it was known', async () => {
    const bench = await benchOf();
    const abort = new AbortController();
    const plain = bench.simulator.respond.bind(bench.simulator);
    bench.simulator.respond = async (request) => {
      if (request.method === 'POST') abort.abort();
      return plain(request);
    };
    expect(await scanned(bench.device, glass, abort.signal)).toEqual([]);
    await bench.device.reset();
    expect(bench.events.map(({ event }) => event)).toEqual(['job', 'cancelled']);
  });

  it('ends without a word when the caller goes while it waits', async () => {
    for (const at of ['capabilities', 'start', 'page', 'status'] as const) {
      const bench = await benchOf(at === 'status' ? 'feeder-state-first' : 'generic');
      bench.simulator.act({ feeder: 1 });
      const abort = new AbortController();
      const plain = bench.simulator.respond.bind(bench.simulator);
      const paths = { capabilities: 'Capabilities', start: 'ScanJobs', page: 'NextDocument', status: 'Status' };
      bench.simulator.respond = async (request) => {
        if (request.path.endsWith(paths[at])) abort.abort();
        return plain(request);
      };
      expect(await scanned(bench.device, feeder, abort.signal)).toEqual([]);
      await bench.device.reset();
    }
  });

  it('ends when the link is closed', async () => {
    const bench = await benchOf();
    bench.simulator.act({ feeder: 5 });
    const events: string[] = [];
    for await (const event of bench.device.scan(feeder, unwatched)) {
      events.push(event.kind);
      await bench.close();
    }
    expect(events).toEqual(['page']);
    expect(await scanned(bench.device, glass)).toEqual([]);
    await bench.device.reset();
  });
});

describe('quirks', () => {
  it('Location with a host that is none leads to the same scanner', async () => {
    const bench = await benchOf();
    bench.simulator.act({ fault: 'broken-location' });
    expect(kinds(await scanned(bench.device, glass))).toBe('page finished');
  });

  it.each([
    ['host-localhost', 'localhost'],
    ['host-with-port', '192.168.1.20:80'],
  ])('%s: every request has the host %s', async (profile, host) => {
    const bench = await benchOf(profile, '192.168.1.20:80');
    expect(kinds(await scanned(bench.device, glass))).toBe('page finished');
    expect(new Set(bench.requests.map(({ headers }) => headers?.['host']))).toEqual(new Set([host]));
  });

  it('xerox-b205: 404 is not yet, and a job that is over is not deleted', async () => {
    const bench = await benchOf('xerox-b205');
    bench.simulator.act({ feeder: 2 });
    expect((await scanned(bench.device, feeder)).at(-1)).toEqual({ kind: 'finished', pages: 2 });
    expect(asked(bench).some((one) => one.startsWith('DELETE'))).toBe(false);
    expect(await bench.device.probe(unwatched)).toMatchObject({ ok: true });
  });

  it('a generic profile would fail there', async () => {
    const bench = await benchOf('xerox-b205');
    const other = driver.create('generic', {
      clock: bench.clock,
      link: bench.link,
      onCondition: () => undefined,
      onSupplies: () => undefined,
    });
    bench.simulator.act({ feeder: 2 });
    expect((await scanned(other, glass)).at(-1)).toEqual({ kind: 'failed', reason: 'scanner-fault' });
  });

  it.each([
    [{ feeder: 0 }, 'feeder-empty'],
    [{ jam: true }, 'jam'],
  ])('feeder-state-first: %j is seen before a job is made', async (action, reason) => {
    const bench = await benchOf('feeder-state-first');
    bench.simulator.act(action);
    expect(await scanned(bench.device, feeder)).toEqual(failed(reason));
    expect(asked(bench).some((one) => one.startsWith('POST'))).toBe(false);
    bench.simulator.act({ feeder: 1 });
    bench.simulator.act({ jam: false });
    expect(kinds(await scanned(bench.device, feeder))).toBe('page finished');
  });
});

describe('a probe', () => {
  it.each([
    [undefined, { ok: true }],
    [{ jam: true }, { ok: true }],
    [{ state: 'stopped' }, { reason: 'self-test-failed' }],
    [{ fault: 'silent' }, { reason: 'no-answer' }],
    [{ fault: 'disconnect' }, { reason: 'no-answer' }],
    [{ fault: 'drip' }, { reason: 'no-answer' }],
    [{ fault: 'http-503' }, { reason: 'busy' }],
    [{ fault: 'http-404' }, { reason: 'wrong-device' }],
    [{ fault: 'html' }, { reason: 'wrong-device' }],
    [{ fault: 'endless' }, { reason: 'wrong-device' }],
    [{ fault: 'truncated' }, { reason: 'wrong-device' }],
  ])('of %j is %j', async (action, outcome) => {
    const bench = await benchOf();
    if (action) bench.simulator.act(action);
    expect(await bench.device.probe(unwatched)).toMatchObject(outcome);
  });

  it('tells an open cover from another reason to stop', async () => {
    const bench = await benchOf();
    bench.simulator.act({ state: 'stopped' });
    bench.simulator.act({ cover: 'open' });
    expect(await bench.device.probe(unwatched)).toMatchObject({ reason: 'cover-open' });
  });

  it('that failed makes the capabilities be asked for anew', async () => {
    const bench = await benchOf();
    await bench.device.capabilities(unwatched);
    bench.simulator.act({ fault: 'disconnect', times: 1 });
    await bench.device.probe(unwatched);
    await bench.device.capabilities(unwatched);
    await bench.device.capabilities(unwatched);
    expect(asked(bench).filter((one) => one.endsWith('Capabilities'))).toHaveLength(2);
  });
});
