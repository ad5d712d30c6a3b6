import { expect, onTestFinished, test } from 'vitest';
import type { Behaviour } from '../../../test/fixtures/one-of-each.ts';
import { openOneOfEach } from '../../../test/fixtures/one-of-each.ts';
import type { DeviceClass } from '../../contract/device-classes.ts';
import type { SelfTestResult } from '../../contract/self-test.ts';
import { done, refused } from '../../domain/result.ts';
import { LinkClosed } from '../driver.ts';

type Steps = readonly (readonly string[])[];

/** Steps behind `line` and `answer`: name, subject, outcome, reason. The pad has one key. */
const stepsOf = ({ steps }: SelfTestResult): Steps =>
  steps
    .slice(2)
    .filter(({ reason }) => reason !== 'no-key')
    .map(({ step, subject, outcome, reason }) => [step, subject ?? '', outcome, reason ?? '']);

async function tested(kind: DeviceClass, change: Partial<Behaviour>, attended = true): Promise<SelfTestResult> {
  const { client, behaviour, ...room } = openOneOfEach();
  onTestFinished(() => room.stop());
  Object.assign(behaviour, change);
  const options = { id: kind, attended, testPage: [{ kind: 'cut' as const }] };
  for await (const event of await client.devices.selfTest(options)) if (event.kind === 'ended') return event.result;
  throw new Error('the test had no end');
}

async function* nothing(): AsyncGenerator<never, void, undefined> {
  // Nobody did anything in time.
}
const closed = (): never => {
  throw new LinkClosed();
};
const broken = (): never => {
  throw new Error('a mistake in the driver');
};
const jpeg = { kind: 'page' as const, image: { type: 'image/jpeg', bytes: new Uint8Array() } };
const beeps = ['signal', 'beep', 'passed', ''] as const;
const serialNumber = ['serial-number', '05.01-20160102-0000012345-0000067890', 'passed', ''] as const;

