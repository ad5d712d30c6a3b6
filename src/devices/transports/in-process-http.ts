import type { HttpLink, HttpSimulator } from '../driver.ts';
import { LinkClosed } from '../driver.ts';

/** A service whose requests a simulator in the same process answers. */
export function serviceInProcess(simulator: HttpSimulator): HttpLink {
  const listeners = new Set<() => void>();
  let closed = false;
  return {
    authority: '127.0.0.1:80',
    async request(request, signal) {
      signal.throwIfAborted();
      if (closed) throw new LinkClosed();
      return simulator.respond(request);
    },
    onClose(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      if (closed) return;
      closed = true;
      simulator.stop();
      for (const listener of listeners) listener();
    },
  };
}
