import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { FileStore } from '@tus/file-store';
import { UPLOAD_EXPIRES_MS, UPLOAD_SYNC_BYTES, UPLOAD_WRITE_BYTES, UPLOADS_FOLLOWED } from './limits.ts';

/** What is known of an upload without reading it: the hash of its bytes up to there. */
interface Followed {
  readonly hash: Hash;
  readonly offset: number;
}

/**
 * The files of uploads. Bytes are hashed as they come and are on their way to the disk meanwhile, so that after the last one
 * little is left to wait for.
 */
export class UploadFiles extends FileStore {
  /** Those of which this process wrote every byte; the one that was written to last comes last. */
  readonly #followed = new Map<string, Followed>();

  constructor(directory: string) {
    super({ directory, expirationPeriodInMilliseconds: UPLOAD_EXPIRES_MS });
  }

  /**
   * What came of a line that was cut stays, and is gone on from. Returns with it written and on the disk. The pieces are the
   * store's from then on: one that has memory of its own is empty afterwards.
   */
  override async write(readable: Readable | IncomingMessage, id: string, offset: number): Promise<number> {
    const known = this.#followed.get(id);
    this.#followed.delete(id);
    const hash = offset === 0 ? createHash('sha256') : known?.offset === offset ? known.hash : undefined;
    const path = join(this.directory, id);
    const file = await open(path, 'r+');
    try {
      const end = await writeAll(readable, { path, file, offset, hash });
      if (hash) this.#follow(id, { hash, offset: end });
      return end;
    } catch (error) {
      // Asked again, the system would say that all is well.
      if (error instanceof NotOnDisk) await this.remove(id);
      throw error;
    } finally {
      await file.close();
    }
  }

  /**
   * SHA-256 in hex of an upload of so many bytes, once, if this process wrote it and put it onto the disk. Anybody else's has to
   * be read.
   */
  takeHash(id: string, bytes: number): string | undefined {
    const followed = this.#followed.get(id);
    this.#followed.delete(id);
    return followed?.offset === bytes ? followed.hash.digest('hex') : undefined;
  }

  #follow(id: string, followed: Followed): void {
    this.#followed.set(id, followed);
    // Of those that are never gone on with.
    for (const oldest of this.#followed.keys()) {
      if (this.#followed.size <= UPLOADS_FOLLOWED) return;
      this.#followed.delete(oldest);
    }
  }
}

/** Answers where the bytes end. Rejects when one of them could not be written, or does not stay. */
async function writeAll(
  readable: Readable | IncomingMessage,
  {
    path,
    file,
    offset,
    hash,
  }: {
    readonly path: string;
    /** By which it is put onto the disk. */
    readonly file: FileHandle;
    readonly offset: number;
    readonly hash: Hash | undefined;
  },
): Promise<number> {
  const out = createWriteStream(path, { flags: 'r+', start: offset, highWaterMark: UPLOAD_WRITE_BYTES });
  const written = finished(out);
  // Waited for below, whatever happens before.
  written.catch(() => undefined);
  const disk = new Disk(file);
  let end = offset;
  try {
    for await (const chunk of readable as AsyncIterable<Buffer>) {
      hash?.update(chunk);
      end += chunk.length;
      if (!out.write(chunk, () => giveBack(chunk))) await Promise.race([once(out, 'drain'), written]);
      disk.reached(out.bytesWritten);
    }
  } finally {
    out.end();
    await written;
    await disk.sync();
  }
  return end;
}

/**
 * Frees a piece that is written. Left to the garbage collector, the megabytes of an upload make it mark all that the platform
 * has in memory, again and again; and the next piece would not get memory that the processor still has at hand.
 */
function giveBack({ buffer, byteLength }: Buffer): void {
  // Not the memory that others have a part of.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

/** Bytes that were written are not on the disk, and nobody knows which. */
class NotOnDisk extends Error {}

/** Puts a file onto the disk in step with its writing. */
class Disk {
  readonly #file: FileHandle;
  #begunAt = 0;
  #busy: Promise<void> | undefined;
  #failure: NotOnDisk | undefined;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** So many bytes are written. */
  reached(bytes: number): void {
    if (this.#busy || bytes - this.#begunAt < UPLOAD_SYNC_BYTES) return;
    this.#begunAt = bytes;
    this.#busy = this.#put();
  }

  /** Resolves with everything on the disk that is written. */
  async sync(): Promise<void> {
    await this.#busy;
    await this.#put();
    if (this.#failure) throw this.#failure;
  }

  async #put(): Promise<void> {
    try {
      await this.#file.datasync();
    } catch (error) {
      this.#failure = new NotOnDisk('an upload was not put onto the disk', { cause: error });
    }
    this.#busy = undefined;
  }
}
