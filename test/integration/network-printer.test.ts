import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { driver } from '../../drivers/escpos-printer/index.ts';
import { systemClock } from '../../src/contract/clock.ts';
import type { DeviceSupplies, TicketPrinter } from '../../src/devices/driver.ts';
import { SimulatorHost } from '../../src/devices/simulator-host.ts';
import { openTcp } from '../../src/devices/transports/tcp.ts';
import type { PrintDocument } from '../../src/domain/print-document.ts';
import { decodeEscpos, paperText } from '../fixtures/paper/decode.ts';
import { documents } from '../fixtures/paper/documents.ts';

const never = new AbortController().signal;
const atOnce = Promise.resolve(true);
const long: PrintDocument = [
  ...Array.from({ length: 120 }, (_, index) => ({ kind: 'pair', label: `附件${index}`, value: '已收' }) as const),
  { kind: 'cut' },
];

interface Bench {
  readonly device: TicketPrinter;
  readonly papers: string[];
  readonly conditions: (string | undefined)[];
  readonly supplies: DeviceSupplies[];
  readonly act: (action: Readonly<Record<string, unknown>>) => Promise<void>;
  /** When the device has next told of a condition. */
  readonly nextCondition: () => Promise<string | undefined>;
}

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

/** The simulator behind a port of this machine, as a printer's port 9100. */
async function networkPrinter(profile: string): Promise<Bench> {
  const directory = await mkdtemp(join(tmpdir(), 'network-printer-'));
  undo.push(() => rm(directory, { recursive: true }));
  const papers: string[] = [];
  const host = new SimulatorHost({
    drivers: [driver],
    directory,
    onEvent: (_, event) => {
      if (event['event'] !== 'printed') return;
      papers.push(paperText(decodeEscpos(Buffer.from(String(event['bytes']), 'base64'))));
    },
  });
  undo.push(() => host.stop());
  const added = await host.add({ id: 'printer', driver: driver.name, profile, carrier: 'tcp' });
  if (!added.ok) throw new Error(`${added.reason} ${added.detail ?? ''}`);
  const { hostname, port } = new URL(`tcp://${added.value}`);
  const opened = await openTcp({ host: hostname, port: Number(port) });
  if (!opened.ok) throw new Error(`${opened.reason} ${opened.detail ?? ''}`);
  const link = opened.value;
  undo.push(() => link.close());
  const conditions: (string | undefined)[] = [];
  const supplies: DeviceSupplies[] = [];
  let told = Promise.withResolvers<string | undefined>();
  const device = driver.create(profile, {
    clock: systemClock,
    link,
    onCondition: (condition) => {
      conditions.push(condition);
      told.resolve(condition);
      told = Promise.withResolvers();
    },
    onSupplies: (found) => supplies.push(found),
  });
  return {
    device,
    papers,
    conditions,
    supplies,
    act: async (action) => {
      await host.act('printer', action);
    },
    nextCondition: () => told.promise,
  };
}

describe.each(['80mm-gs-h', '80mm-gs-r', '58mm-gs-r'])('a printer of %s at a network port', (profile) => {
  it('prints a paper of each kind', async () => {
    const { device, papers } = await networkPrinter(profile);
    expect(await device.probe(never)).toEqual({ ok: true, value: undefined });
    for (const document of Object.values(documents)) {
      expect(await device.print(document, never, atOnce)).toEqual({ ok: true, value: 'printed' });
    }
    expect(papers).toHaveLength(4);
    expect(papers[0]).toMatch(/▨\*\*/u);
    expect(papers[1]).toContain('[bars 26112200012]');
  });

  it('tells by itself of its cover and its paper', async () => {
    const { act, conditions, device, nextCondition, supplies } = await networkPrinter(profile);
    // It tells of changes once it has taken the command to do so, and with it all that a job holds.
    await device.print(documents['queue-ticket'], never, atOnce);
    for (const [action, condition] of [
      [{ cover: 'open' }, 'cover-open'],
      [{ cover: 'closed' }, undefined],
      [{ paper: 'out' }, 'paper-out'],
      [{ paper: 'near-end' }, undefined],
    ] as const) {
      const told = nextCondition();
      await act(action);
      expect(await told).toBe(condition);
    }
    expect(conditions).toHaveLength(4);
    expect(supplies.at(-1)).toEqual({ paper: 'low' });
  });

  it('says paper-out in the middle of a job, sends nothing again, and prints when asked anew', async () => {
    const { act, device, nextCondition, papers } = await networkPrinter(profile);
    await device.probe(never);
    await act({ paperOutAfterBytes: 1_200 });
    expect(await device.print(long, never, atOnce)).toEqual({ ok: false, reason: 'paper-out' });
    expect(papers).toEqual([]);
    const well = nextCondition();
    await act({ paper: 'ok' });
    expect(await well).toBeUndefined();
    expect(await device.print(documents['queue-ticket'], never, atOnce)).toEqual({ ok: true, value: 'printed' });
    expect(papers.filter((paper) => paper.includes('A012'))).toHaveLength(1);
    expect(papers.at(-1)).not.toContain('附件');
    expect(papers.join('\n').match(/附件30 /gu)?.length ?? 0).toBeLessThanOrEqual(1);
  });
});
