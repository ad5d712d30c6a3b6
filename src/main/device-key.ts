import { rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import { KeyFiles, plainForm, type KeyForm, type Keys } from './key-files.ts';

/** The files of both kinds lie in the data folder under these names. */
const OWNER_FILE = 'device.key';
const KEY_STORE_FILE = 'device.key.sealed';

const keyStoreForm: KeyForm = {
  store: (key) => safeStorage.encryptString(key.toString('base64')),
  open: (stored) => Buffer.from(safeStorage.decryptString(stored), 'base64'),
};

export interface DeviceKey {
  /** 32 bytes, base64 */
  readonly key: string;
  /** While a rotation is not finished: the key before it, 32 bytes, base64. */
  readonly former?: string;
  /** Where it is kept: the system's key store, or a file that only this user may read. */
  readonly kept: 'key-store' | 'owner-file';
}

/**
 * The key of the data at rest, made at the first start. Electron's safeStorage falls back to plain text on a Linux session
 * without a keyring and still answers; it is used only where it really encrypts, else the key lies in a file of mode 0600,
 * and the caller logs which of the two it is. `rotate`: from now on a new key is used, and the former one is given along.
 */
export async function loadDeviceKey(dataDir: string, rotate: boolean): Promise<DeviceKey> {
  const kept = encrypts() ? 'key-store' : 'owner-file';
  const files = filesOf(dataDir);
  if (kept === 'key-store') await adopt(dataDir, files);
  if (rotate) await files.begin();
  const { key, former } = await files.load();
  return { key: key.toString('base64'), ...(former && { former: former.toString('base64') }), kept };
}

/** Nothing is under the former key any more. */
export async function settleDeviceKey(dataDir: string): Promise<void> {
  await filesOf(dataDir).settle();
}

function encrypts(): boolean {
  return (
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend()))
  );
}

function filesOf(dataDir: string): KeyFiles {
  return encrypts()
    ? new KeyFiles(join(dataDir, KEY_STORE_FILE), keyStoreForm)
    : new KeyFiles(join(dataDir, OWNER_FILE), plainForm);
}

/** A key that came with a restored backup lies in a plain file: it goes into the key store, unless that has one. */
async function adopt(dataDir: string, files: KeyFiles): Promise<void> {
  const plain = join(dataDir, OWNER_FILE);
  if (!existsSync(plain) || existsSync(join(dataDir, KEY_STORE_FILE))) return;
  const keys: Keys = await new KeyFiles(plain, plainForm).load();
  await files.keep(keys);
  await rm(plain);
  await rm(`${plain}.next`, { force: true });
}
