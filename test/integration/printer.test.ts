import { afterEach, describe, expect, it } from 'vitest';
import { driver } from '../../drivers/escpos-printer/index.ts';
import type { PrintDocument } from '../../src/domain/print-document.ts';
import { decodeEscpos, paperText } from '../fixtures/paper/decode.ts';
import { sampleReceipt } from '../fixtures/paper/sample-receipt.ts';
import { terminalBench } from '../fixtures/terminal-bench.ts';
import type { TerminalBench } from '../fixtures/terminal-bench.ts';

const BAUD_RATE = 115_200;
const never = new AbortController().signal;
const atOnce = Promise.resolve(true);
const long: PrintDocument = [
  ...Array.from({ length: 60 }, (_, index) => ({ kind: 'pair', label: `附件${index}`, value: '已收' }) as const),
  { kind: 'cut' },
];

let bench: TerminalBench<'ticket-printer'> | undefined;
const start = async (profile: string): Promise<TerminalBench<'ticket-printer'>> => {
  bench = await terminalBench(driver, profile, BAUD_RATE);
  return bench;
};
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

const printed = expect.objectContaining({ event: 'printed' });
const paperOf = (event: Readonly<Record<string, unknown>>): string =>
  paperText(decodeEscpos(Buffer.from(String(event['bytes']), 'base64')));

describe('a ticket printer on a real serial port', () => {
  it.each(['80mm-gs-h', '80mm-gs-r', '58mm-gs-r'])('prints and says so (%s)', async (profile) => {
    const { device, event } = await start(profile);
    expect(await device.probe(never)).toEqual({ ok: true, value: undefined });
    expect(await device.print(sampleReceipt, never, atOnce)).toEqual({ ok: true, value: 'printed' });
    const paper = paperOf(await event('printed'));
    expect(paper).toContain('政务服务受理回执');
    expect(paper).toContain('[QR https://hall.example/r/7f3kq9x2mz]');
  });

  it('says offline when the printer is silent', async () => {
    const { act, device, events } = await start('80mm-gs-h');
    await act({ fault: 'silent' });
    expect(await device.print(sampleReceipt, never, atOnce)).toMatchObject({ ok: false, reason: 'offline' });
    expect(events).not.toContainEqual(printed);
  });

  it('says paper-out when the roll ends in the middle of a job, and never sends it again', async () => {
    const { act, device, event, events } = await start('80mm-gs-r');
    await device.probe(never);
    await act({ paperOutAfterBytes: 500 });
    expect(await device.print(long, never, atOnce)).toEqual({ ok: false, reason: 'paper-out' });
    expect(await device.probe(never)).toEqual({ ok: false, reason: 'paper-out' });
    expect(events).not.toContainEqual(printed);
    await act({ paper: 'ok' });
    expect(await device.print(sampleReceipt, never, atOnce)).toEqual({ ok: true, value: 'printed' });
    await event('printed');
    const papers = events.filter(({ event: kind }) => kind === 'printed').map(paperOf);
    expect(papers.filter((paper) => paper.includes('政务服务受理回执'))).toHaveLength(1);
    expect(papers.at(-1)).not.toContain('附件');
    // What the printer still had of the broken job comes out once, on paper of its own.
    const broken = papers.slice(0, -1).join('\n');
    expect(broken.match(/附件3 /gu)?.length ?? 0).toBeLessThanOrEqual(1);
  });

  it('says offline when it is unplugged in the middle of a job', async () => {
    const { act, device, events, link } = await start('80mm-gs-h');
    await device.probe(never);
    const printing = device.print(long, never, atOnce);
    const unlisten = link.onBytes(() => {
      unlisten();
      void act({ unplug: true });
    });
    expect(await printing).toMatchObject({ ok: false, reason: 'offline' });
    expect(events).not.toContainEqual(printed);
  });
});
