import type { EventLog } from '../contract/log.ts';

/**
 * A log that is opened later: what writes it is not needed before the first frame and costs it a tenth of a second.
 * Events until then are kept, in order.
 */
export class LateLog {
  readonly #load: () => Promise<EventLog>;
  #early: ((log: EventLog) => void)[] = [];
  #opened: EventLog | undefined;
  #opening: Promise<void> | undefined;

  constructor(load: () => Promise<EventLog>) {
    this.#load = load;
  }

  readonly log: EventLog = (event, fields) => {
    if (this.#opened) this.#opened(event, fields);
    else this.#early.push((log) => log(event, fields));
  };

  /** Resolves when everything told so far is in the log. */
  open(): Promise<void> {
    this.#opening ??= this.#load().then((log) => {
      this.#opened = log;
      for (const write of this.#early.splice(0)) write(log);
    });
    return this.#opening;
  }
}
