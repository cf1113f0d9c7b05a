/** What is past its time goes, and nothing else does (POLICY §11.5). */
import { afterAll, beforeEach, expect, it } from 'vitest';
import { listRetention, type RetentionDeps, runRetention } from '../../../src/flows/upkeep/retention.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { removePastTime } from '../../../src/store/upkeep/retention/runs.ts';
import { periodOf, type RetentionKind, retentionKinds, retentionPolicySchema } from '../../../src/upkeep/retention.ts';
import { registrySql } from '../../support/app.ts';
import { emptyTables } from '../../support/servers/postgres.ts';
import { addCase, addLetter, addMail, openWeb } from '../web/support.ts';

const web = await openWeb();
afterAll(() => web.close());
beforeEach(async () => {
  await emptyTables(web.sql);
  await web.sql(registrySql);
});

const { retention } = retentionPolicySchema.parse({});
const deps: RetentionDeps = { database: web.database, retention, log: silentLog, meter: silentMeter };
const everything = { actor: 'test', all: true } as const;
const before = (months: number, days = 0) => new Date(Date.now() - (months * 30.44 + days) * 86_400_000).toISOString();
const count = async (from: string): Promise<number> =>
  Number((await web.sql(`select count(*) as n from ${from}`))[0].n);
const dueOf = async (): Promise<Partial<Record<RetentionKind, number>>> =>
  Object.fromEntries((await listRetention(deps)).flatMap(({ kind, due }) => (due > 0 ? [[kind, due]] : [])));

let n = 0;
const mailOf = (given: Record<string, unknown> = {}) => {
  n += 1;
  return addMail(web, {
    raw: `From: ada@aldous.example\r\nSubject: ${n}\r\n\r\nText ${n}\r\n`,
    from_address: 'ada@aldous.example',
    to_addresses: ['support@desk.example'],
    subject: `Subject ${n}`,
    facts: { text: `Text ${n}` },
    state: 'decided',
    outcome: 'case-opened',
    reason: 'so it was',
    arrived_at: before(30),
    ...given,
  });
};
/** With a mail, a letter and a message each. */
async function caseOf(number: string, closed: string | null) {
  const on = await addCase(web, {
    ...{ number, site_id: 1, contact_id: 1, opened_at: before(30), closed_at: closed },
    status: closed === null ? 'open' : 'closed',
  });
  const mail = await mailOf({ case_id: on });
  const letter = await addLetter(web, { case_id: on, caused_by: mail, created_at: before(30) });
  await web.sql(
    `insert into case_messages (case_id, mail_id, direction, author, text, at)
     values ($1, $2, 'in', 'ada@aldous.example', 'It does not open.', now())`,
    [on, mail],
  );
  return { on, mail, letter };
}

it('§11.5 raw mail and letters go 24 months after the case closed, and their lines stay', async () => {
  const old = await caseOf('500001', before(24, 2));
  const young = await caseOf('500002', before(23));
  const open = await caseOf('500003', null);
  expect(await dueOf()).toEqual({ mails: 1, letters: 1 });
  expect(await runRetention(deps, everything)).toBe(2);
  expect(await web.sql('select mail_id from mail_bytes order by 1')).toEqual(
    [young.mail, open.mail].map((id) => ({ mail_id: id })),
  );
  expect(await web.sql('select subject, facts, from_address, outcome from mails where id = $1', [old.mail])).toEqual([
    { subject: null, facts: null, from_address: 'ada@aldous.example', outcome: 'case-opened' },
  ]);
  expect(await web.sql('select subject, raw, state, to_address from letters where id = $1', [old.letter])).toEqual([
    { subject: '', raw: null, state: 'sent', to_address: 'ada@aldous.example' },
  ]);
  expect(await count("letters where raw is not null and subject <> ''")).toBe(2);
  expect(await count('mails where facts is not null')).toBe(2);
  // The case and what was said on it stay ten years.
  expect(await count("case_messages where text <> ''")).toBe(3);
  expect((await web.ask(`/api/v1/mails/${old.mail}/raw`)).status).toBe(404);
  expect((await web.json(`/api/v1/mails/${old.mail}`)).subject).toBeNull();
  expect(await dueOf()).toEqual({});
  expect(
    await web.sql("select actor, subject_id, detail from audit where action = 'kept-no-longer' order by id"),
  ).toEqual([
    { actor: 'test', subject_id: 'mails', detail: { rows: 1 } },
    { actor: 'test', subject_id: 'letters', detail: { rows: 1 } },
  ]);
});

