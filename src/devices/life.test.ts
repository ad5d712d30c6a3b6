import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviceState } from '../contract/device-classes.ts';
import type { Life, LifeEvent } from './life.ts';
import { nextLife } from './life.ts';

const reason = fc.constantFrom('no-answer', 'paper-out', 'port-missing');
const event: fc.Arbitrary<LifeEvent> = fc.oneof(
  fc.constantFrom<LifeEvent>(
    { kind: 'opened' },
    { kind: 'well' },
    { kind: 'unplugged' },
    { kind: 'lent' },
    { kind: 'returned' },
    { kind: 'enabled' },
  ),
  fc.record({
    kind: fc.constantFrom('open-failed' as const, 'unwell' as const, 'driver-failed' as const, 'disabled' as const),
    reason,
  }),
);
const life: fc.Arbitrary<Life> = fc
  .tuple(fc.constantFrom(...deviceState.options), reason)
  .map(([state, why]): Life => (['absent', 'faulty', 'disabled'].includes(state) ? { state, reason: why } : { state }));

test('only what stands for a trouble has a reason, and it always has one', () => {
  fc.assert(
    fc.property(life, fc.array(event, { maxLength: 30 }), (born, events) => {
      const end = events.reduce(nextLife, born);
      if (['absent', 'faulty', 'disabled'].includes(end.state)) expect(end.reason).toBeDefined();
      else if (end.state !== 'busy') expect(end.reason).toBeUndefined();
    }),
  );
});

test('a disabled device stays so whatever happens, until it is enabled', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      const others = events.filter(({ kind }) => kind !== 'enabled');
      expect(others.reduce(nextLife, { state: 'disabled', reason: 'by-staff' }).state).toBe('disabled');
      expect(nextLife({ state: 'disabled', reason: 'by-staff' }, { kind: 'enabled' })).toEqual({ state: 'opening' });
    }),
  );
});

test('opened and well, any device that is not closed and not lent is ready', () => {
  fc.assert(
    fc.property(life, (born) => {
      const end = [{ kind: 'opened' } as const, { kind: 'well' } as const].reduce(nextLife, born);
      if (born.state === 'disabled' || born.state === 'busy') expect(end.state).toBe(born.state);
      else expect(end).toEqual({ state: 'ready' });
    }),
  );
});

test('what goes wrong while it is lent counts when it is given back, unless it went well again', () => {
  const lent = nextLife({ state: 'ready' }, { kind: 'lent' });
  const out = nextLife(lent, { kind: 'unwell', reason: 'paper-out' });
  expect(out.state).toBe('busy');
  expect(nextLife(out, { kind: 'returned' })).toEqual({ state: 'faulty', reason: 'paper-out' });
  expect(nextLife(nextLife(out, { kind: 'well' }), { kind: 'returned' })).toEqual({ state: 'ready' });
});
