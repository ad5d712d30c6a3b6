import type { Clock } from '../../contract/clock.ts';
import type { ByteLink, DeviceLink, HttpLink } from '../driver.ts';

/** Counts what a driver leaves behind, and tells of each byte that passes. */
export class Watch {
  /** Listeners on the link and waits of the clock. */
  listeners = 0;
  waits = 0;
  toDevice = 0;
  toHost = 0;
  onTraffic: () => void = () => undefined;

  link(link: DeviceLink): DeviceLink {
    return 'request' in link ? this.#service(link) : this.#line(link);
  }

  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      delay: async (milliseconds, signal) => {
        this.waits += 1;
        try {
          await clock.delay(milliseconds, signal);
        } finally {
          this.waits -= 1;
        }
      },
    };
  }

  #line(link: ByteLink): ByteLink {
    link.onBytes((bytes) => this.#passed('toHost', bytes.length));
    return {
      write: (bytes) => {
        this.#passed('toDevice', bytes.length);
        return link.write(bytes);
      },
      onBytes: (listener) => this.#counted(link.onBytes(listener)),
      onClose: (listener) => this.#counted(link.onClose(listener)),
      setBaudRate: (baudRate) => link.setBaudRate(baudRate),
      close: () => link.close(),
    };
  }

  #service(link: HttpLink): HttpLink {
    const passed = (count: number): void => this.#passed('toHost', count);
    return {
      authority: link.authority,
      request: async (request, signal) => {
        // A request counts as one byte more than its body, so that none is nothing.
        this.#passed('toDevice', 1 + (request.body?.length ?? 0));
        const { body, ...response } = await link.request(request, signal);
        return { ...response, body: counted(body, passed) };
      },
      onClose: (listener) => this.#counted(link.onClose(listener)),
      close: () => link.close(),
    };
  }

  #counted(stop: () => void): () => void {
    this.listeners += 1;
    let stopped = false;
    return () => {
      if (!stopped) this.listeners -= 1;
      stopped = true;
      stop();
    };
  }

  #passed(direction: 'toDevice' | 'toHost', count: number): void {
    this[direction] += count;
    this.onTraffic();
  }
}

async function* counted(
  body: AsyncIterable<Uint8Array>,
  passed: (count: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const bytes of body) {
    passed(bytes.length);
    yield bytes;
  }
}
