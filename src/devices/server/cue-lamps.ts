import type { LampAnswer } from '../../contract/device-api.ts';
import type { CueLamps } from '../driver.ts';
import type { Lease } from '../lease.ts';
import { ASK_LIMIT_MS } from '../limits.ts';
import type { BorrowFailure } from '../managed-device.ts';
import type { ServerDeps } from './serve.ts';
import type { Borrowing } from './watch.ts';
import { watch } from './watch.ts';

type LampState = Parameters<CueLamps['light']>[1];

/**
 * One board has the lamps and the sensor: while somebody watches the sensor, lamps are lit within that loan, and wait for it where it
 * only begins.
 */
export class LampDesk {
  readonly #deps: ServerDeps;
  #watching: Borrowing<'cue-lamps'> | undefined;

  constructor(deps: ServerDeps) {
    this.#deps = deps;
  }

  presence(signal: AbortSignal): AsyncGenerator<{ person: 'present' | 'gone' }, void, undefined> {
    let own: Borrowing<'cue-lamps'> | undefined;
    return watch(this.#deps, signal, {
      kind: 'cue-lamps',
      open: (device, leave) => device.watch(leave),
      convert: (person) => ({ person }),
      onBorrow: (borrowing) => {
        // A newer watch may have asked for the board before this one gives it back.
        if (borrowing || this.#watching === own) this.#watching = borrowing;
        own = borrowing;
      },
    });
  }

  async light(slot: string, state: LampState): Promise<LampAnswer> {
    const watching = await this.#watching;
    if (watching) return watching.ok ? light(watching.value, slot, state) : unlit(watching.reason);
    const borrowed = await this.#deps.supervisor.borrow('cue-lamps', new AbortController().signal, 'take-over');
    if (!borrowed.ok) return unlit(borrowed.reason);
    const lease = borrowed.value;
    const answer = await light(lease, slot, state);
    const failed = !answer.ok && answer.reason === 'no-answer';
    await lease.release({ use: answer.ok ? 'ok' : failed ? 'failed' : 'unused', suspect: failed });
    return answer;
  }
}

const unlit = (reason: BorrowFailure): LampAnswer => ({
  ok: false,
  reason: reason === 'faulty' ? 'no-answer' : 'absent',
});

async function light(lease: Lease<'cue-lamps'>, slot: string, state: LampState): Promise<LampAnswer> {
  const asked = await lease.ask((device) => device.light(slot, state), ASK_LIMIT_MS);
  if (!asked.ok) return { ok: false, reason: asked.reason === 'unplugged' ? 'absent' : 'no-answer' };
  return asked.value.ok ? { ok: true } : { ok: false, reason: asked.value.reason };
}
