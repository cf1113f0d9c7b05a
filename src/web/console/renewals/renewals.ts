/** The routes of letters about renewals. */
import { type Context, Hono } from 'hono';
import { maskPins } from '../../mask.ts';
import { foreignHtml } from '../frame/policy.ts';
import type { ConsoleEnv } from '../viewer.ts';
import { allPage } from './all-page.ts';
import { calendarPage } from './calendar-page.ts';
import type { RenewalDeps } from './deps.ts';
import { endsPage } from './ends-page.ts';
import { isDay, listPage } from './list-page.ts';
import { doMany, type ManyDeps, manyPage } from './many.ts';
import { notToldPage } from './not-told-page.ts';
import { attachQuote } from './quote.ts';
import { missing, renewalPage } from './renewal-page.ts';

const toldDays = 31;

const saved = (c: Context, name: string, csv: string): Response =>
  // With what mail servers have answered.
  c.body(maskPins(csv), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
  });

export function renewalRoutes(deps: RenewalDeps & ManyDeps): Hono<ConsoleEnv> {
  const { renewals } = deps;
  const app = new Hono<ConsoleEnv>({ strict: false });
  app.get('/renewals', (c) => listPage(c, deps));
  app.get('/renewals/calendar', (c) => calendarPage(c, deps));
  app.get('/renewals/ends', (c) => endsPage(c, deps));
  app.get('/renewals/not-told', (c) => notToldPage(c, deps));
  app.get('/renewals/not-told.csv', async (c) => saved(c, 'accounts-not-told.csv', (await renewals.notTold()).csv));
  /** `from`, `to`: days, both told; left out: the last 31. */
  app.get('/renewals/told.csv', async (c) => {
    const today = Temporal.Now.plainDateISO(c.get('viewer').zone);
    const asked = (name: string, otherwise: Temporal.PlainDate) => {
      const day = c.req.query(name) ?? '';
      return isDay(day) ? Temporal.PlainDate.from(day) : otherwise;
    };
    const begins = (day: Temporal.PlainDate) => day.toZonedDateTime(c.get('viewer').zone).toInstant().toString();
    const to = asked('to', today);
    const from = asked('from', to.subtract({ days: toldDays }));
    return saved(c, 'accounts-told.csv', await renewals.toldCsv(begins(from), begins(to.add({ days: 1 }))));
  });
  app.get('/renewals/all', (c) => allPage(c, deps));
  app.get('/renewals/many', (c) => manyPage(c, deps));
  app.post('/renewals/many', (c) => doMany(c, deps));
  app.get('/renewals/:id', (c) => renewalPage(c, deps));
  app.post('/renewals/:id/quote', (c) => attachQuote(c, deps));
  app.get('/renewals/:id/html', async (c) => {
    const asked = c.req.query('as') ?? '';
    const letter = await renewals.letter(c.req.param('id'), /^\d{1,18}$/.test(asked) ? asked : null);
    if (!letter?.html) return missing(c);
    // Its sanitiser and parser of styles are some 5 MB that no other page needs.
    const { shownHtml } = await import('../../shown-html.ts');
    return foreignHtml(shownHtml(letter.html));
  });
  return app;
}
