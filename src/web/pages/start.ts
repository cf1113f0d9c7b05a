import { html } from 'hono/html';
import type { Readiness } from '../../flows/upkeep/readiness.ts';
import { type Html, page } from '../html.ts';

type Start = Readiness & {
  readonly sandbox: boolean;
  readonly api: boolean;
};

/** What is where. It needs no token, so it shows nothing of any mail. */
export function startPage(now: Start): Html {
  const state = now.ready
    ? html`<p class="good">Ready: everything it needs answers.</p>`
    : html`<p class="bad">Not ready:</p><ul>${now.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`;
  const locked = now.api
    ? html`Any user name, with <code>API_TOKEN</code> as the password.`
    : html`Closed: <code>API_TOKEN</code> is not set.`;
  const body = html`
<h1>The post goes through here</h1>
<p class="lead">Mail arrives, is read and recognised, something is decided and written down, an answer leaves.</p>
${state}
${now.notes.length ? html`<ul class="faint">${now.notes.map((note) => html`<li>${note}</li>`)}</ul>` : ''}
<ul class="places">
${now.sandbox ? html`<li><a href="/sandbox">Letters caught</a><span>What Postern would have sent. Nothing leaves this machine in the demo.</span></li>` : ''}
<li><a href="/queues">Queues</a><span>Jobs waiting, at work and failed, for looking only. ${locked}</span></li>
<li><a href="/api/openapi.json">API description</a><span>OpenAPI 3.1 of <code>/api/v1</code>: mails, cases, letters, sites. ${now.api ? html`Send <code>Authorization: Bearer</code> with <code>API_TOKEN</code>.` : locked}</span></li>
<li><a href="/metrics">Metrics</a><span>For Prometheus.</span></li>
<li><span><a href="/healthz">Alive</a> · <a href="/readyz">ready</a></span><span>For whoever watches over processes.</span></li>
</ul>`;
  return page('Postern', body, 'start', now.sandbox);
}
