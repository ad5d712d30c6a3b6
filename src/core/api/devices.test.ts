import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyForAllowance, ManualClock, removeFolder, startCore } from '../../../test/fixtures/core-bench.ts';
import type { DeviceConfig } from '../../contract/config.ts';
import type { DeviceClass, DeviceView } from '../../contract/device-classes.ts';
import type { ScanEvent } from '../../contract/scan-view.ts';
import { maxPagesPerMaterial } from '../../domain/application.ts';
import { pageImageLimits } from '../../domain/page-image.ts';
import { samplePage } from '../../domain/sample-page.ts';
import { RECEIPT_CUE_MS } from '../limits.ts';

const device = (id: string, kind: DeviceClass, lamp: string): DeviceConfig => ({
  id,
  class: kind,
  driver: 'bench',
  profile: 'bench',
  link: { kind: 'simulated' },
  lamp,
});
const config = {
  devices: [
    device('reader', 'id-reader', 'card'),
    device('printer', 'ticket-printer', 'mouth'),
    device('scanner', 'document-scanner', 'feeder'),
    device('codes', 'code-reader', 'window'),
  ],
  personGoneSeconds: 25,
  camera: { label: 'above the table' },
};

const material = 'M-HOUSEHOLD-BOOK';
const uses = { total: 0, ok: 0, failed: 0 };
const scannerIs = (state: DeviceView['state'], reason?: string): DeviceView[] => [
  {
    id: 'scanner',
    class: 'document-scanner',
    driver: 'bench',
    state,
    uses,
    ...(reason === undefined ? {} : { reason }),
  },
];
const page = (bytes: Uint8Array) => ({
  kind: 'page' as const,
  type: 'image/jpeg',
  image: Buffer.from(bytes).toString('base64'),
});

let bench: Awaited<ReturnType<typeof startCore>>;
let clock: ManualClock;
beforeEach(async () => {
  clock = new ManualClock();
  bench = await startCore({ clock, config });
  bench.devices.scanner = {
    ok: true,
    value: { sources: ['platen', 'feeder'], colours: ['grey', 'colour'], resolutions: [75, 200, 300], duplex: true },
  };
});
afterEach(() => {
  expect(bench.bugs).toEqual([]);
  bench.stop();
  removeFolder(bench.folder);
});

const scans = () => readdirSync(join(bench.dataDir, 'scans')).length;

async function scanned(source: 'feeder' | 'platen' = 'feeder'): Promise<ScanEvent[]> {
  const seen: ScanEvent[] = [];
  for await (const event of await bench.core.application.scan({ material, source })) seen.push(event);
  return seen;
}
const kinds = (events: readonly ScanEvent[]) =>
  events.map((event) => (event.kind === 'failed' ? event.reason : event.kind));

