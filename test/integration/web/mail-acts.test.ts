import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyAct } from '../../../src/acts/act.ts';
import { blockSender, unblockSender } from '../../../src/acts/mail/block-sender.ts';
import { careDone } from '../../../src/acts/mail/care-done.ts';
import { expireHeld } from '../../../src/acts/mail/expire-held.ts';
import { refuseMail } from '../../../src/acts/mail/refuse-mail.ts';
import type { By } from '../../../src/changes/by.ts';
import type { CommitOutcome } from '../../../src/flows/acts/commit.ts';
import { perform } from '../../../src/flows/acts/perform.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { addMail, addSite, openWeb, type TestWeb } from './support.ts';

let web: TestWeb;
let site = '';
/** None of these acts reads a mail. */
const intake = (): never => {
  throw new Error('nothing is to be read');
};
const doing = (act: string, input: unknown, more: { preview?: boolean; expect?: string; by?: By } = {}) =>
  perform({ ...letterDeps(web.database), intake }, { act, input, by: { kind: 'api', staff: null }, ...more });

beforeAll(async () => {
  web = await openWeb({ actions: { perform: (act, input, how) => doing(act, input, how) } });
  site = await addSite(web);
});
afterAll(() => web.close());

let mails = 0;
const held = (more: Record<string, unknown> = {}) => {
  mails += 1;
  const decided = { state: 'decided', outcome: 'held-unregistered', reason: 'not on record' };
  return addMail(web, {
    raw: `Subject: ${mails}\r\n\r\n`,
    from_address: 'nora@elsewhere.example',
    ...decided,
    ...more,
  });
};
async function asked(mail: string): Promise<void> {
  const [question] = await web.sql(
    `insert into sender_questions (site_id, address, name, title, arrived_at)
     values ($1, $2, 'Nora', 'A title', now()) returning id`,
    [site, `nora+${mail}@elsewhere.example`],
  );
  await web.sql('insert into sender_question_mails values ($1, $2)', [question.id, mail]);
}
/** Everything that an act on held mail could have written. */
const everything = async () => ({
  mails: await web.sql('select id, state, outcome, reason, fence, settled_by from mails order by id'),
  decisions: await web.sql('select mail_id, outcome, rule, reason from decisions order by id'),
  questions: await web.sql('select id, answer, settled_by from sender_questions order by id'),
  clocks: await web.sql('select mail_id, done_by from care_clocks order by mail_id'),
  blocks: await web.sql('select key, lifted_by from blocked_senders order by id'),
  audit: await web.sql('select actor, action, subject_kind, subject_id, detail from audit order by id'),
});
const followed = (outcome: CommitOutcome) => {
  if (outcome.kind === 'preview') return outcome.preview;
  if (outcome.kind === 'done') return outcome.done;
  throw new Error(`neither: ${outcome.kind}`);
};

type Story = { readonly act: AnyAct; readonly input: () => Promise<unknown>; readonly audit: readonly string[] };
const stories: readonly Story[] = [
  {
    act: refuseMail,
    audit: ['mail-refused'],
    input: async () => {
      const mail = await held();
      await asked(mail);
      return { mail };
    },
  },
  {
    act: careDone,
    audit: ['care-answered'],
    input: async () => {
      const mail = await held({ outcome: 'care-recorded' });
      await web.sql('insert into care_clocks (mail_id, due) values ($1, now())', [mail]);
      return { mail };
    },
  },
  { act: blockSender, audit: ['sender-blocked'], input: async () => ({ sender: '@pest.example' }) },
  { act: unblockSender, audit: ['sender-unblocked'], input: async () => ({ sender: '@pest.example' }) },
  {
    act: expireHeld,
    audit: ['mail-refused', 'mail-refused'],
    input: async () => {
      const old = new Date(Date.now() - 91 * 86_400_000).toISOString();
      for (let i = 0; i < 2; i += 1) await held({ stored_at: old });
      return { days: 90, spam: false };
    },
  },
];

describe('an act on held mail', () => {
  it.each(stories)('$act.name writes what its preview listed, and a preview writes nothing', async (story) => {
    const input = await story.input();
    const before = await everything();
    const shown = followed(await doing(story.act.name, input, { preview: true }));
    expect(await everything()).toEqual(before);
    const done = followed(await doing(story.act.name, input, { expect: shown.fingerprint }));
    expect(done.changes).toEqual(shown.changes);
    const after = await everything();
    expect(after.audit.slice(before.audit.length).map((line) => line.action)).toEqual(story.audit);
    expect(after).not.toEqual({ ...before, audit: after.audit });
  });

  it.each(stories)('$act.name at the same time by two is done once', async (story) => {
    const input = await story.input();
    const before = await everything();
    const both = await Promise.all([doing(story.act.name, input), doing(story.act.name, input)]);
    const did = both.filter((one) => one.kind === 'done' && one.made.length > 0);
    expect(did).toHaveLength(1);
    expect((await everything()).audit.slice(before.audit.length).map((line) => line.action)).toEqual(story.audit);
  });

  it('closes the questions that no held mail waits for any more', async () => {
    const mail = await held();
    await asked(mail);
    await doing('refuse-mail', { mail });
    const [question] = await web.sql('select answer from sender_questions where address = $1', [
      `nora+${mail}@elsewhere.example`,
    ]);
    expect(question.answer).toBe('expired');
  });

  it('is done only as it was shown', async () => {
    const mail = await held();
    const { fingerprint } = followed(await doing('refuse-mail', { mail }, { preview: true }));
    await web.sql("update mails set outcome = 'held-unknown' where id = $1", [mail]);
    const before = await everything();
    expect(await doing('refuse-mail', { mail }, { expect: fingerprint })).toMatchObject({ kind: 'moved' });
    expect(await everything()).toEqual(before);
  });

  it('is shown and done by the API, with the same answer as ever beside what followed', async () => {
    const mail = await held();
    const post = (body: unknown) =>
      web.json(`/api/v1/mails/${mail}/refuse`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    const shown = await post({ preview: true, by: 'kim@desk.example' });
    expect(shown).toMatchObject({
      preview: true,
      changes: [{ change: 'mail-refused' }, { change: 'questions-lapsed' }],
    });
    expect(await post({ expect: shown.fingerprint, by: 'kim@desk.example' })).toEqual({
      id: mail,
      before: 'held-unregistered',
      after: 'refused',
      case: null,
      reason: 'A person has refused the mail.',
      changes: shown.changes,
      letters: [],
    });
    const [line] = await web.sql('select actor from audit where subject_id = $1 and subject_kind = $2', [mail, 'mail']);
    expect(line.actor).toBe('api for kim@desk.example');
  });
});
