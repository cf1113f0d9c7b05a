/** The routes of the policy: read, and tried. Nothing is written. */
import { Hono } from 'hono';
import type { PolicyPages } from '../../../flows/policy/policy-pages.ts';
import { maskWithin } from '../../mask.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import type { ConsoleContext, ConsoleEnv } from '../viewer.ts';
import { policyBody, type Typed } from './page.ts';
import { mayStop, toStop, trialBody } from './trial-page.ts';

export type PolicyDeps = { readonly policyPages: PolicyPages };

const place = '/policy';
const assets = ['policy.css'] as const;

const missing = (c: ConsoleContext) =>
  faultPage(c, {
    status: 404,
    says: 'This is not known any more.',
    toDo: 'What was tried is kept until Postern starts anew. Try it again from the policy.',
  });

export function policyRoutes({ policyPages }: PolicyDeps): Hono<ConsoleEnv> {
  const { trials, file } = policyPages;
  const app = new Hono<ConsoleEnv>({ strict: false });
  const page = (
    c: ConsoleContext,
    typed: Typed,
    more: {
      readonly faults?: readonly { path: string; says: string }[];
      readonly busy?: string | null;
      readonly nothing?: boolean;
    },
  ) => {
    const { faults = [], busy = trials.running()?.id ?? null, nothing = false } = more;
    const body = policyBody(c, policyPages.sections(), { typed, faults, file, busy, nothing });
    const status = faults.length > 0 || nothing ? 422 : 200;
    return consolePage(c, { title: 'Policy', place, assets, body, status, keys: [['t', 'Try what is changed']] });
  };

  app.get('/policy', (c) => page(c, {}, {}));

  app.post('/policy', async (c) => {
    const sent = await c.req.parseBody();
    const known = new Set(policyPages.sections().flatMap(({ numbers }) => numbers.map(({ path }) => path)));
    const typed = Object.fromEntries(
      Object.entries(sent).flatMap(([name, value]) =>
        name.startsWith('n.') && known.has(name.slice(2)) && typeof value === 'string'
          ? [[name.slice(2), value.slice(0, 2_000)]]
          : [],
      ),
    );
    const { faults, changed, yaml, policy } = policyPages.read(typed);
    if (faults.length > 0 || policy === null || yaml === null) return page(c, typed, { faults });
    if (changed.length === 0) return page(c, typed, { nothing: true });
    const id = await trials.start({ by: c.get('viewer').address, policy, yaml, changed });
    return id === null ? page(c, typed, {}) : c.redirect(`/policy/tried/${id}`, 303);
  });

  app.get('/policy/tried/:id', (c) => {
    const trial = trials.one(c.req.param('id'));
    if (trial === null) return missing(c);
    return consolePage(c, {
      ...{ title: 'What another policy would have done', place, assets },
      up: { href: '/policy', says: 'Policy' },
      body: trialBody(c, maskWithin(trial), file),
    });
  });

  app.post('/policy/tried/:id/stop', async (c) => {
    const id = c.req.param('id');
    const trial = trials.one(id);
    if (trial === null) return missing(c);
    if (!mayStop(c.get('viewer'), trial))
      return faultPage(c, { status: 403, says: 'You may not stop this.', toDo: toStop(trial) });
    trials.stop(id);
    return c.redirect(`/policy/tried/${id}`, 303);
  });
  return app;
}
