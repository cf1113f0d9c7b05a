/**
 * The cause is mended, and mails that waited for it would go on: how many, and what each would be. Nothing goes on by itself: a person lets
 * them in, all or some.
 */
import { html } from 'hono/html';
import type { Trial } from '../../../acts/mail/records.ts';
import type { Change } from '../../../changes/change.ts';
import type { HeldDesk, HeldLine } from '../../../flows/mail/held-desk.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { empty, row, rows, when } from '../frame/parts.ts';
import { countShown } from '../live/figures.ts';
import type { Viewer } from '../viewer.ts';
import { becameSays } from './words.ts';

const would = (count: number): string =>
  count === 1 ? 'One of these would be let in now.' : `${countShown(count)} of these would be let in now.`;

/** On top of the list: as known so far, and, once the page stands, with what has changed since. */
export const letInOffer = (count: number, { look }: { readonly look: boolean }): Html =>
  html`<div id="let-in"${look ? html` hx-get="/held/let-in/offer" hx-trigger="load" hx-swap="outerHTML"` : ''} aria-live="polite">${
    count === 0
      ? ''
      : html`<div class="alert good"><i></i><div><p><b>${would(count)}</b></p><p><small>Their senders, or the numbers they name, have come on record since.</small></p></div><a class="btn" href="/held/let-in" data-key="l">See them <kbd>l</kbd></a></div>`
  }</div>`;

/** Changes by which a mail that was held may be let in. */
const mending: ReadonlySet<Change['kind']> = new Set([
  'contact-added',
  'contact-details-set',
  'licence-registered',
  'pin-issued',
  'privilege-set',
  'role-set',
  'sender-registered',
  'site-changed',
] satisfies Change['kind'][]);

/** What an act has mended: the mails that would be let in now, as a way to them. */
export const letInAfter =
  ({ letIn }: Pick<HeldDesk, 'letIn'>) =>
  async (made: readonly Change[]): Promise<{ readonly href: string; readonly says: string } | null> => {
    if (!made.some(({ kind }) => mending.has(kind))) return null;
    const { count } = await letIn({ look: true });
    if (count === 0) return null;
    const which = count === 1 ? 'One held mail' : `${countShown(count)} held mails`;
    return {
      href: '/held/let-in',
      says: `${which} would be let in now: see what ${count === 1 ? 'it becomes' : 'they become'}.`,
    };
  };

/** What a mail would become, in one line. */
const trialSays = ({ outcome, reason, opens }: Trial, viewer: Viewer): Html =>
  opens
    ? html`Opens a case of severity ${opens.severity}, first answer by ${when(opens.due, viewer)}. <span class="dim">${maskPins(reason)}</span>`
    : html`${becameSays(outcome, null, null).replace(/^./, (first) => first.toUpperCase())}. <span class="dim">${maskPins(reason)}</span>`;

type Given = {
  readonly lines: readonly HeldLine[];
  readonly trials: readonly Trial[];
  readonly count: number;
  readonly viewer: Viewer;
  readonly form: string;
};

export function letInRows({ lines, trials, count, viewer, form }: Given): Html {
  if (count === 0)
    return empty(
      'Nothing would be let in now that is held. Whatever is put on record later is looked at within a minute.',
    );
  const more = count - lines.length;
  return html`${rows(
    lines.map((line) => {
      const trial = trials.find(({ mail }) => mail === line.id);
      return row({
        href: `/held?row=${line.id}`,
        says: line.from ?? '',
        about: html`${line.subject?.trim() || 'without a subject'}${trial ? html`<br>${trialSays(trial, viewer)}` : ''}`,
        side: when(line.arrivedAt, viewer, { relative: true }),
        choose: { name: 'mail', value: line.id, label: `Choose the mail of ${line.from ?? ''}`, form },
      });
    }),
    'Mails that would be let in',
  )}${more > 0 ? html`<p class="pad dim">And ${countShown(more)} more.</p>` : ''}`;
}
