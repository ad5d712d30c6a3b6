import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import type { StaffAccount } from '../../contract/staff-account.ts';
import type { StaffView } from '../../contract/staff-api.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { hallTime } from '../hall-time.ts';
import { STAFF_LOCK_MS, STAFF_WRONG_TRIES } from '../limits.ts';
import type { Visits } from '../session/visits.ts';
import type { Transact } from '../store/transact.ts';
import { isRightPin } from './pin.ts';
import { UNKNOWN_STAFF, type StaffAction, type StaffActions } from './staff-actions.ts';

export interface StaffDeskDeps {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly actions: StaffActions;
  readonly accounts: readonly StaffAccount[];
  readonly visits: Pick<Visits, 'current'>;
}

/** A member of staff at the kiosk. */
export interface Present {
  readonly account: StaffView;
  /** Aborted when they sign out: every stream of theirs ends then. */
  readonly left: AbortSignal;
}

type SignIn =
  | Result<StaffView, 'wrong' | 'visit-open' | 'not-recorded'>
  | { readonly ok: false; readonly reason: 'locked'; readonly minutes: number };

type Deed = Pick<StaffAction, 'action' | 'subject' | 'detail'>;

/** Lets one member of staff in at a time, and writes down what they do before it is done. */
export class StaffDesk {
  readonly #deps: StaffDeskDeps;
  #present: (Present & { readonly leave: AbortController }) | undefined;
  /** Tries are made one after the other, so that many at once do not slip past the lock. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: StaffDeskDeps) {
    this.#deps = deps;
  }

  get present(): Present | undefined {
    return this.#present;
  }

  signIn(number: string, pin: string): Promise<SignIn> {
    const turn = this.#turn.then(() => this.#try(number, pin));
    // Whoever asked hears of a bug; the next one's turn comes all the same.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  signOut(cause: 'asked' | 'idle' | 'page-gone' | 'replaced' | 'closing'): void {
    const present = this.#present;
    if (!present) return;
    this.#present = undefined;
    present.leave.abort();
    // A full disk keeps nobody from signing out.
    this.#write(present.account.number, { action: 'signed-out', detail: cause });
  }

  /** To be called at the start: whoever was signed in when the last run broke off is not any more. */
  settleLastRun(): void {
    const staff = this.#deps.actions.stillIn();
    if (staff !== undefined) this.#write(staff, { action: 'signed-out', detail: 'crash' });
  }

  /** Writes down what the present member of staff is about to do; false when that is not possible, and so it must not be done. */
  record(deed: Deed): boolean {
    return this.#present !== undefined && this.#write(this.#present.account.number, deed);
  }

  /** Puts a record back into its queue in the name of the present member of staff: with the audit of it, or not at all. */
  sendAgain(id: string, target: string, put: () => boolean): Result<boolean, 'not-recorded'> {
    const { log, transact, actions } = this.#deps;
    const staff = this.#present?.account.number;
    if (staff === undefined) return refused('not-recorded');
    const written = transact(() => {
      if (!put()) return false;
      actions.addToAudit(staff, 'record-sent-again', id, target);
      return true;
    });
    if (!written.ok) {
      log('core.write-failed', { what: 'staff-action', cause: written.reason });
      return refused('not-recorded');
    }
    if (written.value) log('core.staff-acted', { action: 'record-sent-again', subject: id });
    return done(written.value);
  }

  async #try(number: string, pin: string): Promise<SignIn> {
    const { accounts, visits } = this.#deps;
    if (visits.current) return refused('visit-open');
    const account = accounts.find((one) => one.number === number);
    const staff = account?.number ?? UNKNOWN_STAFF;
    const locked = this.#lockedFor(staff);
    if (locked) return locked;
    const right = await isRightPin(account?.pin, pin);
    if (visits.current) return refused('visit-open');
    if (!account || !right) {
      if (!this.#write(staff, { action: 'sign-in-refused' })) return refused('not-recorded');
      return this.#lockedFor(staff) ?? refused('wrong');
    }
    this.signOut('replaced');
    if (!this.#write(staff, { action: 'signed-in', detail: account.role })) return refused('not-recorded');
    const leave = new AbortController();
    const { name, role } = account;
    this.#present = { account: { number, name, role }, left: leave.signal, leave };
    return done(this.#present.account);
  }

  /** By the record itself, so that a restart opens no lock. After it is over, one more wrong try locks again. */
  #lockedFor(staff: string): Extract<SignIn, { reason: 'locked' }> | undefined {
    const { clock, actions } = this.#deps;
    const tries = actions.wrongTries(staff, STAFF_WRONG_TRIES);
    const [latest] = tries;
    if (latest === undefined || tries.length < STAFF_WRONG_TRIES) return undefined;
    const left = Date.parse(latest) + STAFF_LOCK_MS - clock.now().getTime();
    return left > 0 ? { ok: false, reason: 'locked', minutes: Math.ceil(left / 60_000) } : undefined;
  }

  #write(staff: string, deed: Deed): boolean {
    const { clock, log, transact, actions } = this.#deps;
    const written = transact(() => actions.add({ at: hallTime(clock.now()), staff, ...deed }));
    if (written.ok) {
      log('core.staff-acted', { action: deed.action, ...(deed.subject !== undefined && { subject: deed.subject }) });
    } else {
      log('core.write-failed', { what: 'staff-action', cause: written.reason });
    }
    return written.ok;
  }
}
