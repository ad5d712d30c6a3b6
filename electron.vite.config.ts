import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { homeFonts } from './scripts/build/home-fonts.ts';
import { shapeOf } from './src/contract/bridge-shape.ts';
import { coreApi } from './src/contract/core-api.ts';

import pageTexts from './resources/messages/page.zh-CN.json' with { type: 'json' };

const homeTexts = Object.entries(pageTexts).flatMap(([name, text]) => (/^(home|frame)\./.test(name) ? [text] : []));

const here = (path: string) => resolve(import.meta.dirname, path);

/**
 * One bundle a process. Only the native modules stay outside: fewer files to open at start. Of serialport that is its
 * addon; the rest of it, thirty small files in as many packages, costs the device process more to find than to run.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: { exclude: ['serialport'] },
      rollupOptions: {
        external: ['@serialport/bindings-cpp'],
        input: {
          index: here('src/main/index.ts'),
          core: here('src/core/process.ts'),
          devices: here('src/devices/process.ts'),
        },
        // Smaller to read, and yet with its names: a bug is logged by them.
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    define: { CORE_API_SHAPE: JSON.stringify(shapeOf(coreApi)) },
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file and may require only Electron's own few modules.
      externalizeDeps: false,
      minify: true,
      rollupOptions: {
        input: { index: here('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [react(), homeFonts(homeTexts)],
    build: {
      outDir: 'out/renderer',
      // The bundled Chromium is known: no polyfills, and no inlined assets, since the policy allows none.
      target: 'chrome130',
      modulePreload: false,
      minify: true,
      assetsInlineLimit: 0,
      // One bundle on purpose: it comes from the disk, not over a network.
      chunkSizeWarningLimit: 1_000,
      rollupOptions: { input: { index: here('src/renderer/index.html') } },
    },
  },
});
