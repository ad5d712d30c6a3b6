/**
 * A made-up page as a JPEG, for simulated cameras and scanners: white, with as many grey bars at its top as its number says.
 * Real enough to be decoded by anything, and small at any size: a block of 8 x 8 pixels takes two to eleven bits.
 *
 * Baseline, one component, written after ITU-T T.81: every block is one flat tone, so that only the difference of its DC
 * coefficient to the block before is coded, and an end of block.
 */
export function samplePage(width: number, height: number, number = 1): Uint8Array {
  const [columns, rows] = [Math.ceil(width / 8), Math.ceil(height / 8)];
  const bits = new BitWriter();
  let before = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const tone = isInk(row, column, columns, number) ? INK : PAPER;
      writeBlock(bits, tone - before);
      before = tone;
    }
  }
  return Uint8Array.from([
    0xff,
    0xd8,
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
    ...segment(0xc0, [8, ...word(height), ...word(width), 1, 1, 0x11, 0]),
    ...segment(0xc4, [0x00, ...codeLengths, ...categories]),
    ...segment(0xc4, [0x10, 1, ...Array.from({ length: 15 }, () => 0), 0]),
    ...segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    ...bits.end(),
    0xff,
    0xd9,
  ]);
}

/** Eight times the mean of a block, less 128: the DC coefficient with a quantisation of 1. */
const PAPER = 8 * 120;
const INK = 8 * -60;

/** DC categories: no difference, the first step from nothing to paper or ink, and the step between both. */
const categories = [0, 9, 10, 11];
/** How many codes have one bit, two bits ...: 0, 10, 110, 1110. */
const codeLengths = [1, 1, 1, 1, ...Array.from({ length: 12 }, () => 0)];

/** A bar takes every second row of blocks, from the fourth on, within the margins. */
function isInk(row: number, column: number, columns: number, number: number): boolean {
  const bar = (row - 4) / 2;
  return Number.isInteger(bar) && bar >= 0 && bar < number && column >= 2 && column < columns - 2;
}

function writeBlock(bits: BitWriter, difference: number): void {
  const category = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
  const code = categories.indexOf(category);
  bits.write(2 ** (code + 1) - 2, code + 1);
  bits.write(difference > 0 ? difference : difference + 2 ** category - 1, category);
  // End of block: the only AC code there is.
  bits.write(0, 1);
}

const word = (value: number): number[] => [value >> 8, value & 0xff];
const segment = (marker: number, data: readonly number[]): number[] => [
  0xff,
  marker,
  ...word(data.length + 2),
  ...data,
];

class BitWriter {
  readonly #bytes: number[] = [];
  #pending = 0;
  #count = 0;

  write(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit -= 1) {
      this.#pending = this.#pending * 2 + ((value >> bit) & 1);
      this.#count += 1;
      if (this.#count === 8) this.#flush();
    }
  }

  /** The last byte is filled up with ones. */
  end(): number[] {
    while (this.#count > 0) this.write(1, 1);
    return this.#bytes;
  }

  #flush(): void {
    // Eight ones, which would have to be told from a marker, never come together: every block ends with a zero.
    this.#bytes.push(this.#pending);
    this.#pending = 0;
    this.#count = 0;
  }
}
