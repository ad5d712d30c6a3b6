import { afterEach, describe, expect, it } from 'vitest';
import type { ScanRequest } from '../../src/domain/document-scan.ts';
import { inspectPageImage } from '../../src/domain/page-image.ts';
import { loopbackBench, scanned, serviceBench } from '../../test/fixtures/service-bench.ts';
import type { ServiceBench } from '../../test/fixtures/service-bench.ts';
import { driver } from './index.ts';

const still: ScanRequest = { source: 'platen', colour: 'colour', resolution: 200, duplex: false };
const unwatched = new AbortController().signal;
const failed = (reason: string) => [{ kind: 'failed', reason }];
const benchOf = (profile = 'eloam-38088', authority = '127.0.0.1:38088') => serviceBench(driver, profile, authority);
const kinds = (events: readonly { readonly kind: string }[]): string => events.map(({ kind }) => kind).join(' ');

describe('a still', () => {
  it('is a whole picture, and the camera is closed after it', async () => {
    for (const [camera, profile] of driver.profiles.entries()) {
      const bench = benchOf(profile);
      const events = await scanned(bench.device, still);
      expect(kinds(events)).toBe('page finished');
      const image = events[0]?.kind === 'page' ? events[0].image : undefined;
      expect(image?.type).toBe('image/jpeg');
      expect(inspectPageImage(image?.bytes ?? new Uint8Array())).toMatchObject({ ok: true, value: { width: 2_592 } });
      await bench.device.reset();
      expect(bench.events).toEqual([
        { event: 'opened', camera },
        { event: 'closed', camera },
      ]);
    }
  });

  it('is what lies on the table after the camera has settled', async () => {
    const bench = benchOf();
    const first = await scanned(bench.device, still);
    bench.simulator.act({ page: 2 });
    expect(await scanned(bench.device, still)).not.toEqual(first);
  });

  it('can be had in one way only', async () => {
    const bench = benchOf();
    expect(await bench.device.capabilities(unwatched)).toEqual({
      ok: true,
      value: { sources: ['platen'], colours: ['colour'], resolutions: [200], duplex: false },
    });
    for (const wrong of [{ source: 'feeder' }, { colour: 'grey' }, { resolution: 300 }, { duplex: true }] as const) {
      expect(await scanned(bench.device, { ...still, ...wrong })).toEqual(failed('unsupported'));
    }
    expect(bench.requests).toEqual([]);
  });

  it.each([
    ['silent', 'status', 'timed-out'],
    ['disconnect', 'status', 'scanner-absent'],
    ['refusal', 'status', 'scanner-fault'],
    ['html', 'status', 'scanner-fault'],
    ['http-500', 'status', 'scanner-fault'],
    ['endless', 'status', 'scanner-fault'],
    ['drip', 'status', 'timed-out'],
    ['silent', 'stream', 'timed-out'],
    ['disconnect', 'stream', 'scanner-absent'],
    ['refusal', 'stream', 'scanner-fault'],
    ['html', 'stream', 'scanner-fault'],
    ['http-404', 'stream', 'scanner-fault'],
    ['ends', 'stream', 'scanner-fault'],
    ['truncated', 'stream', 'scanner-fault'],
    ['wrong-length', 'stream', 'scanner-fault'],
    ['bomb', 'stream', 'page-too-large'],
    ['endless', 'stream', 'page-too-large'],
    ['drip', 'stream', 'timed-out'],
  ] as const)('%s at the %s: %s', async (fault, at, reason) => {
    const bench = benchOf();
    bench.simulator.act({ fault, at });
    expect(await scanned(bench.device, still)).toEqual(failed(reason));
    bench.simulator.act({ fault: 'none' });
    expect(kinds(await scanned(bench.device, still))).toBe('page finished');
  });

  it('comes from parts without a length, and though the camera cannot be closed', async () => {
    const bench = benchOf();
    bench.simulator.act({ fault: 'no-length', at: 'stream' });
    bench.simulator.act({ fault: 'silent', at: 'close' });
    expect(kinds(await scanned(bench.device, still))).toBe('page finished');
    expect(kinds(await scanned(bench.device, still))).toBe('page finished');
  });

  it('needs a camera', async () => {
    const bench = benchOf();
    bench.simulator.act({ camera: 'unplugged' });
    expect(await scanned(bench.device, still)).toEqual(failed('scanner-absent'));
  });

  it('ends without a word when the caller goes, and the camera is closed all the same', async () => {
    const bench = benchOf();
    const abort = new AbortController();
    const plain = bench.simulator.respond.bind(bench.simulator);
    bench.simulator.respond = async (request) => {
      if (request.method === 'GET') abort.abort();
      return plain(request);
    };
    expect(await scanned(bench.device, still, abort.signal)).toEqual([]);
    await bench.device.reset();
    expect(bench.events.map(({ event }) => event)).toEqual(['opened', 'closed']);
  });

  it('ends when the link is closed', async () => {
    const bench = benchOf();
    await bench.close();
    expect(await scanned(bench.device, still)).toEqual([]);
    await bench.device.reset();
  });
});

