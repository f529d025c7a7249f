import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where `npm run studio` finds the API: the port of a `shakelab studio` beside it. */
const api = process.env.SHAKELAB_STUDIO ?? 'http://127.0.0.1:4242';

// Every asset is a file of its own: the server's content security policy allows no data: scripts.
export default defineConfig({
  root: here('.'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    // The figures draw into a document; on the page that is the page's own.
    alias: { linkedom: here('./src/figures/pageDocument.ts') },
  },
  build: {
    outDir: here('../dist/studio'),
    emptyOutDir: true,
    license: { fileName: 'LICENSES.md' },
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
  server: { proxy: { '/api': { target: api, changeOrigin: true } } },
});
