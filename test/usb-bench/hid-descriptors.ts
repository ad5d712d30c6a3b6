/** A vendor's own device with one report of 64 bytes in each direction, as 免驱 readers have. */
export const vendorReports = fromHex('06 00 FF 09 01 A1 01 15 00 26 FF 00 75 08 95 40 09 01 81 02 09 01 91 02 C0');

/** A bar code scanner (page 8C, usage 02): codes in report 2, commands in report 4, as Newland's FM30 has them. */
export const codeReports = fromHex(
  '05 8C 09 02 A1 01 85 02 15 00 26 FF 00 75 08 95 3F 09 FE 81 02 85 04 95 3F 09 FE 91 02 C0',
);

/** The keyboard of the HID specification's appendix E.6, as far as its keys go. */
export const keyboardReports = fromHex(
  `05 01 09 06 A1 01 05 07 19 E0 29 E7 15 00 25 01 75 01 95 08 81 02 95 01 75 08 81 01
   95 06 75 08 15 00 25 65 05 07 19 00 29 65 81 00 C0`,
);

function fromHex(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(/\s+/g, ''), 'hex');
}
