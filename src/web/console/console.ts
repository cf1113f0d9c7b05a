/** The console: everything that people who have signed in see and do. Loaded with the first request for one of its pages. */
import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { html } from 'hono/html';
import { pagesMasked } from '../mask.ts';
import { problemOf } from '../problem.ts';
import { accessRoutes } from './access/access.ts';
import { actRoutes } from './acts/do.ts';
import { announcementRoutes } from './announcements/announcements.ts';
import { type ApiDeps, apiPageRoutes } from './api/api.ts';
import { auditRoutes } from './audit/audit.ts';
import { bulkRoutes } from './bulk/routes.ts';
import { caseWay } from './case/opened-way.ts';
import { oneCaseRoutes } from './case/routes.ts';
import { caseListRoutes } from './cases/routes.ts';
import { customerRoutes } from './customers/customers.ts';
import type { ConsoleDeps } from './deps.ts';
import { openAssets } from './frame/assets.ts';
import { withinConsole } from './frame/back.ts';
import { keysShown } from './frame/keys.ts';
import { consolePage, faultPage } from './frame/page.ts';
import { consoleHeaders } from './frame/policy.ts';
import { keepTheme } from './frame/theme.ts';
import { bodiesLimited, ownFormsOnly } from './guard.ts';
import { heldRoutes } from './held/held.ts';
import { letInAfter } from './held/let-in.ts';
import { letterRoutes } from './letters/letters.ts';
import { openPoller } from './live/poller.ts';
import { liveRoutes } from './live/stream.ts';
import { mailPageRoutes } from './mails/routes.ts';
import { figuresOf } from './overview/figures.ts';
import { overviewPage } from './overview/page.ts';
import { policyRoutes } from './policy/routes.ts';
import { queueRoutes } from './queues/routes.ts';
import { renewalRoutes } from './renewals/renewals.ts';
import { reportRoutes } from './reports/routes.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { signedIn } from './sign-in/session.ts';
import { staffRoutes } from './staff/routes.ts';
import { templateRoutes } from './templates/routes.ts';
import type { ConsoleContext, ConsoleEnv } from './viewer.ts';
import { webhookRoutes } from './webhooks/routes.ts';

export async function createConsole(
  deps: ConsoleDeps & Partial<Pick<ApiDeps, 'openapi'>>,
  closing: AbortSignal,
): Promise<Hono<ConsoleEnv>> {
  const assets = await openAssets();
  const ofOverview = async () => figuresOf(await deps.overview.look());
  const poller = openPoller([ofOverview, ...(deps.figures ?? [])], { log: deps.log });
  const forget = (): void => {
    deps.overview.forget();
    poller.forget();
  };
  deps.onDone?.(forget);
  const wayAfter = caseWay(deps.held, letInAfter(deps.held));
  const app = new Hono<ConsoleEnv>({ strict: false });

  app.get('/assets/*', (c) => assets.serve(c));
  app.use('*', compress({ threshold: 1024 }));
  app.use('*', pagesMasked);
  app.use('*', consoleHeaders);
  app.use('*', async (c, next) => {
    c.set('frame', { assets, figures: poller.now });
    await next();
  });
  app.use('*', bodiesLimited);
  app.route('/sign-in', signInRoutes({ ...deps, assets }));
  app.use('*', signedIn(deps));
  app.use('*', ownFormsOnly(deps.publicUrl));

  app.get('/', (c) => overviewPage(c, deps));
  app.get('/keys', (c) =>
    consolePage(c, { title: 'Keys', place: '', body: html`<div class="card pad">${keysShown(c.get('viewer'))}</div>` }),
  );
  app.post('/theme', async (c) => {
    const { theme } = await c.req.parseBody();
    keepTheme(c, theme);
    const referer = c.req.header('referer');
    const from = referer && URL.canParse(referer) ? new URL(referer) : null;
    return c.redirect(withinConsole(from ? `${from.pathname}${from.search}` : '/'), 303);
  });
  // What a worker has done by then of what the act has begun counts, too.
  app.route('/', actRoutes({ ...deps, opened: (made) => wayAfter(made).finally(forget) }));
  app.route('/', bulkRoutes(deps));
  app.route('/', heldRoutes(deps));
  app.route('/', caseListRoutes(deps));
  app.route('/', oneCaseRoutes(deps));
  app.route('/', staffRoutes(deps));
  app.route('/', mailPageRoutes(deps));
  app.route('/', letterRoutes(deps));
  app.route('/', accessRoutes(deps));
  app.route('/', renewalRoutes(deps));
  app.route('/', announcementRoutes(deps));
  app.route('/', auditRoutes(deps));
  app.route('/', templateRoutes(deps));
  app.route('/', policyRoutes(deps));
  app.route('/', reportRoutes(deps));
  const { openapi } = deps;
  if (openapi) app.route('/', apiPageRoutes({ ...deps, openapi }));
  app.route('/', queueRoutes(deps));
  app.route('/', customerRoutes(deps));
  app.route('/', webhookRoutes(deps));
  app.route('/', liveRoutes({ stands: deps.signIn.stands, poller, closing }));

  app.notFound((c) => nothingHere(c as ConsoleContext));
  app.onError((error, c) => failed(error, c as ConsoleContext, deps));
  return app;
}

const nothingHere = (c: ConsoleContext): Promise<Response> =>
  faultPage(c, {
    status: 404,
    says: 'There is nothing here.',
    toDo: `No page has the address ${c.req.path.slice(0, 200)}. The menu has all there are.`,
  });

/** What is known is said; the rest stands in the log. Without a viewer there is no page to say it on. */
function failed(error: Error, c: ConsoleContext, { log }: Pick<ConsoleDeps, 'log'>): Response | Promise<Response> {
  const problem = problemOf(error);
  if (!problem) log.error({ error: error.stack ?? String(error), path: c.req.path }, 'a page of the console failed');
  const says = problem?.message ?? 'Something is wrong here; the log says what.';
  const status = problem?.status ?? 500;
  const known = (c as Context<{ Variables: Partial<ConsoleEnv['Variables']> }>).get('viewer');
  if (!known) return c.text(says, status);
  const looked = c.req.method === 'GET' || c.req.method === 'HEAD';
  const done = looked ? 'Nothing was done.' : 'It is not known whether it was done: look before you send it again.';
  const toDo =
    status === 503
      ? 'Mail waits where it is and nothing is lost; try again in a moment.'
      : 'Go back, and try it again.';
  return faultPage(c, { status, says, toDo: `${done} ${toDo}` });
}
