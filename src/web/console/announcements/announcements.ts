/** The routes of announcements. */
import { Hono } from 'hono';
import { foreignHtml } from '../frame/policy.ts';
import type { ConsoleEnv } from '../viewer.ts';
import { type AnnouncementDeps, announcementPage, missing, progressShown } from './announcement-page.ts';
import { listPage } from './list-page.ts';
import { draftPage, newPage } from './new-page.ts';
import { recipientsPage, returnedPath, takeBackPage } from './recipients-page.ts';

export function announcementRoutes(deps: AnnouncementDeps): Hono<ConsoleEnv> {
  const { announcements } = deps;
  const app = new Hono<ConsoleEnv>({ strict: false });
  app.get('/announcements', (c) => listPage(c, deps));
  app.get('/announcements/new', (c) => newPage(c, deps));
  app.post('/announcements/new', (c) => draftPage(c, deps));
  app.get('/announcements/returned', (c) => c.redirect(returnedPath, 301));
  app.get('/announcements/take-back', (c) => takeBackPage(c, deps));
  app.get('/announcements/:id', (c) => announcementPage(c, deps));
  app.get('/announcements/:id/recipients', (c) => recipientsPage(c, deps));
  app.get('/announcements/:id/recipients.csv', async (c) => {
    const one = await announcements.one(c.req.param('id'));
    if (!one || one.state !== 'ready') return missing(c);
    return c.body(await announcements.foreseenCsv(one.content), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${one.name}-recipients.csv"`,
    });
  });
  app.get('/announcements/:id/progress', async (c) => {
    const one = await announcements.one(c.req.param('id'));
    if (!one) return missing(c);
    // What can be done is another thing once it has stopped.
    if (one.state !== 'running') c.header('hx-refresh', 'true');
    return c.html(progressShown(one));
  });
  app.get('/announcements/:id/html', async (c) => {
    const one = await announcements.one(c.req.param('id'));
    if (!one) return missing(c);
    const { html } = await announcements.letter(one.content, c.req.query('language') ?? 'en');
    // Its sanitiser and parser of styles are some 5 MB that no other page needs.
    const { shownHtml } = await import('../../shown-html.ts');
    return foreignHtml(shownHtml(html ?? '<p>This letter has no HTML part.</p>'));
  });
  return app;
}
