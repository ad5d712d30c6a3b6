import type { DeviceLink } from '../driver.ts';
import { listenedTo } from './recorder.ts';

type Listener = (to: 'device' | 'host', bytes: Uint8Array) => void;

/** Lets somebody listen to the lines of devices; while nobody does, nothing is kept of what passes. */
export class LineTaps {
  readonly #listeners = new Map<string, Listener>();

  /** The same link; a service that answers requests has no line to listen to. */
  on(device: string, link: DeviceLink): DeviceLink {
    if ('request' in link) return link;
    return listenedTo(link, (to, bytes) => this.#listeners.get(device)?.(to, bytes));
  }

  /** Returns a function that stops listening. A newer listener takes the place of an earlier one. */
  listen(device: string, listener: Listener): () => void {
    this.#listeners.set(device, listener);
    return () => {
      if (this.#listeners.get(device) === listener) this.#listeners.delete(device);
    };
  }
}
