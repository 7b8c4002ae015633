import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, projectRoot, type Config } from '@meriden/platform';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.geojson': 'application/geo+json',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
/** What the build packs, and how its names end; the smallest first. Fonts are packed in themselves. */
const PACKED = [['br', '.br'], ['gzip', '.gz']] as const;

/** `packed`: the same in the encodings that are there, the smallest first. */
export type ConsoleFile = Readonly<{ type: string; plain: Buffer; packed: readonly Readonly<{ encoding: 'br' | 'gzip'; bytes: Buffer }>[]; lasting: boolean }>;

/**
 * The built console (`dist/web`), read once at the start: a request finds what stands in this list and nothing else, whatever
 * dots its path holds, and a build that goes on meanwhile does not show half.
 */
@Injectable()
export class ConsoleFiles {
  readonly #files: ReadonlyMap<string, ConsoleFile>;
  /** Own scripts only, none inline; the component kit writes style attributes. */
  readonly policy: string;

  constructor(@Inject(CONFIG) config: Config) {
    const folder = join(projectRoot(), 'dist', 'web');
    this.#files = existsSync(folder) ? read(folder) : new Map();
    this.policy = [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ${config.publicOrigin.replace(/^http/, 'ws')}`,
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; ');
  }

  /** The one page of the console; null before the console was built. */
  get page(): ConsoleFile | null {
    return this.file('index.html');
  }

  /** @param path relative to the console's folder, with `/` between its parts */
  file(path: string): ConsoleFile | null {
    return this.#files.get(path) ?? null;
  }
}

function read(folder: string): ReadonlyMap<string, ConsoleFile> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined)
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    names.map((name) => {
      const path = relative(folder, name).split(sep).join('/');
      const plain = readFileSync(name);
      // Names under assets/ carry a digest of their content, so they may be kept for good.
      return [path, { type: TYPES[extname(name)] ?? '', plain, packed: packed(name), lasting: path.startsWith('assets/') }];
    }),
  );
}

function packed(name: string): ConsoleFile['packed'] {
  return PACKED.flatMap(([encoding, ending]) => (existsSync(name + ending) ? [{ encoding, bytes: readFileSync(name + ending) }] : []));
}
