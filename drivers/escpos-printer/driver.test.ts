import { describe, expect, it } from 'vitest';
import type { PrintDocument } from '../../src/domain/print-document.ts';
import { benchOf } from '../../test/fixtures/link-pair.ts';
import type { Bench } from '../../test/fixtures/link-pair.ts';
import { decodeEscpos, paperText } from '../../test/fixtures/paper/decode.ts';
import { sampleReceipt } from '../../test/fixtures/paper/sample-receipt.ts';
import { driver } from './index.ts';
import * as command from './protocol.ts';

const never = new AbortController().signal;
const atOnce = Promise.resolve(true);
const answering = ['80mm-gs-h', '80mm-gs-r', '58mm-gs-r'];

const papersOf = (bench: Bench<'ticket-printer'>): string[] =>
  bench.events
    .filter(({ event }) => event === 'printed')
    .map((event) => paperText(decodeEscpos(Buffer.from(String(event['bytes']), 'base64'))));
const bytesWritten = (bench: Bench<'ticket-printer'>): number =>
  bench.link.written.reduce((sum, bytes) => sum + bytes.length, 0);
/** What one status query takes on the line. */
const QUERY_BYTES = 3;
const NONE = new Uint8Array();
/** All that moves paper in what was written: line feeds, feeds, codes and cuts. */
const linesSent = (bench: Bench<'ticket-printer'>): number =>
  decodeEscpos(Buffer.concat([...bench.link.written, command.initialise])).items.length;
const long: PrintDocument = [
  ...Array.from({ length: 60 }, (_, index) => ({ kind: 'pair', label: `材料${index}`, value: '已收' }) as const),
  { kind: 'cut' },
];

