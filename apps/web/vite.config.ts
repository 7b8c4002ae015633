import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** In development the console runs on its own port and passes requests on to a running API, as if they came from its own page. */
const api = process.env['MERIDEN_API'] ?? 'http://localhost:3000';
const passedOn = { target: api, changeOrigin: true, headers: { origin: api } };
const proxy = { '/graphql': { ...passedOn, ws: true }, '^/rounds/[^/]+/file$': passedOn };

/**
 * Few scripts rather than many: six connections of a phone carry six at a time. What the first script needs, the frame with all it stands
 * on, and what most pages share are one each; what two pages of one console share is another.
 */
const MANY_PAGES = 8;
const FIRST = /apps\/web\/src\/(gql\/first-questions|shell\/(first-paint|places|words)|theme\/appearance|words\/(catalogue|leads))\.ts$|(shell\/frame|parts\/page)\.css$|vite\/preload-helper/;
const groups = [
  { name: 'first', test: FIRST, priority: 4 },
  { name: 'frame', tags: ['$initial' as const], test: /(?<!src\/main)\.tsx?$|\.m?js$/, priority: 3 },
  { name: 'parts', test: /(?<!src\/consoles\/.*)\.(tsx?|m?js)$/, minShareCount: MANY_PAGES, priority: 2 },
  { name: (id: string): string | null => /src\/consoles\/(\w+)\//.exec(id)?.[1] ?? null, minShareCount: 2, priority: 1 },
];

/** The frame comes beside the first script, not after it: the page names both. */
const frameBesideFirst: Plugin = {
  name: 'meriden-frame-beside-first',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) => {
      const frame = Object.values(bundle ?? {}).find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('/shell/start.tsx'));
      return frame === undefined ? [] : [{ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: '', href: `/${frame.fileName}` }, injectTo: 'head' }];
    },
  },
};

export default defineConfig({
  root: here('.'),
  // One library has a build of classes for browsers of today, under a name of its own.
  resolve: { conditions: ['es2015', ...defaultClientConditions], alias: { '@meriden/matching': here('../../libs/matching/src/index.ts') } },
  plugins: [frameBesideFirst],
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
    rolldownOptions: {
      input: { index: here('index.html'), start: here('src/shell/start.tsx') },
      output: { codeSplitting: { groups } },
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
  server: { proxy },
  preview: { proxy },
});
