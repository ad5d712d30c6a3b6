import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { PlatformTls } from './http.ts';
import type { PlatformDeps } from './server.ts';

/** What the platform's process is told by its command line and environment. Rejects with a message for the person who started it. */
export async function readArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Omit<PlatformDeps, 'clock' | 'log'>> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      tls: { type: 'string' },
      'plain-http': { type: 'boolean', default: false },
      admin: { type: 'boolean', default: false },
    },
  });
  const { host, data, tls, admin } = values;
  const port = z.coerce.number().int().min(0).max(65_535).safeParse(values.port);
  if (!port.success) throw new Error('--port takes a number from 0 to 65535');
  if ((tls !== undefined) === values['plain-http'])
    throw new Error('either --tls DIR or, for demonstrations on one machine, --plain-http');
  return {
    ...storeOf(data, environment),
    ...(tls !== undefined && { tls: await readTls(tls) }),
    host,
    port: port.data,
    admin,
  };
}

/** Where the records are: the database that DATABASE_URL names, else a file in the data folder. */
export function storeOf(
  data: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Pick<PlatformDeps, 'databaseUrl' | 'dataDir'> {
  const databaseUrl = environment['DATABASE_URL'];
  const folder = data === undefined ? {} : { dataDir: data };
  if (databaseUrl === undefined || databaseUrl === '') return folder;
  if (data === undefined) throw new Error('--data names the folder of the uploads, the same for all processes');
  return { ...folder, databaseUrl };
}

async function readTls(folder: string): Promise<PlatformTls> {
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  const [certificate, key, deviceAuthority] = await Promise.all(
    ['platform.pem', 'platform.key', 'devices.pem'].map(read),
  );
  if (certificate === undefined || key === undefined || deviceAuthority === undefined) throw new Error('not read');
  return { certificate, key, deviceAuthority };
}
