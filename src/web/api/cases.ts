import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { AnyAct } from '../../acts/act.ts';
import { closeCase } from '../../acts/cases/close-case.ts';
import { reopenCase, reopenInput } from '../../acts/cases/reopen-case.ts';
import type { CaseListItem } from '../../flows/reports/reports.ts';
import type { WebDeps } from '../deps.ts';
import { maskPins, maskWithin } from '../mask.ts';
import { type ActBody, actBody, actRoute, followed, performForApi } from './act-route.ts';
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
const record = caseDetail.extend(followed);
const close = actRoute({ act: closeCase, path: '/{number}/close', tags, params: caseParam, body: actBody, record });
const reopen = actRoute({
  act: reopenCase,
  path: '/{number}/reopen',
  tags,
  params: caseParam,
  body: reopenInput.omit({ case: true }).extend(actBody.shape),
  record,
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
  type Given = { query: { preview?: string | undefined }; body: ActBody };
  async function done(act: AnyAct, input: { case: string; reason?: string | undefined }, given: Given) {
    const { kind, ...outcome } = await performForApi(able(actions.perform, act.does), act, input, given);
    if ('preview' in outcome) return outcome;
    const { changes, letters } = outcome;
    return { ...(await show(input.case)), changes, letters };
  }
  // Without a body nothing of it was validated.
  app.openapi(close, async (c) => {
    const body = c.req.header('content-type') ? c.req.valid('json') : {};
    const given = { query: c.req.valid('query'), body };
    return c.json(await done(closeCase, { case: c.req.valid('param').number }, given), 200);
  });
  app.openapi(reopen, async (c) => {
    const { reason, ...body } = c.req.header('content-type') ? c.req.valid('json') : {};
    const given = { query: c.req.valid('query'), body };
    return c.json(await done(reopenCase, { case: c.req.valid('param').number, reason }, given), 200);
  });
  return app;
}
