/** `/cases/new`: a case for somebody who calls, by the rules and with the letters of a mail. */
import { html } from 'hono/html';
import { caseKinds, severities } from '../../../cases/case.ts';
import { offer, offers } from '../acts/offer.ts';
import { type Choice, field, select } from '../frame/fields.ts';
import { consolePage } from '../frame/page.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';
import { mayNot } from './answer-routes.ts';
import type { CaseDeps } from './deps.ts';

export async function newCasePage(c: ConsoleContext, deps: CaseDeps): Promise<Response> {
  if (!viewerMay(c.get('viewer'), 'cases: work')) return mayNot(c);
  const site = /^\d{7}$/.exec(c.req.query('site') ?? '')?.[0] ?? '';
  const identifies = viewerMay(c.get('viewer'), 'callers: identify');
  const fields = html`<div class="beside">${field({ name: 'site', label: 'Number of the site', value: site, required: true, hint: 'Seven digits' })}${field({ name: 'pin', label: 'PIN, as the caller says it' })}</div>
${identifies ? field({ name: 'identified', label: 'Without a PIN: how the caller was identified', hint: 'In your words; it stands on the case' }) : html`<p class="hint">A caller without a PIN is identified by a manager.</p>`}
${field({ name: 'contact', label: 'Caller', hint: 'Address or name as on record; left out: the primary contact' })}
${field({ name: 'title', label: 'Title', required: true })}
${field({ name: 'text', label: 'What the caller reports', lines: 5 })}
<div class="beside">${select('severity', 'Severity', [['', '3, as usual'], ...severities.map((one): Choice => [`${one}`, `${one}`])])}${select('kind', 'Kind', [['', 'incident'], ...caseKinds.filter((one) => one !== 'preview' && one !== 'incident').map((one): Choice => [one, one])])}${field({ name: 'product', label: 'Product' })}${field({ name: 'version', label: 'Version' })}</div>`;
  return consolePage(c, {
    title: 'Open a case for a caller',
    place: '/cases',
    assets: ['case.css'],
    up: { href: '/cases', says: 'Cases' },
    body: offers([
      await offer(c, deps, { act: 'open-case', input: {}, says: 'Open the case', main: true, open: true, fields, back: '/cases' }),
    ]),
  });
}