describe('a service on another computer', () => {
  it.each(['192.168.1.20:38088', 'localhost:38088', '[fe80::1]:38088'])('at %s is never asked', async (authority) => {
    const bench = benchOf('eloam-38088', authority);
    expect(await bench.device.probe(unwatched)).toEqual({ ok: false, reason: 'wrong-device', detail: 'not-loopback' });
    expect(await scanned(bench.device, still)).toEqual(failed('scanner-absent'));
    expect(bench.requests).toEqual([]);
  });
});

describe('a probe', () => {
  it.each([
    [undefined, { ok: true }],
    [{ camera: 'unplugged' }, { reason: 'no-answer', detail: 'camera-missing' }],
    [{ fault: 'silent' }, { reason: 'no-answer', detail: 'late' }],
    [{ fault: 'disconnect' }, { reason: 'no-answer', detail: 'closed' }],
    [{ fault: 'html' }, { reason: 'wrong-device' }],
    [{ fault: 'http-404' }, { reason: 'wrong-device' }],
    [{ fault: 'refusal' }, { reason: 'wrong-device' }],
    [{ fault: 'endless' }, { reason: 'wrong-device' }],
  ])('of %j is %j', async (action, outcome) => {
    const bench = benchOf();
    if (action) bench.simulator.act(action);
    expect(await bench.device.probe(unwatched)).toMatchObject(outcome);
  });
});

describe('over HTTP', () => {
  const benches: ServiceBench[] = [];
  afterEach(async () => {
    for (const bench of benches.splice(0)) await bench.close();
  });
  async function overHttp(): Promise<ServiceBench> {
    const bench = await loopbackBench(driver, 'eloam-38088');
    benches.push(bench);
    return bench;
  }

  it('a still comes out of a live picture, which is then left', async () => {
    const bench = await overHttp();
    expect(await bench.device.probe(unwatched)).toMatchObject({ ok: true });
    for (const fault of ['none', 'no-length']) {
      bench.simulator.act(fault === 'none' ? { fault } : { fault, at: 'stream', times: 1 });
      expect(kinds(await scanned(bench.device, still))).toBe('page finished');
    }
    await bench.device.reset();
    expect(bench.events.map(({ event }) => event)).toEqual(['opened', 'closed', 'opened', 'closed']);
  });

  it.each([
    ['disconnect', 'scanner-absent'],
    ['truncated', 'scanner-fault'],
    ['wrong-length', 'scanner-fault'],
    ['ends', 'scanner-fault'],
    ['bomb', 'page-too-large'],
    ['endless', 'page-too-large'],
  ])('%s: %s, and the next one comes', async (fault, reason) => {
    const bench = await overHttp();
    bench.simulator.act({ fault, at: 'stream', times: 1 });
    expect(await scanned(bench.device, still)).toEqual(failed(reason));
    expect(kinds(await scanned(bench.device, still))).toBe('page finished');
  });
});
