/** The PIN of a customer, and privileged PINs with what they open. Those stand hashed: nobody here is shown one. */
import { html } from 'hono/html';
import type { Customer, PrivilegedShown } from '../../../flows/registry/customers.ts';
import { rolesWith } from '../../../staff/rights.ts';
import type { Html } from '../../html.ts';
import { listOf } from '../acts/list-of.ts';
import { type OfferDeps, offer } from '../acts/offer.ts';
import { pill, when } from '../frame/parts.ts';
import { type ConsoleContext, type Viewer, viewerMay } from '../viewer.ts';
import { pinRight, place } from './deps.ts';
import { privilegedStates } from './words.ts';

export function pinsShown({ pins }: Pick<Customer, 'pins'>, viewer: Viewer): Html {
  if (pins.length === 0) return html`none: nobody there can name the site by a PIN`;
  if (!viewerMay(viewer, pinRight))
    return html`<span class="pin">${'•'.repeat(6)}</span> <span class="dim">shown to ${listOf(rolesWith(pinRight), 'or')}</span>`;
  return html`${pins.map(
    ({ pin, state, issuedAt, replacedAt }, i) =>
      html`${i > 0 ? html`<br>` : ''}<span class="pin">${pin}</span> <span class="dim">${
        state === 'active'
          ? html`since ${when(issuedAt, viewer)}`
          : html`the one before, replaced ${when(replacedAt ?? issuedAt, viewer)} and still good`
      }</span>`,
  )}`;
}

const over = ({ state }: PrivilegedShown): boolean => state === 'used' || state === 'expired' || state === 'revoked';

function periodOf({ state, until, usedAt, issuedAt }: PrivilegedShown, viewer: Viewer): Html {
  if (state === 'open') return html`used ${when(usedAt ?? issuedAt, viewer)}, open until ${when(until, viewer)}`;
  if (state === 'good') return html`issued ${when(issuedAt, viewer)}, to be used by ${when(until, viewer)}`;
  return html`issued ${when(issuedAt, viewer)}${usedAt === null ? '' : html`, used ${when(usedAt, viewer)}`}`;
}

async function oneShown(
  c: ConsoleContext,
  deps: OfferDeps,
  site: string,
  one: PrivilegedShown,
  back: string,
): Promise<Html> {
  const { says, tone } = privilegedStates[one.state];
  const given = over(one)
    ? []
    : await Promise.all(
        (
          [
            ...(one.state === 'good' ? [['use-privileged-pin', 'Use it'] as const] : []),
            ['revoke-privileged-pin', 'Revoke it'] as const,
          ] as const
        ).map(([act, name]) => offer(c, deps, { act, input: { pin: one.id }, says: name, back })),
      );
  return html`<li><p>${pill(says, tone)} <a href="/cases/${one.case}">case ${one.case}</a>, <a href="${place}/${site}/people/${one.contact}"><bdi>${one.contactName}</bdi></a></p><p class="dim small">${periodOf(one, c.get('viewer'))}</p>${given}</li>`;
}

/** Windows that are open, and PINs that may still be used, before those that are over. */
export async function privilegedShown(
  c: ConsoleContext,
  deps: OfferDeps,
  { site, all, back }: { readonly site: string; readonly all: readonly PrivilegedShown[]; readonly back: string },
): Promise<Html> {
  if (all.length === 0) return html`<p class="dim">None was issued.</p>`;
  const sorted = all.toSorted((one, other) => Number(over(one)) - Number(over(other)));
  return html`<ul class="privileged">${await Promise.all(sorted.map((one) => oneShown(c, deps, site, one, back)))}</ul>`;
}
