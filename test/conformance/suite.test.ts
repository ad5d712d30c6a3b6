import { expect, test } from 'vitest';
import { scenariosOf } from '../../src/devices/conformance/scenarios.ts';
import type { DriverContext, DriverOf, RatingPad } from '../../src/devices/driver.ts';
import { drivers } from '../../src/devices/registry.ts';
import { conformance } from '../fixtures/third-party/stx-pad/conformance.ts';
import { driver } from '../fixtures/third-party/stx-pad/index.ts';
import { inProcess } from './in-process.ts';

const never = new AbortController().signal;
const secret = '张宁';

/** The sample driver with one mistake in it. */
function spoilt(change: (pad: RatingPad, context: DriverContext) => Partial<RatingPad>): DriverOf<'rating-pad'> {
  return {
    ...driver,
    create(profile, context) {
      const pad = driver.create(profile, context);
      const plain: RatingPad = {
        levels: pad.levels,
        signals: pad.signals,
        signal: (name, value) => pad.signal(name, value),
        probe: (signal) => pad.probe(signal),
        reset: () => pad.reset(),
        watch: (signal) => pad.watch(signal),
      };
      return { ...plain, ...change(pad, context) };
    },
  };
}

const mistakes: readonly (readonly [string, DriverOf<'rating-pad'>, string])[] = [
  ['says another name than its manifest', { ...driver, name: 'stx' }, 'manifest'],
  ['has a profile that its manifest has not', { ...driver, profiles: ['three-key', 'four-key'] }, 'manifest'],
  ['is never ready', spoilt(() => ({ probe: async () => ({ ok: false, reason: 'no-answer' }) })), 'no-result'],
  [
    'takes silence for an answer',
    spoilt(() => ({ probe: async () => ({ ok: true, value: undefined }) })),
    'wrong-result',
  ],
  ['has a probe without an end', spoilt(() => ({ probe: () => new Promise<never>(() => undefined) })), 'too-late'],
  [
    'makes another level of a press',
    spoilt((pad) => ({
      async *watch(signal) {
        for await (const press of pad.watch(signal)) yield { ...press, level: 'satisfied' };
      },
    })),
    'wrong-result',
  ],
  ['goes on when its caller leaves', spoilt((pad) => ({ watch: () => pad.watch(never) })), 'too-late'],
  ['throws when it is used', spoilt(() => ({ watch: () => raise('the pad is gone') })), 'not-named'],
  [
    'lets a rejection go',
    spoilt((pad) => ({
      probe(signal) {
        void Promise.reject(new Error('nobody looks'));
        return pad.probe(signal);
      },
    })),
    'unhandled-rejection',
  ],
  [
    'throws when its cable is pulled',
    spoilt((pad, { link }) => ({
      async *watch(signal) {
        let isGone = false;
        link.onClose(() => {
          isGone = true;
        });
        yield* pad.watch(signal);
        if (isGone) raise('where is it');
      },
    })),
    'not-named',
  ],
  [
    'throws when its caller leaves',
    spoilt((pad) => ({
      async *watch(signal) {
        yield* pad.watch(signal);
        if (signal.aborted) raise('come back');
      },
    })),
    'not-named',
  ],
  [
    'leaves a listener behind at each use',
    spoilt((pad, { link }) => ({
      watch(signal) {
        link.onBytes(() => undefined);
        return pad.watch(signal);
      },
    })),
    'left-over',
  ],
  [
    'goes on waiting on a closed line',
    spoilt((pad, { clock }) => ({
      watch(signal) {
        void clock.delay(3_600_000);
        return pad.watch(signal);
      },
    })),
    'left-over',
  ],
  [
    'tells of a person in a condition',
    spoilt((pad, { onCondition }) => ({
      probe(signal) {
        onCondition(`${secret} pressed`);
        return pad.probe(signal);
      },
    })),
    'told-personal-data',
  ],
];

test.each(mistakes)('the suite finds a driver that %s', async (_, bad, failure) => {
  const place = inProcess(drivers);
  const description = { ...conformance('three-key'), personal: [secret] };
  const subject = { driver: bad, profile: 'three-key', description, others: drivers };
  const failures: unknown[] = [];
  for (const scenario of scenariosOf(subject, place)) {
    const outcome = await scenario.run(place);
    if (!outcome.ok) failures.push(outcome.reason);
  }
  expect(failures).toContain(failure);
});

test('the suite finds a fault that is told by another name', async () => {
  const place = inProcess(drivers);
  const faults = [{ act: [{ press: 2 }], undo: [], reason: 'jam' }];
  const description = { ...conformance('three-key'), faults };
  const subject = { driver, profile: 'three-key', description, others: [] };
  const scenario = scenariosOf(subject, place).find(({ name }) => name.startsWith('names the faults'));
  expect(await scenario?.run(place)).toMatchObject({
    reason: 'not-named',
    detail: expect.stringContaining('not as jam'),
  });
});

test('the suite finds a description of another class', async () => {
  const place = inProcess(drivers);
  const reader = drivers.find(({ class: kind }) => kind === 'id-reader');
  if (!reader) throw new Error('no reader');
  const subject = { driver: reader, profile: 'serial-115200', description: conformance('three-key'), others: [] };
  const scenario = scenariosOf(subject, place).find(({ name }) => name.startsWith('does what'));
  expect(await scenario?.run(place)).toMatchObject({
    ok: false,
    detail: expect.stringContaining('its description for rating-pad'),
  });
});

function raise(message: string): never {
  throw new Error(message);
}
