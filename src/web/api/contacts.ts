/** The people of a site: `GET/POST /api/v1/sites/:n/contacts`, `PATCH …/:id`, `DELETE …/:id` (INTERFACE.md "Acts"). */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { AnyAct } from '../../acts/act.ts';
import { addContact } from '../../acts/contacts/add-contact.ts';
import { changeContacts } from '../../acts/contacts/change-contacts.ts';
import { removeContact } from '../../acts/contacts/remove-contact.ts';
import { setSubscription } from '../../acts/subscriptions/set-subscription.ts';
import { optionalKinds } from '../../notices/kinds.ts';
import { addForm, detailsForm, givenRole } from '../../registry/contacts/lines.ts';
import { privilegeNames } from '../../registry/permissions.ts';
import type { WebDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { type ActBody, actBody, actQuery, followed, performForApi, preview } from './act-route.ts';
import { able, json, orNotFound, problems, router, secured } from './route.ts';
import { siteParam } from './schemas.ts';

const tags = ['contacts'];
const item = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    aliases: z.array(z.string()),
    role: z.string(),
    types: z.array(z.string()),
    privileges: z.record(z.string(), z.string()).openapi({ description: 'As they stand' }),
    granted: z.record(z.string(), z.string()).nullable().openapi({ description: 'Set apart from the role' }),
    letters: z.array(z.string()).openapi({ description: 'Kinds of letters that can be ended, and that they get' }),
    lastSeen: z.string().optional(),
  })
  .openapi('Contact');
const list = createRoute({
  method: 'get',
  path: '/{number}/contacts',
  tags,
  security: secured,
  summary: 'The people of a site; as CSV where `Accept` asks for it',
  request: { params: siteParam },
  responses: {
    200: {
      description: 'All of them, in the order of the registry',
      content: {
        'application/json': { schema: z.object({ items: z.array(item) }) },
        'text/csv': { schema: z.string() },
      },
    },
    ...problems(400, 404),
  },
});

const done = z.object(followed);
const ofContact = siteParam.extend({ id: z.string().regex(/^\d{1,18}$/, 'the id of a contact has digits only') });
const changing = <M extends 'post' | 'put' | 'patch' | 'delete'>(
  method: M,
  path: string,
  act: AnyAct,
  summary: string,
  params: z.ZodObject,
  body: z.ZodObject,
) =>
  createRoute({
    method,
    path,
    tags,
    security: secured,
    'x-act': act.name,
    summary,
    request: {
      params,
      query: actQuery,
      body: { required: false, content: { 'application/json': { schema: body } } },
    },
    responses: {
      200: json(z.union([done, preview]), 'What was done; or what would follow'),
      ...problems(400, 404, 409, 422),
    },
  });
const { address: _, ...person } = addForm.shape;
const addBody = z.object({ ...person, ...actBody.shape, email: addForm.shape.address });
const { address: __, newAddress: ___, ...details } = detailsForm.shape;
const changeBody = z.object({
  ...details,
  ...actBody.shape,
  email: addForm.shape.address.optional(),
  role: givenRole.optional(),
  privileges: z
    .record(z.string(), z.string())
    .optional()
    .openapi({ description: 'Each by its name; `default` is as the role has it; what is not named stays' }),
  documents: z.boolean().optional().openapi({ description: 'Whether they get the proofs of entitlement' }),
});
const add = changing('post', '/{number}/contacts', addContact, 'Put somebody on record', siteParam, addBody);
const change = changing(
  'patch',
  '/{number}/contacts/{id}',
  changeContacts,
  'Role, privileges and details of a contact, all of it or nothing',
  ofContact,
  changeBody,
);
const remove = changing(
  'delete',
  '/{number}/contacts/{id}',
  removeContact,
  'Take a contact off the site',
  ofContact,
  actBody,
);

