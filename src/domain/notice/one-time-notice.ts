import { done, refused, type Done, type Refused } from '../result.ts';

/** Why an application cannot go on as it is: a published rule, and what it finds fault with. */
export interface Ground {
  /** Id and version of the published rule. */
  readonly rule: string;
  /** All that the rule looked at: ids of materials and questions, names of fields. Empty: the application as a whole. */
  readonly on: readonly string[];
}

/** One handing-in of a case: the first one, and each supplement (补正). */
export interface HandIn {
  /** Material, question or field to the SHA-256 of what was handed in; what is not named was not handed in. */
  readonly content: Readonly<Record<string, string>>;
  /** What the published rules find fault with in it. The rules are those of the version that the person saw. */
  readonly knowable: readonly Ground[];
}

/** 一次性告知书: all grounds of one round, kept as it was given. */
export interface Notice {
  /** 1 for the first handing-in. */
  readonly round: number;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly grounds: readonly Ground[];
}

/** Rounds so far, in order. Each one had its notice, or there would be no further round. */
export type NoticeHistory = readonly { readonly handIn: HandIn; readonly notice: Notice }[];

/** For supervision (电子监察). Rules and places only, nothing of what was handed in. */
export interface LateGroundEvent {
  readonly kind: 'late-ground';
  readonly round: number;
  readonly grounds: readonly Ground[];
}

/** A notice with grounds that were there before: it is not given, and supervision hears of it once. */
interface LateNotice extends Refused<'late-grounds'> {
  readonly event: LateGroundEvent;
}

type NoticeOutcome =
  | Done<NoticeHistory>
  | LateNotice
  /** It names no ground. */
  | Refused<'nothing-to-notice'>
  /** The rules find more than it says: the person would have to come again for the rest. */
  | Refused<'incomplete'>
  /** Two grounds that are one. */
  | Refused<'ground-twice'>;

/**
 * Gives the one notice of a round (行政许可法 art. 32 (1) 4: what must be supplemented is told at once and in full; 一次性
 * 告知). The notice of the first round has every defect that the rules find. A later one repeats what is still not put
 * right and may add a ground only where something new was handed in that brought it: see {@link lateGrounds}.
 */
export function giveNotice(
  history: NoticeHistory,
  handIn: HandIn,
  grounds: readonly Ground[],
  at: string,
): NoticeOutcome {
  if (grounds.length === 0) return refused('nothing-to-notice');
  const named = new Set(grounds.map(keyOf));
  if (named.size < grounds.length) return refused('ground-twice');
  const round = history.length + 1;
  const late = lateGrounds(history, handIn, grounds);
  if (late.length > 0) return { ...refused('late-grounds'), event: { kind: 'late-ground', round, grounds: late } };
  const owed = noticeOf(history, handIn).filter((ground) => !named.has(keyOf(ground)));
  if (owed.length > 0) return refused('incomplete', owed.map(({ rule }) => rule).join(', '));
  return done([...history, { handIn, notice: { round, at, grounds } }]);
}

/** Everything the rules may still ask for in this round: the content of its notice, or nothing. */
export function noticeOf(history: NoticeHistory, handIn: HandIn): readonly Ground[] {
  const late = new Set(lateGrounds(history, handIn, handIn.knowable).map(keyOf));
  return handIn.knowable.filter((ground) => !late.has(keyOf(ground)));
}

/**
 * Those grounds that were there in an earlier round and were not told: the rules found them then, or what they are about
 * was already handed in (or left out) just as it is now. They cannot be held against the person any more.
 */
export function lateGrounds(history: NoticeHistory, handIn: HandIn, grounds: readonly Ground[]): readonly Ground[] {
  const told = new Set(history.flatMap(({ notice }) => notice.grounds.map(keyOf)));
  return grounds.filter(
    (ground) =>
      !told.has(keyOf(ground)) &&
      history.some(
        ({ handIn: earlier }) =>
          earlier.knowable.some((known) => keyOf(known) === keyOf(ground)) ||
          ground.on.every((subject) => earlier.content[subject] === handIn.content[subject]),
      ),
  );
}

/** A round as it was recorded: what was handed in, and what the office gave as grounds. */
export interface RecordedRound {
  readonly handIn: HandIn;
  readonly grounds: readonly Ground[];
  readonly at: string;
}

/**
 * Goes once more through the rounds of a recorded case. A ground that came late is flagged in its round and only there;
 * what it asked for then counts as told, since the person was told.
 */
export function replayNotices(rounds: readonly RecordedRound[]): readonly LateGroundEvent[] {
  const events: LateGroundEvent[] = [];
  let history: NoticeHistory = [];
  for (const { handIn, grounds, at } of rounds) {
    const round = history.length + 1;
    const late = lateGrounds(history, handIn, grounds);
    if (late.length > 0) events.push({ kind: 'late-ground', round, grounds: late });
    history = [...history, { handIn, notice: { round, at, grounds } }];
  }
  return events;
}

const keyOf = ({ rule, on }: Ground): string => JSON.stringify([rule, ...on.toSorted()]);
