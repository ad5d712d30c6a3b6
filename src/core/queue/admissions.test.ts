import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import en from '../../../resources/messages/queue.en.json' with { type: 'json' };
import zh from '../../../resources/messages/queue.zh-CN.json' with { type: 'json' };
import { ManualClock } from '../../../test/fixtures/core-bench.ts';
import type { QueueConfig } from '../../contract/config.ts';
import { notAdmitted } from '../../contract/queue-view.ts';
import type { AdmissionRules } from '../../domain/queue/rules.ts';
import { Admissions } from './admissions.ts';

/** Half past nine at the hall. */
let clock: ManualClock;
let inStore: number;
beforeEach(() => {
  clock = new ManualClock();
  inStore = 0;
});

const open = () =>
  new Admissions({
    clock,
    random: { fraction: () => 0, bytes: randomBytes },
    log: () => undefined,
    tickets: { count: () => inStore },
  });
const queue = (rules?: Partial<AdmissionRules>, prefix = 'A'): QueueConfig => ({
  prefix,
  name: '综合受理',
  windows: '1 – 4 号',
  ...(rules && { admission: { phoneRequired: false, whenFull: 'refuse', ...rules } }),
});
/** What a further number is refused for, after so many; and all of them are given. */
function refusedAfter(count: number, of: QueueConfig, who: Parameters<Admissions['admit']>[1]) {
  const admissions = open();
  for (let n = 0; n < count; n += 1) {
    expect(admissions.admit(of, who)).toMatchObject({ ok: true });
    admissions.gave(of, who);
    inStore += 1;
  }
  const next = admissions.admit(of, who);
  return { admissions, reason: next.ok ? undefined : next.reason };
}

describe('who gets a number', () => {
  it('everybody where no rules are set; else nobody beyond the limits of person, phone and day, or after the cut-off', () => {
    expect(refusedAfter(20, queue(), { person: 'p' }).reason).toBeUndefined();
    inStore = 0;
    expect(refusedAfter(2, queue({ perPerson: 2 }), { person: 'p' }).reason).toBe('person-limit');
    inStore = 0;
    expect(refusedAfter(1, queue({ perPhone: 1 }), { phone: '13800000000' }).reason).toBe('phone-limit');
    inStore = 0;
    expect(refusedAfter(3, queue({ perDay: 3 }), {}).reason).toBe('day-limit');
    inStore = 0;
    expect(refusedAfter(3, queue({ perDay: 3, whenFull: 'appointment' }), {}).reason).toBe('appointment');
    expect(refusedAfter(0, queue({ phoneRequired: true }), { person: 'p' }).reason).toBe('phone-required');
    expect(refusedAfter(0, queue({ cutOff: '09:31' }), {}).reason).toBeUndefined();
    expect(refusedAfter(0, queue({ cutOff: '09:30' }), {}).reason).toBe('past-cut-off');
  });

  it('others, other queues and the next day have limits of their own', () => {
    const one = queue({ perPerson: 1 });
    const { admissions } = refusedAfter(1, one, { person: 'p' });
    expect(admissions.admit(one, { person: 'q' })).toMatchObject({ ok: true });
    expect(admissions.admit(one, {})).toMatchObject({ ok: true });
    expect(admissions.admit(queue({ perPerson: 1 }, 'B'), { person: 'p' })).toMatchObject({ ok: true });
    clock.advance(24 * 3_600_000);
    expect(admissions.admit(one, { person: 'p' })).toMatchObject({ ok: true });
  });

  it('what was given before a restart counts for the day', () => {
    inStore = 2;
    expect(open().admit(queue({ perDay: 2 }), {})).toMatchObject({ ok: false, reason: 'day-limit' });
  });

  it('every refusal has words in each language', () => {
    for (const texts of [zh, en]) {
      expect(Object.keys(texts).toSorted()).toStrictEqual(
        notAdmitted.options.map((reason) => `queue.refused.${reason}`).toSorted(),
      );
    }
  });
});
