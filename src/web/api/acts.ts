/** Every act by its name; those of the clock are not handed in from outside. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { AnyAct } from '../../acts/act.ts';
import type { WebDeps } from '../deps.ts';
import { actRoute, followed, performForApi } from './act-route.ts';
import { able, router } from './route.ts';
import { actBody } from './schemas.ts';

const record = z.object(followed);

const route = (act: AnyAct) =>
  actRoute({
    act,
    path: `/${act.name}`,
    tags: ['acts'],
    params: z.object({}),
    body: actBody.extend({ input: act.input }),
    record,
  });

export function actRoutes({ acts, actions }: Pick<WebDeps, 'acts' | 'actions'>): OpenAPIHono {
  const app = router();
  for (const act of acts.filter((one) => one.right !== 'none'))
    app.openapi(route(act), async (c) => {
      // Without a body nothing of it was validated.
      const { input, ...body } = c.req.header('content-type') ? c.req.valid('json') : { input: undefined };
      const how = able(actions.perform, act.does);
      const { kind: _, ...told } = await performForApi(how, act, input, { query: c.req.valid('query'), body });
      return c.json(told, 200);
    });
  return app;
}
