import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { waitForCustomer, waitInput } from '../../acts/cases/clock/wait-for-customer.ts';
import { closeCase } from '../../acts/cases/close-case.ts';
import { reopenCase, reopenInput } from '../../acts/cases/reopen-case.ts';
import type { CaseListItem } from '../../flows/reports/reports.ts';
import type { WebDeps } from '../deps.ts';
import { maskPins, maskWithin } from '../mask.ts';
import { type ActBody, actBody, actRoute, followed, performForApi } from './act-route.ts';
import { able, json, orNotFound, problems, router, secured } from './route.ts';
import { caseDetail, casePage, caseParam, oneOf, paging, text } from './schemas.ts';

const tags = ['cases'];
const severity = z.coerce.number().int().min(1).max(4).optional();
const dueBefore = z.iso
  .datetime({ offset: true })
  .optional()
  .openapi({ description: 'The first response is owed before then' });
const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  security: secured,
  summary: 'Cases, newest first',
  request: {
    query: z.object({ site: text, status: oneOf(['open', 'closed']), owner: text, severity, dueBefore, ...paging }),
  },
  responses: { 200: json(casePage, 'One page'), ...problems(400) },
});
const oneCase = createRoute({
  method: 'get',
  path: '/{number}',
  tags,
  security: secured,
  summary: 'A case with its messages and events, oldest first',
  request: { params: caseParam },
  responses: { 200: json(caseDetail, 'The case'), ...problems(400, 404) },
});
/** What is done to a case: the word of its path, and what its body has beside the fields of every act. */
const done = [
  { act: closeCase, word: 'close', fields: {} },
  { act: reopenCase, word: 'reopen', fields: reopenInput.omit({ case: true }).shape },
  { act: waitForCustomer, word: 'wait', fields: waitInput.omit({ case: true }).shape },
] as const;
const record = caseDetail.extend(followed);
const shown = <T extends CaseListItem>({ id: _, ...line }: T) => ({ ...line, title: maskPins(line.title) });

export function caseRoutes({ reports, actions }: WebDeps): OpenAPIHono {
  const app = router();
  async function show(number: string) {
    const { messages, events, report, ...rest } = shown(orNotFound(await reports.findCase(number), `case ${number}`));
    const readable = messages.map((message) => ({ ...message, text: maskPins(message.text) }));
    return { ...rest, report: maskWithin(report), messages: readable, events: maskWithin(events) };
  }
  app.openapi(list, async (c) => {
    const { cursor, ...filter } = c.req.valid('query');
    const page = await reports.listCases({ ...filter, before: cursor ?? null });
    return c.json({ items: page.items.map(shown), next: page.next }, 200);
  });
  app.openapi(oneCase, async (c) => c.json(await show(c.req.valid('param').number), 200));
  for (const { act, word, fields: more } of done) {
    const body = actBody.extend(more as z.ZodRawShape);
    app.openapi(actRoute({ act, path: `/{number}/${word}`, tags, params: caseParam, body, record }), async (c) => {
      const { number } = c.req.valid('param');
      // Without a body nothing of it was validated.
      const { preview, expect, by, ...fields }: ActBody = c.req.header('content-type') ? c.req.valid('json') : {};
      const given = { query: c.req.valid('query'), body: { preview, expect, by } };
      const how = able(actions.perform, act.does);
      const outcome = await performForApi(how, act, { case: number, ...fields }, given);
      const { changes, letters } = outcome;
      if (outcome.kind === 'done') return c.json({ ...(await show(number)), changes, letters }, 200);
      const { fingerprint } = outcome;
      return c.json({ preview: true as const, fingerprint, changes, letters }, 200);
    });
  }
  return app;
}
