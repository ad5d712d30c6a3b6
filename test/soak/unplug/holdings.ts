import { readdir, readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { DeviceProcess } from '../../fixtures/device-process.ts';
import { LOOK_EVERY_MS, mayGrow, SETTLE_MS } from './limits.ts';

const gauge = z.object({ type: z.literal('gauge'), heap: z.int().positive(), handles: z.array(z.string()) });

/** What the device process holds while all devices rest. Sizes in bytes. */
export interface Holdings {
  readonly files: number;
  /** Objects and the memory outside the heap that belongs to them, after the garbage was collected; without compiled code. */
  readonly heap: number;
  readonly resident: number;
  /** Timers, sockets, pipes and watchers that keep the event loop alive, by kind. */
  readonly handles: Readonly<Record<string, number>>;
}

export async function holdingsOf(process: DeviceProcess): Promise<Holdings> {
  const files = await filesAtRest(process.pid);
  const { heap, handles } = await process.ask(gauge);
  const [, kilobytes] = /VmRSS:\s*(\d+) kB/.exec(await readFile(`/proc/${process.pid}/status`, 'utf8')) ?? [];
  return { files, heap, resident: Number(kilobytes) * 1024, handles: counted(handles) };
}

/** A file is closed some time after the device that was behind it: the fewest that are seen within a moment count. */
async function filesAtRest(pid: number): Promise<number> {
  let fewest = Number.POSITIVE_INFINITY;
  for (let waited = 0; waited < SETTLE_MS; waited += LOOK_EVERY_MS) {
    fewest = Math.min(fewest, (await readdir(`/proc/${pid}/fd`)).length);
    await setTimeout(LOOK_EVERY_MS);
  }
  return fewest;
}

export function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** What has grown beyond what it may, in words for whoever looks for the leak. */
export function growthOf(before: Holdings, after: Holdings): string[] {
  const grown: string[] = [];
  if (after.files > before.files) grown.push(`files: ${before.files} to ${after.files}`);
  for (const [kind, count] of Object.entries(after.handles)) {
    // Of timers there are as many as devices wait for something at that moment.
    const had = before.handles[kind] ?? 0;
    if (kind !== 'Timeout' && count > had) grown.push(`${kind}: ${had} to ${count}`);
  }
  if (after.heap - before.heap > mayGrow.heap) grown.push(`heap: ${before.heap} to ${after.heap} bytes`);
  return grown;
}
