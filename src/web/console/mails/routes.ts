/** Mails: the list with its search, one mail, its source, and what would be if. */
import { Hono } from 'hono';
import { maskBytes } from '../../mask.ts';
import { downloadHeaders } from '../../pages/download.ts';
import { foreignHtml } from '../frame/policy.ts';
import type { SearchDeps } from '../search/kinds.ts';
import type { ConsoleEnv } from '../viewer.ts';
import type { MailsDeps } from './deps.ts';
import { listPage } from './list-page.ts';
import { mailPage, noSuchMail } from './mail-page.ts';
import { sourcePage } from './source-page.ts';
import { whatIfPage, whatIfTold } from './what-if-page.ts';

export function mailPageRoutes(deps: MailsDeps & SearchDeps): Hono<ConsoleEnv> {
  const { mails } = deps;
  const app = new Hono<ConsoleEnv>({ strict: false });
  app.get('/mails', (c) => listPage(c, deps));
  app.get('/mails/:id', (c) => mailPage(c, deps));
  app.get('/mails/:id/source', (c) => sourcePage(c, deps));
  app.get('/mails/:id/what-if', (c) => whatIfPage(c, deps));
  app.post('/mails/:id/what-if', (c) => whatIfTold(c, deps));
  app.get('/mails/:id/html', async (c) => {
    const parts = await mails.parts(c.req.param('id'));
    // Its sanitiser and parser of styles are some 5 MB that no other page needs.
    const { foreignDocument } = await import('./foreign.ts');
    return foreignHtml(foreignDocument(parts?.html ?? '<p>This mail holds no HTML.</p>'));
  });
  app.get('/mails/:id/raw', async (c) => {
    const id = c.req.param('id');
    const bytes = await mails.bytes(id);
    if (bytes === null) return noSuchMail(c);
    const headers = downloadHeaders({ name: `mail-${id}.eml`, type: 'message/rfc822' });
    return c.body(new Uint8Array(maskBytes(bytes)), 200, headers);
  });
  app.get('/mails/:id/attachments/:at', async (c) => {
    const { id, at } = c.req.param();
    const found = /^\d{1,5}$/.test(at) ? await mails.attachment(id, Number(at)) : null;
    if (found === null) return noSuchMail(c);
    return c.body(new Uint8Array(found.content), 200, downloadHeaders(found));
  });
  return app;
}
