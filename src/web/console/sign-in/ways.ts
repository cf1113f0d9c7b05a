/** What every way of signing in has in common: who asks, what the browser keeps, and where it goes then. */
import type { Context } from 'hono';
import type { Caller } from '../../../flows/sign-in/deps.ts';
import type { Html } from '../../html.ts';
import type { AssetName, Assets } from '../frame/assets.ts';
import { withinConsole } from '../frame/back.ts';
import { plainPage } from '../frame/document.ts';
import { ofThisOrigin } from '../guard.ts';
import { callerReader } from './caller.ts';
import { attemptCookie, type Kept, sessionCookie } from './cookies.ts';
import { overBody } from './pages.ts';
import type { SessionDeps } from './session.ts';

export type WayDeps = SessionDeps & { readonly assets: Assets };

export type Ways = WayDeps & {
  readonly callerOf: (c: Context) => Caller;
  readonly attempt: Kept;
  readonly session: Kept;
  page(
    c: Context,
    title: string,
    body: Html,
    more?: { readonly status?: 401 | 403 | 404 | 422 | 429 | 503; readonly assets?: readonly AssetName[] },
  ): Response | Promise<Response>;
  /** Signed in: what was begun is over. */
  enter(c: Context, session: string, back: unknown): Response;
  /** Null: the form is one of ours. */
  fromElsewhere(c: Context): Response | Promise<Response> | null;
};

export const tooMany = (minutes: number): string =>
  `That was too often. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`;

export function waysOf(deps: WayDeps): Ways {
  const [attempt, session] = [attemptCookie(deps.publicUrl), sessionCookie(deps.publicUrl)];
  const page: Ways['page'] = (c, title, body, more = {}) => plainPage(c, deps.assets, { title, body, ...more });
  return {
    ...deps,
    callerOf: callerReader(deps.trustedProxies),
    attempt,
    session,
    page,
    enter(c, token, back) {
      attempt.drop(c);
      session.keep(c, token);
      return c.redirect(withinConsole(back), 303);
    },
    fromElsewhere: (c) =>
      ofThisOrigin((name) => c.req.header(name), deps.publicUrl)
        ? null
        : page(c, 'Not signed in', overBody('This form came from another place, so nothing was done.'), {
            status: 403,
          }),
  };
}