describe('the document scanner in a visit', () => {
  it('gives pages that go from the device to the disk, and the page no more than a picture of them', async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench);
    await core.application.removePages({ material });
    const pages = [1, 2, 3].map((number) => samplePage(64, 64, number));
    devices.scan(...pages.map(page), { kind: 'finished', pages: 3 });
    const seen = await scanned();
    expect(kinds(seen)).toEqual(['page', 'page', 'page', 'finished']);
    expect(devices.scans).toEqual([{ source: 'feeder', colour: 'colour', resolution: 200, duplex: false }]);
    const previews = seen.flatMap((event) => (event.kind === 'page' ? event.preview : []));
    expect(previews).toEqual(pages.map((bytes) => Buffer.from(bytes).toString('base64')));
    expect(scans()).toBe(3);
    const { materials } = await core.application.view();
    expect(materials.find(({ id }) => id === material)).toMatchObject({ pages: 3, complete: true });
  });

  it('takes what was signed back, since it is no longer all there is', async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench);
    devices.scan(page(samplePage(64, 64)), { kind: 'finished', pages: 1 });
    await scanned('platen');
    await expect(core.application.submit()).rejects.toMatchObject({ data: { missing: ['signature'] } });
  });

  const blownUp = () => {
    const bytes = samplePage(64, 64).slice();
    // Height and width follow five bytes behind the marker of the frame (ITU-T T.81, B.2.2).
    const frame = bytes.findIndex((byte, at) => byte === 0xff && bytes[at + 1] === 0xc0);
    return bytes.fill(0xff, frame + 5, frame + 9);
  };
  it.each([
    ['no picture at all', () => Buffer.from('<script>alert(1)</script>'), 'scanner-fault'],
    ['a picture cut short', () => samplePage(64, 64).subarray(0, 90), 'scanner-fault'],
    ['more pixels than a page may have', blownUp, 'page-too-large'],
    ['more bytes than a page may have', () => Buffer.alloc(pageImageLimits.bytes + 1, 0xff), 'page-too-large'],
  ])('keeps nothing of %s, whatever the device called it, and what came before stays', async (_, bytes, reason) => {
    const { core, devices, log } = bench;
    await applyForAllowance(bench);
    await core.application.removePages({ material });
    devices.scan(page(samplePage(64, 64)), page(bytes()), page(samplePage(64, 64)));
    expect(kinds(await scanned())).toEqual(['page', reason]);
    expect(scans()).toBe(1);
    expect(log.count('core.page-refused', { reason })).toBe(1);
    expect(devices.cancelled).toBe(1);
  });

  it('is cancelled at the device when the page leaves, and when the visit ends', async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench);
    devices.scan(page(samplePage(64, 64)));
    const first = await core.application.scan({ material, source: 'feeder' });
    expect((await first.next()).value).toMatchObject({ kind: 'page' });
    await first.return?.();
    expect(devices.cancelled).toBe(1);
    devices.scan(page(samplePage(64, 64)));
    const second = await core.application.scan({ material, source: 'feeder' });
    await second.next();
    const next = second.next();
    await core.session.end({ cause: 'left' });
    expect(await next).toMatchObject({ done: true });
    expect(devices.cancelled).toBe(2);
    expect(scans()).toBe(0);
  });

  it('moves no paper for a page there is no room for, or for a source it does not have', async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench);
    devices.scanner = {
      ok: true,
      value: { sources: ['platen'], colours: ['grey'], resolutions: [200], duplex: false },
    };
    expect(kinds(await scanned('feeder'))).toEqual(['unsupported']);
    for (let count = 1; count < maxPagesPerMaterial; count += 1) {
      devices.scan(page(samplePage(16, 16)), { kind: 'finished', pages: 1 });
      await scanned('platen');
    }
    expect(kinds(await scanned('platen'))).toEqual(['too-many-pages']);
    expect(devices.scans).toHaveLength(maxPagesPerMaterial - 1);
    await expect(core.application.scan({ material: 'M-NONE', source: 'platen' })).rejects.toMatchObject({
      code: 'UNKNOWN_MATERIAL',
    });
  });

  it.each(['feeder-empty', 'jam', 'cover-open', 'busy', 'timed-out', 'scanner-absent'] as const)(
    'passes on that it failed: %s',
    async (reason) => {
      await applyForAllowance(bench);
      bench.devices.scan({ kind: 'failed', reason });
      expect(kinds(await scanned())).toEqual([reason]);
    },
  );

  it('is told of as it is, with its lamp lit while somebody looks', async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench);
    const views = await core.application.watchScanner();
    expect((await views.next()).value).toEqual({ usable: false, reason: 'scanner-absent' });
    await vi.waitFor(() => expect(devices.lit).toEqual(new Set(['feeder'])));
    devices.showDevices(scannerIs('ready'));
    expect((await views.next()).value).toEqual({ usable: true, sources: ['platen', 'feeder'] });
    devices.showDevices(scannerIs('faulty', 'cover-open'));
    expect((await views.next()).value).toEqual({ usable: false, reason: 'cover-open' });
    devices.showDevices(scannerIs('faulty', 'wrong-device'));
    expect((await views.next()).value).toEqual({ usable: false, reason: 'scanner-fault' });
    devices.showDevices(scannerIs('opening'));
    expect((await views.next()).value).toEqual({ usable: false, reason: 'busy' });
    await views.return?.();
    await vi.waitFor(() => expect(devices.lit).toEqual(new Set()));
  });
});

