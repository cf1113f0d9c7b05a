/** `/policy/tried/:id`: how far it is, what would have been decided otherwise, and the lines for the file. */
import { html } from 'hono/html';
import type { Trial } from '../../../flows/policy/policy-pages.ts';
import { letterNamed } from '../../../outbound/letter-names.ts';
import { rolesWith } from '../../../staff/rights.ts';
import type { Html } from '../../html.ts';
import { listOf } from '../acts/list-of.ts';
import { csrfField } from '../frame/csrf.ts';
import { card, empty, fault, row, rows, when, whyList } from '../frame/parts.ts';
import { standing } from '../mails/words.ts';
import { type ConsoleContext, type Viewer, viewerMay } from '../viewer.ts';
import { yamlShown } from './page.ts';

const n = (count: number): string => count.toLocaleString('en-GB');
const many = (count: number, one: string): string => `${n(count)} ${one}${count === 1 ? '' : 's'}`;

const outcomeWords = (outcome: string): string => standing({ state: 'decided', outcome }).says;

function becomes({ outcome, severity, due, letters }: Trial['samples'][number], viewer: Viewer): Html {
  const other =
    outcome.now === outcome.tried
      ? html`${outcomeWords(outcome.now)}, otherwise`
      : html`${outcomeWords(outcome.now)} → <b>${outcomeWords(outcome.tried)}</b>`;
  const more = [
    severity ? `severity ${severity.now ?? 'none'} → ${severity.tried ?? 'none'}` : '',
    ...letters.noMore.map((one) => `no ${letterNamed(one)}`),
    ...letters.new.map((one) => `${letterNamed(one)} goes out`),
  ].filter((one) => one !== '');
  const deadline =
    due?.tried && due.now ? html` · answer by ${when(due.tried, viewer)} in place of ${when(due.now, viewer)}` : '';
  return html`${other}${more.length > 0 ? ` · ${more.join(', ')}` : ''}${deadline}`;
}

const sampleShown = (one: Trial['samples'][number], viewer: Viewer): Html =>
  row({
    href: `/mails/${one.mail}`,
    says: html`<bdi>${one.from ?? 'no sender'}</bdi>`,
    about: html`${one.subject || '(no subject)'}<br>${becomes(one, viewer)}`,
    side: when(one.arrivedAt, viewer, { relative: true }),
  });

function sumShown(trial: Trial): Html {
  const { differs, compared, severities, deadlines, letters, outcomes, decided, asked, unlike, unread } = trial;
  const verdict =
    differs === 0
      ? `Nothing would have been decided otherwise, of ${many(compared, 'mail')}.`
      : `${many(differs, 'mail')} of ${n(compared)} would have been decided otherwise.`;
  const notes = [
    decided > asked
      ? `The newest ${n(asked)} of ${n(decided)} were looked at; npx postern policy try looks at all.`
      : '',
    unlike > 0
      ? `${many(unlike, 'mail')} would not be decided as ${unlike === 1 ? 'it was' : 'they were'} by the present policy either: the registry or a rule has changed since.`
      : '',
    unread > 0 ? `${many(unread, 'mail')} could not be read again.` : '',
    'Not followed on: a case that would not be there when the next mail comes. Letters that clocks and schedules send are not compared.',
  ].filter((one) => one !== '');
  const facts: (readonly [string, Html | string])[] = [
    [
      'Mails',
      outcomes.length === 0
        ? 'as they were'
        : html`<ul>${outcomes.map(({ now, tried, count }) => html`<li>${n(count)}: ${now === tried ? `${outcomeWords(now)}, otherwise` : `${outcomeWords(now)} → ${outcomeWords(tried)}`}</li>`)}</ul>`,
    ],
    [
      'Cases',
      severities + deadlines === 0
        ? 'as they were'
        : `${n(severities)} of another severity, ${n(deadlines)} with another deadline`,
    ],
    [
      'Letters',
      letters.new + letters.noMore + letters.otherwise === 0
        ? 'as they were'
        : `${n(letters.new)} more, ${n(letters.noMore)} fewer, ${n(letters.otherwise)} that say something else`,
    ],
  ];
  return html`<p class="lead" role="status">${verdict}</p>${card(html`${whyList(facts)}${notes.map((one) => html`<p class="hint">${one}</p>`)}`, 'What would have come of it')}`;
}

/** Of somebody else: it takes the place of one's own, so that who runs the system can end it. */
const right = 'system: operate';
export const mayStop = (viewer: Viewer, { by }: Trial): boolean => viewer.address === by || viewerMay(viewer, right);
export const toStop = ({ by }: Trial): string =>
  `${by} has started it and can stop it; of the others ${listOf(rolesWith(right), 'or')} can.`;

function progressShown(c: ConsoleContext, trial: Trial): Html {
  const { id, compared, unread, asked, differs } = trial;
  const looked = compared + unread;
  return html`<div class="card pad" id="trial" hx-get="/policy/tried/${id}" hx-trigger="every 1s" hx-target="#main" hx-select="#main" hx-swap="outerHTML"><p role="status">Looked at ${n(looked)} of ${many(asked, 'mail')}; ${n(differs)} would have been decided otherwise so far.</p>
<progress max="${Math.max(1, asked)}" value="${looked}" aria-label="Mails looked at"></progress>
<div class="act">${
    mayStop(c.get('viewer'), trial)
      ? html`<form method="post" action="/policy/tried/${id}/stop">${csrfField(c)}<button class="btn">Stop</button></form>`
      : html`<p class="hint">${toStop(trial)}</p>`
  }<a class="btn" href="/policy/tried/${id}">Look again</a></div></div>`;
}

export function trialBody(c: ConsoleContext, trial: Trial, file: string): Html {
  const viewer = c.get('viewer');
  const changed = card(
    whyList(trial.changed.map(({ path, now, tried }) => [path, html`<code>${now}</code> → <code>${tried}</code>`])),
    'What is changed',
  );
  const body = {
    running: () => progressShown(c, trial),
    failed: () =>
      fault('It could not be tried to the end; the log says why.', 'Nothing was written. Try it again in a moment.'),
    stopped: () => html`<p class="hint">It was stopped after ${many(trial.compared, 'mail')}.</p>${sumShown(trial)}`,
    done: () => sumShown(trial),
  } satisfies Record<Trial['state'], () => Html>;
  return html`<div class="two"><div>${body[trial.state]()}${
    trial.samples.length === 0
      ? trial.state === 'done'
        ? empty('No mail to look at: each would be decided as it was.')
        : ''
      : html`<section><h2>${trial.differs > trial.samples.length ? `The first ${trial.samples.length} of them` : 'These are they'}</h2>${rows(
          trial.samples.map((one) => sampleShown(one, viewer)),
          'Mails that would be decided otherwise',
        )}</section>`
  }</div><div class="side">${changed}${yamlShown(trial.yaml, file)}</div></div>`;
}
