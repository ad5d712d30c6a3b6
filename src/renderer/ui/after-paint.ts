/** Resolves when the next frame is on its way to the screen: what takes long starts after the answer to the finger shows. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