describe('lamps of the slots', () => {
  it('lead to the reader until the card is read, and to the receipt for a while', async () => {
    const { core, devices } = bench;
    await core.session.start({ locale: 'zh-CN' });
    await core.session.consent();
    const events = await core.session.watchCard();
    await events.next();
    await vi.waitFor(() => expect(devices.lit).toEqual(new Set(['card'])));
    devices.layCard();
    for await (const event of events) expect(event.kind).not.toBe('failed');
    await vi.waitFor(() => expect(devices.lit).toEqual(new Set()));
    await applyForAllowance(bench);
    await core.application.submit();
    await core.receipt.print();
    await vi.waitFor(() => expect(devices.lit).toEqual(new Set(['mouth'])));
    clock.advance(RECEIPT_CUE_MS);
    await vi.waitFor(() => expect(devices.lit).toEqual(new Set()));
    await core.receipt.print();
    await vi.waitFor(() => expect(devices.lit).toEqual(new Set(['mouth'])));
    await core.session.end({ cause: 'finished' });
    await vi.waitFor(() => expect(devices.lit).toEqual(new Set()));
  });

  it('stay dark at the printer when nothing came out of it', async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench);
    await core.application.submit();
    devices.printOutcome = { ok: false, reason: 'paper-out' };
    await expect(core.receipt.print()).rejects.toMatchObject({ code: 'PRINT_FAILED' });
    expect(devices.lit).toEqual(new Set());
  });
});

describe('the presence sensor', () => {
  it('tells who comes and goes, and how long somebody who went can still say that they are there', async () => {
    const { core, devices } = bench;
    const presences = await core.system.watchPresence();
    devices.sense('gone');
    expect((await presences.next()).value).toEqual({ person: 'gone', secondsLeft: 25 });
    devices.sense('present');
    expect((await presences.next()).value).toEqual({ person: 'present' });
    await presences.return?.();
  });
});

describe('a code shown to the reader', () => {
  const show = async (text: string, symbology?: string) => {
    const codes = await bench.core.progress.watchCode();
    bench.devices.showCode(Buffer.from(text), symbology);
    const { value } = await codes.next();
    await codes.return?.();
    return value;
  };

  it("that a receipt has is handed on, with the reader's lamp lit as long as somebody watches", async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench);
    const { receiptCode, provisionalNumber } = await core.application.submit();
    expect(await show(receiptCode)).toEqual({ kind: 'number', number: receiptCode });
    expect(await show(provisionalNumber, 'C0')).toEqual({ kind: 'number', number: provisionalNumber });
    const leaving = new AbortController();
    const codes = await core.progress.watchCode(undefined, { signal: leaving.signal });
    const next = codes.next();
    await vi.waitFor(() => expect(devices.lit).toEqual(new Set(['window'])));
    leaving.abort();
    await vi.waitFor(() => expect(devices.lit).toEqual(new Set()));
    await next;
  });

  it.each([
    ['https://hall.example/receipt', 'foreign-address'],
    ['http://hall.example/receipt', 'forbidden-scheme'],
    ['javascript:alert(1)', 'forbidden-scheme'],
    ['weixin://pay', 'forbidden-scheme'],
    ['<script>alert(1)</script>', 'unexpected'],
    ['6901234567892', 'unexpected'],
    ['YS-WL01-261122-0001-A', 'unexpected'],
    ['A'.repeat(2_000), 'too-long'],
    ['YS\u202E-WL01', 'hidden-characters'],
  ])('%j is refused: %s', async (text, reason) => {
    expect(await show(text)).toEqual({ kind: 'refused', reason });
    expect(bench.log.count('core.code-refused', { reason })).toBe(1);
  });
});

describe('a card that still lies on the reader after the visit', () => {
  const endVisit = async () => {
    await applyForAllowance(bench);
    await bench.core.session.end({ cause: 'finished' });
  };

  it('is told to everybody who asks, until it is gone', async () => {
    const { core, devices } = bench;
    await endVisit();
    const [first, second] = [await core.session.watchLeftCard(), await core.session.watchLeftCard()];
    devices.findCard('present');
    for (const told of [first, second]) expect((await told.next()).value).toEqual({ card: 'present' });
    devices.findCard('gone');
    for (const told of [first, second]) {
      expect((await told.next()).value).toEqual({ card: 'gone' });
      expect(await told.next()).toMatchObject({ done: true });
    }
  });

  it('is nothing that a reader without eyes for it could tell', async () => {
    await endVisit();
    bench.devices.findCard('unknown');
    const told = await bench.core.session.watchLeftCard();
    expect(await told.next()).toMatchObject({ done: true });
  });

  it('is not looked for when no visit used the reader', async () => {
    const { core } = bench;
    await core.session.start({ locale: 'zh-CN' });
    await core.session.end({ cause: 'left' });
    const told = await core.session.watchLeftCard();
    expect(await told.next()).toMatchObject({ done: true });
  });
});

it('the page is told which camera to open', async () => {
  expect((await bench.core.system.status()).camera).toEqual({ label: 'above the table' });
});
