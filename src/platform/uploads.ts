import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../contract/clock.ts';
import type { AnnouncedPage, RefusalReason } from '../contract/platform-api.ts';
import { done, refused, type Result } from '../domain/result.ts';
import { HASHED_AT_ONCE_BYTES, SWEEP_AFTER_MS, UPLOAD_EXPIRES_MS } from './limits.ts';
import type { PlatformStore } from './store.ts';
import { UploadFiles } from './upload-files.ts';

export type UploadRefusal = 'unknown-case' | Extract<RefusalReason, 'page-not-announced' | 'hash-mismatch'>;

/** The scanned pages that come in resumable uploads. A page's file stays where it was uploaded to. */
export interface Uploads {
  readonly files: UploadFiles;
  /** Whether an upload of this page may begin. */
  mayBegin(page: AnnouncedPage): Promise<Result<undefined, UploadRefusal>>;
  /**
   * Takes in the page of a complete upload: when this resolves its bytes are on disk, have the announced hash and belong
   * to the page. May be repeated. An upload with other bytes is removed.
   */
  take(
    upload: { readonly id: string; readonly bytes: number },
    page: AnnouncedPage,
  ): Promise<Result<undefined, UploadRefusal>>;
  /** Takes in a page that came whole, as from another platform. May be repeated. */
  put(page: AnnouncedPage, bytes: Uint8Array): Promise<Result<undefined, UploadRefusal>>;
  /** The bytes of an upload that was taken in. */
  read(upload: string): Promise<Buffer>;
}

export interface UploadsDeps {
  /** The same for all processes of the store. */
  readonly folder: string;
  readonly store: PlatformStore;
  readonly clock: Pick<Clock, 'now'>;
}

export async function openUploads({ folder, store, clock }: UploadsDeps): Promise<Uploads> {
  await mkdir(folder, { recursive: true });
  const files = new UploadFiles(folder);
  let sweptAt = clock.now().getTime();
  await removeExpired(folder, sweptAt, store);

  const take: Uploads['take'] = async (upload, page) => {
    const known = await store.announced(page);
    if (!known.ok) return known;
    if (known.value.receivedAt !== null) return done();
    const path = join(folder, upload.id);
    const [hash] = await Promise.all([files.takeHash(upload.id, upload.bytes) ?? readOnDisk(path), toDisk(folder)]);
    if (hash !== page.sha256) {
      await Promise.all([path, `${path}.json`].map((file) => rm(file, { force: true })));
      return refused('hash-mismatch');
    }
    await store.addUpload(page, upload, clock.now());
    return done();
  };
  return {
    files,
    take,
    async put(page, bytes) {
      const known = await store.announced(page);
      if (!known.ok || known.value.receivedAt !== null) return known.ok ? done() : known;
      const id = randomBytes(16).toString('hex');
      await writeFile(join(folder, id), bytes);
      return take({ id, bytes: bytes.length }, page);
    },
    read: (upload) => readFile(join(folder, upload)),
    async mayBegin(page) {
      const now = clock.now().getTime();
      if (now - sweptAt > SWEEP_AFTER_MS) {
        sweptAt = now;
        await removeExpired(folder, now, store);
      }
      const known = await store.announced(page);
      return known.ok ? done() : known;
    },
  };
}

/**
 * Removes the files of uploads that were not completed in time. The file store's own clearing would take complete ones
 * too: it knows only how long a file was when it was made.
 */
async function removeExpired(folder: string, now: number, store: PlatformStore): Promise<void> {
  const kept = await store.uploadsKept();
  for (const name of await readdir(folder)) {
    if (kept.has(name.replace(/\.json$/, ''))) continue;
    const path = join(folder, name);
    const changedAt = await lastChange(path);
    if (changedAt !== undefined && now - changedAt > UPLOAD_EXPIRES_MS) await rm(path, { force: true });
  }
}

/** Nothing when it is gone: other processes clear up as well. */
async function lastChange(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** SHA-256 in hex of what others wrote, with it on the disk. */
async function readOnDisk(path: string): Promise<string> {
  const hash = createHash('sha256');
  const read = pipeline(createReadStream(path, { highWaterMark: HASHED_AT_ONCE_BYTES }), hash);
  await Promise.all([read, toDisk(path)]);
  return hash.digest('hex');
}

async function toDisk(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
