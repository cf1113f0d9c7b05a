/** One letter about a renewal: how it reads to whom, the ladder of its site, what can be done with it, and the proof that it was told. */
import { html } from 'hono/html';
import type { ListedRenewal, RenewalLetterShown } from '../../../flows/renewals/renewal-desk.ts';
import type { LetterWhole } from '../../../flows/letters/shown-letter.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { type Offer, offer, offers } from '../acts/offer.ts';
import type { Key } from '../frame/keys.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card, empty, field, pill, type Shown, select, tabs, when, whyList } from '../frame/parts.ts';
import { letterLines } from '../letters/lines.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import type { RenewalDeps } from './deps.ts';
import { quoteOffer } from './quote.ts';
import {
  aboutOf,
  dayOf,
  daySaid,
  endOf,
  endsSaid,
  endWord,
  isSent,
  listAddress,
  noticeOf,
  reasonSaid,
  states,
  stepSaid,
  views,
} from './words.ts';

export const missing = (c: ConsoleContext): Promise<Response> =>
  faultPage(c, {
    status: 404,
    says: 'There is no such letter about a renewal.',
    toDo: 'Look for it in the list of renewals.',
  });

function offersOf(one: ListedRenewal): readonly Offer[] {
  const input = { renewal: one.id };
  const asks = `A letter goes to ${one.to ?? 'whoever is next there'}${one.quote === null ? '' : ', and with the quote to billing contacts'}, and does not come back.`;
  const send: Offer = { act: 'send-renewal', input, says: 'Send now', key: 's', asks };
  const skip: Offer = { act: 'skip-renewal', input, says: 'Skip', key: 'x' };
  const edit: Offer = {
    act: 'edit-renewal',
    // What is left empty takes the words away.
    ...{ input: { ...input, text: '' }, key: 'e' },
    says: one.words === null ? 'Add a paragraph of your own' : 'Change your paragraph',
    fields: html`${field({
      ...{ name: 'text', label: 'Stands at the top of the letter, below the greeting', lines: 4, value: one.words ?? '' },
      hint: one.words === null ? 'Only this letter gets it.' : 'Emptied: the paragraph is taken out again.',
    })}<p class="hint">All else comes from the template: it is changed under <a href="/templates">Templates</a>, for every letter to come.</p>`,
  };
  switch (one.state) {
    case 'planned':
      return [{ act: 'hold-renewal', input, says: 'Hold', key: 'h', main: true }, send, skip, edit];
    case 'held':
      return [{ act: 'release-renewal', input, says: 'Release', key: 'r', main: true }, send, skip, edit];
    case 'nobody':
      return [{ ...send, says: 'Try again', main: true }];
    case 'sent':
    case 'answered':
    case 'bounced':
    case 'skipped':
    case 'renewed':
      return [];
    default:
      return one.state satisfies never;
  }
}

const lettersHref = (id: string, view: string, as: string | null): string =>
  `/renewals/${id}?${new URLSearchParams({ view, ...(as !== null && { as }) })}#letter`;

function letterShown(id: string, letter: RenewalLetterShown | null, view: 'text' | 'html', as: string | null): Html {
  if (!letter)
    return empty('Nobody is told of it any more: all of it is renewed, or there is nobody to be written to.');
  const { people, to, subject, text, attachments } = letter;
  const query = as === null ? '' : `?as=${as}`;
  const chosen = people.find(({ email }) => email === to)?.id ?? '';
  return html`<form class="filters inner" method="get" action="/renewals/${id}#letter"><input type="hidden" name="view" value="${view}">${select(
    'as',
    'As it reads to',
    people.map(({ id: person, email, name }) => [person, `${email} (${name})`] as const),
    chosen,
  )}<button class="btn">Show</button></form>
${tabs(
  [
    { href: lettersHref(id, 'text', as), says: 'Text', current: view === 'text' },
    { href: lettersHref(id, 'html', as), says: 'HTML', current: view === 'html' },
  ],
  'The letter as',
)}<p class="subject"><b>${subject}</b></p>${
    attachments.length === 0
      ? ''
      : html`<p class="hint">Attached: ${attachments.map(({ name, type }) => name ?? type).join(', ')}</p>`
  }${
    view === 'text'
      ? html`<pre class="mail">${maskPins(text)}</pre>`
      : html`<iframe class="letter" sandbox referrerpolicy="no-referrer" title="The letter as a mail program shows it" src="/renewals/${id}/html${query}"></iframe>`
  }`;
}

