/** What can be done with an opened mail, each an act with its preview above the button. */
import { html } from 'hono/html';
import { canBe } from '../../../changes/outcome.ts';
import type { HeldMailShown } from '../../../flows/mail/held-desk.ts';
import { roles } from '../../../registry/site.ts';
import type { Html } from '../../html.ts';
import { type Offer, type OfferDeps, offer, offers } from '../acts/offer.ts';
import { field, select } from '../frame/parts.ts';
import type { ConsoleContext } from '../viewer.ts';

/** Where the mail names no site of ours itself. */
const siteFields: Html = html`${field({
  name: 'site',
  label: 'Number of the site',
  hint: 'Seven digits; or the PIN below',
})}${field({ name: 'pin', label: 'PIN of the site' })}`;

const personFields = ({ name, from }: HeldMailShown): Html =>
  html`${field({ name: 'register.name', label: 'Name', value: name?.trim() || (from?.split('@')[0] ?? '') })}${select(
    'register.role',
    'Role',
    roles.filter((role) => role !== 'provisional caller').map((role) => [role, role] as const),
    'authorized user',
  )}`;

type Given = {
  readonly mail: HeldMailShown;
  /** Where to go once it is done: the next mail of the list. */
  readonly next: string;
  /** The page as it is, for what leaves the mail held. */
  readonly here: string;
  /** Decided again now it would be held no more. */
  readonly mended: boolean;
};

/** Let in for the site that it names, or for one that is typed; who is on record there is not registered. */
function once({ mail, next }: Given): Offer[] {
  const { id, site, contactOf } = mail;
  const common = { act: 'release-mail', back: next, key: 'o' };
  const [only, ...others] = contactOf;
  if (site !== null) {
    const known = contactOf.some((one) => one.site === site.number);
    return [{ ...common, input: { mail: id }, says: known ? 'Release' : 'Release once', ...(known && { main: true }) }];
  }
  const typed: Offer = { ...common, input: { mail: id }, says: 'Release for …', fields: siteFields };
  if (!only || others.length > 0) return [typed];
  const here: Offer = {
    ...common,
    input: { mail: id, site: only.site },
    says: `Release for ${only.siteName}`,
    main: true,
  };
  return [here, { ...typed, says: 'Release for another site …', key: 'O' }];
}

/** Let in, and its sender put on record; `r` does so at once where nothing has to be typed. */
function registering({ mail, next }: Given): Offer[] {
  const { id, site, name, from, contactOf } = mail;
  const onRecord = contactOf.some((one) => site === null || one.site === site.number);
  if (from === null || onRecord) return [];
  const common = { act: 'release-mail', back: next };
  const register: Offer = {
    ...common,
    input: { mail: id, register: {} },
    says: 'Register and release',
    key: 'r',
    main: true,
  };
  if (site === null || !name?.trim())
    return [{ ...register, fields: html`${site === null ? siteFields : ''}${personFields(mail)}` }];
  const as: Offer = {
    ...common,
    input: { mail: id, register: { role: 'authorized user' } },
    says: 'Register as …',
    key: 'R',
    fields: personFields(mail),
  };
  return [register, as];
}

/** What kept it is mended: it goes on as it stands. */
const asItStands = ({ mail, next }: Given): Offer => ({
  act: 'replay-mail',
  input: { mail: mail.id },
  says: 'Let in as it stands',
  key: 'r',
  main: true,
  back: next,
});

function releasing(given: Given): Offer[] {
  if (!canBe(given.mail.outcome).includes('release')) return [];
  if (given.mended) return [asItStands(given), ...once(given).map(({ main: _, ...one }) => one)];
  const [register, ...as] = registering(given);
  return [...(register ? [register] : []), ...once(given), ...as];
}

function offersOf(given: Given): Offer[] {
  const { mail, next, here } = given;
  const { id, from, outcome } = mail;
  if (outcome === 'refused')
    return [
      { act: 'hold-again', input: { mail: id }, says: 'Hold again', key: 'h', main: true, back: `/held?row=${id}` },
    ];
  const can = canBe(outcome);
  const answer: Offer = {
    act: 'answer-mail',
    input: { mail: id },
    says: 'Answer',
    key: 'a',
    back: here,
    fields: field({
      name: 'text',
      label: `To ${from}`,
      lines: 7,
      required: true,
      hint: 'It stays held until it is released or refused.',
    }),
  };
  const refuse: Offer = {
    act: 'refuse-mail',
    input: { mail: id },
    says: 'Refuse',
    key: 'x',
    back: next,
    fields: field({
      name: 'reason',
      label: 'Why, for whoever looks later',
      hint: 'The sender is told nothing. It can be taken back.',
    }),
  };
  const block: Offer = {
    act: mail.blocked ? 'unblock-sender' : 'block-sender',
    input: { sender: from },
    says: mail.blocked ? 'Unblock the sender' : 'Block the sender',
    key: 'b',
    back: here,
  };
  return [
    ...releasing(given),
    ...(can.includes('answer') && from !== null ? [answer] : []),
    ...(can.includes('refuse') ? [refuse] : []),
    ...(from !== null && mail.contactOf.length === 0 ? [block] : []),
  ];
}

/** Each reads the mail by itself to say what would follow: all at once. Those that ask for words first stand side by side. */
export async function heldActions(c: ConsoleContext, deps: OfferDeps, given: Given): Promise<Html> {
  const shown = await Promise.all(
    offersOf(given).map(async (one) => ({ typed: one.fields !== undefined, html: await offer(c, deps, one) })),
  );
  const typed = shown.filter((one) => one.typed);
  const [first] = typed;
  return offers(
    shown.flatMap((one) =>
      !one.typed ? [one.html] : one === first ? [html`<div class="typed">${typed.map((each) => each.html)}</div>`] : [],
    ),
  );
}
