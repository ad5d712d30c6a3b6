import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Holdings } from '../test/soak/unplug/holdings.ts';
import { mayGrow } from '../test/soak/unplug/limits.ts';
import { soak } from '../test/soak/unplug/cycles.ts';
import { counted } from '../test/soak/unplug/holdings.ts';

// `npm run soak:devices [-- CYCLES]`: plugs of all devices are pulled and put in again, in every state; says what grew meanwhile.

const USUAL_CYCLES = 1_000;
/** Until then the allocators take memory that they keep: what the process holds resident grows, and what is used of it does not. */
const WARM_UP_CYCLES = 500;
const wanted = Number(process.argv[2] ?? USUAL_CYCLES);
if (!Number.isInteger(wanted) || wanted < 1) {
  console.error('Usage: npm run soak:devices [-- CYCLES]');
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'kiosk-soak-'));
try {
  const start = performance.now();
  const { cycles, before, after, growth, bugs, leftFrom } = await soak(folder, WARM_UP_CYCLES, wanted);
  const seconds = (performance.now() - start) / 1_000;
  console.log(`${cycles.length} cycles in ${seconds.toFixed(0)} s; after each one the device was used`);
  console.log(`pulled in: ${listed(counted(cycles.map(({ state }) => state)))}`);
  console.log(`devices:   ${listed(counted(cycles.map(({ id }) => id)))}`);
  console.log(`left by the log of the device process for "absent" from: ${listed(leftFrom)}`);
  const back = cycles.map(({ backMs }) => backMs).toSorted((a, b) => a - b);
  console.log(`back after: median ${at(back, 0.5)} s, 99 % ${at(back, 0.99)} s, longest ${at(back, 1)} s`);
  console.log(`before: ${told(before)}`);
  console.log(`after:  ${told(after)}`);
  console.log(`may grow: no file, no handle, heap ${megabytes(mayGrow.heap)}, resident ${megabytes(mayGrow.resident)}`);
  const failures = [...growth, ...bugs];
  if (after.resident - before.resident > mayGrow.resident) failures.push('resident memory has grown');
  for (const one of failures) console.log(`failed: ${one}`);
  if (failures.length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

/** In seconds. */
function at(sorted: readonly number[], part: number): string {
  return ((sorted[Math.ceil((sorted.length - 1) * part)] ?? 0) / 1_000).toFixed(2);
}

function told({ files, heap, resident, handles }: Holdings): string {
  return `${files} files; heap ${megabytes(heap)}, resident ${megabytes(resident)}; ${listed(handles)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
