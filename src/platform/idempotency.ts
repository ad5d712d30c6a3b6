import type { z } from 'zod';
import { done, refused, type Result } from '../domain/result.ts';
import { contentHash } from './content-hash.ts';
import type { SqlDatabase, Transaction } from './sql.ts';

export interface KeyedRequest {
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
   * A key is taken among all processes of the store, and only as long as its transaction: whatever ends a process frees
   * the keys it was working on.
   *
   * @param prepare awaited between taking the key here and the work; when it rejects, nothing happened
   * @param answerSchema reads a kept answer back
   */
  once<T, R extends string>(
    request: KeyedRequest,
    prepare: () => Promise<void>,
    answerSchema: z.ZodType<T>,
    work: (transaction: Transaction) => Promise<Result<T, R>>,
  ): Promise<Result<T, R | 'in-progress' | 'key-reused'>>;
  /** How many requests were answered from the store. */
  replays(): Promise<number>;
}

interface KeyedAnswer {
  readonly operation: string;
  readonly content_hash: string;
  readonly answer: string;
}

export function createIdempotency(database: SqlDatabase): Idempotency {
  const working = new Set<string>();
  return {
    async once(request, prepare, answerSchema, work) {
      const key = request.key.replaceAll('"', '');
      if (working.has(key)) return refused('in-progress');
      working.add(key);
      try {
        await prepare();
        const hash = contentHash(request.content);
        return await database.transaction(async (transaction) => {
          if (!(await transaction.claim(key))) return refused('in-progress');
          const stored = await transaction.get<KeyedAnswer>(
            'SELECT operation, content_hash, answer FROM keyed_answer WHERE key = $1',
            [key],
          );
          if (stored) {
            if (stored.operation !== request.operation || stored.content_hash !== hash) return refused('key-reused');
            await transaction.run('UPDATE keyed_answer SET replays = replays + 1 WHERE key = $1', [key]);
            return done(answerSchema.parse(JSON.parse(stored.answer)));
          }
          const answer = await work(transaction);
          if (answer.ok)
            await transaction.run(
              'INSERT INTO keyed_answer (key, operation, content_hash, answer) VALUES ($1, $2, $3, $4)',
              [key, request.operation, hash, JSON.stringify(answer.value)],
            );
          return answer;
        });
      } finally {
        working.delete(key);
      }
    },
    async replays() {
      const row = await database.get<{ replays: number }>(
        'SELECT CAST(coalesce(sum(replays), 0) AS BIGINT) AS replays FROM keyed_answer',
      );
      return row?.replays ?? 0;
    },
  };
}
