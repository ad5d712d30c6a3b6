import { encode } from 'uqr';

/** Modules of light border that ISO/IEC 18004 asks around a symbol. */
const QUIET_ZONE = 4;

/** A QR code (error level M) as one SVG path in units of modules, quiet zone included. */
export function qrPath(content: string): { size: number; path: string } {
  const { data, size } = encode(content, { ecc: 'M', border: QUIET_ZONE });
  let path = '';
  data.forEach((row, y) => {
    let x = 0;
    while (x < size) {
      let width = 0;
      while (row[x + width] === true) width += 1;
      if (width > 0) path += `M${x} ${y}h${width}v1h-${width}z`;
      x += Math.max(width, 1);
    }
  });
  return { size, path };
}
