import { describe, expect, it } from 'vitest';
import { countPlayback } from './machine.ts';
import { judge, judgeClock, judgeDisk, judgeNetwork, judgeOutputs } from './steps.ts';

const noon = Date.parse('2026-11-22T04:00:00Z');
const answered = (time: number, took: number) => ({
  answer: { kind: 'done' as const, value: { time: new Date(time).toISOString() } },
  askedAt: noon - took / 2,
  answeredAt: noon + took / 2,
});
const silent = {
  answer: { kind: 'retry' as const, reason: 'no-answer' as const, detail: 'ECONNREFUSED' },
  askedAt: noon,
  answeredAt: noon,
};

describe('the clock', () => {
  it('is compared with the platform, whose answer may have been slow', () => {
    expect(judgeClock(answered(noon, 40))).toEqual({ outcome: 'passed', subject: '0 s' });
    expect(judgeClock(answered(noon - 29_000, 40))).toEqual({ outcome: 'passed', subject: '+29 s' });
    expect(judgeClock(answered(noon - 61_000, 40))).toEqual({
      outcome: 'failed',
      reason: 'clock-off',
      subject: '+61 s',
    });
    expect(judgeClock(answered(noon + 61_000, 40))).toMatchObject({ outcome: 'failed', subject: '-61 s' });
    // Half of the minute may have passed on the way.
    expect(judgeClock(answered(noon + 50_000, 60_000))).toMatchObject({ outcome: 'passed' });
  });

  it('is not judged without an answer, which is the network’s failure', () => {
    expect(judgeClock(silent)).toEqual({ outcome: 'skipped', reason: 'no-answer' });
    expect(judgeNetwork(silent)).toEqual({ outcome: 'failed', reason: 'no-answer' });
  });
});

it('room on the disk is told in megabytes', () => {
  expect(judgeDisk(12_345_678_901)).toEqual({ outcome: 'passed', subject: '12345 MB' });
  expect(judgeDisk(499_999_999)).toEqual({ outcome: 'failed', reason: 'disk-low', subject: '499 MB' });
});

it('places to play sound are those of the system’s list', () => {
  const list = [
    '00-00: ALC257 Analog : ALC257 Analog : playback 1 : capture 1',
    '00-03: HDMI 0 : HDMI 0 : playback 1',
    '01-00: USB Audio : USB Audio : capture 1',
    '',
  ].join('\n');
  expect(countPlayback(list)).toBe(2);
  expect(judgeOutputs(2)).toEqual({ outcome: 'passed', subject: '2' });
  expect(judgeOutputs(countPlayback(''))).toEqual({ outcome: 'failed', reason: 'no-output' });
});

it('a failure decides, else what was missed; nothing that was missed counts as passed', () => {
  const output = { step: 'output', outcome: 'passed' } as const;
  const missed = { step: 'sound', outcome: 'skipped', reason: 'needs-an-ear' } as const;
  const failure = { step: 'sound', outcome: 'failed', reason: 'not-heard' } as const;
  expect(judge([output])).toEqual({ verdict: 'passed' });
  expect(judge([output, missed])).toEqual({ verdict: 'incomplete', reason: 'needs-an-ear' });
  expect(judge([missed, failure])).toEqual({ verdict: 'failed', reason: 'not-heard' });
});
