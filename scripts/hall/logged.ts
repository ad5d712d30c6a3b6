import { mkdir, readFile, readdir } from 'node:fs/promises';
import { watch } from 'node:fs';
import { join } from 'node:path';
import type { EventName } from '../../src/contract/log-events.ts';

export interface Sought {
  readonly event: EventName;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Once unless said. */
  readonly times?: number;
  /** In milliseconds since 1970: earlier entries, of other runs, do not count. */
  readonly since?: number;
}

/** Resolves once such an event stands so many times in the logs in the folder. */
export async function untilLogged(folder: string, sought: Sought): Promise<void> {
  // The shell opens its log after the first frame of the page.
  await mkdir(folder, { recursive: true });
  // Whoever waits has something else to stay for, or ends.
  const changes = watch(folder, { persistent: false });
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        changes.once('change', () => resolve());
      });
      if ((await countLogged(folder, sought)) >= (sought.times ?? 1)) return;
      await changed;
    }
  } finally {
    changes.close();
  }
}

async function countLogged(folder: string, { event, fields = {}, since = 0 }: Sought): Promise<number> {
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.endsWith('}'))
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(
      (entry) =>
        entry['event'] === event &&
        Number(entry['time'] ?? 0) >= since &&
        Object.entries(fields).every(([name, value]) => entry[name] === value),
    ).length;
}
