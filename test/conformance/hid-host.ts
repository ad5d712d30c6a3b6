import type { ByteLink } from '../../src/devices/driver.ts';
import type { HidFraming } from '../../src/devices/transports/hid-framing.ts';
import { HidLink } from '../../src/devices/transports/hid.ts';
import type { LinkPair } from '../fixtures/link-pair.ts';

/** The host's end of a HID device in this program: the pair carries whole reports. */
export function hidHost(reports: LinkPair, framing: HidFraming): ByteLink {
  const port = {
    // hidapi takes the 0 away that stands for "not numbered".
    write: (report: Uint8Array) => reports.write(framing.numbered ? report : report.subarray(1)),
    sendFeatureReport: () => Promise.resolve(),
    onReport: (listener: (report: Uint8Array) => void) => void reports.onBytes(listener),
    onGone: (listener: () => void) => void reports.onClose(listener),
    close: async () => {
      if (!reports.closed) await reports.close();
    },
  };
  return new HidLink(port, framing);
}
