/** `/staff/sessions`: where one is signed in and by what; for whoever manages our people, where everybody is. */
import { html } from 'hono/html';
import type { ListedSession } from '../../../flows/staff/staff-pages.ts';
import type { Html } from '../../html.ts';
import { offer } from '../acts/offer.ts';
import type { ConsoleDeps } from '../deps.ts';
import { csrfField } from '../frame/csrf.ts';
import { consolePage } from '../frame/page.ts';
import { card, empty, row, rows } from '../frame/parts.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';
import { personPath } from './people-page.ts';
import { passkeysShown, sessionAbout, sessionsShown } from './sign-ins.ts';

/** The form waits for its script, which alone can ask a device. */
const addPasskey = (c: ConsoleContext): Html =>
  html`<form data-passkey="add" class="inline" hidden>${csrfField(c)}<label class="field"><span>Name</span><input name="name" maxlength="60" placeholder="My laptop"></label><button class="btn" data-key="p">Add a passkey <kbd>p</kbd></button><p class="fault" role="alert" data-passkey-says></p></form>
<noscript><p class="hint">Adding a passkey needs scripts.</p></noscript>`;

const othersShown = (c: ConsoleContext, sessions: readonly ListedSession[]): Html =>
  sessions.length === 0
    ? empty('Nobody else is signed in.')
    : rows(
        sessions.map((one) =>
          row({
            href: personPath(one.staff),
            says: one.staff,
            about: html`${one.device} · ${sessionAbout(c, one)}`,
          }),
        ),
        'Sessions of others',
      );

export async function sessionsPage(c: ConsoleContext, deps: ConsoleDeps): Promise<Response> {
  const viewer = c.get('viewer');
  const manages = viewerMay(viewer, 'staff: manage');
  const [all, passkeys] = await Promise.all([
    deps.staff.sessions(manages ? null : viewer.address),
    deps.staff.passkeys(viewer.address),
  ]);
  const own = all.filter(({ staff }) => staff === viewer.address);
  const others = all.filter(({ staff }) => staff !== viewer.address);
  const elsewhere = own.some(({ id }) => id !== viewer.session)
    ? await offer(c, deps, {
        act: 'end-sessions',
        input: { email: viewer.address, except: viewer.session },
        says: 'Sign out everywhere else',
        key: 'o',
      })
    : '';
  const canAdd = deps.signIn.passkeys !== null;
  return consolePage(c, {
    title: 'Sign-ins',
    place: '/staff',
    up: { href: '/staff', says: 'Staff' },
    keys: [['o', 'Sign out everywhere else'], ...(canAdd ? ([['p', 'Add a passkey']] as const) : [])],
    ...(canAdd && { assets: ['webauthn.js', 'passkey.js'] as const }),
    body: html`${card(html`${await sessionsShown(c, deps, own)}${elsewhere === '' ? '' : html`<div class="inner">${elsewhere}</div>`}`, 'Your sessions')}
${card(
  html`${await passkeysShown(c, deps, passkeys)}${
    canAdd
      ? addPasskey(c)
      : html`<p class="hint">Passkeys need a name and TLS: set PUBLIC_URL to an address such as https://postern.desk.example.</p>`
  }`,
  'Your passkeys',
)}
${manages ? card(othersShown(c, others), 'Everybody else') : ''}`,
  });
}
