import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  giveNotice,
  lateGrounds,
  noticeOf,
  replayNotices,
  type Ground,
  type HandIn,
  type NoticeHistory,
} from './one-time-notice.ts';

const at = '2026-11-22T09:30:15+08:00';
const unreadable: Ground = { rule: 'R-BLURRED@3', on: ['M-BOOK'] };
const unsealed: Ground = { rule: 'R-NO-SEAL@1', on: ['M-LETTER'] };
const absent: Ground = { rule: 'R-ABSENT@1', on: ['M-LEASE'] };
const disagree: Ground = { rule: 'R-NAMES-DIFFER@2', on: ['M-BOOK', 'M-LETTER'] };

const first: HandIn = {
  content: { 'M-BOOK': 'book-1', 'M-LETTER': 'letter-1', phone: 'phone-1' },
  knowable: [unreadable, unsealed, absent],
};

function given(history: NoticeHistory, handIn: HandIn, grounds = noticeOf(history, handIn)): NoticeHistory {
  const outcome = giveNotice(history, handIn, grounds, at);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

const afterFirst = given([], first);
/** The book was scanned anew, the rest stays as it was. */
const second: HandIn = { content: { ...first.content, 'M-BOOK': 'book-2' }, knowable: [unsealed, absent] };

describe('the first notice', () => {
  test('has every defect and is kept as it was given', () => {
    expect(afterFirst).toStrictEqual([
      { handIn: first, notice: { round: 1, at, grounds: [unreadable, unsealed, absent] } },
    ]);
  });

  test('may have more than the rules find, as a person sees more', () => {
    expect(given([], first, [...first.knowable, disagree])).toHaveLength(1);
  });

  test.each([
    ['incomplete', [unreadable, absent]],
    ['nothing-to-notice', []],
    ['ground-twice', [...first.knowable, disagree, { ...disagree, on: disagree.on.toReversed() }]],
  ])('is refused when it is %s', (reason, grounds) => {
    expect(giveNotice([], first, grounds, at)).toMatchObject({ ok: false, reason });
  });
});

describe('a later notice', () => {
  test('repeats what is not put right', () => {
    expect(given(afterFirst, second).at(-1)?.notice).toStrictEqual({ round: 2, at, grounds: [unsealed, absent] });
    expect(giveNotice(afterFirst, second, [absent], at)).toStrictEqual({
      ok: false,
      reason: 'incomplete',
      detail: unsealed.rule,
    });
  });

  test('is refused with a new ground on what stayed the same, handed in or left out, and supervision hears of it', () => {
    const onLetter: Ground = { rule: 'R-UNDATED@1', on: ['M-LETTER'] };
    const onNothing: Ground = { rule: 'R-ABSENT@1', on: ['M-PHOTO'] };
    const onAll: Ground = { rule: 'R-WRONG-OFFICE@1', on: [] };
    for (const late of [onLetter, onNothing, onAll]) {
      expect(giveNotice(afterFirst, second, [unsealed, absent, late], at)).toStrictEqual({
        ok: false,
        reason: 'late-grounds',
        event: { kind: 'late-ground', round: 2, grounds: [late] },
      });
    }
  });

  test('may find fault with what was newly handed in, alone or against something older', () => {
    const wrongPage: Ground = { rule: 'R-WRONG-PAGE@1', on: ['M-BOOK'] };
    expect(given(afterFirst, second, [unsealed, absent, wrongPage, disagree])).toHaveLength(2);
  });

  test('is refused with a ground that the rules found in the older version too', () => {
    const expired: Ground = { rule: 'R-EXPIRED@1', on: ['M-BOOK'] };
    const untold: NoticeHistory = [
      {
        handIn: { ...first, knowable: [...first.knowable, expired] },
        notice: { round: 1, at, grounds: first.knowable },
      },
    ];
    const again = { ...second, knowable: [...second.knowable, expired] };
    expect(noticeOf(untold, again)).toStrictEqual([unsealed, absent]);
    expect(giveNotice(untold, again, again.knowable, at)).toMatchObject({ reason: 'late-grounds' });
    expect(giveNotice(untold, again, noticeOf(untold, again), at)).toMatchObject({ ok: true });
  });

  test('is refused with a new ground on what was taken back to an older version', () => {
    const history = given(afterFirst, second);
    const back: HandIn = { content: first.content, knowable: [unsealed, absent] };
    const onOld: Ground = { rule: 'R-WRONG-PAGE@1', on: ['M-BOOK'] };
    expect(giveNotice(history, back, [unsealed, absent, onOld], at)).toMatchObject({ reason: 'late-grounds' });
  });
});

test('[C-22] a case with a late ground, replayed, gives one supervision event, and one without gives none', () => {
  const late: Ground = { rule: 'R-UNDATED@1', on: ['M-LETTER'] };
  const third: HandIn = { content: { ...second.content, 'M-LEASE': 'lease-1' }, knowable: [unsealed] };
  const rounds = [
    { handIn: first, grounds: first.knowable, at },
    { handIn: second, grounds: [unsealed, absent, late], at },
    { handIn: third, grounds: [unsealed, late], at },
  ];
  expect(replayNotices(rounds)).toStrictEqual([{ kind: 'late-ground', round: 2, grounds: [late] }]);
  const honest = rounds.map((round) => ({ ...round, grounds: round.grounds.filter((ground) => ground !== late) }));
  expect(replayNotices(honest)).toStrictEqual([]);
});

describe('over any number of rounds', () => {
  const subjects = ['M-A', 'M-B', 'M-C'];
  /** Published rules that can be run on anything: which versions of a subject, or of two, they find fault with. */
  const rules = fc.uniqueArray(
    fc.record({
      rule: fc.stringMatching(/^R-[A-F]@1$/),
      on: fc.subarray(subjects, { minLength: 1, maxLength: 2 }),
      wrong: fc.uniqueArray(fc.constantFrom('', '1', '2', '3'), { minLength: 1, maxLength: 3 }),
    }),
    { selector: ({ rule }) => rule, maxLength: 6 },
  );
  const contents = fc.array(fc.array(fc.constantFrom('', '1', '2', '3'), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 5,
  });

  function handedIn(versions: readonly string[], published: readonly (Ground & { wrong: readonly string[] })[]) {
    const content: Record<string, string> = {};
    for (const [index, subject] of subjects.entries()) {
      const version = versions[index];
      if (version) content[subject] = version;
    }
    const knowable = published
      .filter(({ on, wrong }) => on.some((subject) => wrong.includes(content[subject] ?? '')))
      .map(({ rule, on }): Ground => ({ rule, on }));
    return { content, knowable };
  }

  test('the rules of one version never have to raise a late ground, since the first notice was whole', () => {
    fc.assert(
      fc.property(rules, contents, (published, rounds) => {
        let history: NoticeHistory = [];
        for (const versions of rounds) {
          const handIn = handedIn(versions, published);
          expect(lateGrounds(history, handIn, handIn.knowable)).toStrictEqual([]);
          if (handIn.knowable.length === 0) break;
          history = given(history, handIn);
        }
      }),
    );
  });

  test('whatever offices raise, no kept notice has a ground that could have been told before and was not', () => {
    const raised = fc.array(fc.record({ rule: fc.constantFrom('P-1', 'P-2'), on: fc.subarray(subjects) }), {
      maxLength: 3,
    });
    const plan = fc.array(fc.tuple(fc.array(fc.constantFrom('', '1', '2'), { minLength: 3, maxLength: 3 }), raised), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(rules, plan, (published, rounds) => {
        let history: NoticeHistory = [];
        for (const [versions, extra] of rounds) {
          const handIn = handedIn(versions, published);
          const outcome = giveNotice(history, handIn, [...handIn.knowable, ...extra], at);
          if (outcome.ok) history = outcome.value;
        }
        const same = (one: Ground, other: Ground) =>
          one.rule === other.rule && one.on.toSorted().join() === other.on.toSorted().join();
        for (const [index, { handIn, notice }] of history.entries()) {
          for (const ground of notice.grounds) {
            const before = history.slice(0, index);
            if (before.some((round) => round.notice.grounds.some((told) => same(told, ground)))) continue;
            for (const earlier of before) {
              const changed = ground.on.filter((one) => earlier.handIn.content[one] !== handIn.content[one]);
              expect(changed.length).toBeGreaterThan(0);
              expect(earlier.handIn.knowable.some((known) => same(known, ground))).toBe(false);
            }
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
