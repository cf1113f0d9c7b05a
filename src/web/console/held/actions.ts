/** What can be done with an opened mail, each an act with its preview above the button. */
import { html } from 'hono/html';
import { canBe } from '../../../changes/outcome.ts';
import type { HeldMailShown } from '../../../flows/mail/held-desk.ts';
import { roles } from '../../../registry/site.ts';
import type { Html } from '../../html.ts';
import { type OfferDeps, offer, offers } from '../acts/offer.ts';
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

async function released(c: ConsoleContext, deps: OfferDeps, { mail, next }: Given): Promise<Html[]> {
  const { id, site, name } = mail;
  if (!canBe(mail.outcome).includes('release')) return [];
  const onRecord = site !== null && mail.contactOf.some((one) => one.site === site.number);
  const common = { act: 'release-mail', back: next };
  const once = await offer(c, deps, {
    ...common,
    input: { mail: id },
    says: onRecord ? 'Release' : 'Release once',
    key: 'o',
    ...(site === null && { fields: siteFields(mail) }),
    ...(onRecord && { main: true }),
  });
  if (onRecord || mail.from === null) return [once];
  const needsFields = site === null || !name?.trim();
  const register = await offer(c, deps, {
    ...common,
    input: { mail: id, register: {} },
    says: 'Register and release',
    key: 'r',
    main: true,
    ...(needsFields && { fields: html`${site === null ? siteFields(mail) : ''}${personFields(mail)}` }),
  });
  if (needsFields) return [register, once];
  const as = await offer(c, deps, {
    ...common,
    input: { mail: id, register: { role: 'authorized user' } },
    says: 'Register as …',
    key: 'R',
    fields: personFields(mail),
  });
  return [register, once, as];
}

export async function heldActions(c: ConsoleContext, deps: OfferDeps, given: Given): Promise<Html> {
  const { mail, next, here } = given;
  const { id, from, outcome } = mail;
  if (outcome === 'refused')
    return offers([
      await offer(c, deps, { act: 'hold-again', input: { mail: id }, says: 'Hold again', key: 'h', main: true, back: `/held?row=${id}` }),
    ]);
  const can = canBe(outcome);
  const all = await released(c, deps, given);
  if (can.includes('answer') && from !== null)
    all.push(
      await offer(c, deps, {
        act: 'answer-mail',
        input: { mail: id },
        says: 'Answer',
        key: 'a',
        back: here,
        fields: field({ name: 'text', label: `To ${from}`, lines: 7, required: true, hint: 'It stays held until it is released or refused.' }),
      }),
    );
  if (can.includes('refuse'))
    all.push(
      await offer(c, deps, {
        act: 'refuse-mail',
        input: { mail: id },
        says: 'Refuse',
        key: 'x',
        back: next,
        fields: field({ name: 'reason', label: 'Why, for whoever looks later', hint: 'The sender is told nothing. It can be taken back.' }),
      }),
    );
  if (from !== null && mail.contactOf.length === 0)
    all.push(
      await offer(c, deps, {
        act: mail.blocked ? 'unblock-sender' : 'block-sender',
        input: { sender: from },
        says: mail.blocked ? 'Unblock the sender' : 'Block the sender',
        key: 'b',
        back: here,
      }),
    );
  return offers(all);
}
