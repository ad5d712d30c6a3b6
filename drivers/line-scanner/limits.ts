/** The longest QR code there is, in digits (ISO/IEC 18004). No symbology holds more bytes. */
export const MOST_CODE_BYTES = 7_089;
/** Longer than any pause within one code. What came before such a pause without an end was noise, or a code cut off. */
export const CODE_IDLE_MS = 500;
/** The same code counts as shown again when it has not come for so long. */
export const REPEAT_MS = 5_000;
