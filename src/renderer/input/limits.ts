/**
 * A second press of the same key within this many milliseconds counts as a tremor and is dropped. EN 301 549 5.8 speaks
 * of up to 500 ms; that much would eat the doubled digits of a phone number typed at an ordinary pace, so keys stay
 * below it and only the buttons that act (next, submit) use the whole half second.
 */
export const KEY_STRIKE_GAP_MS = 180;
/** GB 11643-1999 */
export const ID_NUMBER_LENGTH = 18;
/** GB 32100-2015 */
export const CREDIT_CODE_LENGTH = 18;
/** When the caller sets no limit of its own. */
export const LONGEST_ENTRY = 200;
