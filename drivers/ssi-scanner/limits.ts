/** A command is answered at once by shipped scanners; 9600 baud need some 20 ms for command and answer. */
export const ANSWER_MS = 1_000;
/** A command is sent so often until it is acknowledged. */
export const COMMAND_TRIES = 2;
/** A packet that comes damaged is asked for again so often. */
export const MOST_RESENDS = 3;
/** Longer than any pause within one packet: what is unfinished then stays unfinished. */
export const PACKET_IDLE_MS = 300;
/** The same code counts as shown again when it has not come for so long; motorola-ssi-scanner uses the same. */
export const REPEAT_MS = 5_000;
/** A scanner that has said nothing for so long may hang and gets the start sequence again; motorola-ssi-scanner uses the same. */
export const RESTART_MS = 120_000;
/** Between two tries to start a scanner that does not answer. */
export const RETRY_MS = 2_000;
/** The longest QR code there is, in digits (ISO/IEC 18004). No symbology holds more bytes. */
export const MOST_CODE_BYTES = 7_089;
