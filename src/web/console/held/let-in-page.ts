/** Mails whose cause is mended, with what each would become: all let in with one key, or some. */
import { html } from 'hono/html';
import { mostItems } from '../../../flows/bulk/bulk-runs.ts';
import type { Html } from '../../html.ts';
import { startBulk } from '../acts/bulk.ts';
import { notYours } from '../acts/forms.ts';
import { csrfField } from '../frame/csrf.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { countShown } from '../live/figures.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';
import { letInRows } from './let-in.ts';
import { labelOf, manyForm } from './many.ts';
import type { HeldPageDeps } from './page.ts';

/** More is no work of one run: the others are offered again behind it. */
const inOneRun = (count: number): number => Math.min(count, mostItems);

const letAllSays = (count: number): string =>
  count === 1
    ? 'Let it in'
    : count > mostItems
      ? `Let ${countShown(mostItems)} of them in`
      : `Let all ${countShown(count)} in`;

const letAllForm = (c: ConsoleContext, count: number): Html =>
  html`<form class="act" method="post" action="/held/let-in">${csrfField(c)}<input type="hidden" name="count" value="${inOneRun(count)}"><button class="btn main" data-key="r">${letAllSays(count)} <kbd>r</kbd></button></form>`;

const right = 'mail: settle';

export async function letInPage(c: ConsoleContext, { held }: HeldPageDeps): Promise<Response> {
  const viewer = c.get('viewer');
  const may = viewerMay(viewer, right);
  const { mails, count } = await held.letIn({ look: true });
  const [lines, trials] = await Promise.all([held.among(mails), held.trials(mails)]);
  const body =
    count === 0
      ? letInRows({ lines, trials, count, viewer, form: 'many' })
      : html`<p class="lead">What kept ${count === 1 ? 'this mail' : `these ${countShown(count)} mails`} is mended: the sender, or the number that it names, has come on record. Decided again by what stands now:</p>
${may ? letAllForm(c, count) : html`<p class="hint">${notYours(viewer, { right })}</p>`}
${letInRows({ lines, trials, count, viewer, form: 'many' })}
${may ? manyForm('/held/let-in', [['let-in', 'Let them in', 'm']]) : ''}`;
  return consolePage(c, {
    title: 'Mails that would be let in now',
    place: '/held',
    up: { href: '/held', says: 'Held mail' },
    body,
    assets: ['held.css'],
    keys: [
      ['r', 'Let all in'],
      ['space', 'Choose, among many'],
      ['m', 'Let those chosen in'],
    ],
  });
}

export async function letAllIn(c: ConsoleContext, deps: HeldPageDeps): Promise<Response> {
  if (!viewerMay(c.get('viewer'), right))
    return faultPage(c, {
      status: 403,
      says: 'You may not do this.',
      toDo: 'Whoever settles held mail may let it in.',
    });
  // As many as the button said; whoever has come since is offered next.
  const { count: said } = await c.req.parseBody();
  const most = typeof said === 'string' && /^[1-9]\d{0,4}$/.test(said) ? inOneRun(Number(said)) : mostItems;
  const { mails } = await deps.held.letIn({ look: true, shown: most });
  const lines = await deps.held.among(mails);
  if (lines.length === 0)
    return faultPage(c, { status: 422, says: 'Nothing was begun.', toDo: 'Nothing would be let in now that is held.' });
  return startBulk(c, deps, {
    act: 'replay-mail',
    says: 'Let in',
    back: '/held',
    items: lines.map((line) => ({ label: labelOf(line), input: { mail: line.id } })),
  });
}
