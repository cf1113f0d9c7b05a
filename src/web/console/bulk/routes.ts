/** Runs over many things: how far each has come, stop, go on, undo. */
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { BulkItem, BulkRun } from '../../../flows/bulk/bulk-runs.ts';
import { startBulk } from '../acts/bulk.ts';
import { undoOf } from '../acts/undo.ts';
import type { ConsoleDeps } from '../deps.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { empty, pill, row, rows, when } from '../frame/parts.ts';
import { type ConsoleContext, type ConsoleEnv, mayDo } from '../viewer.ts';
import { progress, standing } from './progress.ts';

type BulkPageDeps = Pick<ConsoleDeps, 'acts' | 'bulk'>;

const title = ({ says, total }: BulkRun): string => `${says}: ${total} ${total === 1 ? 'one' : 'at once'}`;
const tones = { running: 'warn', stopped: 'bad', done: 'good' } as const;

const none = (c: ConsoleContext) =>
  faultPage(c, {
    status: 404,
    says: 'There is no such run.',
    toDo: 'It may be past its time. The audit has what was done, each by itself.',
  });

const mayTurn = (c: ConsoleContext, { acts }: BulkPageDeps, run: BulkRun): boolean => {
  const act = acts.find(({ name }) => name === run.act);
  return act !== undefined && mayDo(c.get('viewer'), act);
};

/** What was changed, backwards: the last first. */
const undone = ({ act }: BulkRun, items: readonly BulkItem[]) =>
  items
    .filter(({ state, changed }) => state === 'done' && changed)
    .toReversed()
    .flatMap(({ label, input }) => {
      const inverse = undoOf(act, input, { changes: [{ change: 'mail-refused', says: '' }] });
      return inverse ? [{ label, ...inverse }] : [];
    });

export function bulkRoutes(deps: BulkPageDeps): Hono<ConsoleEnv> {
  const { bulk } = deps;
  const app = new Hono<ConsoleEnv>({ strict: false });

  app.get('/bulk', async (c) => {
    const runs = await bulk.latest();
    return consolePage(c, {
      title: 'Many at once',
      place: '',
      body:
        runs.length === 0
          ? empty(
              'Nothing was done to many at once lately. Choose rows of a list, and what is to be done to all of them.',
            )
          : rows(
              runs.map((run) =>
                row({
                  href: `/bulk/${run.id}`,
                  says: html`${title(run)} ${pill(run.state, tones[run.state])}`,
                  about: html`${standing(run)} ${run.staff}`,
                  side: when(run.madeAt, c.get('viewer'), { relative: true }),
                }),
              ),
              'Runs',
            ),
    });
  });

  const shown = async (c: ConsoleContext, id: string) => {
    const run = await bulk.find(id);
    if (!run) return null;
    // While it runs only what was not done is listed: the rest would be read again each second.
    const items = await bulk.items(id, run.state === 'running' ? 'missed' : 'all');
    return { run, body: progress(c, { run, items, may: mayTurn(c, deps, run), undo: undone(run, items).length }) };
  };
  app.get('/bulk/:id', async (c) => {
    const found = await shown(c, c.req.param('id'));
    if (!found) return none(c);
    const { run, body } = found;
    return consolePage(c, {
      title: title(run),
      place: '',
      up: { href: run.back, says: 'The list' },
      body,
      keys: [
        ['s', 'Stop it'],
        ['z', 'Undo what was done'],
      ],
    });
  });
  app.get('/bulk/:id/progress', async (c) => {
    const found = await shown(c, c.req.param('id'));
    return found ? c.html(found.body) : none(c);
  });

  /** Of somebody who may do the act. */
  const turned =
    (turn: (run: BulkRun, c: ConsoleContext) => Promise<Response | undefined>) =>
    async (c: Context<ConsoleEnv>): Promise<Response> => {
      const run = await bulk.find(c.req.param('id') ?? '');
      if (!run) return none(c);
      if (!mayTurn(c, deps, run))
        return faultPage(c, {
          status: 403,
          says: 'You may not do this.',
          toDo: 'Whoever may do it to one may do it to many.',
        });
      return (await turn(run, c)) ?? c.redirect(`/bulk/${run.id}`, 303);
    };
  app.post(
    '/bulk/:id/stop',
    turned(async (run, c) => void (await bulk.stop(run.id, c.get('viewer').address))),
  );
  app.post(
    '/bulk/:id/resume',
    turned(async (run, c) => void (await bulk.resume(run.id, c.get('viewer').address))),
  );
  app.post(
    '/bulk/:id/undo',
    turned(async (run, c) => {
      const items = undone(run, await bulk.items(run.id, 'all'));
      const [first] = items;
      if (!first) return undefined;
      return startBulk(c, deps, { act: first.act, says: `Undo: ${run.says}`, items, back: run.back });
    }),
  );
  return app;
}
