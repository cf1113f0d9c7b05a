/** One letter: what it says, what became of it step by step, what it follows from and what followed. */
import { html } from 'hono/html';
import type { DeliveryStep, LetterBody, LetterWhole } from '../../../flows/letters/shown-letter.ts';
import { letterName } from '../../../outbound/letter-names.ts';
import type { Html } from '../../html.ts';
import { card, empty, pill, type Shown, tabs, when, whyList } from '../frame/parts.ts';
import { sizeSays } from '../mails/words.ts';
import type { Viewer } from '../viewer.ts';
import { lastWord } from './list-page.ts';
import { states, tries } from './words.ts';

export const views = ['text', 'html', 'source'] as const;
export type View = (typeof views)[number];

function messageShown(id: string, body: LetterBody, view: View, viewer: Viewer): Html {
  switch (body.kind) {
    case 'deleted':
      return empty(
        html`What it said was deleted ${when(body.at, viewer)}: its time to be kept was over. Its line stays.`,
      );
    case 'never-written':
      return empty('It was held back when it was written, so there is no message: only this line.');
    case 'cannot-be-opened':
      return empty('It is sealed under a key that this Postern does not have. SECRET_KEY says which it has.');
    case 'there':
      break;
    default:
      return body satisfies never;
  }
  const tab = (one: View, says: string) => ({ href: `/letters/${id}?view=${one}`, says, current: view === one });
  const attached =
    body.attachments.length === 0
      ? ''
      : html`<p class="attached">Attached: ${body.attachments.map(({ name, type, bytes }) => `${name ?? type} (${sizeSays(bytes)})`).join(', ')}</p>`;
  const shown = {
    text: () => html`<pre class="mail">${body.text}</pre>`,
    html: () =>
      body.html === null
        ? empty('This letter has no HTML part.')
        : html`<iframe class="letter" sandbox referrerpolicy="no-referrer" title="The letter as a mail program shows it" src="/letters/${id}/html"></iframe>`,
    source: () =>
      html`${
        body.asItWent
          ? ''
          : html`<p class="hint">What this letter tells one person only is covered; its parts are shown as they read.</p>`
      }<pre class="mail source">${body.source}</pre><p class="hint"><a href="/letters/${id}/source" download>Save it</a></p>`,
  } satisfies Record<View, () => Html>;
  return html`${tabs([tab('text', 'Text'), tab('html', 'HTML'), tab('source', 'Source')], 'The letter as')}${attached}${shown[view]()}`;
}

function byShown({ by }: DeliveryStep): Html | string {
  if (by.way === 'itself') return '';
  if (by.mail !== null) {
    const of = by.staff === null ? '' : html`${by.staff} by `;
    return html` · ${of}<a href="/mails/${by.mail}">mail ${by.mail}</a>`;
  }
  return ` · ${by.says}`;
}

const stepShown = (step: DeliveryStep, viewer: Viewer): Html =>
  html`<li${step.tone === null ? '' : html` class="${step.tone}"`}><span>${step.says}${byShown(step)}</span>${when(step.at, viewer)}${
    step.response === null ? '' : html`<code>${step.response}</code>`
  }</li>`;

function storyShown({ steps, state, dueAt, giveUpAt, inHand, attempts }: LetterWhole, viewer: Viewer): Html {
  const ahead =
    state === 'queued' || state === 'unknown'
      ? html`<p class="hint">${inHand ? 'It is being handed over just now;' : attempts === 0 ? 'It waits its turn to be handed over,' : html`It is tried ${when(dueAt, viewer, { relative: true })},`} given up ${when(giveUpAt, viewer)} at the latest.</p>`
      : '';
  if (steps.length === 0) return html`<p class="hint">Nothing is on record of its way.</p>${ahead}`;
  return html`<ol class="steps">${steps.map((one) => stepShown(one, viewer))}</ol>${ahead}`;
}

function factsShown(letter: LetterWhole, viewer: Viewer): Html {
  const { causedBy, cause, case: onCase, attempts, sentAt, response } = letter;
  // What the server said last has a line of its own.
  const why = lastWord({ ...letter, response: null });
  const again = letter.state === 'queued' && attempts === 0;
  const facts: (readonly [string, Shown] | null)[] = [
    ['State', html`${states[letter.state].means}${why ? ` ${why.charAt(0).toUpperCase()}${why.slice(1)}.` : ''}`],
    ['Subject', letter.subject || 'none'],
    ['Kind', html`${letterName(letter.template)}, in ${letter.language}`],
    onCase === null ? null : ['Case', html`<a href="/cases/${onCase}">${onCase}</a>`],
    causedBy === null
      ? ['Follows from', 'no mail: an act, or the clock']
      : [
          'Follows from',
          html`<a href="/mails/${causedBy}">mail ${causedBy}</a>${cause?.from ? html` of ${cause.from}` : ''}${cause?.subject ? html`: ${cause.subject}` : ''}`,
        ],
    ['Written', when(letter.createdAt, viewer)],
    sentAt === null
      ? null
      : // Once more on its way: tries are counted anew, and what was said is of the time before.
        again
        ? ['Sent before', when(sentAt, viewer)]
        : ['Sent', html`${when(sentAt, viewer)}${attempts > 0 ? `, ${tries(attempts)}` : ''}`],
    response === null ? null : [again ? 'Answer before' : 'Last answer', html`<code>${response}</code>`],
    ['Message-ID', html`<code>${letter.messageId}</code>`],
    letter.envelopeFrom === '' ? null : ['Sent as', html`<code>${letter.envelopeFrom}</code>`],
  ];
  return whyList(facts.filter((one) => one !== null));
}

const answersShown = ({ answers }: LetterWhole, viewer: Viewer): Html =>
  answers.length === 0
    ? html`<p class="hint">No mail has answered it.</p>`
    : html`<ul class="plain-list">${answers.map(
        ({ mail, from, subject, at }) =>
          html`<li><a href="/mails/${mail}">${from ?? 'somebody'}</a>: ${subject ?? 'no subject'} ${when(at, viewer)}</li>`,
      )}</ul>`;

export const letterHeading = ({ to, state, markedAs }: LetterWhole): Html =>
  html`${to} ${pill(states[state].says, markedAs === null ? states[state].tone : undefined)}`;

export const letterBody = (
  letter: LetterWhole,
  { view, viewer, offered }: { view: View; viewer: Viewer; offered: Html },
): Html => html`
<div class="two">
<div>
${card(messageShown(letter.id, letter.body, view, viewer))}
</div>
<div class="side">
${offered}
${card(factsShown(letter, viewer), 'This letter')}
${card(storyShown(letter, viewer), 'What became of it')}
${card(answersShown(letter, viewer), 'Answers')}
</div>
</div>`;
