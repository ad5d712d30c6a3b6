import type { Ending } from './ending.ts';
import { LINE_MS, PATIENT_PLACES, QUIET_MS, REAL_PLACES, USE_LIMIT_MS } from './limits.ts';
import { Nonconformity } from './nonconformity.ts';
import type { Scene } from './scenario.ts';
import { mustBeReady, mustBeReadySoon, mustEnd, mustSucceed } from './scenario.ts';
import type { Use } from './uses.ts';

const directions = ['toDevice', 'toHost'] as const;
type Direction = (typeof directions)[number];

/** A place within a use: so many bytes of one direction are through. */
interface Moment {
  readonly direction: Direction;
  readonly bytes: number;
}

/** Places from the first to the last byte of a use that went well, as that use would go again. */
async function momentsOf(scene: Scene, use: Use): Promise<readonly Moment[]> {
  const { watch } = scene.stage;
  const before = { toDevice: watch.toDevice, toHost: watch.toHost };
  await mustSucceed(scene, use, 'before anything happened');
  const places = scene.place.isPatient ? PATIENT_PLACES : REAL_PLACES;
  return directions.flatMap((direction) => {
    const total = watch[direction] - before[direction];
    const at = Array.from({ length: places }, (_, index) => 1 + Math.round(((total - 1) * index) / (places - 1)));
    return total === 0 ? [] : [...new Set(at)].map((bytes) => ({ direction, bytes }));
  });
}

/** The cable is pulled at any byte: the use is over at once and says so, and the next driver on the line works. */
export async function unpluggedAnywhere(scene: Scene): Promise<void> {
  const { stage } = scene;
  await mustBeReady(scene, 'at first');
  for (const use of scene.uses) {
    for (const { direction, bytes } of await momentsOf(scene, use)) {
      const when = `unplugged after ${bytes} bytes ${direction} of ${use.name}`;
      const gone = stage.gone();
      await stage.faults({ after: { [direction]: bytes }, do: { unplug: true } });
      const running = use
        .run(stage, new AbortController().signal, QUIET_MS)
        .catch((error: unknown) => thrown(error, when));
      const first = await stage.within(Promise.race([gone, running]), USE_LIMIT_MS);
      if (first === 'late') throw new Nonconformity('too-late', `neither gone nor over, ${when}`);
      judgeUnplugged(await mustEnd(scene, running, when), when);
      const probed = await stage.probe();
      if (probed.ok && stage.isGone()) throw new Nonconformity('wrong-result', `ready although ${when}`);
      await stage.detach();
      await stage.act({ plug: true });
      await stage.faults();
      await stage.attach();
      await mustBeReadySoon(scene, `again, ${when}`);
      await mustSucceed(scene, use, `again, ${when}`);
    }
  }
}

/** Losing the line has a name in each class; a use may also have been through by then. */
const lost: readonly string[] = ['reader-absent', 'offline', 'absent', 'no-answer', 'scanner-absent'];

function judgeUnplugged(ending: Ending, when: string): void {
  if (ending.kind === 'failed' && !lost.includes(ending.reason)) {
    throw new Nonconformity('not-named', `${ending.reason}, ${when}`);
  }
}

function thrown(error: unknown, when: string): never {
  if (error instanceof Nonconformity) throw error;
  throw new Nonconformity('not-named', `it throws ${String(error)}, ${when}`);
}

/** The caller leaves at any byte: the call is over at once, and the same driver goes on working after a reset. */
export async function abortedAnywhere(scene: Scene): Promise<void> {
  const { stage } = scene;
  await mustBeReady(scene, 'at first');
  for (const use of scene.uses) {
    for (const { direction, bytes } of await momentsOf(scene, use)) {
      const when = `left after ${bytes} bytes ${direction} of ${use.name}`;
      const reason = new Error('the caller has left');
      const caller = new AbortController();
      const { watch } = stage;
      const goal = watch[direction] + bytes;
      const { promise: left, resolve } = Promise.withResolvers<void>();
      watch.onTraffic = () => {
        if (watch[direction] < goal) return;
        watch.onTraffic = () => undefined;
        // Not in the middle of the listeners of these bytes.
        queueMicrotask(() => {
          caller.abort(reason);
          resolve();
        });
      };
      const running = use.run(stage, caller.signal, QUIET_MS).catch((error: unknown): Ending => {
        if (error === reason) return { kind: 'ended' };
        return thrown(error, when);
      });
      const first = await stage.within(Promise.race([left, running]), USE_LIMIT_MS);
      if (first === 'late') throw new Nonconformity('too-late', `neither left nor over, ${when}`);
      await mustEnd(scene, running, when);
      await stage.device.device.reset();
      await mustBeReady(scene, `again, ${when}`);
      // What was done at the device in that moment is still on its way; nobody looks at it any more.
      await stage.pause(LINE_MS);
      await mustSucceed(scene, use, `again, ${when}`);
    }
  }
}
