import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { closeCase } from '../../acts/cases/close-case.ts';
import type { CaseListItem } from '../../flows/reports/reports.ts';
import type { WebDeps } from '../deps.ts';
import { maskPins, maskWithin } from '../mask.ts';
import { actBody, actRoute, followed, performForApi } from './act-route.ts';
import { able, json, orNotFound, problems, router, secured } from './route.ts';
import { caseDetail, casePage, caseParam, oneOf, paging, text } from './schemas.ts';

const tags = ['cases'];
const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  security: secured,
  summary: 'Cases, newest first',
  request: { query: z.object({ site: text, status: oneOf(['open', 'closed']), ...paging }) },
  responses: { 200: json(casePage, 'One page'), ...problems(400) },
});
const one = createRoute({
  method: 'get',
  path: '/{number}',
  tags,
  security: secured,
  summary: 'A case with its messages and events, oldest first',
  request: { params: caseParam },
  responses: { 200: json(caseDetail, 'The case'), ...problems(400, 404) },
});
const close = actRoute({
  act: closeCase,
  path: '/{number}/close',
  tags,
  params: caseParam,
  body: actBody,
  record: caseDetail.extend(followed),
});

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
  app.openapi(one, async (c) => c.json(await show(c.req.valid('param').number), 200));
  app.openapi(close, async (c) => {
    const how = able(actions.perform, 'Closing a case');
    const { number } = c.req.valid('param');
    // Without a body nothing of it was validated.
    const body = c.req.header('content-type') ? c.req.valid('json') : {};
    const outcome = await performForApi(how, closeCase, { case: number }, { query: c.req.valid('query'), body });
    const { changes, letters } = outcome;
    if (outcome.kind === 'done') return c.json({ ...(await show(number)), changes, letters }, 200);
    const { fingerprint } = outcome;
    return c.json({ preview: true as const, fingerprint, changes, letters }, 200);
  });
  return app;
}
