/** People, on record or not, by an address of theirs (POLICY §11.5): what is held of them, and that it is erased. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { erasePerson } from '../../acts/contacts/erase-person.ts';
import type { WebDeps } from '../deps.ts';
import { actBody, actRoute, followed, performForApi } from './act-route.ts';
import { able, json, orNotFound, problems, router, secured } from './route.ts';

const tags = ['people'];
const params = z.object({ address: z.string().min(3).max(254) });
const rows = z.array(z.looseObject({}));
const held = z
  .object({
    address: z.string(),
    contacts: rows,
    mails: rows.openapi({ description: 'Their bytes: GET /api/v1/mails/:id/raw' }),
    letters: rows,
    cases: rows,
    messages: rows,
    accessRequests: rows,
    questionsAbout: rows,
    privilegedPins: rows,
    subscriptions: rows,
    blocks: rows,
    audit: rows,
  })
  .openapi('PersonHeld');
const get = createRoute({
  method: 'get',
  path: '/{address}',
  tags,
  security: secured,
  summary: 'All that is held of a person, by an address of theirs',
  request: { params },
  responses: { 200: json(held, 'What is held'), ...problems(400, 404) },
});
const erase = actRoute({
  act: erasePerson,
  path: '/{address}/erase',
  tags,
  params,
  body: actBody,
  record: z.object(followed),
});

export function peopleRoutes({ actions }: WebDeps): OpenAPIHono {
  const app = router();
  app.openapi(get, async (c) => {
    const { address } = c.req.valid('param');
    const found = await able(actions.personHeld, 'Exporting a person')(address);
    return c.json(orNotFound(found, `person of the address ${address}`) as unknown as z.infer<typeof held>, 200);
  });
  app.openapi(erase, async (c) => {
    const how = able(actions.perform, erasePerson.does);
    const body = c.req.header('content-type') ? c.req.valid('json') : {};
    const given = { query: c.req.valid('query'), body };
    const { kind: _, ...told } = await performForApi(how, erasePerson, c.req.valid('param'), given);
    return c.json(told, 200);
  });
  return app;
}
