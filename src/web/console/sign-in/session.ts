/** Who looks at a page of the console: nobody gets further who is not signed in. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { SignedIn } from '../../../flows/sign-in/sessions.ts';
import type { SignIn } from '../../../flows/sign-in/sign-in.ts';
import { ofThisOrigin } from '../guard.ts';
import { type ConsoleEnv, type Viewer, viewerMay } from '../viewer.ts';
import { callerReader, isOnThisMachine } from './caller.ts';
import { sessionCookie } from './cookies.ts';
import { remembered } from './remembered.ts';

export type SessionDeps = {
  readonly signIn: SignIn;
  /** Where browsers find us. */
  readonly publicUrl: string;
  readonly trustedProxies: readonly string[];
  /** Of the desk: IANA name. */
  readonly zone: string;
};

const viewerOf = ({ member, session }: SignedIn, zone: string): Viewer => ({
  address: member.email,
  name: member.name,
  roles: member.roles,
  zone: member.timezone ?? zone,
  session,
});

/** Changes nothing: a page that is looked at. */
const onlyLooks = (c: Context): boolean => c.req.method === 'GET' || c.req.method === 'HEAD';

/** What asks by itself, and puts off no end. */
const asksByItself = (c: Context): boolean => c.req.header('accept')?.includes('text/event-stream') ?? false;

export const signedIn = ({ signIn, publicUrl, trustedProxies, zone }: SessionDeps) => {
  const cookie = sessionCookie(publicUrl);
  const callerOf = callerReader(trustedProxies);
  const find = remembered(signIn.find);
  /** A page elsewhere can send a browser of this machine here: it signs nobody in. */
  const isOwn = (c: Context): boolean => ofThisOrigin((name) => c.req.header(name), publicUrl);

  async function found(c: Context): Promise<SignedIn | null> {
    const token = cookie.read(c);
    const signed = token ? await find(token, { seen: !asksByItself(c), fresh: !onlyLooks(c) }) : null;
    if (signed) return signed;
    if (!signIn.demo || !onlyLooks(c) || !isOnThisMachine(c) || !isOwn(c)) return null;
    const begun = await signIn.demo(callerOf(c));
    if (begun !== null) cookie.keep(c, begun);
    return begun === null ? null : signIn.find(begun, false);
  }

  return createMiddleware<ConsoleEnv>(async (c, next) => {
    const signed = await found(c);
    const viewer = signed && viewerOf(signed, zone);
    if (signed && viewer && viewerMay(viewer, 'console: view')) {
      c.set('viewer', viewer);
      c.set('csrf', signed.form);
      return next();
    }
    const { pathname, search } = new URL(c.req.url);
    // Back to what was looked at; what was sent is sent again by whoever signs in.
    const page = onlyLooks(c) ? `${pathname}${search}` : '/';
    const way = page === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(page)}`;
    if (asksByItself(c) || c.req.header('hx-request'))
      return c.text('You are signed out. Sign in again.', 401, { 'hx-redirect': way });
    return c.redirect(way, 303);
  });
};
