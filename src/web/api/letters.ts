import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { normaliseAddress } from '../../mail/address.ts';
import { findLetter, type LetterLine, listLetters } from '../../store/reports.ts';
import type { WebDeps } from '../deps.ts';
import { maskPins } from '../mask.ts';
import { Problem } from '../problem.ts';
import { able, found, json, problems, router, secured } from './route.ts';
import { digits, idParam, letter, letterPage, letterStates, oneOf, paging, text } from './schemas.ts';

const tags = ['letters'];
const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  security: secured,
  summary: 'Letters, newest first',
  request: {
    query: z.object({
      case: text,
      to: text,
      template: text,
      state: oneOf(letterStates),
      causedBy: digits,
      ...paging,
    }),
  },
  responses: { 200: json(letterPage, 'One page'), ...problems(400) },
});
const settle = createRoute({
  method: 'post',
  path: '/{id}/{act}',
  tags,
  security: secured,
  summary: 'A waiting letter goes out (release), or never (suppress)',
  request: { params: idParam.extend({ act: z.enum(['release', 'suppress']) }) },
  responses: { 200: json(letter, 'The letter'), ...problems(400, 404, 409) },
});

const shown = (line: LetterLine): LetterLine => ({ ...line, subject: maskPins(line.subject) });

export function letterRoutes({ database, actions }: WebDeps): OpenAPIHono {
  const app = router();
  app.openapi(list, async (c) => {
    const { cursor, ...filter } = c.req.valid('query');
    const to = filter.to === undefined ? undefined : (normaliseAddress(filter.to) ?? filter.to);
    const page = await listLetters(database, { ...filter, to, before: cursor ?? null });
    return c.json({ items: page.items.map(shown), next: page.next }, 200);
  });
  app.openapi(settle, async (c) => {
    const act = able(actions.settleLetter, 'Settling a letter');
    const { id, act: how } = c.req.valid('param');
    const before = found(await findLetter(database, id), `letter ${id}`);
    if (!(await act(id, how))) {
      throw new Problem(409, `Letter ${id} is ${before.state}; only a waiting one can be settled.`);
    }
    return c.json(shown(found(await findLetter(database, id), `letter ${id}`)), 200);
  });
  return app;
}
