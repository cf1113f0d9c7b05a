import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { addStaff } from '../../acts/staff/add-staff.ts';
import { staffMemberSchema } from '../../staff/staff.ts';
import type { WebDeps } from '../deps.ts';
import { type ActBody, actBody, actRoute, followed, performForApi } from './act-route.ts';
import { able, json, problems, router, secured } from './route.ts';

const tags = ['staff'];
const person = z
  .looseObject({
    name: z.string(),
    email: z.string(),
    roles: z.array(z.string()),
    from: z.enum(['postern.yaml', 'added']),
    inForce: z.boolean().openapi({ description: 'False where postern.yaml names the same person' }),
  })
  .openapi('StaffMember');
const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  security: secured,
  summary: 'Our people, and where each stands',
  responses: { 200: json(z.object({ items: z.array(person) }), 'All of them'), ...problems() },
});
const add = actRoute({
  act: addStaff,
  path: '/',
  tags,
  params: z.object({}),
  body: staffMemberSchema.extend(actBody.shape),
  record: z.object(followed),
});

export function staffRoutes({ actions }: WebDeps): OpenAPIHono {
  const app = router();
  app.openapi(list, async (c) => {
    const people = await able(actions.listStaff, 'Listing staff')();
    return c.json({ items: people as unknown as z.infer<typeof person>[] }, 200);
  });
  app.openapi(add, async (c) => {
    // Without a body nothing of it was validated.
    const body = c.req.header('content-type') ? c.req.valid('json') : {};
    const { preview, expect, by, ...input } = body as ActBody & Readonly<Record<string, unknown>>;
    const given = { query: c.req.valid('query'), body: { preview, expect, by } };
    const { kind: _, ...told } = await performForApi(able(actions.perform, addStaff.does), addStaff, input, given);
    return c.json(told, 200);
  });
  return app;
}
