export const keypadKinds = ['digits', 'number', 'id-number', 'letters', 'credit-code', 'case-number'] as const;
export type KeypadKind = (typeof keypadKinds)[number];

/** Keys that do something other than add one character. */
const controlKeys = ['backspace', 'shift', 'space'] as const;
type ControlKey = (typeof controlKeys)[number];

/** A key of the pad: a control key, or the one character it adds. */
export type PadKey = string;

interface PadRow {
  readonly keys: readonly PadKey[];
}

const row = (keys: string): PadRow => ({ keys: keys.split(' ') });

/** Phone order, as on every ATM and phone here; the bottom row differs. */
const digitRows = [row('1 2 3'), row('4 5 6'), row('7 8 9')];
const letterRows = [row('1 2 3 4 5 6 7 8 9 0'), row('q w e r t y u i o p'), row('a s d f g h j k l')];

export const layouts: Readonly<Record<KeypadKind, readonly PadRow[]>> = {
  digits: [...digitRows, row('0 backspace')],
  number: [...digitRows, row('. 0 backspace')],
  'id-number': [...digitRows, row('X 0 backspace')],
  letters: [...letterRows, row('shift z x c v b n m backspace'), row('@ . - _ space')],
  // Characters that GB 32100-2015 leaves out (I O S V Z) have no key, so they cannot be mistyped.
  'credit-code': [
    row('1 2 3 4 5 6 7 8 9 0'),
    row('Q W E R T Y U P'),
    row('A D F G H J K L'),
    row('X C B N M backspace'),
  ],
  // Numbers on receipts: capitals, digits and dashes.
  'case-number': [
    row('1 2 3 4 5 6 7 8 9 0'),
    row('Q W E R T Y U I O P'),
    row('A S D F G H J K L'),
    row('Z X C V B N M - backspace'),
  ],
};

export function isControlKey(key: PadKey): key is ControlKey {
  return controlKeys.some((control) => control === key);
}