it('nothing of a mail that is held, not decided or owed an answer goes, and of no letter that may still go out', async () => {
  await mailOf({ outcome: 'held-unknown' });
  await mailOf({ state: 'new', outcome: null, reason: null });
  const owed = await mailOf({ outcome: 'care-recorded' });
  await web.sql('insert into care_clocks (mail_id, due) values ($1, now())', [owed]);
  const on = await addCase(web, { number: '500004', site_id: 1, status: 'closed', closed_at: before(30) });
  for (const state of ['queued', 'waiting', 'unknown'])
    await addLetter(web, { state, case_id: on, created_at: before(30) });
  expect(await dueOf()).toEqual({});
  // Late mail on a case that closed long ago counts from its own day.
  await mailOf({ case_id: on, arrived_at: before(1) });
  expect(await dueOf()).toEqual({});
  await mailOf({ outcome: 'refused' });
  await addLetter(web, { created_at: before(30) });
  expect(await dueOf()).toEqual({ 'mails-without-case': 1, 'letters-without-case': 1 });
  expect(await runRetention(deps, everything)).toBe(2);
  expect(await count('mail_bytes')).toBe(4);
  expect(await count('letters where raw is not null')).toBe(3);
});

it('§11.5 the audit goes after ten years, and only by retention; what was decided goes with it', async () => {
  const mail = await mailOf({ arrived_at: before(125) });
  for (const at of [before(121), before(119)]) {
    await web.sql(
      "insert into audit (at, actor, action, subject_kind, subject_id) values ($1, 't', 'a', 'mail', '1')",
      [at],
    );
    await web.sql(
      "insert into decisions (mail_id, at, outcome, rule, reason, evidence) values ($1, $2, 'refused', 'r1', 'so', '{}')",
      [mail, at],
    );
  }
  await expect(web.sql('delete from audit')).rejects.toThrow('only grows');
  await expect(web.sql("begin; set local postern.upkeep = 'erasure'; delete from audit; commit")).rejects.toThrow(
    'only grows',
  );
  await web.sql('rollback');
  await expect(
    web.sql("begin; set local postern.upkeep = 'erasure'; update audit set actor = 'x'; commit"),
  ).rejects.toThrow('only grows');
  await web.sql('rollback');
  await expect(
    web.sql("begin; set local postern.upkeep = 'retention'; update audit set actor = 'x'; commit"),
  ).rejects.toThrow('only grows');
  await web.sql('rollback');
  await runRetention(deps, everything);
  expect(await count("audit where action = 'a'")).toBe(1);
  expect(await count('decisions')).toBe(1);
  // Who wrote to whom goes once what they wrote has gone.
  expect(await web.sql('select from_address, to_addresses from mails')).toEqual([
    { from_address: null, to_addresses: [] },
  ]);
  await expect(web.sql('delete from audit')).rejects.toThrow('only grows');
});

