/** Privileged PINs (POLICY §1). They stand in bodies only: an address is written to logs on the way. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { WebDeps } from '../deps.ts';
import { able, json, problems, router, secured } from './route.ts';

const tags = ['privileged PINs'];
const site = z
  .string()
  .regex(/^\d{7}$/, 'has to be a site number of 7 digits')
  .openapi({ example: '1000345' });
const pin = z.string().min(1).max(40).openapi({ example: 'p7KQ2M9XWY' });
const at = z.iso.datetime({ offset: true });
const bodyOf = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});

const asked = z
  .strictObject({
    site,
    contact: z.email().max(254).openapi({ description: 'An address of a primary, secondary or technical contact' }),
    case: z
      .string()
      .regex(/^\d{1,20}$/, 'has to be a case number')
      .openapi({ example: '100042' }),
  })
  .openapi('PrivilegedPinAsked');
const issued = z
  .object({ site: z.string(), case: z.string(), contact: z.string(), letter: z.string(), until: at })
  .openapi('PrivilegedPinIssued');
const window = z
  .object({ open: z.boolean(), site: z.string(), case: z.string(), contact: z.string(), until: at })
  .openapi('PrivilegedWindow');
const windows = z.object({ open: z.boolean(), windows: z.array(window) }).openapi('PrivilegedWindows');
const byPin = z.strictObject({ pin }).openapi('PrivilegedPin');
const by = z.union([byPin, z.strictObject({ site })]).openapi('PrivilegedPinOrSite');

const route = <B extends z.ZodType, A extends z.ZodType>(path: string, summary: string, body: B, answer: A) =>
  createRoute({
    method: 'post',
    path,
    tags,
    security: secured,
    summary,
    request: bodyOf(body),
    responses: { 200: json(answer, 'Done'), ...problems(400, 404, 409) },
  });
const issue = route('/', 'Send a privileged PIN to the address on record: good once, for 24 hours', asked, issued);
const redeem = route('/redeem', 'Use a privileged PIN; the primary contact is told', byPin, window);
const revoke = route('/revoke', 'End a privileged PIN at once, used or not', byPin, window);
const isOpen = route('/window', 'Whether support may write now: by a PIN or by a site', by, windows);

export function privilegedPinRoutes({ actions }: WebDeps): OpenAPIHono {
  const app = router();
  const act = () => able(actions.privilegedPins, 'A privileged PIN');
  app.openapi(issue, async (c) => c.json(await act().issue(c.req.valid('json')), 200));
  app.openapi(redeem, async (c) => c.json(await act().redeem(c.req.valid('json').pin), 200));
  app.openapi(revoke, async (c) => c.json(await act().revoke(c.req.valid('json').pin), 200));
  app.openapi(isOpen, async (c) => c.json(await act().window(c.req.valid('json')), 200));
  return app;
}
