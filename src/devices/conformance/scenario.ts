import { setImmediate } from 'node:timers/promises';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import type { Conformance } from './description.ts';
import type { Ending } from './ending.ts';
import { RETRY_FIRST_MS } from '../limits.ts';
import { END_LIMIT_MS, PROBES_TO_READY, QUIET_MS, QUIET_REAL_MS, USE_LIMIT_MS } from './limits.ts';
import type { ConformanceFailure } from './nonconformity.ts';
import { Nonconformity } from './nonconformity.ts';
import type { Place } from './place.ts';
import type { Subject } from './stage.ts';
import { Stage } from './stage.ts';
import type { Use } from './uses.ts';
import { usesOf } from './uses.ts';

/** What a scenario works with: a driver that was found ready on its simulator. */
export interface Scene {
  readonly stage: Stage;
  readonly subject: Subject;
  readonly place: Place;
  readonly uses: readonly [Use, ...Use[]];
}

/**
 * Runs one scenario on a stage of its own, and looks afterwards at what every scenario must leave: no rejection that nobody
 * handled, no personal data in anything that was told.
 */
export async function perform(
  place: Place,
  subject: Subject,
  play: (scene: Scene) => Promise<void>,
): Promise<Result<undefined, ConformanceFailure>> {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', note);
  try {
    const stage = await Stage.set(place, subject);
    try {
      await play({ stage, subject, place, uses: usesOf(subject.description) });
    } finally {
      await stage.close();
    }
    // Rejections are told of at the end of a turn.
    await setImmediate();
    if (unhandled.length > 0) throw new Nonconformity('unhandled-rejection', unhandled.map(String).join('; '));
    const personal = subject.description.personal.find((text) => stage.told.some((told) => told.includes(text)));
    if (personal !== undefined) throw new Nonconformity('told-personal-data', 'in a condition, a detail or an error');
    return done();
  } catch (error) {
    if (error instanceof Nonconformity) return refused(error.reason, error.message);
    throw error;
  } finally {
    process.off('unhandledRejection', note);
  }
}

const never = new AbortController().signal;

/** One use, given its time. `misled`: on a line that is not well. */
export async function useOnce({ stage, place, subject }: Scene, use: Use, line?: 'misled'): Promise<Ending> {
  const quietMs = line === 'misled' && !place.isPatient ? QUIET_REAL_MS : QUIET_MS;
  const running = use.run(stage, never, quietMs).catch((error: unknown) => tellOf(stage, error));
  const ending = await stage.within(running, USE_LIMIT_MS);
  if (ending === 'late') throw new Nonconformity('too-late', `${use.name} has no end`);
  if (ending.kind === 'wrong' && !(line === 'misled' && isUnprotected(subject.description))) {
    throw new Nonconformity('wrong-result', `${use.name}: ${ending.detail}`);
  }
  return ending;
}

const isUnprotected = (description: Conformance): boolean =>
  'line' in description && description.line.checksumAt === undefined && description.class === 'code-reader';

/** Nothing that is expected to happen on a line or at a device may be thrown. */
function tellOf(stage: Stage, error: unknown): never {
  if (error instanceof Nonconformity) throw error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  stage.told.push(text);
  throw new Nonconformity('not-named', `it throws ${text}`);
}

/** One use that must do what it is for. */
export async function mustSucceed(scene: Scene, use: Use, when: string): Promise<void> {
  const ending = await useOnce(scene, use);
  if (ending.kind !== 'right') throw new Nonconformity('no-result', `${use.name} ${when}: ${nameOf(ending)}`);
}

export async function mustBeReady({ stage }: Scene, when: string): Promise<void> {
  const probed = await stage.probe();
  if (!probed.ok) throw new Nonconformity('no-result', `the probe ${when}: ${probed.reason}`);
}

/**
 * Plugged in again, a device may still wait for the rest of a command that the cable cut off: it has to be ready before long,
 * asked as the supervisor asks.
 */
export async function mustBeReadySoon(scene: Scene, when: string): Promise<void> {
  for (let failures = 0; failures < PROBES_TO_READY; failures += 1) {
    if ((await scene.stage.probe()).ok) return;
    await scene.stage.pause(RETRY_FIRST_MS * 2 ** failures);
  }
  await mustBeReady(scene, when);
}

/** The line is well again, and a person does it once more. */
export async function mustRecover(scene: Scene, use: Use, after: string): Promise<void> {
  await scene.stage.faults();
  await scene.stage.device.device.reset();
  await mustBeReady(scene, after);
  await mustSucceed(scene, use, after);
}

/** A use that is to be over at once: its line is gone, or its caller has left. */
export async function mustEnd(scene: Scene, running: Promise<Ending>, when: string): Promise<Ending> {
  const ending = await scene.stage.within(running, END_LIMIT_MS);
  if (ending === 'late' || ending.kind === 'nothing') throw new Nonconformity('too-late', `it goes on ${when}`);
  if (ending.kind === 'wrong') throw new Nonconformity('wrong-result', `${when}: ${ending.detail}`);
  return ending;
}

export function nameOf(ending: Ending): string {
  return ending.kind === 'failed' ? ending.reason : ending.kind;
}
