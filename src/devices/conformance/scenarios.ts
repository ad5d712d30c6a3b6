import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import type { DriverModule } from '../driver.ts';
import { isByteDriver } from '../driver.ts';
import type { Action } from './description.ts';
import { abortedAnywhere, unpluggedAnywhere } from './interruptions.ts';
import { BYTE_PAUSE_MS, LINE_MS } from './limits.ts';
import { checkManifest } from './manifest.ts';
import type { ConformanceFailure } from './nonconformity.ts';
import { Nonconformity } from './nonconformity.ts';
import type { Place } from './place.ts';
import type { Scene } from './scenario.ts';
import { mustBeReady, mustRecover, mustSucceed, nameOf, perform, useOnce } from './scenario.ts';
import type { Subject } from './stage.ts';

export interface Scenario {
  readonly name: string;
  /** Needs no test runner: also called inside a virtual machine. */
  run(place: Place): Promise<Result<undefined, ConformanceFailure>>;
}

/**
 * Everything the suite holds a driver to, for one profile. Where waiting takes time, things go wrong for the first profile only:
 * the others differ in data, and it all happens to them where waiting takes none.
 */
export function scenariosOf(subject: Subject, { isPatient }: Pick<Place, 'isPatient'>): readonly Scenario[] {
  const { driver, profile, description, others } = subject;
  const scenario = (name: string, play: (scene: Scene) => Promise<void>): Scenario => ({
    name,
    run: (where) => perform(where, subject, play),
  });
  const quick: readonly Scenario[] = [
    { name: 'has a manifest that says what it is', run: async () => wellFormed(subject) },
    scenario('is ready when its device answers', (scene) => mustBeReady(scene, 'of a well device')),
    scenario('does what its class is for, again and again', usedInTurn),
    scenario('does the same however the bytes are cut', cutAnywhere),
  ];
  if (!isPatient && profile !== driver.profiles[0]) return quick;
  const all = [
    ...quick,
    scenario('is not misled by answers that come twice', repeats),
    scenario('is not misled by noise', noise),
    scenario('is not misled by a wrong check byte, a wrong length or a lost end', damage),
    scenario('ends at once when it is unplugged, wherever it is', unpluggedAnywhere),
    scenario('ends at once when its caller leaves, wherever it is', abortedAnywhere),
    scenario('names the faults of its device', namedFaults),
    scenario('leaves nothing behind', nothingLeft),
  ];
  if (!description.answersProbe) return all;
  const strangers = others.filter((other) => isByteDriver(other) === isByteDriver(driver));
  return [
    ...all,
    scenario('takes silence for no answer', silence),
    ...strangers.map((other) =>
      scenario(`takes no ${other.name} for its device`, (scene) => wrongDevice(scene, other)),
    ),
  ];
}

function wellFormed({ driver, description }: Subject): Result<undefined, ConformanceFailure> {
  try {
    checkManifest(driver, description.manifest);
    return done();
  } catch (error) {
    if (error instanceof Nonconformity) return refused(error.reason, error.message);
    throw error;
  }
}

async function usedInTurn(scene: Scene): Promise<void> {
  await mustBeReady(scene, 'at first');
  for (const use of scene.uses) await mustSucceed(scene, use, 'on a well line');
  await mustBeReady(scene, 'after its uses');
  for (const use of scene.uses) await mustSucceed(scene, use, 'once more');
}

async function cutAnywhere(scene: Scene): Promise<void> {
  const { description } = scene.subject;
  const isService = !('line' in description);
  if (!isService && description.line.keepsReports) return usedInTurn(scene);
  // Pages of a service are too long to wait for each of their bytes.
  const pauses = isService ? [0] : scene.place.isPatient ? [0, BYTE_PAUSE_MS] : [BYTE_PAUSE_MS];
  for (const cut of ['each-byte', 'anywhere']) {
    for (const pauseMs of pauses) {
      await scene.stage.faults({ do: { cut, pauseMs } });
      await mustBeReady(scene, `with bytes cut ${cut}`);
      for (const use of scene.uses) await mustSucceed(scene, use, `with bytes cut ${cut}`);
    }
  }
}

async function noise(scene: Scene): Promise<void> {
  const { description } = scene.subject;
  if (!('line' in description)) return garbledAnswers(scene);
  if (description.line.keepsReports) return usedInTurn(scene);
  const heads = description.line.falsePreambles;
  for (const where of scene.place.isPatient ? ['before', 'inside', 'around'] : ['around']) {
    const kinds = scene.place.isPatient ? [undefined, heads] : [heads];
    for (const bytes of new Set(kinds)) {
      const fault = { noise: where, ...(bytes ? { bytes } : {}) };
      await mislead(scene, [{ do: [fault, { cut: 'anywhere' }] }], `after noise ${where} its messages`);
    }
  }
}

