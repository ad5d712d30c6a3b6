import { expect, it } from 'vitest';
import type { DiagnosisEvent } from '../../../contract/diagnosis.ts';
import { follow, nothing } from './trial.ts';

const device = 'reader';
const after = (...events: readonly DiagnosisEvent[]) => events.reduce(follow, nothing);

it('asks for what the step needs until it has ended, and keeps the bytes of the last word', () => {
  const frame = { ms: 1, to: 'device', bytes: 1, hex: 'aa' } as const;
  const asked = after(
    { kind: 'step', device, step: 'answer', attended: false },
    { kind: 'step-ended', device, step: 'answer', outcome: 'passed' },
    { kind: 'traffic', device, frames: [frame], isWhole: true },
    { kind: 'step', device, step: 'card', attended: true },
  );
  expect(asked).toMatchObject({ now: { step: 'card' }, steps: [{ step: 'answer' }], frames: [frame] });
  const ended: readonly DiagnosisEvent[] = [
    { kind: 'step-ended', device, step: 'card', outcome: 'skipped', reason: 'timed-out' },
    { kind: 'traffic', device, frames: [frame, frame], isWhole: false },
  ];
  expect(ended.reduce(follow, asked)).toMatchObject({
    now: undefined,
    steps: [{ step: 'answer' }, { step: 'card', outcome: 'skipped', reason: 'timed-out' }],
    frames: [frame, frame],
    isWhole: false,
    result: undefined,
  });
});
