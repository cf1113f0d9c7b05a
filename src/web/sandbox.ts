import { Hono } from 'hono';
import type { CaughtLetter, SandboxLetters, WebDeps } from './deps.ts';
import { pagePolicy } from './html.ts';
import { maskBytes } from './mask.ts';
import { caughtLetterPage, sandboxPage } from './pages/sandbox.ts';
import { Problem } from './problem.ts';

const perPage = 100;

/** What the letters are is known by the database; without it they are still shown. */
async function knownOf(deps: WebDeps, letters: readonly CaughtLetter[]) {
  const ids = letters.flatMap((letter) => letter.messageId ?? []);
  try {
    return await deps.reports.lettersByMessageId(ids);
  } catch {
    return new Map<string, { template: string; case: string | null }>();
  }
}

/** By name only as ourselves: a page elsewhere could have its own name lead here, and read the codes in these letters. */
const isOurs = (hostname: string, publicUrl: string): boolean =>
  /^(?:localhost|.*\.localhost|[\d.]+|\[[0-9a-f:.]+\])$/i.test(hostname) || hostname === new URL(publicUrl).hostname;

export function sandboxRoutes(deps: WebDeps, caught: SandboxLetters): Hono {
  const app = new Hono();
  app.use('*', async (c, next) => {
    if (!isOurs(new URL(c.req.url).hostname, deps.publicUrl))
      throw new Problem(421, `Ask for ${deps.publicUrl}/sandbox: these letters are shown under no other name.`);
    await next();
    c.res.headers.set('content-security-policy', pagePolicy);
    c.res.headers.set('cache-control', 'no-store');
  });
  app.get('/', async (c) => {
    const all = caught.list();
    const before = c.req.query('before');
    const from = before === undefined ? 0 : all.findIndex((letter) => letter.id === before) + 1;
    const letters = all.slice(from, from + perPage);
    const older = all.length > from + perPage ? (letters.at(-1)?.id ?? null) : null;
    const known = await knownOf(deps, letters);
    return c.html(sandboxPage({ letters, known, total: all.length, older, newest: from === 0 }));
  });
  app.get('/:id', async (c) => {
    const id = c.req.param('id');
    const letter = await caught.get(id);
    if (letter === null) throw new Problem(404, 'There is no such letter.');
    const all = caught.list();
    const place = all.findIndex((one) => one.id === id);
    const known = (await knownOf(deps, [letter])).get(letter.messageId ?? '');
    const [newer, older] = [all[place - 1]?.id ?? null, all[place + 1]?.id ?? null];
    return c.html(await caughtLetterPage({ letter, known, newer, older }));
  });
  app.get('/:id/raw', async (c) => {
    const letter = await caught.get(c.req.param('id'));
    if (letter === null) throw new Problem(404, 'There is no such letter.');
    return c.body(new Uint8Array(maskBytes(letter.raw)), 200, {
      'content-type': 'message/rfc822',
      'content-disposition': `attachment; filename="letter-${letter.id}.eml"`,
    });
  });
  return app;
}