/** What a service says never has noise, but it may be nonsense. */
async function garbledAnswers(scene: Scene): Promise<void> {
  for (const at of [0, 20, -1, -10]) {
    await mislead(scene, [{ do: { damage: at } }], `after damage at byte ${at}`);
  }
}

async function damage(scene: Scene): Promise<void> {
  const { description } = scene.subject;
  if (!('line' in description)) return garbledAnswers(scene);
  const { checksumAt, lengthAt } = description.line;
  for (const at of [checksumAt, lengthAt]) {
    if (at !== undefined) await mislead(scene, [{ do: { damage: at } }], `after damage at byte ${at}`);
  }
  await mislead(scene, [{ do: { shorten: 1 } }], 'after lost ends');
}

/**
 * Whatever the driver makes of it must have happened at the device, or be a named failure; and it gets over it. Without a check
 * byte in the protocol it may make something else of it.
 */
async function mislead(scene: Scene, steps: readonly Action[], when: string): Promise<void> {
  for (const use of scene.place.isPatient ? scene.uses : scene.uses.slice(0, 1)) {
    await scene.stage.faults(...steps);
    await scene.stage.probe();
    await useOnce(scene, use, 'misled');
    await mustRecover(scene, use, when);
  }
}

async function repeats(scene: Scene): Promise<void> {
  const { description } = scene.subject;
  if (!('line' in description) || description.line.keepsReports) return usedInTurn(scene);
  await scene.stage.faults({ do: { repeat: 1 } });
  for (const use of scene.uses) {
    await mustSucceed(scene, use, 'with every message sent twice');
    // The second one comes right behind the first, and nobody looks at the device then.
    await scene.stage.pause(LINE_MS);
  }
  await scene.stage.faults();
  await mustBeReady(scene, 'after messages that came twice');
}

async function namedFaults(scene: Scene): Promise<void> {
  const [use] = scene.uses;
  for (const { act, undo, reason } of scene.subject.description.faults) {
    await scene.stage.act(...act);
    const ending = await useOnce(scene, use);
    if (nameOf(ending) !== reason) {
      throw new Nonconformity('not-named', `${JSON.stringify(act)} is told as ${nameOf(ending)}, not as ${reason}`);
    }
    await scene.stage.act(...undo);
    await mustRecover(scene, use, `after ${JSON.stringify(act)}`);
  }
}

/** As many listeners and waits after its uses as before; none of either once its line is closed and it has been reset. */
async function nothingLeft(scene: Scene): Promise<void> {
  const { stage } = scene;
  await mustBeReady(scene, 'at first');
  for (const use of scene.uses) await mustSucceed(scene, use, 'on a well line');
  const before = { listeners: stage.watch.listeners, waits: stage.watch.waits };
  for (const use of scene.uses) await mustSucceed(scene, use, 'once more');
  await stage.device.device.reset();
  const after = { listeners: stage.watch.listeners, waits: stage.watch.waits };
  if (after.listeners > before.listeners || after.waits > before.waits) {
    throw new Nonconformity('left-over', `before: ${JSON.stringify(before)}, after: ${JSON.stringify(after)}`);
  }
  await stage.detach();
  await stage.pause(LAST_WAIT_MS);
  if (stage.watch.waits > 0) throw new Nonconformity('left-over', `${stage.watch.waits} waits on a closed line`);
}

/** A driver may have begun to wait for something in its own time before its line closed; not for longer. */
const LAST_WAIT_MS = 3_000;

async function silence({ stage, place }: Scene): Promise<void> {
  for (const mute of place.isPatient ? ['answers', 'both'] : ['both']) {
    await stage.faults({ do: { mute } });
    const probed = await stage.probe();
    if (probed.ok || probed.reason !== 'no-answer') {
      throw new Nonconformity('wrong-result', `silence is ${probed.ok ? 'well' : probed.reason}`);
    }
  }
}

async function wrongDevice(scene: Scene, other: DriverModule): Promise<void> {
  for (const profile of scene.place.isPatient ? other.profiles : other.profiles.slice(0, 1)) {
    await scene.stage.faults({ do: { otherDevice: { driver: other.name, profile } } });
    const probed = await scene.stage.probe();
    if (probed.ok || (probed.reason !== 'wrong-device' && probed.reason !== 'no-answer')) {
      throw new Nonconformity('wrong-result', `a ${other.name} (${profile}) is ${probed.ok ? 'well' : probed.reason}`);
    }
  }
  await mustRecover(scene, scene.uses[0], `after a ${other.name}`);
}
