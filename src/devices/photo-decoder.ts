import type { ScannedImage } from './driver.ts';

/**
 * Makes a picture of the photo on a card: 1024 bytes of WLT, which become 102 x 126 pixels. None comes with this program, since
 * only closed libraries of reader vendors know how. Whoever has one runs it in a process of its own, gives an object like this to
 * the device router, and is called once for each card that was read.
 */
export interface PhotoDecoder {
  /** Nothing when it cannot. The bytes are overwritten soon after the signal is aborted or this has answered. */
  decode(wlt: Uint8Array, leave: AbortSignal): Promise<ScannedImage | undefined>;
}
