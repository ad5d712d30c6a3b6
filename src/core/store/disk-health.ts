import type { WriteFailure } from './write-failure.ts';

/** Whether the disk took the last write: staff have to know when a kiosk that looks sound can take no case. */
export class DiskHealth {
  #failure: WriteFailure | undefined;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Nothing when the disk is well, and when it is only full, which is told by the room that is left. */
  get failure(): WriteFailure | undefined {
    return this.#failure;
  }

  heard(failure: WriteFailure | undefined): void {
    const next = failure === 'disk-full' ? undefined : failure;
    if (next === this.#failure) return;
    this.#failure = next;
    this.#onChange();
  }
}
