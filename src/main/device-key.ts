import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { safeStorage } from 'electron';

const KEY_BYTES = 32;
const OWNER_ONLY = 0o600;

export interface DeviceKey {
  /** 32 bytes, base64 */
  readonly key: string;
  /** Where it is kept: the system's key store, or a file that only this user may read. */
  readonly kept: 'key-store' | 'owner-file';
}

/**
 * The key of the data at rest, made at the first start. Electron's safeStorage falls back to plain text on a Linux session
 * without a keyring and still answers; it is used only where it really encrypts, else the key lies in a file of mode 0600,
 * and the caller logs which of the two it is.
 */
export async function loadDeviceKey(dataDir: string): Promise<DeviceKey> {
  const encrypts =
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend()));
  return encrypts ? fromKeyStore(join(dataDir, 'device.key.sealed')) : fromOwnerFile(join(dataDir, 'device.key'));
}

async function fromKeyStore(path: string): Promise<DeviceKey> {
  const sealed = await readOrCreate(path, () => safeStorage.encryptString(randomBytes(KEY_BYTES).toString('base64')));
  return { key: safeStorage.decryptString(sealed), kept: 'key-store' };
}

async function fromOwnerFile(path: string): Promise<DeviceKey> {
  const key = await readOrCreate(path, () => randomBytes(KEY_BYTES));
  if (key.length !== KEY_BYTES)
    throw new Error('the device key file is damaged: restore it, or the data at rest is lost');
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) await chmod(path, OWNER_ONLY);
  return { key: key.toString('base64'), kept: 'owner-file' };
}

async function readOrCreate(path: string, make: () => Buffer): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const made = make();
  // Synced before use: a key lost in a power cut would take all data sealed with it along.
  const file = await open(path, 'wx', OWNER_ONLY);
  try {
    await file.writeFile(made);
    await file.sync();
  } finally {
    await file.close();
  }
  return made;
}
