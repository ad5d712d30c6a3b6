import { expect, test } from 'vitest';
import { createEventLog } from './log.ts';
import type { EventFields } from './log-events.ts';

function collect() {
  const lines: { level: string; [field: string]: unknown }[] = [];
  const at = (level: string) => (fields: Readonly<Record<string, unknown>>) => void lines.push({ level, ...fields });
  const pino = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') };
  return { lines, pino };
}

/** A caller that spreads an object with more in it than the catalogue allows; the type system does not see that. */
const spilled: EventFields<'devices.use-failed'> = Object.assign(
  { device: 'id-reader', reason: 'card-removed' },
  { idNumber: '99010119900101001X' },
);

test('writes a known event at its level', () => {
  const { lines, pino } = collect();
  createEventLog(pino, { strict: true })('devices.use-failed', { device: 'id-reader', reason: 'card-removed' });
  expect(lines).toEqual([{ level: 'warn', event: 'devices.use-failed', device: 'id-reader', reason: 'card-removed' }]);
});

test('a field that is not in the catalogue throws while strict', () => {
  const { lines, pino } = collect();
  const log = createEventLog(pino, { strict: true });
  expect(() => log('devices.use-failed', spilled)).toThrow('refused fields idNumber');
  expect(lines).toEqual([]);
});

test('in service the stray field is left out and the event is kept', () => {
  const { lines, pino } = collect();
  createEventLog(pino, { strict: false })('devices.use-failed', spilled);
  expect(lines).toEqual([
    { level: 'warn', event: 'devices.use-failed', device: 'id-reader', reason: 'card-removed', refused: ['idNumber'] },
  ]);
});

test('a hint that holds what may be an identity number is refused', () => {
  const { lines, pino } = collect();
  createEventLog(pino, { strict: false })('devices.config-refused', { detail: 'no such file /99010119900101001X' });
  expect(lines).toEqual([{ level: 'error', event: 'devices.config-refused', refused: ['detail'] }]);
});
