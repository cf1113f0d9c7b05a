/** Templates of letters: all of them, and one with its history. What is changed is an act (`put-template`). */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { WebDeps } from '../../deps.ts';
import { able, json, orNotFound, problems, router, secured } from '../route.ts';
import { at } from '../schemas.ts';

const tags = ['templates'];
const text = z
  .object({ subject: z.string().nullable().openapi({ description: 'Null of a part of letters' }), body: z.string() })
  .openapi('TemplateText');
const where = z.enum(['shipped', 'changed', 'unused', 'none']).openapi({
  description:
    '`unused`: changed here, and does not check, so that the shipped one is used; `none`: the letter is in English',
});
const line = z
  .object({
    language: z.string().openapi({ example: 'en' }),
    name: z.string().openapi({ example: 'acknowledgement' }),
    from: where,
    changedAt: at.nullable(),
    changedBy: z.string().nullable(),
  })
  .openapi('TemplateLine');
const version = z.object({ id: z.string(), at, by: z.string(), why: z.string(), text: text.nullable() });
const whole = z
  .object({
    language: z.string(),
    name: z.string(),
    version: z.string().openapi({ description: '`shipped`, or the number of the version that counts' }),
    text,
    shipped: text.nullable(),
    faults: z.array(z.string()).openapi({ description: 'Why it is not used' }),
    versions: z.array(version).openapi({ description: 'The newest first; without text the shipped one counted again' }),
  })
  .openapi('Template');

const list = createRoute({
  ...{ method: 'get', path: '/', tags, security: secured },
  summary: 'Every template of every language, and where its words come from',
  responses: { 200: json(z.object({ items: z.array(line) }), 'All of them'), ...problems() },
});
const one = createRoute({
  ...{ method: 'get', path: '/{language}/{name}', tags, security: secured },
  summary: 'One template, with what was shipped and its history',
  request: { params: z.object({ language: z.string(), name: z.string() }) },
  responses: { 200: json(whole, 'As it counts'), ...problems(404) },
});

export function templateRoutes({ actions }: Pick<WebDeps, 'actions'>): OpenAPIHono {
  const app = router();
  app.openapi(list, async (c) => {
    const { list: all } = able(actions.templates, 'Reading templates');
    return c.json({ items: [...(await all()).templates] }, 200);
  });
  app.openapi(one, async (c) => {
    const { language, name } = c.req.valid('param');
    const template = orNotFound(await able(actions.templates, 'Reading templates').one(language, name), 'template');
    const { version: counts, text: now, shipped, unused, versions } = template;
    return c.json(
      {
        ...{ language, name, version: counts, text: now, shipped, faults: [...(unused?.faults ?? [])] },
        versions: versions.map(({ id, at: when, by, why, subject, body }) => ({
          ...{ id, at: when, by, why, text: body === null ? null : { subject, body } },
        })),
      },
      200,
    );
  });
  return app;
}
