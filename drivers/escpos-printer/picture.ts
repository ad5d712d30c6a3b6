/** One bit for each dot, 1 = black, the leftmost in the highest bit; rows padded to whole bytes. */
export interface Picture {
  readonly rowBytes: number;
  readonly dots: Uint8Array;
}

/** The same picture, or a smaller one that is not wider than the paper: a printer cuts off what is too wide. */
export function fitting({ rowBytes, dots }: Picture, paperDots: number): Picture {
  const widest = Math.floor(paperDots / 8);
  if (rowBytes <= widest) return { rowBytes, dots };
  const scale = rowBytes / widest;
  const rows = Math.max(1, Math.floor(dots.length / rowBytes / scale));
  const smaller = new Uint8Array(widest * rows);
  for (let y = 0; y < rows; y += 1) {
    const from = Math.floor(y * scale) * rowBytes;
    for (let x = 0; x < widest * 8; x += 1) {
      const at = Math.floor(x * scale);
      const black = ((dots[from + (at >> 3)] ?? 0) >> (7 - (at & 7))) & 1;
      smaller[y * widest + (x >> 3)] = (smaller[y * widest + (x >> 3)] ?? 0) | (black << (7 - (x & 7)));
    }
  }
  return { rowBytes: widest, dots: smaller };
}

/** Pieces of whole rows of at most about so many bytes, which follow each other on paper without a gap. */
export function bandsOf({ rowBytes, dots }: Picture, bytes: number): Uint8Array[] {
  const band = Math.max(1, Math.floor(bytes / rowBytes)) * rowBytes;
  return Array.from({ length: Math.ceil(dots.length / band) }, (_, index) =>
    dots.subarray(index * band, (index + 1) * band),
  );
}
