/** Our people, and where they are signed in; and the way out. */
import { Hono } from 'hono';
import { deviceOf } from '../../../staff/sign-in.ts';
import type { StaffMember } from '../../../staff/staff.ts';
import type { ConsoleDeps } from '../deps.ts';
import { tellNext } from '../frame/notice.ts';
import { attemptCookie, sessionCookie } from '../sign-in/cookies.ts';
import { byOf, type ConsoleEnv, type Viewer } from '../viewer.ts';
import { peoplePage } from './people-page.ts';
import { personPage } from './person-page.ts';
import { sessionsPage } from './sessions-page.ts';

const memberOf = ({ address: email, name, roles, zone: timezone }: Viewer): StaffMember => ({
  ...{ email, name, roles, timezone },
  ...{ hours: null, absent: [], products: [] },
});

const bodyOf = async (read: () => Promise<unknown>): Promise<Record<string, unknown>> =>
  Object(await read().catch(() => null));

export function staffRoutes(deps: ConsoleDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  const [attempt, cookie] = [attemptCookie(deps.publicUrl), sessionCookie(deps.publicUrl)];
  app.get('/staff', (c) => peoplePage(c, deps));
  app.get('/staff/sessions', (c) => sessionsPage(c, deps));
  app.get('/staff/:email', (c) => personPage(c, deps, c.req.param('email').toLowerCase()));

  app.post('/staff/passkeys/begin', async (c) => {
    const { passkeys } = deps.signIn;
    if (!passkeys) return c.json({ says: 'No passkeys can be made here: PUBLIC_URL has no name, or no TLS.' }, 409);
    const { token, options } = await passkeys.beginNew(memberOf(c.get('viewer')));
    attempt.keep(c, token);
    return c.json({ options });
  });
  app.post('/staff/passkeys', async (c) => {
    const { response, name: given } = await bodyOf(() => c.req.json());
    const own = typeof given === 'string' ? given.trim().slice(0, 60) : '';
    const name = own || deviceOf(c.req.header('user-agent'));
    const token = attempt.read(c);
    attempt.drop(c);
    const added = await deps.signIn.passkeys?.endNew(memberOf(c.get('viewer')), { token, response, name });
    if (!added) return c.json({ says: 'The answer of the device was not right, or came too late. Try again.' }, 422);
    tellNext(c, { says: [`The passkey “${name}” signs you in from now on.`] });
    return c.json({});
  });

  app.post('/sign-out', async (c) => {
    const viewer = c.get('viewer');
    const input = { email: viewer.address, session: viewer.session };
    await deps.perform('end-sessions', input, { by: byOf(viewer), preview: false });
    cookie.drop(c);
    return c.redirect('/sign-in', 303);
  });
  return app;
}
