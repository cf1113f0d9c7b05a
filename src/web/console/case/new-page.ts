/** `/cases/new`: a case for somebody who calls, by the rules and with the letters of a mail. First their site, then the rest. */
import { html } from 'hono/html';
import { caseKinds, severities } from '../../../cases/case.ts';
import type { Caller } from '../../../flows/cases/one/case-desk.ts';
import type { Html } from '../../html.ts';
import { offer, offers } from '../acts/offer.ts';
import { type Choice, field, select } from '../frame/fields.ts';
import type { Key } from '../frame/keys.ts';
import { consolePage } from '../frame/page.ts';
import { fault } from '../frame/parts.ts';
import { type ConsoleContext, type Viewer, viewerMay } from '../viewer.ts';
import { mayNot } from './answer-routes.ts';
import type { CaseDeps } from './deps.ts';

export const newCaseKeys = (viewer: Pick<Viewer, 'roles'>): readonly Key[] =>
  viewerMay(viewer, 'cases: work') ? [['n', 'Open a case for a caller']] : [];

/** Where somebody looks for it who has a caller on the line. `known`: what is filled in already. */
export function newCaseLink(
  viewer: Pick<Viewer, 'roles'>,
  known: { readonly site?: string; readonly contact?: string } = {},
): Html | string {
  if (!viewerMay(viewer, 'cases: work')) return '';
  const query = new URLSearchParams(Object.entries(known)).toString();
  return html`<a class="btn" href="/cases/new${query === '' ? '' : `?${query}`}" data-key="n">Open a case <kbd>n</kbd></a>`;
}

function whoCalls(caller: Caller, contact: string): Html {
  const asked = caller.contacts.find(({ email }) => email === contact);
  const primary = asked ?? caller.contacts.find(({ role }) => role === 'primary');
  const choices = caller.contacts.map(({ name, email, role }): Choice => [email, `${name}, ${role}, ${email}`]);
  return select('contact', 'Caller', choices, primary?.email ?? '');
}

const others: readonly Choice[] = caseKinds
  .filter((one) => one !== 'preview' && one !== 'incident')
  .map((one) => [one, one]);

type Asked = { readonly site: string; readonly contact: string; readonly caller: Caller };

function fieldsOf({ caller, contact }: Asked, identifies: boolean): Html {
  const products: readonly Choice[] = [['', 'not said'], ...caller.products.map((one): Choice => [one, one])];
  return html`<div class="beside">${field({ name: 'pin', label: 'PIN, as the caller says it', focus: true })}${
    identifies
      ? field({ name: 'identified', label: 'Without a PIN: how they were identified' })
      : html`<p class="hint">A caller without a PIN is identified by a manager.</p>`
  }</div>
${whoCalls(caller, contact)}
${field({ name: 'title', label: 'Title', required: true })}
${field({ name: 'text', label: 'What the caller reports', lines: 5 })}
<div class="beside">${select('severity', 'Severity', [
    ['', '3, as usual'],
    ...severities.map((one): Choice => [`${one}`, `${one}`]),
  ])}${select('kind', 'Kind', [['', 'incident'], ...others])}${select('product', 'Product', products)}${field({
    name: 'version',
    label: 'Version',
  })}</div>`;
}

async function opening(c: ConsoleContext, deps: CaseDeps, asked: Asked): Promise<Html> {
  const { site, caller } = asked;
  const fields = fieldsOf(asked, viewerMay(c.get('viewer'), 'callers: identify'));
  return html`<section><h2>${caller.name}, site ${site}</h2>${offers([
    await offer(c, deps, {
      ...{ act: 'open-case', input: { site }, says: 'Open the case', main: true, open: true },
      ...{ fields, back: '/cases/new' },
    }),
  ])}</section>`;
}

export async function newCasePage(c: ConsoleContext, deps: CaseDeps): Promise<Response> {
  if (!viewerMay(c.get('viewer'), 'cases: work')) return mayNot(c);
  const typed = c.req.query('site')?.trim() ?? '';
  const site = /^\d{7}$/.test(typed) ? typed : null;
  const caller = site === null ? null : await deps.caseDesk.caller(site);
  const missing =
    typed === '' || caller !== null
      ? ''
      : fault(
          site === null ? 'A site number has seven digits.' : `There is no site ${site}.`,
          'Ask the caller for the number again; it stands in every letter about their contract.',
        );
  return consolePage(c, {
    title: 'Open a case for a caller',
    place: '/cases',
    assets: ['case.css'],
    up: { href: '/cases', says: 'Cases' },
    body: html`<form class="filters" method="get">${field({ name: 'site', label: 'Number of the site', value: typed, type: 'search', ...(caller ? {} : { focus: true }) })}<button class="btn${caller ? '' : ' main'}">Find the site</button></form>${missing}${
      site !== null && caller !== null
        ? await opening(c, deps, { site, caller, contact: c.req.query('contact')?.trim() ?? '' })
        : html`<p class="lead">Then come the caller, the PIN, and what it is about. It is opened by the same rules, and with the same letters, as a mail. Who does not know their number is looked for among <a href="/customers">customers</a>: from there a case is opened, too.</p>`
    }`,
  });
}