it('texts of cases go ten years after the close, and requests, questions, blocks and tries after their end', async () => {
  const { on } = await caseOf('500005', before(121));
  await web.sql("insert into case_participants (case_id, address, added_at) values ($1, 'lea@aldous.example', now())", [
    on,
  ]);
  await caseOf('500006', before(119));
  await web.sql(
    `insert into sender_questions (site_id, address, name, title, arrived_at, answer, settled_at, settled_by)
     values (1, 'a@x.example', 'A', 'T', now(), 'no', $1, 't'), (1, 'b@x.example', 'B', 'T', now(), null, null, null)`,
    [before(25)],
  );
  await web.sql(
    "insert into blocked_senders (key, blocked_by, lifted_at, lifted_by) values ('a@x.example', 't', $1, 't')",
    [before(25)],
  );
  await web.sql("insert into blocked_senders (key, blocked_by, blocked_at) values ('b@x.example', 't', $1)", [
    before(25),
  ]);
  for (const [address, timer] of [
    ['a@x.example', null],
    ['b@x.example', before(0)],
  ])
    await web.sql(
      `with made as (
         insert into access_requests (address, language, timer_at) values ($1, 'en', $2) returning id
       )
       insert into access_request_steps (request_id, kind, at, by) select id, 'asked', $3, 't' from made`,
      [address, timer, before(25)],
    );
  const mail = await mailOf({ arrived_at: before(1) });
  const other = await mailOf({ arrived_at: before(1) });
  await web.sql(
    "insert into pin_tries (mail_id, key, at, tried, wrong) values ($1, 'k', $2, 1, 1), ($3, 'k', now(), 1, 1)",
    [mail, before(0, 91), other],
  );
  await web.sql("insert into pin_locks (key, locked_until) values ('k', $1), ('l', now())", [before(0, 91)]);
  await web.sql("insert into content_first_seen values ('f', $1, $2), ('g', $1, now())", [mail, before(0, 91)]);
  await runRetention(deps, everything);
  expect(await web.sql('select number, title, contact_id from cases order by id')).toMatchObject([
    { number: '500005', title: '', contact_id: null },
    { number: '500006', title: 'The vault does not open' },
  ]);
  expect(await count("case_messages where text = ''")).toBe(1);
  expect(await count('case_participants')).toBe(0);
  expect(await web.sql('select address from sender_questions')).toEqual([{ address: 'b@x.example' }]);
  expect(await web.sql('select key from blocked_senders')).toEqual([{ key: 'b@x.example' }]);
  expect(await web.sql('select address from access_requests')).toEqual([{ address: 'b@x.example' }]);
  expect(await count('access_request_steps')).toBe(1);
  expect([await count('pin_tries'), await count('pin_locks'), await count('content_first_seen')]).toEqual([1, 1, 1]);
});

it('§11.5 a request that waits for somebody stays, also with client care, whose clock is no timer of it', async () => {
  const made = async (address: string, kinds: readonly string[], mail: string | null = null) => {
    const [{ id }] = await web.sql(
      "insert into access_requests (address, language, mail_id) values ($1, 'en', $2) returning id",
      [address, mail],
    );
    for (const kind of ['asked', ...kinds])
      await web.sql(
        "insert into access_request_steps (request_id, kind, at, by, mail_id) values ($1, $2, $3, 't', $4)",
        [id, kind, before(25), kind === 'verified' ? mail : null],
      );
  };
  const owed = await mailOf({ arrived_at: before(1) });
  await web.sql('insert into care_clocks (mail_id, due) values ($1, now())', [owed]);
  await made('a@x.example', ['verified', 'deciders-asked', 'handed-over']);
  await made('b@x.example', ['verified', 'handed-over', 'denied', 'taken-back']);
  await made('c@x.example', ['verified', 'deciders-asked']);
  await made('d@x.example', ['verified']);
  await made('e@x.example', ['verified', 'denied'], owed);
  await made('f@x.example', ['verified', 'handed-over', 'denied']);
  await made('g@x.example', ['verified', 'granted', 'ended']);
  await made('erased-7-1@erased.invalid', ['verified', 'handed-over']);
  expect(await dueOf()).toEqual({ 'access-requests': 3 });
  await runRetention(deps, everything);
  expect((await web.sql('select address from access_requests order by id')).map(({ address }) => address)).toEqual(
    ['a', 'b', 'c', 'd', 'e'].map((one) => `${one}@x.example`),
  );
});

it('is first looked at a week after the start, then once a day; a kind that is kept for ever never goes', async () => {
  await caseOf('500007', before(30));
  expect(await runRetention(deps)).toBe(0);
  await web.sql("update retention_runs set next_at = now() - interval '1 minute'");
  expect(await runRetention({ ...deps, retention: { ...retention, mailMonths: 'forever' } })).toBe(0);
  await web.sql("update retention_runs set next_at = now() - interval '1 minute'");
  expect(await runRetention(deps)).toBe(2);
  const listed = await listRetention(deps);
  expect(listed.map(({ kind }) => kind)).toEqual(retentionKinds);
  const [mails] = listed;
  expect(mails).toMatchObject({
    kind: 'mails',
    gone: 1,
    lastGone: 1,
    due: 0,
    kept: '24 months after the close of the case',
  });
  expect(Date.parse(mails?.next ?? '') - Date.now()).toBeGreaterThan(23 * 3_600_000);
  expect(await runRetention(deps)).toBe(0);
});

