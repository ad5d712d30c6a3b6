import type { ConformanceOf, EventPattern } from './description.ts';
import { deviceOf } from './device-of.ts';
import type { Ending } from './ending.ts';
import { right, wrong } from './ending.ts';
import { firstOf } from './presses.ts';
import type { Stage } from './stage.ts';
import type { Use } from './uses.ts';

/** Lamps are switched, and somebody comes and goes. */
export function cueLampUses({ lit, come, go, answersProbe }: ConformanceOf<'cue-lamps'>): readonly [Use, ...Use[]] {
  const seen = (name: string, act: typeof come, wanted: 'present' | 'gone'): Use => ({
    name,
    run: (stage, signal, quietMs) =>
      firstOf(
        stage,
        (until) => deviceOf(stage, 'cue-lamps').watch(until),
        { act, listening: undefined, quietMs, signal },
        (found) => (found === wanted ? right : wrong(`${found} instead of ${wanted}`)),
      ),
  });
  const light: Use = {
    name: 'each lamp',
    async run(stage, _, quietMs) {
      for (const slot of deviceOf(stage, 'cue-lamps').slots) {
        for (const state of ['on', 'blink', 'off'] as const) {
          const ending = await lightOne(stage, slot, state, { pattern: lit(slot, state), answersProbe, quietMs });
          if (ending.kind !== 'right') return ending;
        }
      }
      const unknown = await deviceOf(stage, 'cue-lamps').light('no such slot', 'on');
      return !unknown.ok && unknown.reason === 'unknown-slot' ? right : wrong('lights a lamp that is not there');
    },
  };
  return [light, seen('somebody comes', come, 'present'), seen('somebody goes', go, 'gone')];
}

interface Lit {
  readonly pattern: EventPattern;
  readonly answersProbe: boolean;
  readonly quietMs: number;
}

async function lightOne(
  stage: Stage,
  slot: string,
  state: 'off' | 'on' | 'blink',
  { pattern, answersProbe, quietMs }: Lit,
): Promise<Ending> {
  const since = stage.mark();
  const lit = await deviceOf(stage, 'cue-lamps').light(slot, state);
  if (!lit.ok) {
    if (lit.detail !== undefined) stage.told.push(lit.detail);
    return { kind: 'failed', reason: lit.reason };
  }
  // A board that answers nothing does it when the bytes have come, and nobody can tell when they have not.
  if (!answersProbe) await stage.within(Promise.race([stage.event(since, pattern), stage.gone()]), quietMs);
  if (stage.happened(since, pattern)) return right;
  return answersProbe ? wrong(`the lamp of ${slot} is not ${state}`) : { kind: 'ended' };
}
