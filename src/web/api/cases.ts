import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { AnyAct } from '../../acts/act.ts';
import { escalateCase } from '../../acts/cases/agreeing/escalate-case.ts';
import { leaveCase } from '../../acts/cases/agreeing/leave-case.ts';
import { setSeverity } from '../../acts/cases/agreeing/set-severity.ts';
import { endWait } from '../../acts/cases/clock/end-wait.ts';
import { waitForCustomer } from '../../acts/cases/clock/wait-for-customer.ts';
import { closeCase } from '../../acts/cases/close-case.ts';
import { solveCase } from '../../acts/cases/closing/solve-case.ts';
import { linkCase } from '../../acts/cases/joining/link-case.ts';
import { mergeCase } from '../../acts/cases/joining/merge-case.ts';
import { splitCase } from '../../acts/cases/joining/split-case.ts';
import { unmergeCase } from '../../acts/cases/joining/unmerge-case.ts';
import { openCase, openInput } from '../../acts/cases/opening/open-case.ts';
import { reopenCase } from '../../acts/cases/reopen-case.ts';
import { addParticipant } from '../../acts/cases/working/add-participant.ts';
import { assignCase } from '../../acts/cases/working/assign-case.ts';
import { giveBackCase } from '../../acts/cases/working/give-back-case.ts';
import { outOfScope } from '../../acts/cases/working/out-of-scope.ts';
import { setKind } from '../../acts/cases/working/set-kind.ts';
import { takeCase } from '../../acts/cases/working/take-case.ts';
import { writeOnCase } from '../../acts/cases/working/write-on-case.ts';
import { searchWords } from '../../cases/search-words.ts';
import type { CaseListItem } from '../../flows/reports/reports.ts';
import type { WebDeps } from '../deps.ts';
import { maskPins, maskWithin } from '../mask.ts';
import { type ActBody, actBody, actOutcomeOf, actRoute, followed, performed, performForApi } from './act-route.ts';
import { able, json, orNotFound, problems, router, secured } from './route.ts';
import { caseDetail, casePage, caseParam, given, oneOf, paging, queryOf, text } from './schemas.ts';

const tags = ['cases'];
const severity = given(z.coerce.number().int().min(1).max(4).optional());
const dueBefore = given(z.iso.datetime({ offset: true }).optional()).openapi({
  description: 'The first response is owed before then',
});
const q = given(
  z
    .string()
    .max(200)
    .refine((said) => searchWords(said).length > 0, 'holds no word')
    .optional(),
).openapi({
  description:
    'Words, each of which stands in number, title, requester, site or messages of the case; the last one may be its beginning',
  type: 'string',
});
const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  security: secured,
  summary: 'Cases, newest first',
  request: {
    query: queryOf({ site: text, status: oneOf(['open', 'closed']), owner: text, severity, dueBefore, q, ...paging }),
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
const open = actRoute({
  act: openCase,
  path: '/',
  tags,
  params: z.object({}),
  body: openInput.extend(actBody.shape),
  // No case is opened where support has lapsed: then letters say so.
  record: z.union([caseDetail.extend(followed), z.object({ number: z.null(), ...followed })]),
});
/** What is done to a case, by the last word of its path. The number is part of the path, all else of the body. */
const onCase: readonly (readonly [word: string, act: AnyAct])[] = [
  ['solve', solveCase],
  ['close', closeCase],
  ['reopen', reopenCase],
  ['wait', waitForCustomer],
  ['end-wait', endWait],
  ['take', takeCase],
  ['give-back', giveBackCase],
  ['assign', assignCase],
  ['messages', writeOnCase],
  ['kind', setKind],
  ['out-of-scope', outOfScope],
  ['severity', setSeverity],
  ['escalate', escalateCase],
  ['merge', mergeCase],
  ['unmerge', unmergeCase],
  ['split', splitCase],
  ['link', linkCase],
  ['participants', addParticipant],
  ['leave', leaveCase],
];
const actOn = ([word, act]: (typeof onCase)[number]) => ({
  act,
  route: actRoute({
    act,
    path: `/{number}/${word}`,
    tags,
    params: caseParam,
    body: (act.input as z.ZodObject).omit({ case: true }).extend(actBody.shape),
    record: caseDetail.extend(followed),
  }),
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
  app.openapi(oneCase, async (c) => c.json(await show(c.req.valid('param').number), 200));
  app.openapi(open, async (c) => {
    // Without a body nothing of it was validated.
    const body = c.req.header('content-type') ? c.req.valid('json') : {};
    const { preview, expect, by, ...input } = body as ActBody & Readonly<Record<string, unknown>>;
    const how = { query: c.req.valid('query'), body: { preview, expect, by } };
    const outcome = await actOutcomeOf(able(actions.perform, openCase.does), openCase, input, how);
    const { kind, ...told } = performed(outcome);
    if (outcome.kind === 'preview' || kind === 'preview')
      return c.json(told as Extract<typeof told, { preview: true }>, 200);
    const made = outcome.made.find((one) => one.kind === 'case-entered' || one.kind === 'call-added');
    return c.json(made ? { ...(await show(made.case)), ...told } : { number: null, ...told }, 200);
  });
  for (const { act, route } of onCase.map(actOn))
    app.openapi(route, async (c) => {
      const { number } = c.req.valid('param');
      // Without a body nothing of it was validated.
      const body = c.req.header('content-type') ? c.req.valid('json') : {};
      const { preview, expect, by, ...input } = body as ActBody & Readonly<Record<string, unknown>>;
      const how = { query: c.req.valid('query'), body: { preview, expect, by } };
      const outcome = await performForApi(able(actions.perform, act.does), act, { ...input, case: number }, how);
      const { changes, letters } = outcome;
      if (outcome.kind === 'done') return c.json({ ...(await show(number)), changes, letters }, 200);
      const { fingerprint } = outcome;
      return c.json({ preview: true as const, fingerprint, changes, letters }, 200);
    });
  return app;
}
