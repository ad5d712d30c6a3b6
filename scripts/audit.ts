// `npm run audit -- verify FILE [NUMBER:HASH]`: walks the audit chain of a store and names the first row that is not as it
// was written; with a row noted down earlier, also finds a chain that was made anew or cut short.

import Sqlite from 'better-sqlite3';

import { verifyChain, type NotedRow } from '../src/core/audit/verify.ts';

const USAGE = 2;
const BROKEN = 1;

process.exitCode = main(process.argv.slice(2));

function main([command, path, note]: readonly string[]): number {
  const noted = readNote(note);
  if (command !== 'verify' || path === undefined || noted === 'not-a-note') {
    console.error('Usage: npm run audit -- verify FILE [NUMBER:HASH]');
    return USAGE;
  }
  const store = open(path);
  if (store === undefined) return USAGE;
  try {
    const verdict = verifyChain(store, noted);
    if (verdict.whole) {
      console.log(`whole: ${verdict.rows} rows, the last is ${verdict.rows}:${verdict.head}`);
      return 0;
    }
    console.error(`BROKEN at row ${verdict.sequence}: ${verdict.reason}`);
    return BROKEN;
  } catch (error) {
    // A damaged page cannot be told from one that was tampered with.
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    console.error(`BROKEN: ${path} cannot be read: ${error.message}`);
    return BROKEN;
  } finally {
    store.close();
  }
}

function open(file: string) {
  try {
    return new Sqlite(file, { readonly: true, fileMustExist: true });
  } catch (error) {
    console.error(`${file} cannot be opened: ${error instanceof Error ? error.message : ''}`);
    return undefined;
  }
}

function readNote(text: string | undefined): NotedRow | undefined | 'not-a-note' {
  if (text === undefined) return undefined;
  const [, sequence, hash] = /^([1-9]\d*):([0-9a-f]{64})$/.exec(text) ?? [];
  return sequence === undefined || hash === undefined ? 'not-a-note' : { sequence: Number(sequence), hash };
}