/** As it was written to whoever was told, and not as it would read today. */
function sentShown(id: string, letter: LetterWhole, view: 'text' | 'html'): Html {
  const { body } = letter;
  const whole = html`<a href="/letters/${letter.id}">The letter, and what became of it</a>`;
  if (body.kind !== 'there') return empty(html`What it said is not kept any more. ${whole}`);
  return html`${tabs(
    [
      { href: lettersHref(id, 'text', null), says: 'Text', current: view === 'text' },
      { href: lettersHref(id, 'html', null), says: 'HTML', current: view === 'html' },
    ],
    'The letter as',
  )}<p class="subject"><b>${letter.subject}</b></p>${
    body.attachments.length === 0
      ? ''
      : html`<p class="hint">Attached: ${body.attachments.map(({ name, type }) => name ?? type).join(', ')}</p>`
  }${
    view === 'text'
      ? html`<pre class="mail">${maskPins(body.text)}</pre>`
      : html`<iframe class="letter" sandbox referrerpolicy="no-referrer" title="The letter as a mail program shows it" src="/letters/${letter.id}/html"></iframe>`
  }<p class="hint">${whole}</p>`;
}

/** `after`: who looks after it, as the letter names them. */
function factsShown(one: ListedRenewal, after: string | null, viewer: Viewer): Html {
  const { site, siteName, dueAt, state, reason, to, words, quote, answers } = one;
  const isOpen = state === 'planned' || state === 'held';
  const facts: (readonly [string, Shown] | null)[] = [
    ['Site', html`<a href="/customers/${site}">${site}</a> ${siteName}`],
    [endWord(endOf(one), viewer), html`${daySaid(endOf(one))}: ${aboutOf(one)}`],
    ['Step', stepSaid(one.step)],
    [isOpen ? 'Goes out' : 'Its day', html`${when(dueAt, viewer)}, ${daySaid(one.day)} where the site is`],
    isSent(one) && one.settledAt !== null ? ['Sent', when(one.settledAt, viewer)] : null,
    [isOpen ? 'To' : 'Told', to ?? 'nobody there can be written to'],
    reasonSaid(reason) === null ? null : ['Why', reasonSaid(reason) ?? ''],
    ['Looked after by', after ?? 'the renewal team'],
    words === null ? null : ['Paragraph of its own', maskPins(words)],
    quote === null ? null : ['Quote', quote],
    answers.length === 0
      ? null
      : [
          'Answered',
          html`${answers.map((mail, i) => html`${i > 0 ? ', ' : ''}<a href="/mails/${mail}">mail ${mail}</a>`)}`,
        ],
  ];
  return whyList(facts.filter((fact) => fact !== null));
}