describe('a printer that is asked to print', () => {
  it.each(answering)('says printed only after the reply of a %s', async (profile) => {
    const bench = benchOf(driver, profile);
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({ ok: true, value: 'printed' });
    expect(papersOf(bench)).toHaveLength(1);
    expect(papersOf(bench)[0]).toContain('政务服务受理回执');
  });

  it('says unconfirmed when its profile has no way to tell, and does not wait for answers that never come', async () => {
    const bench = benchOf(driver, '80mm-unconfirmed');
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
    const asked = bytesWritten(bench);
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({ ok: true, value: 'unconfirmed' });
    expect(papersOf(bench)).toHaveLength(1);
    const job = Buffer.concat(bench.link.written).subarray(asked);
    expect(decodeEscpos(job).queries).toEqual([]);
  });

  it('asks one short question before the first byte of a job, and none between', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    await bench.device.print(long, never, atOnce);
    const [first = NONE, ...job] = bench.link.written;
    expect(first.subarray(0, QUERY_BYTES)).toEqual(Uint8Array.of(0x10, 0x04, 0x02));
    expect(job.length).toBeGreaterThanOrEqual(2);
    const all = Buffer.concat([first.subarray(QUERY_BYTES), ...job]);
    expect(decodeEscpos(all).queries.map((one) => one.slice(0, 6))).toEqual(['1d610e', '1d2848']);
  });

  it('moves no paper before it may, and is well for the next when it never might', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    const { promise: mayMove, resolve: decide } = Promise.withResolvers<boolean>();
    const held = bench.device.print(long, never, mayMove);
    await Promise.resolve();
    expect(linesSent(bench)).toBe(0);
    decide(false);
    expect(await held).toMatchObject({ ok: false, reason: 'busy' });
    expect(linesSent(bench)).toBe(0);
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({ ok: true, value: 'printed' });
    expect(papersOf(bench)).toHaveLength(1);
    expect(papersOf(bench)[0]).toMatch(/^政务服务受理回执/u);
  });

  it('gives a job up that nobody starts', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    const forgotten = new Promise<boolean>(() => undefined);
    expect(await bench.device.print(sampleReceipt, never, forgotten)).toMatchObject({ ok: false, reason: 'busy' });
    expect(linesSent(bench)).toBe(0);
  });

  it.each([
    [{ paper: 'out' }, 'paper-out'],
    [{ cover: 'open' }, 'cover-open'],
    [{ cutter: 'jammed' }, 'cutter'],
  ])('prints nothing when %j is found before the job', async (fault, reason) => {
    const bench = benchOf(driver, '80mm-gs-r');
    bench.simulator.act(fault);
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({ ok: false, reason });
    expect(linesSent(bench)).toBe(0);
    bench.simulator.act({ paper: 'ok' });
    bench.simulator.act({ cover: 'closed' });
    bench.simulator.act({ cutter: 'ok' });
    expect(papersOf(bench)).toEqual([]);
  });

  it('says offline when the printer is silent, and has sent nothing to print', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    bench.simulator.act({ fault: 'silent' });
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toMatchObject({ ok: false, reason: 'offline' });
    expect(bench.link.written[0]?.subarray(0, QUERY_BYTES)).toEqual(Uint8Array.of(0x10, 0x04, 0x02));
    expect(linesSent(bench)).toBe(0);
  });

  it.each(answering)(
    'says paper-out when the roll ends in the middle on a %s, and never repeats the job',
    async (profile) => {
      const bench = benchOf(driver, profile);
      bench.simulator.act({ paperOutAfterBytes: 400 });
      expect(await bench.device.print(long, never, atOnce)).toEqual({ ok: false, reason: 'paper-out' });
      expect(papersOf(bench)).toEqual([]);
      const sent = bench.link.written.length;
      bench.simulator.act({ paper: 'ok' });
      expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
      const since = Buffer.concat(bench.link.written.slice(sent));
      expect(decodeEscpos(since).items).toEqual([]);
      expect(papersOf(bench)).toEqual([]);
    },
  );

  it('does not take the late answer of an earlier job for its own', async () => {
    const bench = benchOf(driver, '80mm-gs-r');
    bench.link.device = (bytes) => {
      if (bytes[0] === 0x10) bench.link.fromDevice(Uint8Array.of(0x12));
      // The answer that an earlier job left behind, then the status this job's opening asked for, and no answer to this job's own end.
      else bench.link.fromDevice(Uint8Array.of(0x00, 0x10, 0x00, 0x00, 0x00));
    };
    expect(await bench.device.print([{ kind: 'cut' }], never, atOnce)).toMatchObject({
      ok: false,
      reason: 'printer-fault',
    });
  });

  it('puts the next receipt on paper of its own after a broken one', async () => {
    const bench = benchOf(driver, '80mm-gs-r');
    bench.simulator.act({ paperOutAfterBytes: 400 });
    await bench.device.print(long, never, atOnce);
    bench.simulator.act({ paper: 'ok' });
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({ ok: true, value: 'printed' });
    const papers = papersOf(bench);
    expect(papers.at(-1)).toMatch(/^政务服务受理回执/u);
    expect(papers.at(-1)).not.toContain('材料3');
  });

  it('makes a printer that can forget the broken receipt: it comes out once, when it is asked for again', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    bench.simulator.act({ paperOutAfterBytes: 200 });
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({ ok: false, reason: 'paper-out' });
    bench.simulator.act({ paper: 'ok' });
    expect(papersOf(bench)).toEqual([]);
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({ ok: true, value: 'printed' });
    const [rest, whole, ...more] = papersOf(bench);
    expect(more).toEqual([]);
    expect(rest?.length).toBeLessThan((whole?.length ?? 0) / 2);
    expect(whole).toMatch(/^政务服务受理回执/u);
  });

  it('waits for XON before the next chunk and goes on', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    const receive = bench.link.device;
    let held = 0;
    bench.link.device = (bytes) => {
      receive(bytes);
      if (bench.link.written.length !== 2) return;
      bench.link.fromDevice(Uint8Array.of(0x13));
      void bench.clock.delay(1_000).then(() => {
        held = bench.link.written.length;
        bench.link.fromDevice(Uint8Array.of(0x11));
      });
    };
    expect(await bench.device.print(long, never, atOnce)).toEqual({ ok: true, value: 'printed' });
    expect(held).toBe(2);
    expect(bench.link.written.length).toBeGreaterThan(3);
  });

  it('names the cause when the line takes no more bytes', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    const receive = bench.link.device;
    bench.link.device = (bytes) => {
      receive(bytes);
      if (bench.link.written.length === 1) bench.link.blocked = true;
    };
    expect(await bench.device.print(long, never, atOnce)).toMatchObject({ ok: false, reason: 'offline' });
  });

  it('says offline when the line closes in the middle', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    const receive = bench.link.device;
    bench.link.device = (bytes) => {
      receive(bytes);
      if (bench.link.written.length === 2) void bench.link.close();
    };
    expect(await bench.device.print(long, never, atOnce)).toMatchObject({ ok: false, reason: 'offline' });
    expect(papersOf(bench)).toEqual([]);
  });

  it('is not silent about a printer that never says that it is done', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    const receive = bench.link.device;
    // The last command of the job, the question about its end, is lost on the way.
    bench.link.device = (bytes) => {
      const text = Buffer.from(bytes);
      const end = text.indexOf(Buffer.from('1d28480600', 'hex'));
      receive(end === -1 ? bytes : bytes.subarray(0, end));
    };
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({
      ok: false,
      reason: 'printer-fault',
      detail: 'no completion reply',
    });
    expect(papersOf(bench)).toHaveLength(1);
  });

  it('refuses a second job while one is under way, and ends at once when stopped', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    bench.link.blocked = true;
    const stop = new AbortController();
    const first = bench.device.print(sampleReceipt, stop.signal, atOnce);
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({ ok: false, reason: 'busy' });
    stop.abort(new Error('stopped by the test'));
    await expect(first).rejects.toThrow('stopped by the test');
    bench.link.blocked = false;
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({ ok: true, value: 'printed' });
  });

  it('takes the rest of a reply, cut in two by a caller who left, for no status', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    const stop = new AbortController();
    const send = bench.link.fromDevice.bind(bench.link);
    bench.link.fromDevice = (bytes) => {
      if (bytes[0] !== 0x37) return send(bytes);
      send(bytes.subarray(0, 3));
      queueMicrotask(() => stop.abort(new Error('stopped by the test')));
    };
    await expect(bench.device.print(sampleReceipt, stop.signal, atOnce)).rejects.toThrow('stopped by the test');
    await bench.device.reset();
    // Each `6` of the process id has the fixed bits of a status, and says that the cover is open.
    send(Uint8Array.of(0x36, 0x36, 0x36, 0x00));
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
  });

  it('forgets half a reply whose rest never came', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    bench.link.fromDevice(Uint8Array.of(0x37, 0x22));
    await bench.clock.delay(1_000);
    await bench.device.reset();
    // A status that would go on in such a reply: paper near its end.
    const send = bench.link.fromDevice.bind(bench.link);
    bench.link.fromDevice = (bytes) => send(bytes.length === 1 ? Uint8Array.of(0x32) : bytes);
    expect(await bench.device.probe(never)).not.toMatchObject({ reason: 'no-answer' });
  });

  it('draws a character that the printer lacks, and warns only of one that nobody has drawn', async () => {
    const bench = benchOf(driver, '80mm-gs-r');
    const named = (text: string): PrintDocument => [{ kind: 'text', text }, { kind: 'cut' }];
    expect(await bench.device.print(named('王𠮷'), never, atOnce)).toEqual({ ok: true, value: 'printed' });
    expect(await bench.device.print(named('王\u{30000}'), never, atOnce)).toEqual({
      ok: true,
      value: 'printed',
      warning: 'missing-glyphs',
    });
    expect(papersOf(bench)).toEqual(['王▨\n--- ✂ ---', '王〓\n--- ✂ ---']);
  });

  it.each(answering)('keeps quiet about the end of a roll that is near while it prints on a %s', async (profile) => {
    const bench = benchOf(driver, profile);
    const receive = bench.link.device;
    bench.link.device = (bytes) => {
      receive(bytes);
      if (bench.link.written.length === 2) bench.simulator.act({ paper: 'near-end' });
    };
    expect(await bench.device.print(long, never, atOnce)).toEqual({ ok: true, value: 'printed' });
    expect(bench.supplies.at(-1)).toEqual({ paper: 'low' });
    expect(papersOf(bench)).toHaveLength(1);
  });

  const troubles = [
    [{ paper: 'out' }, { paper: 'ok' }, 'paper-out'],
    [{ cover: 'open' }, { cover: 'closed' }, 'cover-open'],
    [{ cutter: 'jammed' }, { cutter: 'ok' }, 'cutter'],
  ] as const;
  it.each(answering.flatMap((profile) => troubles.map((trouble) => [profile, ...trouble] as const)))(
    'on a %s: %j in the middle of a job ends it by its name; afterwards it is printed when asked for again',
    async (profile, fault, undo, reason) => {
      const bench = benchOf(driver, profile);
      const receive = bench.link.device;
      bench.link.device = (bytes) => {
        if (bench.link.written.length === 2) bench.simulator.act(fault);
        receive(bytes);
      };
      expect(await bench.device.print(long, never, atOnce)).toEqual({ ok: false, reason });
      expect(papersOf(bench)).toEqual([]);
      expect(bench.conditions).toEqual([reason]);
      const sent = bench.link.written.length;
      bench.link.device = receive;
      bench.simulator.act(undo);
      expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
      expect(decodeEscpos(Buffer.concat(bench.link.written.slice(sent))).items).toEqual([]);
      expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({ ok: true, value: 'printed' });
      expect(papersOf(bench).filter((paper) => paper.includes('政务服务受理回执'))).toHaveLength(1);
    },
  );

  it.each(troubles)('says no more than unconfirmed when %j meets a printer that tells nothing', async (fault) => {
    const bench = benchOf(driver, '80mm-unconfirmed');
    bench.simulator.act(fault);
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({ ok: true, value: 'unconfirmed' });
    expect(papersOf(bench)).toEqual([]);
  });
});

