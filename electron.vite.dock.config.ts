import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import about from './package.json' with { type: 'json' };

const here = (path: string) => resolve(import.meta.dirname, path);

/**
 * The simulator dock, for demonstrations and tests: a second application around the kiosk as it is built, in a folder that
 * is no part of the package. The kiosk's own bundles stay as they are.
 */
export default defineConfig({
  main: {
    plugins: [
      {
        name: 'application',
        generateBundle() {
          const { name, version } = about;
          const source = JSON.stringify({ name, version, type: 'module', main: 'index.js' });
          this.emitFile({ type: 'asset', fileName: 'package.json', source });
        },
      },
    ],
    build: {
      outDir: 'out-dock',
      externalizeDeps: false,
      minify: true,
      rollupOptions: {
        input: { index: here('src/main/dock/index.ts') },
        output: { format: 'es', entryFileNames: '[name].js', banner: `import '../out/main/index.js';` },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out-dock/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: here('src/preload/dock.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer/dock',
    base: './',
    plugins: [react()],
    build: {
      outDir: 'out-dock/renderer',
      target: 'chrome130',
      modulePreload: false,
      assetsInlineLimit: 0,
      rollupOptions: {
        input: { index: here('src/renderer/dock/index.html') },
        // A busy computer is no mistake of ours.
        checks: { pluginTimings: false },
      },
    },
  },
});
