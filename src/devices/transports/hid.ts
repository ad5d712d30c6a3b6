import type { ByteLink } from '../driver.ts';
import { LinkClosed } from '../driver.ts';
import type { HidFraming } from './hid-framing.ts';
import { LinkState } from './link-state.ts';

/** An open HID device, as hidapi sees it: what it is given starts with a report id, which is 0 where reports are not numbered. */
export interface HidPort {
  write(report: Uint8Array): Promise<void>;
  sendFeatureReport(report: Uint8Array): Promise<void>;
  onReport(listener: (report: Uint8Array) => void): void;
  /** Called once, when the device goes. */
  onGone(listener: () => void): void;
  close(): Promise<void>;
}

/** A line over the reports of a HID device. */
export class HidLink implements ByteLink {
  readonly #port: HidPort;
  readonly #framing: HidFraming;
  readonly #state = new LinkState();
  /** One report after the other, whoever writes. */
  #last: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(port: HidPort, framing: HidFraming) {
    this.#port = port;
    this.#framing = framing;
    port.onReport((report) => {
      const bytes = framing.toHost.unpack(report);
      if (bytes.length > 0) this.#state.deliver(bytes);
    });
    port.onGone(() => void this.close());
  }

  write(bytes: Uint8Array): Promise<void> {
    const reports = this.#framing.toDevice.pack(bytes);
    return this.#state.write((end) => {
      this.#last = this.#last.then(() => this.#send(reports)).then(() => end(), end);
    });
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.#state.onBytes(listener);
  }

  onClose(listener: () => void): () => void {
    return this.#state.onClose(listener);
  }

  async setBaudRate(baudRate: number): Promise<void> {
    try {
      for (const report of this.#framing.lineSetup?.(baudRate) ?? []) await this.#port.sendFeatureReport(report);
    } catch (error) {
      throw new LinkClosed('the line speed was not taken', { cause: error });
    }
  }

  close(): Promise<void> {
    this.#state.end();
    this.#closing ??= this.#port.close();
    return this.#closing;
  }

  async #send(reports: readonly Uint8Array[]): Promise<void> {
    for (const report of reports) {
      if (this.#state.closed) throw new LinkClosed();
      await this.#port.write(this.#framing.numbered ? report : Uint8Array.of(0, ...report));
    }
  }
}
