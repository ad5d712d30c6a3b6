import { expect, onTestFinished, test } from 'vitest';
import people from '../../drivers/sam-reader/people.json' with { type: 'json' };
import { openDeviceRoom } from '../fixtures/device-room.ts';
import { systemClock } from '../../src/contract/clock.ts';
import type { DeviceConfig } from '../../src/contract/config.ts';
import type { DiagnosisEvent, Frame } from '../../src/contract/diagnosis.ts';
import { FRAME_SHOWN_BYTES } from '../../src/contract/diagnosis.ts';
import { done } from '../../src/domain/result.ts';
import { openLink, systemPorts } from '../../src/devices/open-link.ts';
import { SharedLines } from '../../src/devices/shared-lines.ts';
import { systemLineTime } from '../../src/devices/pacing.ts';
import { drivers } from '../../src/devices/registry.ts';
import { LineTaps } from '../../src/devices/diagnosis/line-taps.ts';

const link: DeviceConfig['link'] = { kind: 'simulated', actions: [{ card: 'li' }] };
const devices: readonly DeviceConfig[] = [
  { id: 'reader', class: 'id-reader', driver: 'sam-reader', profile: 'serial-115200', link },
  {
    id: 'printer',
    class: 'ticket-printer',
    driver: 'escpos-printer',
    profile: '80mm-gs-h',
    link: { kind: 'simulated' },
  },
];

/** A device room with simulated devices and taps on their lines. */
function openRoom() {
  const taps = new LineTaps();
  const room = openDeviceRoom({
    devices,
    drivers,
    taps,
    open: async (config, driver, log) => {
      const ports = systemPorts(devices, log);
      const opened = await openLink(config, driver, {
        clock: systemClock,
        time: systemLineTime,
        ports,
        lines: new SharedLines(),
        onSimulated: () => undefined,
      });
      return opened.ok ? done(taps.on(config.id, opened.value)) : opened;
    },
  });
  onTestFinished(() => room.stop());
  return room;
}

async function diagnosed(id: string): Promise<readonly DiagnosisEvent[]> {
  const room = openRoom();
  await room.until(id, ({ state }) => state === 'ready');
  const events: DiagnosisEvent[] = [];
  const testPage = [{ kind: 'text', text: '打印测试' }, { kind: 'cut' }] as const;
  for await (const event of await room.client.devices.diagnose({ id, testPage: [...testPage] })) events.push(event);
  return events;
}

const steps = (events: readonly DiagnosisEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'step-ended' ? `${event.step} ${event.outcome}` : []));
const lastFrames = (events: readonly DiagnosisEvent[]): readonly Frame[] =>
  events.findLast((event) => event.kind === 'traffic')?.frames ?? [];
const onCard = (text: string): string => Buffer.from(text, 'utf16le').toString('hex');

test('a reader is tried with a card, and its line is shown without the person on it', async () => {
  const events = await diagnosed('reader');
  expect(steps(events)).toContain('card passed');
  const frames = lastFrames(events);
  expect(frames.some(({ to, bytes }) => to === 'host' && bytes > 1_000)).toBe(true);
  expect(Math.max(...frames.map(({ hex }) => hex.length / 2))).toBeLessThanOrEqual(FRAME_SHOWN_BYTES);
  const shown = events.flatMap((event) => (event.kind === 'traffic' ? event.frames.map(({ hex }) => hex) : [])).join();
  // Found in the frames as they pass, the name of another stands there instead.
  expect(shown).not.toContain(onCard(people.li.name));
  expect(shown).toContain(onCard(people.zhang.name));
});

test('a printer is tried with a page, and every byte of it is shown as it was', async () => {
  const events = await diagnosed('printer');
  expect(steps(events)).toContain('test-page passed');
  // GB18030 of the page's own words.
  expect(lastFrames(events).some(({ to, hex }) => to === 'device' && hex.includes('b4f2d3a1b2e2cad4'))).toBe(true);
});

test('the ports of this machine that have a USB device behind them have its ids', async () => {
  for (const { path, vendorId, productId } of await openRoom().client.devices.ports()) {
    expect(path).not.toBe('');
    expect([vendorId, productId]).toEqual([
      expect.stringMatching(/^[0-9a-f]{4}$/),
      expect.stringMatching(/^[0-9a-f]{4}$/),
    ]);
  }
});
