import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Read in pieces of this size; a word that lies across two of them is found in their overlap. */
const PIECE_BYTES = 8 * 1024 * 1024;
const OVERLAP_BYTES = 512;

/** Every piece of memory that a process can read, as the kernel tells it (proc(5), /proc/pid/maps and /proc/pid/mem). */
export function* memoryImage(pid: number): Generator<Buffer, void, undefined> {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from, to, rights, path = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \d+\s*(.*)$/.exec(line) ?? [];
      if (from === undefined || to === undefined || !rights?.startsWith('r') || path === '[vvar]') continue;
      yield* piecesOf(memory, BigInt(`0x${from}`), BigInt(`0x${to}`));
    }
  } finally {
    closeSync(memory);
  }
}

function* piecesOf(memory: number, from: bigint, to: bigint): Generator<Buffer, void, undefined> {
  for (let at = from; at < to; at += BigInt(PIECE_BYTES - OVERLAP_BYTES)) {
    const length = Number(to - at < BigInt(PIECE_BYTES) ? to - at : BigInt(PIECE_BYTES));
    const piece = Buffer.allocUnsafe(length);
    const read = tryRead(memory, piece, at);
    if (read === 0) return;
    yield piece.subarray(0, read);
  }
}

/** Some of what is mapped cannot be read, as [vsyscall], or is gone since. */
function tryRead(memory: number, piece: Buffer, at: bigint): number {
  try {
    return readSync(memory, piece, 0, piece.length, at);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EIO' || error.code === 'EFAULT')) return 0;
    throw error;
  }
}
