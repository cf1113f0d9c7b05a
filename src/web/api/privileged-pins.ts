/** Privileged PINs (POLICY §1). They stand in bodies only: an address is written to logs on the way. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { AnyAct } from '../../acts/act.ts';
import { issuePrivilegedPin } from '../../acts/pins/issue-privileged-pin.ts';
import { revokePrivilegedPin } from '../../acts/pins/revoke-privileged-pin.ts';
import { usePrivilegedPin } from '../../acts/pins/use-privileged-pin.ts';
import { type IssuedPrivileged, issuedPrivileged } from '../../flows/pins/privileged-pins.ts';
import type { WebDeps } from '../deps.ts';
import {
  type ActBody,
  actBody,
  actOutcomeOf,
  actQuery,
  followed,
  type Performed,
  performed,
  preview,
} from './act-route.ts';
import { able, json, problems, router, secured } from './route.ts';

const tags = ['privileged PINs'];
const site = z
  .string()
  .regex(/^\d{7}$/, 'has to be a site number of 7 digits')
  .openapi({ example: '1000345' });
const pin = z.string().min(1).max(40).openapi({ example: 'p7KQ2M9XWY' });
const at = z.iso.datetime({ offset: true });

const asked = z
  .strictObject({
    site,
    contact: z.email().max(254).openapi({ description: 'An address of a primary, secondary or technical contact' }),
    case: z
      .string()
      .regex(/^\d{1,20}$/, 'has to be a case number')
      .openapi({ example: '100042' }),
    ...actBody.shape,
  })
  .openapi('PrivilegedPinAsked');
const issued = z
  .object({ site: z.string(), case: z.string(), contact: z.string(), letter: z.string(), until: at, ...followed })
  .openapi('PrivilegedPinIssued');
const windowShape = { open: z.boolean(), site: z.string(), case: z.string(), contact: z.string(), until: at };
const window = z.object(windowShape).openapi('PrivilegedWindow');
const settled = z.object({ ...windowShape, ...followed }).openapi('PrivilegedPinSettled');
const windows = z.object({ open: z.boolean(), windows: z.array(window) }).openapi('PrivilegedWindows');
const byPin = z.strictObject({ pin, ...actBody.shape }).openapi('PrivilegedPin');
const by = z.union([z.strictObject({ pin }), z.strictObject({ site })]).openapi('PrivilegedPinOrSite');

const route = <B extends z.ZodType, A extends z.ZodType>(path: string, summary: string, body: B, answer: A) =>
  createRoute({
    method: 'post',
    path,
    tags,
    security: secured,
    summary,
    request: { query: actQuery, body: { required: true, content: { 'application/json': { schema: body } } } },
    responses: { 200: json(answer, 'Done; or what would follow'), ...problems(400, 404, 409) },
  });
const issue = route(
  '/',
  'Send a privileged PIN to the address on record: good once, for 24 hours',
  asked,
  z.union([issued, preview]),
);
const redeem = route(
  '/redeem',
  'Use a privileged PIN; the primary contact is told',
  byPin,
  z.union([settled, preview]),
);
const revoke = route('/revoke', 'End a privileged PIN at once, used or not', byPin, z.union([settled, preview]));
const isOpen = route('/window', 'Whether support may write now: by a PIN or by a site', by, windows);

export function privilegedPinRoutes({ actions }: WebDeps): OpenAPIHono {
  const app = router();
  const read = () => able(actions.privilegedPins, 'A privileged PIN');
  async function act<R>(
    what: AnyAct,
    { preview: only, expect, by: whom, ...input }: ActBody & Record<string, unknown>,
    query: { preview?: string | undefined },
    record: (done: Extract<Awaited<ReturnType<typeof actOutcomeOf>>, { kind: 'done' }>) => R | Promise<R>,
  ) {
    const body = { preview: only, expect, by: whom };
    const outcome = await actOutcomeOf(able(actions.perform, 'A privileged PIN'), what, input, { query, body });
    const { kind, ...told } = performed(outcome);
    if (outcome.kind === 'preview') return told as Omit<Extract<Performed, { kind: 'preview' }>, 'kind'>;
    return { ...(await record(outcome)), ...told };
  }
  app.openapi(issue, async (c) => {
    const input = c.req.valid('json');
    const record = (done: Parameters<typeof issuedPrivileged>[0]): IssuedPrivileged =>
      issuedPrivileged(done, input.site);
    return c.json(await act(issuePrivilegedPin, input, c.req.valid('query'), record), 200);
  });
  app.openapi(redeem, async (c) => {
    const input = c.req.valid('json');
    const record = () => read().one(input.pin);
    return c.json(await act(usePrivilegedPin, input, c.req.valid('query'), record), 200);
  });
  app.openapi(revoke, async (c) => {
    const input = c.req.valid('json');
    const record = () => read().one(input.pin);
    return c.json(await act(revokePrivilegedPin, input, c.req.valid('query'), record), 200);
  });
  app.openapi(isOpen, async (c) => c.json(await read().window(c.req.valid('json')), 200));
  return app;
}
