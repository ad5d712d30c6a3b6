import type { Plugin } from 'vite';

const face = /@font-face\s*\{[^}]*?url\(\.?\/?([^)]*?\.woff2)\)[^}]*?unicode-range:([^;}]+)[^}]*\}/g;
const OTHER_FONTS = 'assets/other-fonts.css';

/**
 * The font comes in a hundred slices. Those that these texts need are fetched along with the script: Chromium asks for a slice
 * only when text is laid out with it, draws that text in a font of the system meanwhile, for which it reads 8 MB of that font,
 * and lays it out again. The others are declared by a style sheet of their own, which the page fetches after its first frame
 * (`<meta name="other-fonts">`, `src/renderer/ui/other-fonts.ts`): declaring all of them takes as long as the whole script.
 */
export function homeFonts(texts: readonly string[]): Plugin {
  const letters = [...new Set(texts.join(''))].map((letter) => letter.codePointAt(0) ?? 0);
  const isNeeded = (ranges: string) => {
    const covered = rangesOf(ranges);
    return letters.some((letter) => covered.some(([first, last]) => letter >= first && letter <= last));
  };
  const needed: string[] = [];
  return {
    name: 'home-fonts',
    generateBundle(_options, bundle) {
      const styles = Object.values(bundle).find(({ fileName }) => /\bindex-[^/]*\.css$/.test(fileName));
      if (styles?.type !== 'asset') throw new Error('the bundle has no style sheet');
      const others: string[] = [];
      styles.source = String(styles.source).replaceAll(face, (rule: string, file: string, ranges: string) => {
        const wanted = isNeeded(ranges);
        (wanted ? needed : others).push(wanted ? file : rule);
        return wanted ? rule : '';
      });
      if (needed.length === 0 || others.length === 0) throw new Error('the slices of the font are not as expected');
      this.emitFile({ type: 'asset', fileName: OTHER_FONTS, source: others.join('\n') });
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => {
        const preload = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true };
        return [
          ...needed.map((file) => ({ tag: 'link', attrs: { ...preload, href: `./assets/${file}` } })),
          { tag: 'meta', attrs: { name: 'other-fonts', content: `./${OTHER_FONTS}` } },
          // After the script and the styles, which are wanted first.
        ].map((tag) => ({ ...tag, injectTo: 'head' as const }));
      },
    },
  };
}

/** `U+4e00-4e05,u+3f,U+4??` as pairs of first and last. */
function rangesOf(text: string): [number, number][] {
  return text.split(',').map((range) => {
    const [first = '', last] = range.trim().slice(2).split('-');
    return [Number.parseInt(first.replaceAll('?', '0'), 16), Number.parseInt(last ?? first.replaceAll('?', 'f'), 16)];
  });
}