it('goes in small batches, and on where it was when a process dies between two of them', async () => {
  const [{ id }] = await web.sql(
    "insert into cases (number, site_id, title, severity, kind, status, opened_at, closed_at, contact_address, language) values ('500008', 1, 't', 3, 'incident', 'closed', $1, $1, 'a@x.example', 'en') returning id",
    [before(30)],
  );
  await web.sql(
    `insert into mails (arrived_at, door, door_name, sha256, size, state, outcome, reason, case_id)
     select $1::timestamptz, 'hand', 't', sha256(n::text::bytea), 1, 'decided', 'case-updated', 'so', $2::bigint
     from generate_series(1, 1200) n`,
    [before(30), id],
  );
  const dies = () => {
    throw new Error('killed');
  };
  await expect(runRetention(deps, { ...everything, onBatch: dies })).rejects.toThrow('killed');
  expect(await count('mails where emptied_at is not null')).toBe(500);
  expect(await runRetention(deps, everything)).toBe(700);
  const [{ sum }] = await web.sql("select sum((detail->>'rows')::int)::int from audit where subject_id = 'mails'");
  expect(sum).toBe(1200);
  // Two at once share the work and do nothing twice.
  await web.sql('update mails set emptied_at = null');
  const both = await Promise.all([runRetention(deps, everything), runRetention(deps, everything)]);
  expect(await count('mails where emptied_at is null')).toBe(0);
  expect(both[0] + both[1]).toBe(1200);
});

it('looks at so many rows at once, and the next tick goes on behind them', async () => {
  for (let i = 0; i < 30; i += 1) await mailOf({ outcome: 'refused', arrived_at: before(1) });
  for (let i = 0; i < 10; i += 1) await mailOf({ outcome: 'refused' });
  const kind = 'mails-without-case';
  await listRetention(deps);
  const given = { period: periodOf(kind, retention) ?? '', most: 4, looked: 15, anew: false, actor: 'scheduler' };
  const tick = () => removePastTime(web.database, kind, given);
  const ticks = [];
  for (let more = true; more && ticks.length < 20; ) {
    const done = await tick();
    ticks.push(done?.gone);
    more = done?.more === true;
  }
  expect(ticks).toEqual([0, 0, 4, 4, 2]);
  const [standing] = await web.sql('select last_gone::int, after_key from retention_runs where kind = $1', [kind]);
  expect(standing).toEqual({ last_gone: 10, after_key: null });
  // A person who asks for it has all of it looked through, wherever the clock is.
  expect(await tick()).toEqual({ gone: 0, more: true });
  await web.sql('update mails set arrived_at = $1 where id = (select min(id) from mails)', [before(30)]);
  expect(await runRetention(deps, everything)).toBe(1);
});

it('§11.5 who had an announcement goes 24 months after its end, the announcement stays, and one under way keeps all', async () => {
  for (const [name, state, ended] of [
    ['old', 'finished', before(24, 2)],
    ['young', 'cancelled', before(23)],
    ['paused', 'paused', null],
  ] as const) {
    const [{ id }] = await web.sql(
      `insert into announcements (name, kind, state, content, by, started_at, ended_at)
       values ($1, 'announcements', $2, '{}', 'test', $3, $4) returning id::text`,
      [name, state, before(30), ended],
    );
    await web.sql(
      `insert into announcement_recipients (announcement_id, address, contact_id, language, state)
       values ($1, 'ada@aldous.example', 1, 'en', 'written'), ($1, 'gone@aldous.example', null, 'en', 'gone')`,
      [id],
    );
  }
  expect(await dueOf()).toEqual({ 'announcement-recipients': 2 });
  expect(await runRetention(deps, everything)).toBe(2);
  expect(
    await web.sql(
      `select a.name, count(r.address)::int as n from announcements a
       left join announcement_recipients r on r.announcement_id = a.id group by a.name order by a.name`,
    ),
  ).toEqual([
    { name: 'old', n: 0 },
    { name: 'paused', n: 2 },
    { name: 'young', n: 2 },
  ]);
  expect(await dueOf()).toEqual({});
});
