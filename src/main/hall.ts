import { readFileSync } from 'node:fs';
import type { HallView } from '../contract/visit-view.ts';

/**
 * Name, hours and phone of the hall from the configuration file, for the first frame. Only looked for: core checks the
 * file to the letter soon after, and tells staff what is wrong with it.
 */
export function readHall(configPath: string): HallView | undefined {
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(configPath, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
  const hall = entryOf(config, 'hall');
  const [name, hours, phone] = [entryOf(hall, 'name'), entryOf(hall, 'hours'), entryOf(hall, 'phone')];
  const complete = typeof name === 'string' && typeof hours === 'string' && typeof phone === 'string';
  return complete ? { name, hours, phone } : undefined;
}

function entryOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
