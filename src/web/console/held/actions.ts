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
const siteFields = (mail: HeldMailShown): Html =>
  html`${field({
    name: 'site',
    label: 'Number of the site',
    ...(mail.contactOf.length === 1 && { value: mail.contactOf[0]?.site ?? '' }),
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
};

/** Let in, with its sender put on record or not. */
function releasing({ mail, next }: Given): Offer[] {
  const { id, site, name } = mail;
  if (!canBe(mail.outcome).includes('release')) return [];
  const onRecord = site !== null && mail.contactOf.some((one) => one.site === site.number);
  const common = { act: 'release-mail', back: next };
  const once: Offer = {
    ...common,
    input: { mail: id },
    says: onRecord ? 'Release' : 'Release once',
    key: 'o',
    ...(site === null && { fields: siteFields(mail) }),
    ...(onRecord && { main: true }),
  };
  if (onRecord || mail.from === null) return [once];
  const register: Offer = {
    ...common,
    input: { mail: id, register: {} },
    says: 'Register and release',
    key: 'r',
    main: true,
  };
  if (site === null || !name?.trim())
    return [{ ...register, fields: html`${site === null ? siteFields(mail) : ''}${personFields(mail)}` }, once];
  const as: Offer = {
    ...common,
    input: { mail: id, register: { role: 'authorized user' } },
    says: 'Register as …',
    key: 'R',
    fields: personFields(mail),
  };
  return [register, once, as];
}

function offersOf({ mail, next, here }: Given): Offer[] {
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
    ...releasing({ mail, next, here }),
    ...(can.includes('answer') && from !== null ? [answer] : []),
    ...(can.includes('refuse') ? [refuse] : []),
    ...(from !== null && mail.contactOf.length === 0 ? [block] : []),
  ];
}

/** Each reads the mail by itself to say what would follow: all at once. */
export const heldActions = async (c: ConsoleContext, deps: OfferDeps, given: Given): Promise<Html> =>
  offers(await Promise.all(offersOf(given).map((one) => offer(c, deps, one))));
