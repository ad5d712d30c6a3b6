import { LinkClosed } from '../driver.ts';

/** What every byte link keeps: who listens, which writes are under way, and whether it is closed. */
export class LinkState {
  readonly #bytesListeners = new Set<(bytes: Uint8Array) => void>();
  readonly #closeListeners = new Set<() => void>();
  /** Not every port calls back when it goes under a write. */
  readonly #writing = new Set<(error: Error) => void>();
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    this.#bytesListeners.add(listener);
    return () => this.#bytesListeners.delete(listener);
  }

  /** A line can go before anybody listens: that is told as well. */
  onClose(listener: () => void): () => void {
    if (this.#closed) queueMicrotask(listener);
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  deliver(bytes: Uint8Array): void {
    for (const listener of this.#bytesListeners) listener(bytes);
  }

  /** `start` gets a function to call when the write has ended. */
  write(start: (end: (error?: Error | null) => void) => void): Promise<void> {
    if (this.#closed) return Promise.reject(new LinkClosed());
    return new Promise((resolve, reject) => {
      this.#writing.add(reject);
      start((error) => {
        this.#writing.delete(reject);
        // The port was opened and understood its settings, so what fails now is the line itself.
        if (error) reject(new LinkClosed('write failed', { cause: error }));
        else resolve();
      });
    });
  }

  end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const reject of this.#writing) reject(new LinkClosed());
    this.#writing.clear();
    for (const listener of this.#closeListeners) listener();
  }
}
