import { monitorEventLoopDelay } from 'node:perf_hooks';

const NS_A_MS = 1e6;

/** How long some work took, and the longest time in it in which nothing else was answered, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<{ ms: number; pause: number }> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const began = performance.now();
  await work();
  const ms = performance.now() - began;
  delays.disable();
  return { ms, pause: delays.max / NS_A_MS };
}
