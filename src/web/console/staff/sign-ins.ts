/** Sessions and passkeys of somebody, each with its way out. */
import { html } from 'hono/html';
import type { ListedPasskey, ListedSession } from '../../../flows/staff/staff-pages.ts';
import type { SignInWay } from '../../../staff/sign-in.ts';
import type { Html } from '../../html.ts';
import { offer } from '../acts/offer.ts';
import type { ConsoleDeps } from '../deps.ts';
import { empty, pill, rows } from '../frame/parts.ts';
import { when } from '../frame/times.ts';
import type { ConsoleContext } from '../viewer.ts';
import { waySaid } from './words.ts';

export const sessionAbout = (c: ConsoleContext, { way, madeAt, seenAt }: ListedSession): Html =>
  html`by ${waySaid[way as SignInWay] ?? way}, ${when(madeAt, c.get('viewer'))} · seen ${when(seenAt, c.get('viewer'), { relative: true })}`;

/** Those of one person; the one that this page is asked in ends by signing out. */
export async function sessionsShown(
  c: ConsoleContext,
  deps: ConsoleDeps,
  sessions: readonly ListedSession[],
): Promise<Html> {
  if (sessions.length === 0) return empty('Signed in nowhere.');
  const here = c.get('viewer').session;
  const shown = sessions.map(async (one) => {
    const { id: session, staff: email, device } = one;
    const isHere = session === here;
    const way = isHere
      ? ''
      : await offer(c, deps, { act: 'end-sessions', input: { email, session }, says: 'Sign out' });
    return html`<li class="row"><div class="cell"><b>${device}</b><div class="b">${sessionAbout(c, one)}</div>${way}</div>${
      isHere ? html`<div class="side">${pill('this one', 'good')}</div>` : ''
    }</li>`;
  });
  return rows(await Promise.all(shown), 'Sessions');
}

export async function passkeysShown(
  c: ConsoleContext,
  deps: ConsoleDeps,
  passkeys: readonly ListedPasskey[],
): Promise<Html> {
  if (passkeys.length === 0) return empty('No passkey yet: codes by mail do.');
  const viewer = c.get('viewer');
  const shown = passkeys.map(async ({ id: passkey, name, madeAt, usedAt }) => {
    const used = usedAt === null ? 'not used yet' : html`used ${when(usedAt, viewer, { relative: true })}`;
    const way = await offer(c, deps, { act: 'remove-passkey', input: { passkey }, says: 'Remove' });
    return html`<li class="row"><div class="cell"><b>${name}</b><div class="b">added ${when(madeAt, viewer)} · ${used}</div>${way}</div></li>`;
  });
  return rows(await Promise.all(shown), 'Passkeys');
}
