/** What can be done with a case, each an act with its preview: what needs nothing first, then what needs words. */
import { html } from 'hono/html';
import { waitOf } from '../../../acts/cases/clock/clock-of.ts';
import { caseKinds, severities } from '../../../cases/case.ts';
import type { CaseDesk, OpenedCase } from '../../../flows/cases/one/case-desk.ts';
import { outsideScope } from '../../../outbound/letter.ts';
import type { Html } from '../../html.ts';
import { notYours } from '../acts/forms.ts';
import { type Offer, type OfferDeps, offer } from '../acts/offer.ts';
import { type Choice, field, select } from '../frame/fields.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';
import { severityMeans } from './words.ts';

type Given = { readonly opened: OpenedCase; readonly desk: CaseDesk; readonly me: string };

const text = (label: string, more: Partial<Parameters<typeof field>[0]> = {}): Html =>
  field({ name: 'text', label, lines: 4, ...more });

/** Whose it is: taken where it is nobody's, else taken over. */
function owning({ opened: { on }, desk, me }: Given): Offer[] {
  const input = { case: on.number };
  if (on.owner === null) return [{ act: 'take-case', input, says: 'Take', key: 't', main: true }];
  if (on.owner === me) return [{ act: 'give-back-case', input, says: 'Give back', key: 'b' }];
  return [{ act: 'assign-case', input: { ...input, to: me }, says: `Take over from ${desk.name(on.owner)}`, key: 't' }];
}

/** Those of the site that are open, to be chosen by their number. */
const otherCase = (name: string, label: string, { around, on }: OpenedCase): Html => {
  const open = around.others.filter(({ status, number }) => status === 'open' && number !== on.number);
  return html`${field({ name, label, required: true, hint: 'The number of the case' })}${
    open.length === 0
      ? ''
      : html`<p class="hint">Of this site: ${open
          .slice(0, 5)
          .map(({ number, title }, i) => html`${i > 0 ? ', ' : ''}<b>${number}</b> ${title.slice(0, 40)}`)}</p>`
  }`;
};

function working(given: Given): Offer[] {
  const { opened } = given;
  const { on } = opened;
  const input = { case: on.number };
  const waits = waitOf(on) !== null;
  const people = opened.answersTo.map(({ name, address }) => name ?? address).join(', ');
  return [
    {
      act: 'write-on-case',
      input: { ...input, note: true },
      says: 'Note',
      key: 'n',
      atOnce: true,
      fields: text('For us alone: nothing goes out', { required: true }),
    },
    {
      act: 'solve-case',
      input,
      says: 'Solve',
      key: 's',
      fields: text(`What solves it, as ${people} will read it`, {
        hint: 'They are asked whether it is solved; the case stays open until they say so.',
      }),
    },
    ...(waits ? [{ act: 'end-wait', input, says: 'Wait no more' }] : []),
    {
      act: 'wait-for-customer',
      input,
      says: waits ? 'Wait otherwise' : 'Wait',
      key: 'w',
      fields: html`${field({ name: 'days', label: 'For how many business days', type: 'number', hint: 'Left out: until they write' })}${field({ name: 'until', label: 'Or until the day', type: 'date' })}`,
    },
    {
      act: 'escalate-case',
      input,
      says: 'Escalate',
      key: 'e',
      ...(on.escalation
        ? {
            fields: html`${field({ name: 'plan', label: 'What is done about it, as the customer reads it', lines: 3, hint: 'Left out: it goes to the director' })}${field({ name: 'until', label: 'By when', type: 'date' })}`,
          }
        : { fields: html`<p class="hint">The customer is told who looks after it now, and that a plan follows.</p>` }),
    },
    {
      act: 'link-case',
      input,
      says: 'Link',
      key: 'l',
      fields: otherCase('to', 'The case that it has to do with', opened),
    },
  ];
}

/** POLICY §4.2: after the first severity a change needs both sides. */
function severityOffers(on: OpenedCase['on']): Offer[] {
  const act = 'set-severity';
  const asks = (severity: number) => ({ case: on.number, severity });
  const wanted = on.proposal?.by === 'customer' ? on.proposal.to : null;
  const others = severities.filter((one) => one !== on.severity && one !== wanted);
  return [
    ...(wanted === null
      ? []
      : [
          { act, input: asks(wanted), says: `Agree to severity ${wanted}` },
          { act, input: asks(on.severity), says: `Keep severity ${on.severity}` },
        ]),
    {
      act,
      input: { case: on.number },
      says: 'Propose a severity',
      key: 'v',
      fields: html`${select('severity', 'Severity', [
        ['', 'choose'],
        ...others.map((one): Choice => [`${one}`, `${one}: ${severityMeans[one]}`]),
      ])}<p class="hint">A change of severity needs both sides: the customer is asked by a letter, and until they agree it stays ${on.severity}.</p>`,
    },
  ];
}

