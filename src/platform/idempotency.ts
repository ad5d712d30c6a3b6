import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import { done, refused, type Result } from '../domain/result.ts';
import { contentHash } from './content-hash.ts';

interface KeyedRequest {
  /** Value of the Idempotency-Key header, with or without its quotes. */
  readonly key: string;
  readonly operation: string;
  readonly content: unknown;
}

export interface Idempotency {
  /**
   * Does `work` once for a key, after draft-ietf-httpapi-idempotency-key-header-07: the first answer is committed in one
   * transaction with the work and given again to the same key with the same content. Refusals are not kept, since
   * nothing happened: the same request may succeed later, for example when its case has arrived.
   *
   * @param prepare awaited between taking the key and the work; when it rejects, nothing happened
   * @param answerSchema reads a kept answer back
   */
  once<T, R extends string>(
    request: KeyedRequest,
    prepare: () => Promise<void>,
    answerSchema: z.ZodType<T>,
    work: () => Result<T, R>,
  ): Promise<Result<T, R | 'in-progress' | 'key-reused'>>;
  /** How many requests were answered from the store. */
  replays(): number;
}

interface KeyedAnswer {
  operation: string;
  content_hash: string;
  answer: string;
}

/** Keys being worked on are known to this process only: one platform process per store. */
export function createIdempotency(database: Database): Idempotency {
  const working = new Set<string>();
  const find = database.prepare<[string], KeyedAnswer>(
    'SELECT operation, content_hash, answer FROM keyed_answer WHERE key = ?',
  );
  const keep = database.prepare('INSERT INTO keyed_answer (key, operation, content_hash, answer) VALUES (?, ?, ?, ?)');
  const countReplay = database.prepare('UPDATE keyed_answer SET replays = replays + 1 WHERE key = ?');
  const replays = database.prepare<[], number>('SELECT coalesce(sum(replays), 0) FROM keyed_answer').pluck();

  return {
    async once(request, prepare, answerSchema, work) {
      const key = request.key.replaceAll('"', '');
      if (working.has(key)) return refused('in-progress');
      working.add(key);
      try {
        await prepare();
        const hash = contentHash(request.content);
        return database
          .transaction(() => {
            const stored = find.get(key);
            if (stored) {
              if (stored.operation !== request.operation || stored.content_hash !== hash) return refused('key-reused');
              countReplay.run(key);
              return done(answerSchema.parse(JSON.parse(stored.answer)));
            }
            const answer = work();
            if (answer.ok) keep.run(key, request.operation, hash, JSON.stringify(answer.value));
            return answer;
          })
          .immediate();
      } finally {
        working.delete(key);
      }
    },
    replays: () => replays.get() ?? 0,
  };
}