const ofKind = ofContact.extend({ kind: z.enum(optionalKinds) });
const subscribe = changing(
  'put',
  '/{number}/contacts/{id}/letters/{kind}',
  setSubscription,
  'End letters of a kind to a contact, or let them come again',
  ofKind,
  actBody.extend({ wanted: z.boolean() }),
);

/** Role first, then what is set apart from it, then the rest; the address last, for it names the person in the lines before. */
function linesOf(address: string, body: Readonly<Record<string, unknown>>): object[] {
  const { role, privileges = {}, documents, email, ...more } = body;
  const set = email === undefined ? more : { ...more, newAddress: email };
  return [
    ...(role === undefined ? [] : [{ do: 'role', address, role }]),
    ...Object.entries(privileges as Record<string, string>)
      .toSorted(([a], [b]) => privilegeNames.indexOf(a as never) - privilegeNames.indexOf(b as never))
      .map(([name, value]) => ({ do: 'privilege', address, name, value })),
    ...(documents === undefined ? [] : [{ do: 'documents', address, gets: documents }]),
    ...(Object.keys(set).length > 0 ? [{ do: 'details', address, ...set }] : []),
  ];
}

export function contactRoutes({ actions }: WebDeps): OpenAPIHono {
  const app = router();
  const read = async (number: string) =>
    orNotFound(await able(actions.listPeople, 'Listing contacts')(number), `site ${number}`);
  const addressOf = async (number: string, id: string) =>
    orNotFound(
      (await read(number)).items.find((one) => one.id === id),
      `contact ${id} at site ${number}`,
    ).email;
  const perform = async (act: AnyAct, input: unknown, query: { preview?: string | undefined }, body: ActBody) => {
    const how = able(actions.perform, act.does);
    const { kind: _kind, ...told } = await performForApi(how, act, input, { query, body });
    return told as z.infer<typeof done>;
  };
  const bodyOf = (c: { req: { header(name: string): string | undefined; valid(part: 'json'): unknown } }) => {
    // Without a body nothing of it was validated.
    const body = c.req.header('content-type') ? c.req.valid('json') : {};
    const { preview: only, expect, by, ...input } = body as ActBody & Readonly<Record<string, unknown>>;
    return { how: { preview: only, expect, by } as ActBody, input };
  };
  app.openapi(list, async (c) => {
    const { items, csv } = await read(c.req.valid('param').number);
    if (/\btext\/csv\b/.test(c.req.header('accept') ?? ''))
      return c.body(csv, 200, { 'content-type': 'text/csv; charset=utf-8' }) as never;
    return c.json({ items: items as unknown as z.infer<typeof item>[] }, 200);
  });
  app.openapi(add, async (c) => {
    const { how, input } = bodyOf(c as never);
    const { email: address, ...more } = input;
    const { number } = c.req.valid('param') as { number: string };
    return c.json(await perform(addContact, { site: number, address, ...more }, c.req.valid('query'), how), 200);
  });
  app.openapi(change, async (c) => {
    const { how, input } = bodyOf(c as never);
    const { number, id } = c.req.valid('param') as { number: string; id: string };
    const lines = linesOf(await addressOf(number, id), input);
    if (lines.length === 0) throw new Problem(400, 'Say what is to be changed, such as { "role": "secondary" }.');
    return c.json(await perform(changeContacts, { site: number, lines }, c.req.valid('query'), how), 200);
  });
  app.openapi(remove, async (c) => {
    const { how } = bodyOf(c as never);
    const { number, id } = c.req.valid('param') as { number: string; id: string };
    const address = await addressOf(number, id);
    return c.json(await perform(removeContact, { site: number, address }, c.req.valid('query'), how), 200);
  });
  app.openapi(subscribe, async (c) => {
    const { how, input } = bodyOf(c as never);
    const { number, id, kind } = c.req.valid('param') as { number: string; id: string; kind: string };
    await addressOf(number, id);
    const asked = { contact: id, kinds: [kind], wanted: input.wanted };
    return c.json(await perform(setSubscription, asked, c.req.valid('query'), how), 200);
  });
  return app;
}