function rating({ opened: { on }, desk, me }: Given): Offer[] {
  const input = { case: on.number };
  const workers = desk
    .workers()
    .filter(({ email }) => email !== on.owner)
    .map(({ email, name }): Choice => [email, email === me ? `${name} (you)` : name]);
  return [
    { act: 'assign-case', input, says: 'Assign', key: 'i', fields: select('to', 'To', [['', 'choose'], ...workers]) },
    ...severityOffers(on),
    {
      act: 'set-kind',
      input,
      says: 'Kind',
      key: 'd',
      fields: html`${select(
        'kind',
        'Kind',
        caseKinds.map((one): Choice => [one, one]),
        on.kind,
      )}${field({ name: 'id', label: 'Its id elsewhere', value: on.reference ?? '', hint: 'Of the defect or the change request' })}${field({ name: 'priority', label: 'Priority', value: on.priority ?? '' })}${field({ name: 'planned', label: 'A fix is planned for', value: on.planned ?? '', hint: 'The customer is told' })}${field({ name: 'resolvedIn', label: 'Resolved by the release', value: on.resolvedIn ?? '', hint: 'The customer is told' })}<label class="check"><input type="checkbox" name="declined" value="true"> It will not be done; the customer is told</label>`,
    },
  ];
}

function ending({ opened }: Given): Offer[] {
  const { on } = opened;
  const input = { case: on.number };
  return [
    {
      act: 'out-of-scope',
      input,
      says: 'Out of scope',
      key: 'o',
      fields: field({
        name: 'why',
        label: 'Why, as the customer reads it',
        required: true,
        hint: `In words of your own, or ${outsideScope.slice(0, -1).join(', ')}`,
      }),
    },
    {
      act: 'close-case',
      input,
      says: 'Close',
      key: 'c',
      fields: html`${text('Last words to the customer', { hint: 'They hear that it is closed, and are asked how it was.' })}<label class="check"><input type="checkbox" name="solved" value="true"> They have said that it is solved</label>`,
    },
    {
      act: 'add-participant',
      input,
      says: 'Add somebody',
      key: 'p',
      fields: field({
        name: 'address',
        label: 'Address of somebody on record at the site',
        type: 'email',
        required: true,
      }),
    },
  ];
}

/** Those who take part, to be taken off one by one. */
const leaving = ({ opened: { on } }: Given): Offer[] => {
  const others = on.participants.filter(({ address }) => address !== on.contactAddress);
  if (others.length === 0) return [];
  const choices = others.map(({ address, name }): Choice => [address, name ? `${name}, ${address}` : address]);
  return [
    {
      act: 'leave-case',
      input: { case: on.number },
      says: 'Take somebody off',
      fields: select('address', 'Whoever hears no more of it', [['', 'choose'], ...choices]),
    },
  ];
};

function ofClosed({ opened }: Given): Offer[] {
  const { on } = opened;
  const input = { case: on.number };
  if (on.mergedInto)
    return [{ act: 'unmerge-case', input: { ...input, from: on.mergedInto }, says: 'Take the merge back', key: 'm' }];
  return [
    {
      act: 'reopen-case',
      input,
      says: 'Reopen',
      key: 'r',
      main: true,
      fields: field({ name: 'reason', label: 'Why', required: true, hint: 'For us, and for whoever asks later' }),
    },
    {
      act: 'write-on-case',
      input: { ...input, note: true },
      says: 'Note',
      key: 'n',
      atOnce: true,
      fields: text('For us alone: nothing goes out', { required: true }),
    },
    {
      act: 'link-case',
      input,
      says: 'Link',
      key: 'l',
      fields: otherCase('to', 'The case that it has to do with', opened),
    },
  ];
}

/** All previews are of the case as it was loaded for this page. */
export async function caseActions(c: ConsoleContext, deps: OfferDeps, given: Given): Promise<Html> {
  const { on, preview } = given.opened;
  if (!viewerMay(c.get('viewer'), 'cases: work'))
    return html`<section class="offers" aria-label="What can be done" tabindex="-1" data-offers><p class="hint">You may read it. ${notYours(c.get('viewer'), { right: 'cases: work' })}</p></section>`;
  const here = `/cases/${on.number}`;
  const draw = async (all: readonly Offer[]): Promise<Html[]> =>
    Promise.all(all.map((one) => offer(c, { ...deps, perform: preview }, { ...one, back: here })));
  const open = on.status === 'open';
  const [first, then, more, last] = await Promise.all(
    (open
      ? [owning(given), working(given), rating(given), [...ending(given), ...leaving(given)]]
      : [ofClosed(given), [], [], leaving(given)]
    ).map(draw),
  );
  const links = open
    ? html`<a class="btn" href="${here}/merge" data-key="m">Merge <kbd>m</kbd></a><a class="btn" href="${here}/split" data-key="x">Split <kbd>x</kbd></a>`
    : '';
  const answer = open
    ? html`<a class="btn${on.owner === given.me ? ' main' : ''}" href="#answer">Answer <kbd>a</kbd></a>`
    : '';
  return html`<section class="offers case-acts" aria-label="What can be done" tabindex="-1" data-offers>${first}<div class="words">${answer}${then}${links}${more}${last}</div></section>`;
}
