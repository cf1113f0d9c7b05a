/**
 * The page of a decision about access, behind the link in the letter to a decider (POLICY §8.7): mail scanners open links, run the page's
 * script and press its button. So a GET writes nothing, and a POST decides by the code that stands in the letter alone.
 */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { decideInput } from '../../../acts/access/decide-request.ts';
import type { WebActions } from '../../deps.ts';
import { accepted, answer } from '../frame.ts';
import { decisionOver, decisionPage, type FormFault } from './decision.ts';

/** The same for a link that is none of ours. */
const over = (c: Context) => answer(c, decisionOver(accepted(c)), 404);

const filled = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() ? value.trim() : undefined;

const { request: _, ...fields } = decideInput.shape;
const form = z.strictObject({ ...fields, code: z.string() });

/** What was typed, as the act takes it; the fields of the other decision do not count. */
function readForm(body: Readonly<Record<string, unknown>>): z.infer<typeof form> | FormFault {
  const { decision, code = '', role, until, justification, reason, words, now, confirms } = body;
  const shown = filled(confirms);
  if (decision !== 'grant' && decision !== 'deny') return 'nothing-chosen';
  const common = { decision, code, ...(now === 'yes' && { now: true }) };
  const number = filled(reason);
  if (decision === 'deny' && number === undefined) return 'no-denial-reason';
  const asked =
    decision === 'deny'
      ? { ...common, reason: Number(number), words: filled(words) }
      : {
          ...{ ...common, role: filled(role), until: filled(until), justification: filled(justification) },
          confirms: shown === undefined ? null : Number(shown),
        };
  const read = form.safeParse(asked);
  if (read.success) return read.data;
  return read.error.issues.some(({ path }) => path[0] === 'until') ? 'day-unreadable' : 'unreadable';
}

export function accessDecisionRoutes({ decisionPages: pages }: Pick<WebActions, 'decisionPages'>): Hono {
  const app = new Hono({ strict: false });
  app.get('/access/:token', async (c) => {
    const found = await pages?.find(c.req.param('token'));
    return found ? answer(c, decisionPage(found)) : over(c);
  });
  app.post('/access/:token', bodyLimit({ maxSize: 16 * 1024 }), async (c) => {
    const token = c.req.param('token');
    const body = await c.req.parseBody();
    const read = readForm(body);
    if (typeof read === 'string') {
      const found = await pages?.find(token);
      return found ? answer(c, decisionPage(found, { fault: read, typed: body })) : over(c);
    }
    const told = await pages?.decide(token, read);
    return told ? answer(c, decisionPage(told.shown, { fault: told.fault, typed: body })) : over(c);
  });
  return app;
}
