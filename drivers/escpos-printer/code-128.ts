/**
 * Code 128 for `GS k` with m = 73: the data name their code set themselves, `{B` for printable ASCII and `{C` for pairs of digits,
 * and `{{` stands for a brace. Source: generic 80 mm command set; ISO/IEC 15417 for the widths.
 */

interface Part {
  readonly set: 'B' | 'C';
  readonly text: string;
}

/** What follows the length byte of the command, for printable ASCII. */
export function code128Data(text: string): Uint8Array {
  const data = dataOf(partsOf(text));
  return holdsRealTimeCommand(data) ? dataOf([{ set: 'B', text }]) : data;
}

/** Modules from the first bar to the last, without the quiet zones. */
export function code128Modules(text: string): number {
  const data = code128Data(text);
  let symbols = 0;
  for (let at = 0; at < data.length; at += 1) {
    // A code set or a doubled brace: two bytes, one symbol (the first set is the start symbol).
    if (data[at] === BRACE) at += 1;
    symbols += 1;
  }
  return SYMBOL_MODULES * (symbols + 1) + STOP_MODULES;
}

const BRACE = 0x7b;
const SYMBOL_MODULES = 11;
const STOP_MODULES = 13;

/** Pairs of digits take half the room; a change of set costs a symbol, so short runs of digits stay in set B. */
function partsOf(text: string): Part[] {
  return text.split(/((?<=^)\d{4,}(?=$|\D)|\d{6,}|(?<=\D)\d{4,}$)/u).flatMap((piece): Part[] => {
    if (piece === '') return [];
    if (!/^\d{4,}$/u.test(piece)) return [{ set: 'B', text: piece }];
    const odd = piece.length % 2;
    const pairs: Part = { set: 'C', text: piece.slice(odd) };
    return odd ? [{ set: 'B', text: piece.slice(0, 1) }, pairs] : [pairs];
  });
}

function dataOf(parts: readonly Part[]): Uint8Array {
  const bytes: number[] = [];
  let set = '';
  for (const part of parts) {
    if (part.set !== set) bytes.push(BRACE, part.set.charCodeAt(0));
    set = part.set;
    if (part.set === 'C') bytes.push(...Array.from(part.text.matchAll(/../gu), Number));
    else bytes.push(...new TextEncoder().encode(part.text.replaceAll('{', '{{')));
  }
  return Uint8Array.from(bytes);
}

/** The pairs 16 04, 16 05 and 16 20 are the bytes of real-time commands, which printers obey also inside other commands. */
function holdsRealTimeCommand(data: Uint8Array): boolean {
  return [0x04, 0x05, 0x14].some((second) => Buffer.from(data).includes(Buffer.of(0x10, second)));
}
