import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into the device process before its own code (`--import`). At each SIGUSR2 it tells the parent how long the event loop
 * was held up since the one before, in milliseconds, and begins anew.
 */
const RESOLUTION_MS = 1;
const NS_A_MS = 1e6;

const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();

process.on('SIGUSR2', () => {
  const at = (percentile: number): number => delays.percentile(percentile) / NS_A_MS;
  const told = { p50: at(50), p90: at(90), p99: at(99), max: delays.max / NS_A_MS, samples: delays.count };
  process.send?.({ type: 'loop-delay', ...told });
  delays.reset();
});
