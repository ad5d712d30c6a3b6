import type { PrintOutcome } from '../../contract/device-api.ts';

interface HeldJob {
  readonly id: string;
  readonly decide: (mayMove: boolean) => void;
  readonly ended: Promise<unknown>;
}

/** Holds the one job that the printer was readied for, until it is started or another one comes. */
export class PrintGate {
  #held: HeldJob | undefined;

  /** `print` gets the word on whether paper may move. A job still held gives way first. */
  async hold(id: string, print: (mayMove: Promise<boolean>) => Promise<PrintOutcome>): Promise<PrintOutcome> {
    const before = this.#held;
    const { promise: mayMove, resolve: decide } = Promise.withResolvers<boolean>();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#held = { id, decide, ended };
    before?.decide(false);
    await before?.ended;
    try {
      return await print(mayMove);
    } finally {
      end();
    }
  }

  start(id: string): void {
    if (this.#held?.id !== id) return;
    this.#held.decide(true);
    // What is on paper soon is not to be taken back.
    this.#held = undefined;
  }
}
