/**
 * Declares the slices of the font that the first home page does not need, see `scripts/build/home-fonts.ts`. Resolves when the
 * page knows them; what has been laid out before is laid out again.
 */
export function declareOtherFonts(): Promise<void> {
  const styles = document.createElement('link');
  styles.rel = 'stylesheet';
  styles.href = document.querySelector<HTMLMetaElement>('meta[name="other-fonts"]')?.content ?? '';
  const { promise, resolve } = Promise.withResolvers<void>();
  styles.addEventListener('load', () => resolve());
  // A page in the system's font is better than none.
  styles.addEventListener('error', () => resolve());
  document.head.append(styles);
  return promise;
}
