import { watch } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventName } from '../../src/contract/log-events.ts';

export type LogFields = Readonly<Record<string, unknown>>;

/** Resolves once such an event stands so many times in the logs in the folder. */
export async function untilLogged(folder: string, event: EventName, fields: LogFields, times = 1): Promise<void> {
  // The shell opens its log after the first frame of the page.
  await mkdir(folder, { recursive: true });
  const changes = watch(folder);
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        changes.once('change', () => resolve());
      });
      if ((await countLogged(folder, event, fields)) >= times) return;
      await changed;
    }
  } finally {
    changes.close();
  }
}

export async function countLogged(folder: string, event: EventName, fields: LogFields): Promise<number> {
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.endsWith('}'))
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(
      (entry) => entry['event'] === event && Object.entries(fields).every(([name, value]) => entry[name] === value),
    ).length;
}
