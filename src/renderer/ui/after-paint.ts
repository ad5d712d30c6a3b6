/**
 * Resolves when the next frame is on the screen: what takes long starts after the answer to the finger shows. One callback
 * later than when the page is done with that frame: on a busy machine its drawing waits for the same processor.
 * A page that is not on the screen has no frames to wait for.
 */
export function afterPaint(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
  });
}
