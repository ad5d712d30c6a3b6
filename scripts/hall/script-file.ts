import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { simulatedDevice } from '../../src/devices/simulator-host.ts';
import type { SimulatedDevice } from '../../src/devices/simulator-host.ts';

const scriptFile = z.record(z.string(), simulatedDevice.omit({ id: true }).partial());

/**
 * Adds to the devices that are there anyway what a script file says of each: what is done at its start and what goes wrong. Rejects with one line for a
 * person when the file is none.
 */
export async function withScript(
  known: readonly SimulatedDevice[],
  path: string | undefined,
): Promise<SimulatedDevice[]> {
  try {
    const file = path === undefined ? {} : scriptFile.parse(JSON.parse(await readFile(path, 'utf8')));
    const named = new Map<string, object>(known.map((device) => [device.id, device]));
    for (const [id, device] of Object.entries(file)) named.set(id, { ...named.get(id), ...device });
    return [...named].map(([id, device]) => simulatedDevice.parse({ ...device, id }));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${path ?? ''} is no script: ${reason}`, { cause: error });
  }
}
