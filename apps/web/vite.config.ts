import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** In development the console runs on its own port and passes requests on to a running API, as if they came from its own page. */
const api = process.env['MERIDEN_API'] ?? 'http://localhost:3000';
const passedOn = { target: api, changeOrigin: true, headers: { origin: api } };
const proxy = { '/graphql': { ...passedOn, ws: true }, '^/rounds/[^/]+/file$': passedOn };

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
  server: { proxy },
  preview: { proxy },
});
