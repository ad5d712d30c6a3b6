import { MOST_CODE_BYTES, REPORT_BYTES } from '../../../drivers/hid-pos-scanner/limits.ts';
import { profileNamed, profileNames } from '../../../drivers/hid-pos-scanner/profile.ts';
import type { Reported } from '../../../drivers/hid-pos-scanner/protocol.ts';
import { encodeCode, encodePayload, ReportDecoder } from '../../../drivers/hid-pos-scanner/protocol.ts';
import type { FuzzTarget } from '../target.ts';
import { missingIn } from '../target.ts';

export const hidPosScanner = profileNames.map((name): FuzzTarget<Reported> => {
  const layout = profileNamed(name);
  return {
    name: `hid-pos-scanner ${name}`,
    weight: 1,
    mostPendingBytes: MOST_CODE_BYTES,
    heads: [
      Buffer.of(layout.report, 0),
      Buffer.of(layout.report, 0xff),
      encodePayload(layout.report, new Uint8Array()),
    ],
    reportBytes: REPORT_BYTES,
    keepsApart: true,
    open() {
      const decoder = new ReportDecoder(layout);
      return {
        push(report) {
          const found = decoder.push(report);
          return found ? [found] : [];
        },
        get pendingBytes() {
          return decoder.pendingBytes;
        },
      };
    },
    sample(random) {
      const bytes = random.bytes(1 + random.below(300));
      const code = layout.aim === null ? { bytes } : { bytes, symbology: random.of(['Q1', 'C0', 'z0']) };
      return { bytes: Buffer.concat(encodeCode(layout, code)), means: [{ kind: 'code', code }] };
    },
    /** Each code is data of the reports, in their order. */
    complaint(stream, found) {
      const codes = found.flatMap((one) => (one.kind === 'code' ? [one.code.bytes] : []));
      if (codes.some(({ length }) => length === 0 || length > MOST_CODE_BYTES)) return 'a code of no possible length';
      const carried: Buffer[] = [];
      for (let at = 0; at + REPORT_BYTES <= stream.length; at += REPORT_BYTES) {
        const length = stream.readUInt8(at + 1);
        if (stream[at] === layout.report && length <= layout.room)
          carried.push(stream.subarray(at + layout.data, at + layout.data + length));
      }
      return missingIn(Buffer.concat(carried), codes, (bytes) => [bytes]);
    },
  };
});