const cases: readonly (readonly [string, DeviceClass, Partial<Behaviour>, SelfTestResult['verdict'], Steps])[] = [
  ['reads a card', 'id-reader', {}, 'passed', [serialNumber, ['card', '', 'passed', '']]],
  [
    'does not tell its number, which is no fault',
    'id-reader',
    { serialNumber: async () => undefined },
    'passed',
    [
      ['serial-number', '', 'skipped', 'not-told'],
      ['card', '', 'passed', ''],
    ],
  ],
  [
    'cannot read a card',
    'id-reader',
    {
      async *readCard() {
        yield { kind: 'waiting' };
        yield { kind: 'failed', reason: 'card-unreadable' };
      },
    },
    'failed',
    [serialNumber, ['card', '', 'failed', 'card-unreadable']],
  ],
  [
    'gets no card',
    'id-reader',
    {
      async *readCard() {
        yield { kind: 'failed', reason: 'timed-out' };
      },
    },
    'passed',
    [serialNumber, ['card', '', 'skipped', 'timed-out']],
  ],
  ['gets nothing', 'id-reader', { readCard: nothing }, 'passed', [serialNumber, ['card', '', 'skipped', 'timed-out']]],
  ['is unplugged', 'id-reader', { readCard: closed }, 'failed', [serialNumber, ['card', '', 'failed', 'unplugged']]],
  [
    'is unplugged at once',
    'id-reader',
    { serialNumber: closed, readCard: closed },
    'failed',
    [
      ['serial-number', '', 'failed', 'unplugged'],
      ['card', '', 'failed', 'unplugged'],
    ],
  ],
  ['prints', 'ticket-printer', {}, 'passed', [['test-page', '', 'passed', '']]],
  [
    'has no paper',
    'ticket-printer',
    { print: async () => refused('paper-out') },
    'failed',
    [['test-page', '', 'failed', 'paper-out']],
  ],
  [
    'has a driver with a mistake',
    'ticket-printer',
    { print: broken },
    'failed',
    [['test-page', '', 'failed', 'driver-crashed']],
  ],
  ['has a key', 'rating-pad', {}, 'passed', [['key', 'satisfied', 'passed', ''], beeps]],
  [
    'does not beep',
    'rating-pad',
    { signal: async () => refused('no-answer') },
    'failed',
    [
      ['key', 'satisfied', 'passed', ''],
      ['signal', 'beep', 'failed', 'no-answer'],
    ],
  ],
  [
    'is unplugged before it beeps',
    'rating-pad',
    { signal: closed },
    'failed',
    [
      ['key', 'satisfied', 'passed', ''],
      ['signal', 'beep', 'failed', 'unplugged'],
    ],
  ],
  [
    'has a key that stands for nothing',
    'rating-pad',
    {
      async *press() {
        yield { key: '09' };
      },
    },
    'failed',
    [['key', 'satisfied', 'failed', 'unknown-key'], beeps],
  ],
  [
    'has another key there',
    'rating-pad',
    {
      async *press() {
        yield { key: '03', level: 'dissatisfied' };
      },
    },
    'failed',
    [['key', 'satisfied', 'failed', 'wrong-key'], beeps],
  ],
  [
    'is not touched',
    'rating-pad',
    { press: nothing },
    'incomplete',
    [['key', 'satisfied', 'skipped', 'timed-out'], beeps],
  ],
  [
    'is unplugged',
    'rating-pad',
    { press: closed, signal: closed },
    'failed',
    [
      ['key', 'satisfied', 'failed', 'unplugged'],
      ['signal', 'beep', 'failed', 'unplugged'],
    ],
  ],
  [
    'scans a page',
    'document-scanner',
    {},
    'passed',
    [
      ['capabilities', '', 'passed', ''],
      ['page', '', 'passed', ''],
    ],
  ],
  [
    'says nothing of itself',
    'document-scanner',
    { capabilities: async () => refused('scanner-fault') },
    'failed',
    [
      ['capabilities', '', 'failed', 'scanner-fault'],
      ['page', '', 'failed', 'scanner-fault'],
    ],
  ],
  [
    'has nothing to scan with',
    'document-scanner',
    { capabilities: async () => done({ sources: [], colours: [], resolutions: [], duplex: false }) },
    'failed',
    [
      ['capabilities', '', 'passed', ''],
      ['page', '', 'failed', 'unsupported'],
    ],
  ],
  ...(
    [
      ['sends an empty page', [jpeg], 'failed', 'failed', 'empty-page'],
      ['has a jam', [{ kind: 'failed', reason: 'jam' }], 'failed', 'failed', 'jam'],
      ['has no paper', [{ kind: 'failed', reason: 'feeder-empty' }], 'passed', 'skipped', 'feeder-empty'],
      ['ends without a page', [{ kind: 'finished', pages: 0 }], 'passed', 'skipped', 'timed-out'],
    ] as const
  ).map(
    ([name, events, verdict, outcome, reason]) =>
      [
        name,
        'document-scanner',
        {
          async *scan() {
            yield* events;
          },
        },
        verdict,
        [
          ['capabilities', '', 'passed', ''],
          ['page', '', outcome, reason],
        ],
      ] as const,
  ),
  [
    'is switched off',
    'document-scanner',
    { capabilities: closed },
    'failed',
    [
      ['capabilities', '', 'failed', 'unplugged'],
      ['page', '', 'failed', 'unplugged'],
    ],
  ],
  ['reads a code', 'code-reader', {}, 'passed', [['code', '', 'passed', '']]],
  [
    'reads nothing out of a code',
    'code-reader',
    {
      async *showCode() {
        yield { bytes: new Uint8Array() };
      },
    },
    'failed',
    [['code', '', 'failed', 'empty-code']],
  ],
  ['is shown no code', 'code-reader', { showCode: nothing }, 'incomplete', [['code', '', 'skipped', 'timed-out']]],
  ['has a lamp', 'cue-lamps', {}, 'passed', [['lamp', 'card', 'passed', '']]],
  [
    'has a lamp that stays on',
    'cue-lamps',
    { light: async (_, state) => (state === 'off' ? refused('no-answer') : done()) },
    'failed',
    [['lamp', 'card', 'failed', 'no-answer']],
  ],
  [
    'has a lamp that does not go on',
    'cue-lamps',
    { light: async (_, state) => (state === 'on' ? refused('no-answer') : done()) },
    'failed',
    [['lamp', 'card', 'failed', 'no-answer']],
  ],
  ['is unplugged', 'cue-lamps', { light: closed }, 'failed', [['lamp', 'card', 'failed', 'unplugged']]],
];

test.each(cases)('a device that %s (%s)', async (_, kind, change, verdict, steps) => {
  const result = await tested(kind, change);
  expect(stepsOf(result)).toEqual(steps);
  expect(result.verdict).toBe(verdict);
});

test('a device that says that it is not well is tried no further', async () => {
  const result = await tested('ticket-printer', { probe: async () => refused('cover-open') });
  expect(result).toMatchObject({ verdict: 'failed', reason: 'cover-open', steps: [{}, { step: 'answer' }] });
});

test('without a person only what needs none is tried', async () => {
  expect(stepsOf(await tested('id-reader', {}, false))).toEqual([serialNumber]);
  expect(stepsOf(await tested('rating-pad', {}, false))).toEqual([]);
});

test('with a person one device is tried after the other', async () => {
  const { client, ...room } = openOneOfEach();
  onTestFinished(() => room.stop());
  const tried: string[] = [];
  for await (const { kind, device } of await client.devices.selfTestAll({ attended: true })) {
    if (kind === 'ended') tried.push(`${device} ended`);
    else if (tried.at(-1) !== device) tried.push(device);
  }
  const order = ['id-reader', 'ticket-printer', 'rating-pad', 'document-scanner', 'code-reader', 'cue-lamps'];
  expect(tried).toEqual(order.flatMap((device) => [device, `${device} ended`]));
});
