import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// What `shakelab export --to page` copies beside a net: addresses are relative, for any folder of any server.
export default defineConfig({
  root: here('.'),
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    // Pages have no compiled code; its twins in TypeScript give the same bits.
    alias: [{ find: /^\.\.\/compiled\.ts$/, replacement: here('./compiled.ts') }],
  },
  build: {
    outDir: here('../../dist/demo'),
    emptyOutDir: true,
    license: { fileName: 'LICENSES.md' },
    modulePreload: false,
    target: 'es2022',
    rollupOptions: {
      output: { entryFileNames: 'page.js', assetFileNames: 'page[extname]' },
    },
  },
});