/** Every step of what ends with it; of what else ends at the site the groups are told. */
function ladderShown(one: ListedRenewal, all: readonly ListedRenewal[], viewer: Viewer): Html {
  const groups = [...Map.groupBy(all, ({ group }) => group)];
  const own = all.filter(({ group }) => group === one.group);
  const others = groups.filter(([group]) => group !== one.group);
  return html`<ol class="ladder">${own.map((step) => {
    const { says, tone } = states[step.state];
    const why = step.state === 'skipped' ? reasonSaid(step.reason) : null;
    return html`<li${step.id === one.id ? html` class="on" aria-current="step"` : ''}><a href="/renewals/${step.id}">${stepSaid(step.step)}</a><span>${daySaid(dayOf(step, viewer))} ${pill(says, tone)}${why ? html` <small class="dim">${why}</small>` : ''}</span></li>`;
  })}</ol>${
    others.length === 0
      ? ''
      : html`<p class="hint">Also ends here: ${others.map(
          ([group, steps], i) =>
            html`${i > 0 ? ', ' : ''}<a href="/renewals/${(steps.find(({ state }) => state === 'planned' || state === 'held') ?? steps[0])?.id}">on ${daySaid(group)}</a>`,
        )}. <a href="${listAddress({ view: 'all', site: one.site })}">All of site ${one.site}</a></p>`
  }`;
}

const keys: readonly Key[] = [
  ['p', 'Preview: how it reads'],
  ['h', 'Hold it'],
  ['r', 'Release it, where it is held'],
  ['s', 'Send it now'],
  ['x', 'Skip it'],
  ['e', 'Add a paragraph of your own at its top'],
  ['q', 'Attach a quote'],
];

export async function renewalPage(c: ConsoleContext, deps: RenewalDeps): Promise<Response> {
  const { renewals } = deps;
  const id = c.req.param('id') ?? '';
  const one = await renewals.one(id);
  if (!one) return missing(c);
  const viewer = c.get('viewer');
  const view = c.req.query('view') === 'html' ? 'html' : 'text';
  const asked = c.req.query('as') ?? '';
  const as = /^\d{1,18}$/.test(asked) ? asked : null;
  const back = `/renewals/${id}`;
  const notice = isSent(one) ? noticeOf(one) : undefined;
  const [letter, sent, ladder, given] = await Promise.all([
    notice ? null : renewals.letter(id, as),
    notice ? deps.letters.one(notice.id) : null,
    renewals.ladder(one.site),
    Promise.all(offersOf(one).map((each) => offer(c, deps, { ...each, back }))),
  ]);
  const isOpen = one.state === 'planned' || one.state === 'held';
  const quote = isOpen ? [await quoteOffer(c, deps, one)] : [];
  const { says, tone } = states[one.state];
  const from = (Object.keys(views) as (keyof typeof views)[]).find((name) => name === c.req.query('from')) ?? 'week';
  const lines = one.letters.map((sent) => ({
    ...sent,
    state: sent.state as Parameters<typeof letterLines>[0][number]['state'],
    about: { notice: 'the letter', copy: 'a copy, with the quote', settled: 'that it is renewed' }[sent.role],
  }));
  return consolePage(c, {
    title: `Renewal ${id}, site ${one.site}, ${stepSaid(one.step)}`,
    heading: html`${one.site} ${one.siteName} ${pill(says, tone)}`,
    ...{ place: '/renewals', keys, assets: ['letters.css', 'notices.css'] },
    up: { href: listAddress({ view: from }), says: 'Renewals' },
    tools: html`<a class="btn" href="#letter" data-key="p">${sent ? 'The letter' : 'Preview'} <kbd>p</kbd></a>`,
    body: html`<div class="two">
<div>
${card(factsShown(one, renewals.lookedAfterBy(one.representative), viewer))}
${isOpen || one.state === 'nobody' ? card(offers([...given, ...quote])) : ''}
<section class="card" id="letter" tabindex="-1"><h2>${sent ? html`The letter to ${sent.to}, as it was written ${when(sent.createdAt, viewer)}` : isOpen ? 'How it reads as everything stands' : 'How it would read now'}</h2>${
      sent ? sentShown(id, sent, view) : letterShown(id, letter, view, as)
    }</section>
</div>
<div class="side">
${card(ladderShown(one, ladder, viewer), `The ladder of what ${endsSaid(one.group, viewer)}`)}
${card(lines.length === 0 ? empty('No letter was written yet.') : letterLines(lines, viewer), 'Who was told')}
</div>
</div>`,
  });
}
