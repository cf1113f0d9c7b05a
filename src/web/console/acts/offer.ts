/** A button that is an act: above it stands what it will do, which is the preview of the act. */
import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import type { AnyAct } from '../../../acts/act.ts';
import type { Html } from '../../html.ts';
import { problemOf } from '../../problem.ts';
import type { ConsoleDeps } from '../deps.ts';
import { withinConsole } from '../frame/back.ts';
import { byOf, type ConsoleContext, mayDo, type Viewer } from '../viewer.ts';
import { type Asked, notYours, ownFields, willShown } from './forms.ts';
import { type Said, saidOf } from './said.ts';
import { faultsOf } from './typed.ts';

export type OfferDeps = Pick<ConsoleDeps, 'perform' | 'acts' | 'log'>;

export type Offer = {
  readonly act: string;
  /** The part of the input that is fixed; with `fields` the rest is typed. */
  readonly input: unknown;
  /** On the button. */
  readonly says: string;
  readonly key?: string;
  /** The first of the page: one only. */
  readonly main?: boolean;
  /** What a person fills in, by the names of the act's input; dotted where it stands within. */
  readonly fields?: Html;
  /** Of the fields those that show what stands: whoever empties one takes it away. */
  readonly whole?: readonly string[];
  /** Where to go when it is done; left out: here. */
  readonly back?: string;
  /** The fields are shown at once. */
  readonly open?: boolean;
  /** What it does cannot be undone, and leaves the house: said when it is pressed, and done when it is pressed again. */
  readonly asks?: string;
  /** It leaves the house in no way: done with the first press, whatever was typed since its sentence was looked up. */
  readonly atOnce?: true;
};

export type Foreseen =
  | { readonly kind: 'will'; readonly said: Said; readonly fingerprint: string }
  /** Not with this input: what is missing or wrong, field by field. */
  | { readonly kind: 'unfit'; readonly faults: readonly string[] }
  | { readonly kind: 'refused'; readonly says: string };

/** What would follow of one among many, or why nothing would. */
export function foreseenSays(foreseen: Foreseen): string {
  switch (foreseen.kind) {
    case 'will':
      return [...foreseen.said.first, ...foreseen.said.more].join(' ');
    case 'unfit':
      return foreseen.faults.join(' ');
    case 'refused':
      return foreseen.says;
    default:
      return foreseen satisfies never;
  }
}

/** What the act would do; it never throws: a page is shown without one of its buttons. */
export async function foresee(
  { perform, log }: OfferDeps,
  viewer: Viewer,
  act: AnyAct,
  input: unknown,
): Promise<Foreseen> {
  const parsed = act.input.safeParse(input);
  if (!parsed.success) return { kind: 'unfit', faults: faultsOf(act, parsed.error) };
  try {
    const outcome = await perform(act.name, parsed.data, { by: byOf(viewer), preview: true });
    if (outcome.kind === 'refused') return { kind: 'refused', says: outcome.says };
    const shown = outcome.kind === 'done' ? outcome.done : outcome.preview;
    return { kind: 'will', said: saidOf(shown, viewer), fingerprint: shown.fingerprint };
  } catch (error) {
    log.warn({ act: act.name, error: String(error) }, 'what an act would do could not be said');
    const says = problemOf(error)?.message ?? 'What this would do cannot be said at the moment.';
    return { kind: 'refused', says: `${says} Open the page again.` };
  }
}

/** One page may offer one act with one input twice, for other fields: what the button says tells them apart. */
const idOf = (act: string, input: unknown, says: string): string =>
  `do-${act}-${createHash('sha256')
    .update(JSON.stringify([says, input]))
    .digest('hex')
    .slice(0, 8)}`;

const keyShown = (key: string | undefined): Html | string => (key === undefined ? '' : html` <kbd>${key}</kbd>`);
const keyOf = (key: string | undefined): Html | string => (key === undefined ? '' : html` data-key="${key}"`);

/** It cannot be done here and now: the name, and why not. */
const closed = ({ says }: Offer, why: string): Html =>
  html`<div class="offer closed"><div class="will"><p>${why}</p></div><button class="btn" disabled>${says}</button></div>`;

/** In place where there are scripts: the page behind `back` takes the place of this one's content. */
const inPlace = html` hx-target="#main" hx-select="#main" hx-swap="outerHTML" hx-sync="this:drop"`;

/** As it is offered: what the act does as a sentence, and the button; without the right, or where it is refused, why not. */
export async function offer(c: ConsoleContext, deps: OfferDeps, given: Offer): Promise<Html> {
  const { input, says, key, main = false, fields, whole = [], open = false, asks = '', atOnce } = given;
  const act = deps.acts.find(({ name }) => name === given.act);
  if (!act) throw new Error(`there is no act ${given.act}`);
  const viewer = c.get('viewer');
  if (!mayDo(viewer, act)) return closed(given, notYours(viewer, act));
  const { pathname, search } = new URL(c.req.url);
  const id = idOf(act.name, input, says);
  const own = {
    input: JSON.stringify(input),
    back: withinConsole(given.back ?? `${pathname}${search}`),
    offer: id,
    ...{ says, asks, whole: whole.join(' ') },
  } satisfies Asked['own'];
  const foreseen = await foresee(deps, viewer, act, input);
  // With fields there may be too little so far, or what is refused without them.
  if (foreseen.kind !== 'will' && fields === undefined)
    return closed(given, foreseen.kind === 'refused' ? foreseen.says : foreseen.faults.join(' '));
  // Without the fingerprint it is only shown once more, with the question.
  const will = foreseen.kind === 'will' ? willShown(act, foreseen.said, asks === '' ? foreseen.fingerprint : '') : '';
  const button = (withKey: boolean) =>
    html`<button class="btn${main ? ' main' : ''}" id="${id}-go"${withKey ? keyOf(key) : ''} aria-describedby="${id}-will">${says}${
      withKey ? keyShown(key) : ''
    }</button>`;
  const form = (inner: Html) =>
    html`<form method="post" action="/do/${act.name}" hx-post="/do/${act.name}"${inPlace}${atOnce ? html` data-at-once` : ''}>${ownFields(c, { own })}${
      atOnce ? html`<input type="hidden" name="sure" value="yes">` : ''
    }${inner}</form>`;
  const told = html`<div class="told" id="${id}-told" role="alert"></div>`;
  if (fields === undefined)
    return html`<div class="offer" id="${id}">${form(html`<div class="will" id="${id}-will">${will}</div>${told}${button(true)}`)}</div>`;
  const refreshed = html` hx-post="/do/${act.name}/preview" hx-trigger="look, input from:'closest form' delay:300ms, change from:'closest form' delay:50ms" hx-target="this" hx-swap="innerHTML" hx-sync="this:replace"`;
  return html`<details class="offer" id="${id}"${open ? html` open` : ''}><summary class="btn${main ? ' main' : ''}"${keyOf(key)}>${says}${keyShown(key)}</summary>${form(
    html`<div class="fields">${fields}</div><div class="will" id="${id}-will" aria-live="polite"${refreshed}>${will}</div>${told}${button(false)}`,
  )}</details>`;
}

/** Several of one thing, the first one foremost; `.` goes here. */
export const offers = (given: readonly Html[], label = 'What can be done'): Html =>
  html`<section class="offers" aria-label="${label}" tabindex="-1" data-offers>${given}</section>`;
