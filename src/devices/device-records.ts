import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { z } from 'zod';
import { deviceReason, deviceTest, deviceUses } from '../contract/device-classes.ts';
import type { EventLog } from '../contract/log.ts';
import { technical } from '../contract/technical.ts';

const deviceRecord = z.strictObject({
  /** Who closed it and why; absent for a device that is open. What staff closed, no passed self-test opens. */
  closed: z.strictObject({ by: z.enum(['staff', 'self-test']), reason: deviceReason }).optional(),
  uses: deviceUses,
  lastUsedAt: z.iso.datetime().optional(),
  lastTest: deviceTest.optional(),
});
export type DeviceRecord = z.infer<typeof deviceRecord>;
const deviceRecords = z.record(z.string(), deviceRecord);

/** What is remembered of each device over restarts. */
export interface DeviceRecords {
  of(device: string): DeviceRecord;
  /** Resolves when it is on the disk. A disk that refuses is told to the log: the device works on as it does now. */
  keep(device: string, record: DeviceRecord): Promise<void>;
}

export const unusedDevice: DeviceRecord = { uses: { total: 0, ok: 0, failed: 0 } };

/**
 * Records in a file of the device process: a closed device must not be opened even for a moment, and when this process
 * starts, core may not be there yet to say which are closed. A file that cannot be read means no records.
 */
export function openDeviceRecords(path: string, log: EventLog): DeviceRecords {
  const records = new Map(Object.entries(readRecords(path, log)));
  let writing: Promise<void> | undefined;
  let again = false;
  const write = async (): Promise<void> => {
    do {
      again = false;
      await replaceFile(path, JSON.stringify(Object.fromEntries(records))).catch((error: unknown) => {
        log('devices.records-failed', { what: 'write', detail: messageOf(error) });
      });
    } while (again);
    writing = undefined;
  };
  return {
    of: (device) => records.get(device) ?? unusedDevice,
    keep(device, record) {
      records.set(device, record);
      again = writing !== undefined;
      writing ??= write();
      return writing;
    },
  };
}

function readRecords(path: string, log: EventLog): Readonly<Record<string, DeviceRecord>> {
  try {
    return deviceRecords.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (!isMissing(error)) log('devices.records-failed', { what: 'read', detail: messageOf(error) });
    return {};
  }
}

/** The old or the new content, whenever the power goes. */
async function replaceFile(path: string, content: string): Promise<void> {
  const next = `${path}.next`;
  const file = await open(next, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
const messageOf = (error: unknown): string => technical(error instanceof Error ? error.message : 'unknown');
