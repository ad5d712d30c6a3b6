import { expect, onTestFinished, test } from 'vitest';
import { openDeviceRoom } from '../../../test/fixtures/device-room.ts';
import { LinkPair } from '../../../test/fixtures/link-pair.ts';
import { systemClock } from '../../contract/clock.ts';
import type { SelfTestResult } from '../../contract/self-test.ts';
import { done } from '../../domain/result.ts';
import { drivers } from '../registry.ts';

/** The result of the attended self-test of a pad, at which somebody presses these keys, one each time it is lit. */
async function tested(profile: string, keys: readonly number[]): Promise<SelfTestResult | undefined> {
  const driver = drivers.find(({ name }) => name === 'table-pad') ?? expect.unreachable();
  if (driver.class !== 'rating-pad') throw new Error('no rating pad');
  const left = [...keys];
  const room = openDeviceRoom({
    devices: [{ id: 'pad', class: 'rating-pad', driver: driver.name, profile, link: { kind: 'simulated' } }],
    drivers,
    open: async () => {
      const link = new LinkPair();
      const simulator = driver.simulate(profile, {
        clock: systemClock,
        send: (bytes) => link.fromDevice(bytes),
        onEvent: ({ event }) => {
          if (event === 'start') simulator.act({ press: left.shift() ?? expect.unreachable() });
        },
      });
      link.device = (bytes) => simulator.receive(bytes);
      return done(link);
    },
  });
  onTestFinished(() => room.stop());
  await room.until('pad', ({ state }) => state === 'ready');
  for await (const event of await room.client.devices.selfTest({ id: 'pad', attended: true })) {
    if (event.kind === 'ended') return event.result;
  }
  return undefined;
}

const stepsOf = (result: SelfTestResult | undefined) => result?.steps.slice(2);

test('each key of a pad is asked for, and confirmed by pressing it', async () => {
  const result = await tested('five-key-ff68', [4, 3, 2, 1, 0]);
  expect(result).toMatchObject({ verdict: 'passed' });
  expect(stepsOf(result)).toEqual([
    ...(['very-satisfied', 'satisfied', 'fairly-satisfied', 'dissatisfied', 'very-dissatisfied'] as const).map(
      (level, index) => ({
        step: 'key',
        subject: level,
        outcome: 'passed',
        pressed: { key: `0${4 - index}`, level },
      }),
    ),
    { step: 'signal', subject: 'stars', outcome: 'passed' },
  ]);
});

test('keys that are mixed up are named, and so is one that means nothing', async () => {
  const result = await tested('five-key-ff68', [4, 2, 3, 1, 9]);
  expect(result).toMatchObject({ verdict: 'failed', reason: 'wrong-key' });
  expect(stepsOf(result)?.filter(({ outcome }) => outcome === 'failed')).toEqual([
    {
      step: 'key',
      subject: 'satisfied',
      outcome: 'failed',
      reason: 'wrong-key',
      pressed: { key: '02', level: 'fairly-satisfied' },
    },
    {
      step: 'key',
      subject: 'fairly-satisfied',
      outcome: 'failed',
      reason: 'wrong-key',
      pressed: { key: '03', level: 'satisfied' },
    },
    {
      step: 'key',
      subject: 'very-dissatisfied',
      outcome: 'failed',
      reason: 'unknown-key',
      pressed: { key: '09' },
    },
  ]);
});

test('a level without a key is told and is no fault; every signal is given', async () => {
  const result = await tested('four-key-ff68', [3, 2, 1, 0]);
  expect(result).toMatchObject({ verdict: 'passed' });
  expect(stepsOf(result)?.slice(4)).toEqual([
    { step: 'key', subject: 'very-dissatisfied', outcome: 'skipped', reason: 'no-key' },
    { step: 'signal', subject: 'stars', outcome: 'passed' },
    { step: 'signal', subject: 'number', outcome: 'passed' },
    { step: 'signal', subject: 'beep', outcome: 'passed' },
  ]);
});
