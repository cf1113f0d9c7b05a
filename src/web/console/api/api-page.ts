/** The API, readable: every call by its subject, and one subject with all that its calls take and answer. */
import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import { details, empty, tabs } from '../frame/parts.ts';
import type { Answer, Call, Parameter, Subject } from './described.ts';
import type { Field } from './schema-words.ts';

const subjectAddress = (name: string): string => `/api?subject=${encodeURIComponent(name)}`;

const mark = (required: boolean): Html | string => (required ? html` <b class="needed">needed</b>` : '');

/** What stands between backticks is typed as it is. */
const withCode = (text: string): Html =>
  html`${text.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part))}`;

const saidOf = (about: string): Html | string => (about ? html` <span>${withCode(about)}</span>` : '');

/** `answered`: nobody has to fill it in. */
const fieldShown = ({ name, type, required, about, inner }: Field, answered: boolean): Html =>
  html`<li><code>${name}</code> <i>${type}</i>${mark(required && !answered)}${saidOf(about)}${
    inner.length > 0 ? html`<ul>${inner.map((one) => fieldShown(one, answered))}</ul>` : ''
  }</li>`;

const fieldsShown = (fields: readonly Field[]): Html =>
  html`<ul class="schema">${fields.map((one) => fieldShown(one, false))}</ul>`;

const parameterShown = ({ name, where, type, required, about }: Parameter): Html =>
  html`<li><code>${where === 'path' ? `{${name}}` : name}</code> <i>${type}</i>${mark(required)}${saidOf(about)}</li>`;

const answerShown = ({ status, about, type, fields }: Answer): Html =>
  html`<li><code>${status}</code> ${about}${type === null || type.includes('json') ? '' : html` <i>${type}</i>`}${
    fields.length > 0 ? html`<ul>${fields.map((one) => fieldShown(one, true))}</ul>` : ''
  }</li>`;

const part = (title: string, body: Html): Html => html`<h4>${title}</h4>${body}`;

const callShown = (call: Call): Html =>
  details(
    html`<span class="call"><code class="method">${call.method}</code> <code>${call.path}</code> <span>${withCode(call.says)}</span></span>`,
    html`<div id="${call.anchor}">
${call.parameters.length > 0 ? part('Parameters', html`<ul class="schema">${call.parameters.map(parameterShown)}</ul>`) : ''}
${call.body ? part(call.body.required ? 'Body, JSON' : 'Body, JSON; may be left out', fieldsShown(call.body.fields)) : ''}
${part('Answers', html`<ul class="schema">${call.answers.map(answerShown)}</ul>`)}
${part('An example', html`<pre class="curl">${call.curl}</pre>`)}
</div>`,
  );

const lead = (base: string): Html =>
  html`<p class="lead">Every call goes to <code>${base}/api/v1/…</code> with the header <code>Authorization: Bearer API_TOKEN</code>. What went wrong is told as <code>application/problem+json</code> (RFC 9457) with a <code>detail</code> for people. Lists go on by <code>cursor</code>, which is <code>next</code> of the page before. <a href="/api/openapi.json">openapi.json</a> says the same for programs.</p>`;

const line = ({ anchor, method, path, says }: Call, subject: string): Html =>
  html`<li><a href="${subjectAddress(subject)}#${anchor}"><code class="method">${method}</code> <code>${path}</code></a> <span>${withCode(says)}</span></li>`;

export function apiBody(subjects: readonly Subject[], asked: string | undefined, base: string): Html {
  const one = subjects.find(({ name }) => name === asked);
  const bar = tabs(
    [
      { href: '/api', says: 'All calls', current: one === undefined },
      ...subjects.map(({ name, calls }) => ({
        href: subjectAddress(name),
        says: name.replaceAll('-', ' '),
        count: calls.length,
        current: name === asked,
      })),
    ],
    'Subjects',
  );
  if (one) return html`${bar}<div class="calls">${one.calls.map(callShown)}</div>`;
  const unknown = asked === undefined ? '' : empty(`There are no calls about "${asked.slice(0, 60)}".`);
  return html`${lead(base)}${bar}${unknown}${subjects.map(
    ({ name, calls }) =>
      html`<section><h2>${name.replaceAll('-', ' ')}</h2><ul class="calls-list">${calls.map((call) => line(call, name))}</ul></section>`,
  )}`;
}
