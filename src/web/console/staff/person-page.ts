/** `/staff/ADDRESS`: one of our people, and what can be done about them. */
import { html } from 'hono/html';
import { offer, offers } from '../acts/offer.ts';
import type { ConsoleDeps } from '../deps.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card, whyList } from '../frame/parts.ts';
import { when } from '../frame/times.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';
import { personFields } from './people-page.ts';
import { passkeysShown, sessionsShown } from './sign-ins.ts';
import { absencesSaid, hoursSaid } from './words.ts';

const up = { href: '/staff', says: 'Staff' };

export async function personPage(c: ConsoleContext, deps: ConsoleDeps, email: string): Promise<Response> {
  const person = (await deps.staff.people()).find((one) => one.email === email);
  if (!person)
    return faultPage(c, { status: 404, says: `${email} is none of our people.`, toDo: 'The list has those who are.' });
  const viewer = c.get('viewer');
  const [sessions, passkeys] = await Promise.all([deps.staff.sessions(email), deps.staff.passkeys(email)]);
  const { name, roles, hours, timezone, absent, products, from, seenAt } = person;
  const own = email === viewer.address;
  const shown = own || viewerMay(viewer, 'staff: manage');
  const change = {
    act: 'add-staff',
    input: { name, email, roles, hours, timezone, absent, products },
    says: 'Change what stands here',
    key: 'c',
    fields: personFields(person),
    whole: ['name', 'roles', 'timezone', 'products'],
  };
  const given = [
    ...(from === 'added' ? [await offer(c, deps, change)] : []),
    ...(shown && sessions.some(({ id }) => id !== viewer.session)
      ? [
          await offer(c, deps, {
            act: 'end-sessions',
            input: { email, ...(own && { except: viewer.session }) },
            says: own ? 'Sign out everywhere else' : 'Sign out everywhere',
            key: 'o',
          }),
        ]
      : []),
    ...(from === 'added'
      ? [
          await offer(c, deps, {
            act: 'remove-staff',
            input: { email },
            says: `Take ${name} off`,
            key: 'x',
            back: '/staff',
          }),
        ]
      : []),
  ];
  return consolePage(c, {
    title: name,
    place: '/staff',
    up,
    keys: [
      ['c', 'Change what stands on record'],
      ['o', 'Sign out everywhere'],
      ['x', 'Take off our people'],
    ],
    body: html`${card(
      whyList([
        ['Address', email],
        ['Roles', roles.join(', ')],
        ['Hours', `${hoursSaid(hours)}${timezone === null ? '' : `, ${timezone}`}`],
        ['Absent', absencesSaid(absent)],
        ['Works on', products.join(', ') || 'everything'],
        ['On record', from === 'added' ? 'added here or by command' : 'by postern.yaml, which wins: change it there'],
        ['Last seen', seenAt === null ? 'never signed in' : when(seenAt, viewer)],
      ]),
    )}
${shown ? html`${card(await sessionsShown(c, deps, sessions), 'Sessions')}${card(await passkeysShown(c, deps, passkeys), 'Passkeys')}` : ''}
${given.length > 0 ? offers(given) : ''}`,
  });
}
