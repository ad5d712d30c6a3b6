/** Waits for something that tells of its changes by a callback. */
export class Changes {
  readonly #stop: () => void;
  #changed = Promise.withResolvers<void>();

  constructor(onChange: (listener: () => void) => () => void, signal: AbortSignal) {
    const stopListening = onChange(() => this.#changed.resolve());
    const left = (): void => this.#changed.resolve();
    signal.addEventListener('abort', left);
    if (signal.aborted) left();
    this.#stop = () => {
      stopListening();
      signal.removeEventListener('abort', left);
    };
  }

  /** Resolves after a change that came since the last call, or when the signal is aborted. */
  async next(): Promise<void> {
    await this.#changed.promise;
    this.#changed = Promise.withResolvers<void>();
  }

  stop(): void {
    this.#stop();
  }
}
