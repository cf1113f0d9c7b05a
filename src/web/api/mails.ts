import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { AnyAct } from '../../acts/act.ts';
import { answerMail } from '../../acts/mail/answer-mail.ts';
import { careDone } from '../../acts/mail/care-done.ts';
import { refuseMail } from '../../acts/mail/refuse-mail.ts';
import { releaseMail } from '../../acts/mail/release-mail.ts';
import { replayMail } from '../../acts/mail/replay-mail.ts';
import { mailOutcomes } from '../../changes/outcome.ts';
import type { CommitOutcome } from '../../flows/acts/commit.ts';
import type { WebDeps } from '../deps.ts';
import { maskBytes, maskPins, maskWithin } from '../mask.ts';
import { downloadHeaders } from '../pages/download.ts';
import { type ActBody, actBody, actOutcomeOf, actRoute, followed, type Performed, performed } from './act-route.ts';
import { able, json, orNotFound, problems, router, secured } from './route.ts';
import {
  answerBody,
  careStopped,
  heldAnswered,
  heldSettled,
  idParam,
  mailDetail,
  mailPage,
  mailStates,
  oneOf,
  paging,
  queryOf,
  refuseBody,
  releaseBody,
  replayed,
  text,
} from './schemas.ts';

const tags = ['mails'];
const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  security: secured,
  summary: 'Mails, newest first',
  request: { query: queryOf({ outcome: oneOf(mailOutcomes), state: oneOf(mailStates), messageId: text, ...paging }) },
  responses: { 200: json(mailPage, 'One page'), ...problems(400) },
});
const one = createRoute({
  method: 'get',
  path: '/{id}',
  tags,
  security: secured,
  summary: 'A mail with what was decided about it and why',
  request: { params: idParam },
  responses: { 200: json(mailDetail, 'The mail'), ...problems(400, 404) },
});
const raw = createRoute({
  method: 'get',
  path: '/{id}/raw',
  tags,
  security: secured,
  summary: 'The bytes as they came, secrets masked',
  request: { params: idParam },
  responses: {
    200: { description: 'The mail', content: { 'message/rfc822': { schema: z.string() } } },
    ...problems(400, 404),
  },
});
const attachment = createRoute({
  method: 'get',
  path: '/{id}/attachments/{index}',
  tags,
  security: secured,
  summary: 'One attachment, cut from the mail; they are counted from 0, as the case lists them',
  request: { params: idParam.extend({ index: z.coerce.number().int().min(0).max(10_000) }) },
  responses: {
    200: { description: 'Its bytes', content: { 'application/octet-stream': { schema: z.string() } } },
    ...problems(400, 404),
  },
});
const replay = createRoute({
  method: 'post',
  path: '/{id}/replay',
  'x-act': replayMail.name,
  tags,
  security: secured,
  summary: 'Decide a mail again; one that has its case changes nothing',
  request: {
    params: idParam,
    query: queryOf({
      dryRun: oneOf(['true', 'false', '1', '0']).openapi({ description: 'Only say what would change' }),
    }),
  },
  responses: { 200: json(replayed, 'What came of it'), ...problems(400, 404, 409) },
});

const held = <B extends z.ZodObject, R extends z.ZodType>(act: AnyAct, word: string, body: B, record: R) =>
  actRoute({ act, path: `/{id}/${word}`, tags, params: idParam, body, record });
const release = held(releaseMail, 'release', releaseBody, heldSettled.extend(followed));
const refuse = held(refuseMail, 'refuse', refuseBody, heldSettled.extend(followed));
const answer = held(answerMail, 'answer', answerBody, heldAnswered.extend(followed));
const done = held(careDone, 'done', actBody, careStopped.extend(followed));

/** Addresses and ids stay as they are: what is masked would no longer be found. */
const masked = <T extends { subject: string | null; reason: string | null }>(mail: T): T => ({
  ...mail,
  subject: mail.subject === null ? null : maskPins(mail.subject),
  reason: mail.reason === null ? null : maskPins(mail.reason),
});

