import type { ConformanceOf } from './description.ts';
import { deviceOf } from './device-of.ts';
import type { Ending } from './ending.ts';
import { right, wrong } from './ending.ts';
import { firstOf } from './presses.ts';
import type { Stage } from './stage.ts';
import type { Use } from './uses.ts';

/** Lamps are switched, and somebody comes and goes. */
export function cueLampUses({ lit, come, go }: ConformanceOf<'cue-lamps'>): readonly [Use, ...Use[]] {
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
    async run(stage) {
      for (const slot of deviceOf(stage, 'cue-lamps').slots) {
        for (const state of ['on', 'blink', 'off'] as const) {
          const ending = await lightOne(stage, slot, state, lit(slot, state));
          if (ending.kind !== 'right') return ending;
        }
      }
      const unknown = await deviceOf(stage, 'cue-lamps').light('no such slot', 'on');
      return !unknown.ok && unknown.reason === 'unknown-slot' ? right : wrong('lights a lamp that is not there');
    },
  };
  return [light, seen('somebody comes', come, 'present'), seen('somebody goes', go, 'gone')];
}

async function lightOne(
  stage: Stage,
  slot: string,
  state: 'off' | 'on' | 'blink',
  pattern: ReturnType<ConformanceOf<'cue-lamps'>['lit']>,
): Promise<Ending> {
  const since = stage.mark();
  const lit = await deviceOf(stage, 'cue-lamps').light(slot, state);
  if (!lit.ok) {
    if (lit.detail !== undefined) stage.told.push(lit.detail);
    return { kind: 'failed', reason: lit.reason };
  }
  return stage.happened(since, pattern) ? right : wrong(`the lamp of ${slot} is not ${state}`);
}
