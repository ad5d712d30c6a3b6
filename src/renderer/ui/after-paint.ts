/**
 * Resolves when the next frame is on its way to the screen: what takes long starts after the answer to the finger shows.
 * A page that is not on the screen has no frames to wait for.
 */
export function afterPaint(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