export function mailRoutes({ reports, actions }: WebDeps): OpenAPIHono {
  const app = router();
  app.openapi(list, async (c) => {
    const { cursor, ...filter } = c.req.valid('query');
    const page = await reports.listMails({ ...filter, before: cursor ?? null });
    return c.json({ items: page.items.map(masked), next: page.next }, 200);
  });
  app.openapi(one, async (c) => {
    const { id } = c.req.valid('param');
    const mail = masked(orNotFound(await reports.findMail(id), `mail ${id}`));
    const decisions = mail.decisions.map(({ reason, evidence, ...rest }) => ({
      ...rest,
      reason: maskPins(reason),
      evidence: maskWithin(evidence),
    }));
    return c.json({ ...mail, decisions }, 200);
  });
  app.openapi(raw, async (c) => {
    const { id } = c.req.valid('param');
    const bytes = maskBytes(orNotFound(await reports.mailBytes(id), `mail ${id}`));
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'message/rfc822',
      'content-disposition': `attachment; filename="mail-${id}.eml"`,
    });
  });
  app.openapi(attachment, async (c) => {
    const { id, index } = c.req.valid('param');
    const act = able(actions.attachment, 'Cutting an attachment');
    const { name, type, content } = orNotFound(await act(id, index), `attachment ${index} of mail ${id}`);
    return c.body(new Uint8Array(content), 200, downloadHeaders({ name, type }));
  });
  app.openapi(replay, async (c) => {
    const act = able(actions.replay, 'Replaying a mail');
    const { id } = c.req.valid('param');
    const { dryRun } = c.req.valid('query');
    const done = await act(id, { dryRun: dryRun === 'true' || dryRun === '1', by: { kind: 'api', staff: null } });
    const { letters, changes, ...rest } = orNotFound('notFound' in done ? null : done, `mail ${id}`);
    const follows = letters ? { letters: [...letters], changes: [...(changes ?? [])] } : {};
    return c.json({ ...rest, ...follows }, 200);
  });
  /** Without a body nothing of it was validated. */
  const read = <B>(c: { req: { header(name: string): string | undefined } }, json: () => B) =>
    c.req.header('content-type') ? json() : {};
  /** With `record`: what the call answers of the mail once it is done. */
  async function settle<R>(
    act: AnyAct,
    { preview, expect, by, ...input }: ActBody & { mail: string },
    query: { preview?: string | undefined },
    record: (done: Extract<CommitOutcome, { kind: 'done' }>) => R | Promise<R>,
  ) {
    const body = { preview, expect, by };
    const outcome = await actOutcomeOf(able(actions.perform, 'Settling a mail'), act, input, { query, body });
    const { kind, ...told } = performed(outcome);
    if (outcome.kind === 'preview') return told as Omit<Extract<Performed, { kind: 'preview' }>, 'kind'>;
    return { ...(await record(outcome)), ...told };
  }
  const settled = async (id: string, { made }: Extract<CommitOutcome, { kind: 'done' }>) => {
    const mail = await reports.settledMail(id, made);
    return { ...mail, reason: maskPins(mail.reason) };
  };
  app.openapi(release, async (c) => {
    const { id } = c.req.valid('param');
    const asked = { ...read(c, () => c.req.valid('json')), mail: id };
    return c.json(await settle(releaseMail, asked, c.req.valid('query'), (one) => settled(id, one)), 200);
  });
  app.openapi(refuse, async (c) => {
    const { id } = c.req.valid('param');
    const asked = { ...read(c, () => c.req.valid('json')), mail: id };
    return c.json(await settle(refuseMail, asked, c.req.valid('query'), (one) => settled(id, one)), 200);
  });
  app.openapi(answer, async (c) => {
    const { id } = c.req.valid('param');
    const asked = { ...read(c, () => c.req.valid('json')), mail: id };
    const answered = ({ made, wrote }: Extract<CommitOutcome, { kind: 'done' }>) => ({
      id,
      letter: wrote[0] ?? '',
      to: made.flatMap((change) => (change.kind === 'mail-answered' ? [change.to] : []))[0] ?? '',
    });
    return c.json(await settle(answerMail, asked, c.req.valid('query'), answered), 200);
  });
  app.openapi(done, async (c) => {
    const { id } = c.req.valid('param');
    const asked = { ...read(c, () => c.req.valid('json')), mail: id };
    return c.json(await settle(careDone, asked, c.req.valid('query'), () => ({ id, done: true as const })), 200);
  });
  return app;
}
