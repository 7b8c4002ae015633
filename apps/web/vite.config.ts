import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** In development the console runs on its own port and passes requests on to a running API. */
const api = 'http://localhost:3000';

export default defineConfig({
  root: here('.'),
  resolve: { alias: { '@meriden/matching': here('../../libs/matching/src/index.ts') } },
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Everything is a file of its own: the content security policy allows neither inline script nor data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    sourcemap: false,
    // The component kit marks each file for server components, which a bundle of the browser may ignore.
    rolldownOptions: { onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)) },
  },
  server: {
    proxy: {
      '/graphql': { target: api, ws: true },
      '/download': { target: api },
    },
  },
});
