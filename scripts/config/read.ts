import { readFileSync } from 'node:fs';
import { done, refused, type Result } from '../../src/domain/result.ts';

export function readJson(file: string): Result<unknown> {
  return attempt((): unknown => JSON.parse(readFileSync(file, 'utf8')));
}

export function attempt<T>(work: () => T): Result<T> {
  try {
    return done(work());
  } catch (error) {
    return refused('failed', error instanceof Error ? error.message : String(error));
  }
}
