import { ORPCError } from '@orpc/client';
import { z } from 'zod';

/** What may be wrong with the platform on purpose, for tests, the tour and demonstrations. One fault at a time. */
export const fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** Every request gets this status with a JSON error; nothing is taken in. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.union([z.literal(409), z.literal(429), z.literal(500), z.literal(503)]),
    retryAfterSeconds: z.int().nonnegative().optional(),
  }),
  /** Every request gets 200 and a page, as from a log-in portal in between; nothing is taken in. */
  z.strictObject({ kind: z.literal('html') }),
  /** Requests are taken and stay without an answer until the fault is over; those still open then go on. */
  z.strictObject({ kind: z.literal('hang') }),
  /** That share of the answers is lost after the commit, the connection just ends: 1 loses all, 0.3 three of ten. */
  z.strictObject({ kind: z.literal('lose-answers'), share: z.number().gt(0).max(1) }),
  /** The registers that rules ask (秒批, pre-review) know nothing of anybody. */
  z.strictObject({ kind: z.literal('registers-silent') }),
  /** Nobody listens on the port. */
  z.strictObject({ kind: z.literal('down') }),
]);
export type Fault = z.infer<typeof fault>;

/** Which fault is on, and the questions the server asks about it. */
export class Faults {
  #current: Fault = { kind: 'none' };
  #answers = 0;
  #over = Promise.withResolvers<void>();
  readonly #onHeld: () => void;

  /** @param onHeld told of each request that begins to wait */
  constructor(onHeld: () => void) {
    this.#onHeld = onHeld;
  }

  get current(): Fault {
    return this.#current;
  }

  set(next: Fault): void {
    this.#current = next;
    this.#answers = 0;
    this.#over.resolve();
    this.#over = Promise.withResolvers<void>();
  }

  /** Resolves when work may begin; rejects when the client goes away before. */
  async mayBegin(signal: AbortSignal | undefined): Promise<void> {
    while (this.#current.kind === 'hang') {
      this.#onHeld();
      await Promise.race([this.#over.promise, rejectedBy(signal)]);
    }
  }

  /** Counts an answer and says whether it gets lost. Evenly spread, so that a test knows what happens. */
  losesAnswer(): boolean {
    if (this.#current.kind !== 'lose-answers') return false;
    const before = Math.floor(this.#answers * this.#current.share);
    this.#answers += 1;
    return Math.floor(this.#answers * this.#current.share) > before;
  }
}

function rejectedBy(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new ORPCError('CLIENT_CLOSED_REQUEST', { cause: signal?.reason }));
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
