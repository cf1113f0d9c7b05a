/** `/cases/answers`: answers that are kept to be used again. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { cannedValues } from '../../../cases/shown/canned-answers.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { csrfField } from '../frame/csrf.ts';
import { field } from '../frame/fields.ts';
import { tellNext } from '../frame/notice.ts';
import { consolePage } from '../frame/page.ts';
import { card, empty, when, whyList } from '../frame/parts.ts';
import { type ConsoleContext, type ConsoleEnv, viewerMay } from '../viewer.ts';
import { mayNot } from './answer-routes.ts';
import type { CaseDeps } from './deps.ts';

type Typed = { readonly id: string | null; readonly name: string; readonly text: string };

/** The case from which somebody came, who goes on there. */
const cameFrom = (said: unknown): string | null => (typeof said === 'string' && /^\d{1,15}$/.test(said) ? said : null);
const addressFrom = (number: string | null): string => `/cases/answers${number === null ? '' : `?case=${number}`}`;

const form = (c: ConsoleContext, { id, name, text }: Typed, faults: readonly string[] = []): Html =>
  html`<form class="form" method="post" action="${addressFrom(cameFrom(c.req.query('case')))}">${csrfField(c)}${id === null ? '' : html`<input type="hidden" name="id" value="${id}">`}
${faults.length === 0 ? '' : html`<div class="told" role="alert" tabindex="-1"><div class="said">${faults.map((one) => html`<p>${one}</p>`)}</div></div>`}
${field({ name: 'name', label: 'Name', value: name, required: true, hint: 'As you look for it' })}
${field({ name: 'text', label: 'Text', value: text, lines: 6, required: true })}
<div class="act"><button class="btn main" name="do" value="save">Save</button>${id === null ? '' : html`<button class="btn" name="do" value="remove">Remove</button>`}</div></form>`;

async function page(
  c: ConsoleContext,
  { caseDesk: desk }: CaseDeps,
  typed: Typed | null,
  faults: readonly string[] = [],
): Promise<Response> {
  const all = await desk.canned();
  const works = viewerMay(c.get('viewer'), 'cases: work');
  const list = all.map((one) => {
    const current = typed?.id === one.id;
    return html`<details class="card canned"${current ? html` open` : ''}><summary><b><bdi>${one.name}</bdi></b> <small class="dim">${desk.name(one.changedBy)}, ${when(one.changedAt, c.get('viewer'))}</small></summary><div class="pad">${
      works
        ? form(c, current && typed ? typed : one, current ? faults : [])
        : html`<pre class="text">${maskPins(one.text)}</pre>`
    }</div></details>`;
  });
  const from = cameFrom(c.req.query('case'));
  const fresh = typed?.id === null ? typed : { id: null, name: '', text: '' };
  return consolePage(c, {
    title: 'Kept answers',
    place: '/cases',
    assets: ['case.css'],
    up: from === null ? { href: '/cases', says: 'Cases' } : { href: `/cases/${from}#answer`, says: `Case ${from}` },
    status: faults.length > 0 ? 422 : 200,
    body: html`<p class="lead">Texts that are put into an answer and changed there as one likes. What stands in two braces, such as <code>{{ contact }}</code>, is filled in then.</p>
<div class="two"><div>${list.length === 0 ? empty('There is none yet. Write the first one beside.') : list}</div><div>${
      works ? card(html`<div class="pad">${form(c, fresh, typed?.id === null ? faults : [])}</div>`, 'A new one') : ''
    }${card(whyList(Object.entries(cannedValues).map(([name, says]) => [`{{ ${name} }}`, says] as const)), 'Values')}</div></div>`,
  });
}

export function cannedRoutes(app: Hono<ConsoleEnv>, deps: CaseDeps): void {
  const { caseDesk: desk } = deps;
  app.get('/cases/answers', (c) => page(c, deps, null));
  app.post('/cases/answers', async (c) => {
    const viewer = c.get('viewer');
    if (!viewerMay(viewer, 'cases: work')) return mayNot(c);
    const body = await c.req.parseBody();
    const typed = (name: string): string => (typeof body[name] === 'string' ? body[name].replaceAll('\r\n', '\n') : '');
    const id = /^\d{1,18}$/.test(typed('id')) ? typed('id') : null;
    const by = { kind: 'console', staff: viewer.address } as const;
    const given = { id, name: maskPins(typed('name')), text: maskPins(typed('text')) };
    if (typed('do') === 'remove' && id !== null) {
      const gone = await desk.removeCanned(id, by);
      tellNext(c, { says: [gone ? `“${given.name}” is removed.` : 'It was gone already.'] });
      return c.redirect(addressFrom(cameFrom(c.req.query('case'))), 303);
    }
    const { faults } = await desk.saveCanned(given, by);
    if (faults.length > 0) return page(c, deps, given, faults);
    tellNext(c, { says: [`“${given.name.trim()}” is saved.`] });
    return c.redirect(addressFrom(cameFrom(c.req.query('case'))), 303);
  });
}
