import type { HIDAsync } from 'node-hid';
import { HID_READ_MS, HID_STALE_MS, HID_STALE_REPORTS } from '../limits.ts';
import type { HidPort } from './hid.ts';

/** What is used of node-hid's device. */
export type HidHandle = Pick<HIDAsync, 'read' | 'write' | 'sendFeatureReport' | 'close'>;

/**
 * A HID device that was opened twice, since node-hid does one thing after the other with each opening: what is sent would wait
 * behind the reading.
 *
 * Its listener for data is not used (3.3.0 and 3.4.0). The thread behind it starts before the function that it calls is made
 * (`start_read_helper` in read.cc), so that a report, or an unplugged device, that is there at once ends the process; and so
 * does a device that is closed in the moment in which it was opened (`HIDAsync::readStart`).
 */
export class HidHandles implements HidPort {
  readonly #reading: HidHandle;
  readonly #writing: HidHandle;
  #onReport: (report: Uint8Array) => void = () => undefined;
  #onGone: () => void = () => undefined;
  #closed = false;

  private constructor(reading: HidHandle, writing: HidHandle) {
    this.#reading = reading;
    this.#writing = writing;
  }

  /** Throws when the device cannot be opened, or goes meanwhile. What it had to say to whoever used it before is nobody's. */
  static async open(openOnce: () => Promise<HidHandle>): Promise<HidHandles> {
    const writing = await openOnce();
    try {
      const handles = new HidHandles(await openOnce(), writing);
      try {
        await handles.#drain();
      } catch (error) {
        await handles.#reading.close();
        throw error;
      }
      void handles.#read();
      return handles;
    } catch (error) {
      await writing.close();
      throw error;
    }
  }

  async write(report: Uint8Array): Promise<void> {
    await this.#writing.write(Buffer.from(report));
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    await this.#writing.sendFeatureReport(Buffer.from(report));
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#onReport = listener;
  }

  onGone(listener: () => void): void {
    this.#onGone = listener;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#reading.close(), this.#writing.close()]);
  }

  /** A code that was shown to nobody, the rest of an answer. */
  async #drain(): Promise<void> {
    for (let taken = 0; taken < HID_STALE_REPORTS; taken += 1) {
      const report = await this.#reading.read(HID_STALE_MS);
      if (!report?.length) return;
    }
  }

  async #read(): Promise<void> {
    while (!this.#closed) {
      let report: Buffer | undefined;
      try {
        report = await this.#reading.read(HID_READ_MS);
      } catch {
        // It says no more than "could not read data from device", and means that the device is gone.
        if (!this.#closed) this.#onGone();
        return;
      }
      if (report?.length && !this.#closed) this.#onReport(report);
    }
  }
}
