/** Style sheet and scripts: each by an address that holds what it contains, so that browsers keep it for good. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Context } from 'hono';

const { resolve } = createRequire(import.meta.url);
const own = (name: string): string => join(import.meta.dirname, '..', '..', 'assets', name);

const sources = {
  'console.css': { file: () => own('console.css'), type: 'text/css; charset=utf-8' },
  'cases.css': { file: () => own('cases.css'), type: 'text/css; charset=utf-8' },
  'cases.js': { file: () => own('cases.js'), type: 'text/javascript; charset=utf-8' },
  'held.js': { file: () => own('held.js'), type: 'text/javascript; charset=utf-8' },
  'held.css': { file: () => own('held.css'), type: 'text/css; charset=utf-8' },
  'mails.css': { file: () => own('mails.css'), type: 'text/css; charset=utf-8' },
  'letters.css': { file: () => own('letters.css'), type: 'text/css; charset=utf-8' },
  'notices.css': { file: () => own('notices.css'), type: 'text/css; charset=utf-8' },
  'audit.css': { file: () => own('audit.css'), type: 'text/css; charset=utf-8' },
  'customers.css': { file: () => own('customers.css'), type: 'text/css; charset=utf-8' },
  'case.css': { file: () => own('case.css'), type: 'text/css; charset=utf-8' },
  'case.js': { file: () => own('case.js'), type: 'text/javascript; charset=utf-8' },
  'webhooks.css': { file: () => own('webhooks.css'), type: 'text/css; charset=utf-8' },
  'api.css': { file: () => own('api.css'), type: 'text/css; charset=utf-8' },
  'templates.css': { file: () => own('templates.css'), type: 'text/css; charset=utf-8' },
  'policy.css': { file: () => own('policy.css'), type: 'text/css; charset=utf-8' },
  'reports.css': { file: () => own('reports.css'), type: 'text/css; charset=utf-8' },
  'console.js': { file: () => own('console.js'), type: 'text/javascript; charset=utf-8' },
  'overview.css': { file: () => own('overview.css'), type: 'text/css; charset=utf-8' },
  'chart.js': { file: () => own('chart.js'), type: 'text/javascript; charset=utf-8' },
  'passkey.js': { file: () => own('passkey.js'), type: 'text/javascript; charset=utf-8' },
  'webauthn.js': {
    file: () => join(dirname(resolve('@simplewebauthn/browser')), '..', 'dist', 'bundle', 'index.umd.min.js'),
    type: 'text/javascript; charset=utf-8',
  },
  'htmx.js': { file: () => resolve('htmx.org/dist/htmx.min.js'), type: 'text/javascript; charset=utf-8' },
  'uplot.js': { file: () => resolve('uplot/dist/uPlot.iife.min.js'), type: 'text/javascript; charset=utf-8' },
  'uplot.css': { file: () => resolve('uplot/dist/uPlot.min.css'), type: 'text/css; charset=utf-8' },
} as const;
export type AssetName = keyof typeof sources;
const names = Object.keys(sources) as AssetName[];

export type Assets = {
  /** Where it stands. */
  readonly path: (name: AssetName) => string;
  readonly serve: (c: Context) => Promise<Response>;
};

const squeeze = { br: promisify(brotliCompress), gzip: promisify(gzip) };
type Encoding = keyof typeof squeeze;
const encodings = ['br', 'gzip'] as const satisfies readonly Encoding[];

const encodingFor = (accepts: string): Encoding | null =>
  encodings.find((one) =>
    new RegExp(`(?:^|[,\\s])${one}\\s*(?:,|;(?!\\s*q=0(?:\\.0*)?\\s*(?:,|$))|$)`).test(accepts),
  ) ?? null;

export async function openAssets(): Promise<Assets> {
  const held = new Map(
    await Promise.all(
      names.map(async (name) => {
        const bytes = await readFile(sources[name].file());
        const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
        const small = new Map<Encoding, Promise<Buffer>>();
        return [name, { bytes, path: `/assets/${name.replace('.', `.${hash}.`)}`, small }] as const;
      }),
    ),
  );
  const at = (name: AssetName) => {
    const found = held.get(name);
    if (!found) throw new Error(`there is no asset ${name}`);
    return found;
  };
  return {
    path: (name) => at(name).path,
    async serve(c) {
      const asked = /^\/assets\/(\w+)\.[0-9a-f]{12}\.(css|js)$/.exec(c.req.path);
      const name = names.find((one) => one === `${asked?.[1]}.${asked?.[2]}`);
      if (!name) return c.text('There is no such file.', 404);
      const { bytes, path, small } = at(name);
      const encoding = encodingFor(c.req.header('accept-encoding') ?? '');
      if (encoding && !small.has(encoding)) small.set(encoding, squeeze[encoding](bytes));
      const body = (encoding && (await small.get(encoding))) || bytes;
      return c.body(new Uint8Array(body), 200, {
        'content-type': sources[name].type,
        // A page from before an update asks by the old name, and gets what is there now.
        'cache-control': path === c.req.path ? 'public, max-age=31536000, immutable' : 'no-cache',
        vary: 'accept-encoding',
        ...(encoding && { 'content-encoding': encoding }),
      });
    },
  };
}
