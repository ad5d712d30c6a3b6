/** What a collection of a HID device is for, by the HID Usage Tables. */
export interface HidUsage {
  readonly page: number;
  readonly usage: number;
}

/** Item prefixes without their two size bits (Device Class Definition for HID 1.11, 6.2.2). */
const USAGE_PAGE = 0x04;
const PUSH = 0xa4;
const POP = 0xb4;
const USAGE = 0x08;
const COLLECTION = 0xa0;
const LONG_ITEM = 0xfe;
/** Types of items: main items end the reach of local ones. */
const MAIN_TYPE = 0;
const APPLICATION = 1;
const SIZES = [0, 1, 2, 4];

/**
 * The usages of the application collections of a report descriptor: what the device says it is. Takes any bytes; a
 * descriptor cut short tells what it says up to there.
 */
export function applicationUsages(descriptor: Uint8Array): HidUsage[] {
  const found: HidUsage[] = [];
  const pages: number[] = [];
  let page = 0;
  let usages: HidUsage[] = [];
  for (const { prefix, value, size } of items(descriptor)) {
    if (prefix === USAGE_PAGE) page = value;
    else if (prefix === PUSH) pages.push(page);
    else if (prefix === POP) page = pages.pop() ?? 0;
    // Four bytes hold the page as well.
    else if (prefix === USAGE)
      usages.push(size === 4 ? { page: value >>> 16, usage: value & 0xff_ff } : { page, usage: value });
    else if (prefix === COLLECTION && value === APPLICATION) found.push(...usages.slice(0, 1));
    if (((prefix >> 2) & 3) === MAIN_TYPE) usages = [];
  }
  return found;
}

function* items(descriptor: Uint8Array): Generator<{ prefix: number; value: number; size: number }> {
  let at = 0;
  while (at < descriptor.length) {
    const first = descriptor[at] ?? 0;
    const isLong = first === LONG_ITEM;
    const size = isLong ? (descriptor[at + 1] ?? 0) : (SIZES[first & 3] ?? 0);
    const start = at + (isLong ? 3 : 1);
    if (start + size > descriptor.length) return;
    at = start + size;
    if (isLong) continue;
    // Little-endian.
    const value = descriptor.subarray(start, at).reduceRight((sum, byte) => sum * 0x100 + byte, 0);
    yield { prefix: first & 0xfc, value, size };
  }
}