describe('a printer that is looked after', () => {
  it('tells how much paper there is, at each change that the printer reports', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    await bench.device.print(sampleReceipt, never, atOnce);
    for (const paper of ['near-end', 'out', 'ok']) {
      bench.simulator.act({ paper });
      await bench.device.probe(never);
    }
    const levels = bench.supplies.map(({ paper }) => paper);
    expect(levels.filter((level, at) => level !== levels[at - 1])).toEqual(['ok', 'low', 'out', 'ok']);
  });

  it('answers the probe, and tells by itself when paper runs out and comes back', async () => {
    const bench = benchOf(driver, '80mm-gs-r');
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
    bench.simulator.act({ paper: 'out' });
    bench.simulator.act({ paper: 'ok' });
    await bench.device.probe(never);
    expect(bench.conditions).toEqual(['paper-out', undefined]);
  });

  it('does not make a fault of a roll that is near its end', async () => {
    const bench = benchOf(driver, '58mm-gs-r');
    await bench.device.probe(never);
    bench.simulator.act({ paper: 'near-end' });
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
    expect(await bench.device.print(sampleReceipt, never, atOnce)).toEqual({ ok: true, value: 'printed' });
    expect(bench.conditions).toEqual([]);
  });

  it.each([
    [{ paper: 'out' }, 'paper-out'],
    [{ cover: 'open' }, 'cover-open'],
    [{ cutter: 'jammed' }, 'cutter'],
  ])('names %j in the probe', async (fault, reason) => {
    const bench = benchOf(driver, '80mm-gs-h');
    bench.simulator.act(fault);
    expect(await bench.device.probe(never)).toEqual({ ok: false, reason });
  });

  it('tells silence from a device that speaks something else', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    bench.simulator.act({ fault: 'silent' });
    expect(await bench.device.probe(never)).toEqual({ ok: false, reason: 'no-answer' });
    bench.link.device = () => bench.link.fromDevice(Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69));
    expect(await bench.device.probe(never)).toEqual({ ok: false, reason: 'wrong-device' });
  });

  it('frees a printer that waits for the rest of a command cut off by an unplugged line', async () => {
    const bench = benchOf(driver, '80mm-gs-h');
    bench.simulator.receive(Uint8Array.of(0x1d, 0x28, 0x6b, 0x00, 0x01, 0x31, 0x50));
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
  });
});
