import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { AnyAct } from '../../acts/act.ts';
import { sendLetterAgain } from '../../acts/letters/send-again.ts';
import { releaseLetter, suppressLetter } from '../../acts/letters/waiting-letter.ts';
import type { LetterListItem } from '../../flows/reports/reports.ts';
import { normaliseAddress } from '../../mail/address/address.ts';
import type { WebDeps } from '../deps.ts';
import { maskWithin } from '../mask.ts';
import { type ActBody, actBody, actRoute, followed, type Performed, performForApi } from './act-route.ts';
import { able, json, orNotFound, problems, router, secured } from './route.ts';
import { digits, idParam, letter, letterPage, letterStates, moment, oneOf, paging, queryOf, text } from './schemas.ts';

const tags = ['letters'];
const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  security: secured,
  summary: 'Letters, newest first. A page may hold few or none while `next` says that there are more',
  request: {
    query: queryOf({
      case: text,
      to: text,
      template: text,
      state: oneOf(letterStates),
      causedBy: digits,
      since: moment.openapi({ description: 'Written then or later' }),
      ...paging,
    }),
  },
  responses: { 200: json(letterPage, 'One page'), ...problems(400) },
});
const settle = (act: AnyAct, word: string) =>
  actRoute({ act, path: `/{id}/${word}`, tags, params: idParam, body: actBody, record: letter.extend(followed) });
const release = settle(releaseLetter, 'release');
const suppress = settle(suppressLetter, 'suppress');
const again = settle(sendLetterAgain, 'send-again');

const shown = (line: LetterListItem): LetterListItem => {
  const { subject, stateReason, response } = line;
  return { ...line, ...maskWithin({ subject, stateReason, response }) };
};

export function letterRoutes({ reports, actions }: WebDeps): OpenAPIHono {
  const app = router();
  app.openapi(list, async (c) => {
    const { cursor, ...filter } = c.req.valid('query');
    const to = filter.to === undefined ? undefined : (normaliseAddress(filter.to) ?? filter.to);
    const since = filter.since === undefined ? undefined : new Date(filter.since).toISOString();
    const page = await reports.listLetters({ ...filter, to, since, before: cursor ?? null });
    return c.json({ items: page.items.map(shown), next: page.next }, 200);
  });
  async function settled(act: AnyAct, id: string, asked: Parameters<typeof performForApi>[3]) {
    const how = able(actions.perform, 'Settling a letter');
    const { kind, ...outcome } = await performForApi(how, act, { letter: id }, asked);
    if (kind === 'preview') return outcome as Omit<Extract<Performed, { kind: 'preview' }>, 'kind'>;
    return { ...shown(orNotFound(await reports.findLetter(id), `letter ${id}`)), ...outcome };
  }
  const read = (c: { req: { header(name: string): string | undefined } }, json: () => ActBody) =>
    c.req.header('content-type') ? json() : {};
  app.openapi(release, async (c) => {
    const body = read(c, () => c.req.valid('json'));
    return c.json(await settled(releaseLetter, c.req.valid('param').id, { query: c.req.valid('query'), body }), 200);
  });
  app.openapi(suppress, async (c) => {
    const body = read(c, () => c.req.valid('json'));
    return c.json(await settled(suppressLetter, c.req.valid('param').id, { query: c.req.valid('query'), body }), 200);
  });
  app.openapi(again, async (c) => {
    const body = read(c, () => c.req.valid('json'));
    return c.json(await settled(sendLetterAgain, c.req.valid('param').id, { query: c.req.valid('query'), body }), 200);
  });
  return app;
}
