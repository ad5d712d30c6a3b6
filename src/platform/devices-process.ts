import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { storeOf } from './arguments.ts';
import { createDevices, type Devices } from './devices.ts';
import { openDatabase } from './open-store.ts';

/**
 * Which kiosks and offices the platform lets in; also while it runs:
 *
 *     node src/platform/devices-process.ts [--data DIR] enrol KIOSK CERTIFICATE.pem | enrol-office OFFICE CERTIFICATE.pem | revoke KIOSK-OR-OFFICE | list
 *
 * The store is found as the platform finds it. Prints what is so afterwards, one a line. Exit codes: 0, 1 when it
 * could not be done, 2 for wrong arguments.
 */

const USAGE =
  'usage: devices-process.ts [--data DIR] enrol KIOSK CERTIFICATE.pem | enrol-office OFFICE CERTIFICATE.pem | revoke KIOSK-OR-OFFICE | list\n';

type Command = (devices: Devices) => Promise<unknown>;

function commandOf([name, kioskId, file, ...rest]: readonly string[]): Command | undefined {
  if (rest.length > 0) return undefined;
  if (name === 'list' && kioskId === undefined) return async () => undefined;
  if (name === 'revoke' && kioskId !== undefined && file === undefined) return (devices) => devices.revoke(kioskId);
  if (kioskId === undefined || file === undefined) return undefined;
  if (name !== 'enrol' && name !== 'enrol-office') return undefined;
  const role = name === 'enrol' ? 'kiosk' : 'office';
  return async (devices) => devices.enrol(kioskId, await readFile(file, 'utf8'), role);
}

const { values, positionals } = parseArgs({ options: { data: { type: 'string' } }, allowPositionals: true });
const command = commandOf(positionals);
if (!command) {
  process.stderr.write(USAGE);
  process.exit(2);
}
const database = await openDatabase(storeOf(values.data, process.env), (error) => {
  throw error;
});
try {
  const devices = createDevices(database, { now: () => new Date() });
  await command(devices);
  for (const { role, kioskId, fingerprint, revokedAt } of await devices.list())
    process.stdout.write(
      `${role} ${kioskId} ${fingerprint} ${revokedAt === null ? 'let in' : `shut out ${revokedAt}`}\n`,
    );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await database.close();
}
