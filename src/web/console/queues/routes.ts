/** Routes of queues and mailboxes. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { isFailure } from '../../../foundation/failure.ts';
import { queueBoard } from '../../board.ts';
import { tellNext } from '../frame/notice.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { byOf, type ConsoleContext, type ConsoleEnv, viewerMay } from '../viewer.ts';
import { hoursPage } from './hours-page.ts';
import { mailboxPage } from './mailbox-page.ts';
import { mailboxesPage } from './mailboxes-page.ts';
import { type QueuePagesDeps, queuesPage } from './page.ts';
import { pauseForm, right } from './turning.ts';
import { emptiedSays, pausedSays, resumedSays, wordsOf } from './words.ts';

const boardPath = '/queues/board';

const jobsPage = (c: ConsoleContext): Promise<Response> =>
  consolePage(c, {
    title: 'Single jobs',
    place: '/queues',
    up: { href: '/queues', says: 'Queues' },
    wide: true,
    assets: ['overview.css'],
    body: html`<p class="lead">Every job as the program that keeps the queues names it, for looking only: what is delayed comes at its time, what is prioritized waits. What is to be done is done under Queues, Mails and Letters.</p>
<iframe class="board" src="${boardPath}" title="Jobs in the queues" loading="lazy"></iframe>`,
  });

/** What is done to a queue as a whole, in words; `null`: there is no such thing to do. */
async function turn(
  { queuePages: queues }: QueuePagesDeps,
  c: ConsoleContext,
  { queue, what, reason }: { readonly queue: string; readonly what: string; readonly reason: string },
): Promise<string | null> {
  const by = byOf(c.get('viewer'));
  switch (what) {
    case 'resume':
      return resumedSays(queue, await queues.resume(queue, by));
    case 'empty':
      return emptiedSays(await queues.empty(queue, by));
    case 'pause':
      return pausedSays(queue, await queues.pause(queue, reason, by));
    default:
      return null;
  }
}

export function queueRoutes(deps: QueuePagesDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  app.get('/queues', (c) => queuesPage(c, deps));
  app.get('/queues/hours', (c) => hoursPage(c, deps));
  app.get('/queues/jobs', jobsPage);
  app.get('/queues/mailboxes', (c) => mailboxesPage(c, deps));
  app.get('/queues/mailboxes/:name', (c) => mailboxPage(c, deps, c.req.param('name')));
  app.route(boardPath, queueBoard(boardPath, deps.queues));
  app.post('/queues/:queue/:what', async (c) => {
    const { queue, what } = c.req.param();
    const refuse = (status: 403 | 404 | 503, says: string, toDo: string) => faultPage(c, { status, says, toDo });
    if (!viewerMay(c.get('viewer'), right))
      return refuse(403, 'You may not turn queues', 'Ask an engineer, a manager or an admin.');
    if (wordsOf(queue) === null) return refuse(404, `There is no queue ${queue}`, 'The queues stand under Queues.');
    const { reason: typed } = await c.req.parseBody();
    const reason = typeof typed === 'string' ? typed : '';
    try {
      const says = await turn(deps, c, { queue, what, reason });
      if (says === null) return refuse(404, `There is nothing to do named ${what}`, 'Go back to the queues.');
      tellNext(c, { says: [says] });
    } catch (error) {
      if (!isFailure(error)) throw error;
      if (error.code === 'bad-input')
        return faultPage(c, {
          ...{ status: 422, says: 'Nothing was done', toDo: error.message },
          body: pauseForm(c, queue, reason),
        });
      // The link may have died behind what was asked.
      const toDo = `${error.message}. Look at the queues as soon as they answer, before you press again.`;
      return refuse(503, 'It is not known whether it was done', toDo);
    }
    return c.redirect('/queues', 303);
  });
  return app;
}
