import type { PadSignal, ReadCode } from '../driver.ts';
import type { Action, ConformanceOf, EventPattern } from './description.ts';
import { deviceOf, eachOf } from './device-of.ts';
import type { Ending } from './ending.ts';
import { right, wrong } from './ending.ts';
import { END_LIMIT_MS, LINE_MS } from './limits.ts';
import { Nonconformity } from './nonconformity.ts';
import type { Stage } from './stage.ts';
import type { Use } from './uses.ts';

/** A key is pressed, and the pad is given each of its signals. */
export function ratingPadUses(description: ConformanceOf<'rating-pad'>): readonly [Use, ...Use[]] {
  const { presses, listening } = description;
  const [first, ...rest] = eachOf(presses, ({ act, level }): Use => ({
    name: `the key ${JSON.stringify(act)}`,
    run: (stage, signal, quietMs) =>
      firstOf(
        stage,
        (until) => deviceOf(stage, 'rating-pad').watch(until),
        { act, listening, quietMs, signal },
        (found) => (found.level === level ? right : wrong(`${found.level} instead of ${level}`)),
      ),
  }));
  return [first, ...rest, { name: 'each signal', run: (stage, _, quietMs) => signalAll(stage, description, quietMs) }];
}

const values: Readonly<Record<PadSignal, number>> = { stars: 4, number: 12, beep: 0 };

async function signalAll(
  stage: Stage,
  { signalled, answersProbe }: ConformanceOf<'rating-pad'>,
  quietMs: number,
): Promise<Ending> {
  const pad = deviceOf(stage, 'rating-pad');
  for (const signal of pad.signals) {
    const since = stage.mark();
    const pattern = signalled(signal, values[signal]);
    const given = await pad.signal(signal, values[signal]);
    if (!given.ok) return { kind: 'failed', reason: given.reason };
    // A pad that answers nothing gives it when the bytes have come, and nobody can tell when they have not.
    if (!answersProbe) await stage.within(Promise.race([stage.event(since, pattern), stage.gone()]), quietMs);
    if (!stage.happened(since, pattern)) return answersProbe ? wrong(`no ${signal}`) : { kind: 'ended' };
  }
  return right;
}

/** A code is shown. */
export function codeReaderUses({ codes, listening }: ConformanceOf<'code-reader'>): readonly [Use, ...Use[]] {
  return eachOf(codes, ({ act, code }) => ({
    name: `the code ${JSON.stringify(act)}`,
    run: (stage, signal, quietMs) =>
      firstOf(
        stage,
        (until) => deviceOf(stage, 'code-reader').watch(until),
        { act, listening, quietMs, signal },
        (found) => judgeCode(found, code),
      ),
  }));
}

function judgeCode(found: ReadCode, shown: ReadCode): Ending {
  if (Buffer.compare(found.bytes, shown.bytes) !== 0) return wrong('another code');
  return found.symbology === shown.symbology ? right : wrong(`symbology ${found.symbology} of a ${shown.symbology}`);
}

export interface Waited {
  readonly act: Action;
  /** Told when the device listens; without it, it always does. */
  readonly listening: EventPattern | undefined;
  readonly quietMs: number;
  readonly signal: AbortSignal;
}

/** However slow the computers at its ends are: nothing has passed on it for as long as any message takes. */
async function lineAtRest(stage: Stage): Promise<void> {
  const passed = () => stage.watch.toDevice + stage.watch.toHost;
  for (let before = Number.NaN; before !== passed();) {
    before = passed();
    await stage.pause(LINE_MS);
  }
}

/** What a watching driver tells first after something was done at its device. */
export async function firstOf<T>(
  stage: Stage,
  watch: (until: AbortSignal) => AsyncGenerator<T, void, undefined>,
  { act, listening, quietMs, signal }: Waited,
  judge: (found: T) => Ending,
): Promise<Ending> {
  const enough = new AbortController();
  // The last words of the watch before, and the device's answer to them, may still be on the line.
  if (listening) await lineAtRest(stage);
  const since = stage.mark();
  const watching = watch(AbortSignal.any([signal, enough.signal]));
  const first = watching.next();
  // A driver that ends before its device listens will never be told of anything.
  const listens = listening ? stage.event(since, listening) : Promise.resolve();
  await Promise.race([listens, first.catch(() => undefined), stage.within(listens, quietMs)]);
  await stage.act(act);
  const found = await stage.within(first, quietMs);
  enough.abort(new Error('seen enough'));
  const rest = await stage.within(watching.return(), END_LIMIT_MS);
  if (rest === 'late') throw new Nonconformity('too-late', 'a watch that was left goes on');
  if (found === 'late') return { kind: 'nothing' };
  return found.done ? { kind: 'ended' } : judge(found.value);
}
