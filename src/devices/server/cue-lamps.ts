import type { LampAnswer } from '../../contract/device-api.ts';
import type { Lease } from '../lease.ts';
import { ASK_LIMIT_MS } from '../limits.ts';
import type { BorrowFailure } from '../managed-device.ts';
import { stream } from '../stream.ts';
import { aborted } from '../within.ts';
import type { ServerDeps } from './serve.ts';
import { watch } from './watch.ts';

type Board = Lease<'cue-lamps'>;
type Presence = 'present' | 'gone';

interface User {
  readonly onPerson?: (person: Presence) => void;
  readonly lamp?: { readonly slot: string; readonly onAnswer: (answer: LampAnswer) => void };
}

/** One board has the lamps and the sensor, and its lamps go out when it is given back: all who need it share one loan of it. */
export class LampDesk {
  readonly #deps: ServerDeps;
  readonly #users = new Set<User>();
  /** While there are users: ended by the last of them, or by who takes the board away. */
  #loan: AbortController | undefined;
  #board: Board | undefined;

  constructor(deps: ServerDeps) {
    this.#deps = deps;
  }

  presence(signal: AbortSignal): AsyncGenerator<{ person: Presence }, void, undefined> {
    return stream(signal, (emit, leave) => this.#stay({ onPerson: (person) => emit({ person }) }, leave));
  }

  /** Lit until the caller leaves, and again when the board comes back. */
  light(slot: string, signal: AbortSignal): AsyncGenerator<LampAnswer, void, undefined> {
    return stream(signal, (emit, leave) => this.#stay({ lamp: { slot, onAnswer: emit } }, leave));
  }

  async #stay(user: User, leave: AbortSignal): Promise<void> {
    if (leave.aborted) return;
    this.#users.add(user);
    const loan = (this.#loan ??= this.#borrow());
    if (user.lamp && this.#board) void lightUp(this.#board, user.lamp);
    await aborted([leave], loan.signal);
    this.#users.delete(user);
    const { lamp } = user;
    if (lamp && this.#board && !this.#lamps().some(({ slot }) => slot === lamp.slot)) {
      await set(this.#board, lamp.slot, 'off');
    }
    if (this.#users.size === 0) loan.abort();
  }

  #borrow(): AbortController {
    const loan = new AbortController();
    const over = (): void => {
      loan.abort();
      if (this.#loan === loan) this.#loan = undefined;
    };
    loan.signal.addEventListener('abort', over, { once: true });
    this.#follow(loan.signal).then(over, this.#deps.onBug);
    return loan;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const persons = watch(this.#deps, signal, {
      kind: 'cue-lamps',
      open: (device, leave) => device.watch(leave),
      convert: (person) => person,
      onLease: (board) => this.#become(board),
      onRefused: (reason) => {
        for (const { onAnswer } of this.#lamps()) onAnswer({ ok: false, reason: refusal(reason) });
      },
    });
    for await (const person of persons) for (const { onPerson } of this.#users) onPerson?.(person);
  }

  #become(board: Board | undefined): void {
    this.#board = board;
    if (board) for (const lamp of this.#lamps()) void lightUp(board, lamp);
  }

  #lamps(): NonNullable<User['lamp']>[] {
    return [...this.#users].flatMap(({ lamp }) => lamp ?? []);
  }
}

async function lightUp(board: Board, { slot, onAnswer }: NonNullable<User['lamp']>): Promise<void> {
  onAnswer(await set(board, slot, 'on'));
}

async function set(board: Board, slot: string, state: 'on' | 'off'): Promise<LampAnswer> {
  const asked = await board.ask((device) => device.light(slot, state), ASK_LIMIT_MS);
  if (!asked.ok) return { ok: false, reason: asked.reason === 'unplugged' ? 'absent' : 'no-answer' };
  return asked.value.ok ? { ok: true } : { ok: false, reason: asked.value.reason };
}

const refusal = (reason: BorrowFailure): 'absent' | 'no-answer' => (reason === 'faulty' ? 'no-answer' : 'absent');
