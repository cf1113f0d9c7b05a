/** Routes of queues and mailboxes. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { isFailure } from '../../../foundation/failure.ts';
import { plural } from '../../../upkeep/overview/words.ts';
import { queueBoard } from '../../board.ts';
import { tellNext } from '../frame/notice.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { byOf, type ConsoleContext, type ConsoleEnv, viewerMay } from '../viewer.ts';
import { hoursPage } from './hours-page.ts';
import { mailboxPage } from './mailbox-page.ts';
import { type QueuePagesDeps, queuesPage } from './page.ts';
import { right } from './turning.ts';
import { wordsOf } from './words.ts';

const boardPath = '/queues/board';

const jobsPage = (c: ConsoleContext): Promise<Response> =>
  consolePage(c, {
    title: 'Single jobs',
    place: '/queues',
    up: { href: '/queues', says: 'Queues' },
    wide: true,
    assets: ['overview.css'],
    body: html`<p class="lead">Every job, for looking only. What is to be done is done to the rows behind them, under Queues, Mails and Letters.</p>
<iframe class="board" src="${boardPath}" title="Jobs in the queues" loading="lazy"></iframe>`,
  });

type Turned = { readonly says: readonly string[] };

/** What is done to a queue as a whole; `null`: there is no such thing to do. */
async function turn(deps: QueuePagesDeps, c: ConsoleContext, queue: string, what: string): Promise<Turned | null> {
  const { queuePages: queues } = deps;
  const by = byOf(c.get('viewer'));
  const title = wordsOf(queue)?.title ?? queue;
  if (what === 'resume') {
    await queues.resume(queue, by);
    return { says: [`${title} goes on: the queue ${queue} is resumed.`] };
  }
  if (what === 'empty') {
    const jobs = await queues.empty(queue, by);
    return { says: [`${plural(jobs, 'job')} thrown away; the rows behind them are queued anew within a minute.`] };
  }
  if (what !== 'pause') return null;
  const { reason } = await c.req.parseBody();
  const fresh = await queues.pause(queue, typeof reason === 'string' ? reason.trim() : '', by);
  return {
    says: [fresh ? `The queue ${queue} is paused.` : `The queue ${queue} was paused already; your reason stands now.`],
  };
}

export function queueRoutes(deps: QueuePagesDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  app.get('/queues', (c) => queuesPage(c, deps));
  app.get('/queues/hours', (c) => hoursPage(c, deps));
  app.get('/queues/jobs', jobsPage);
  app.get('/queues/mailboxes/:name', (c) => mailboxPage(c, deps, c.req.param('name')));
  app.route(boardPath, queueBoard(boardPath, deps.queues));
  app.post('/queues/:queue/:what', async (c) => {
    const { queue, what } = c.req.param();
    const refuse = (status: 403 | 404 | 503, says: string, toDo: string) => faultPage(c, { status, says, toDo });
    if (!viewerMay(c.get('viewer'), right))
      return refuse(403, 'You may not turn queues', 'Ask an engineer, a manager or an admin.');
    if (wordsOf(queue) === null) return refuse(404, `There is no queue ${queue}`, 'The queues stand under Queues.');
    try {
      const turned = await turn(deps, c, queue, what);
      if (turned === null) return refuse(404, `There is nothing to do named ${what}`, 'Go back to the queues.');
      tellNext(c, turned);
    } catch (error) {
      if (!isFailure(error)) throw error;
      return refuse(503, 'Nothing was done', `${error.message}. Try again when it answers.`);
    }
    return c.redirect('/queues', 303);
  });
  return app;
}
