/** Lists of the audit are found by an index, or look at so many rows and say how far: whatever is asked, a page costs the same. */

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditCsv, openAuditTrail } from '../../../src/flows/audit/audit-trail.ts';
import { type AuditFilter, listAudit } from '../../../src/store/audit/list-audit.ts';
import { openCounted } from '../../support/counted-reads.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const mails = 60_000;
let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let counted: Awaited<ReturnType<typeof openCounted>>;
let client: pg.Client;

/** Four rows a mail over a year, a person now and then, one thing done once long ago. */
beforeAll(async () => {
  fresh = await freshDatabase();
  counted = await openCounted(fresh.url);
  client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  await client.query('set session_replication_role = replica');
  const at = `now() - interval '365 days' * (1 - i::float / ${mails})`;
  await client.query(`
    insert into audit (at, actor, action, subject_kind, subject_id, detail)
    select ${at}, a.actor, a.action, a.kind, a.subject, '{"response": "250 taken"}'
    from generate_series(1, ${mails}) i
    cross join lateral (values
      ('door:inbox', 'mail-stored', 'mail', i::text),
      ('mail:' || i, 'mail-decided', 'mail', i::text),
      ('mail:' || i, 'letter-queued', 'letter', i::text),
      ('outbound', 'letter-sent', 'letter', i::text),
      (case i % 500 when 0 then 'console for kim@desk.example' when 250 then 'mail:' || i || ' of kim@desk.example' end,
        'case-taken', 'case', i::text),
      (case when i = 20000 then 'command' end, 'letters-paused', 'channel', 'smtp')
    ) a(actor, action, kind, subject)
    where a.actor is not null
    order by i`);
  await client.query(`insert into decisions (mail_id, at, outcome, rule, reason, evidence, letters)
    select i, ${at}, 'case-opened', 'r14', '', '{}', '[]' from generate_series(1, ${mails}) i`);
  await client.query('analyze');
});
afterAll(async () => {
  await client?.end();
  await counted?.database.close();
  await fresh?.drop();
});

const ask = (filter: AuditFilter, before: string | null = null) =>
  counted.reading('audit', (database) => listAudit(database, { ...filter, before, limit: 50 }));
const iso = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString();

describe('a page of the audit', () => {
  it('is found by its key, the newest and one deep in it', async () => {
    for (const before of [null, '1000']) {
      const { answer, rows, whole } = await ask({}, before);
      expect(answer.items).toHaveLength(50);
      expect([rows < 60, whole]).toEqual([true, false]);
    }
  });
  it('of one of our people has what they did by every way', async () => {
    const { answer, rows, whole } = await ask({ actor: 'kim@desk.example' });
    expect(new Set(answer.items.map(({ actor }) => actor.replace(/\d+/, 'N')))).toEqual(
      new Set(['console for kim@desk.example', 'mail:N of kim@desk.example']),
    );
    expect([rows < 60, whole]).toEqual([true, false]);
  });
  it('of one way of theirs is that way alone', async () => {
    const { answer } = await ask({ actor: 'console for kim@desk.example' });
    expect(new Set(answer.items.map(({ actor }) => actor))).toEqual(new Set(['console for kim@desk.example']));
  });
  it('of nobody looks at nothing', async () => {
    const { answer, rows } = await ask({ actor: 'nobody@desk.example' });
    expect([answer.items, answer.next, rows]).toEqual([[], null, 0]);
  });
  it('of a mail looks about the moments when it was decided', async () => {
    const { answer, rows, whole } = await ask({ actor: 'mail:250' });
    expect(answer.items.map(({ action }) => action).toSorted()).toEqual([
      'case-taken',
      'letter-queued',
      'mail-decided',
    ]);
    expect([rows < 2_000, whole]).toEqual([true, false]);
  });
  it('of one subject is found by it', async () => {
    const { answer, rows } = await ask({ subjectKind: 'letter', subjectId: '77' });
    expect(answer.items.map(({ action }) => action)).toEqual(['letter-sent', 'letter-queued']);
    expect(rows).toBe(2);
  });
  it('of what is done seldom is found by it, however long ago', async () => {
    const { answer, rows } = await ask({ action: 'letters-paused' });
    expect(answer.items).toHaveLength(1);
    expect(rows).toBe(1);
  });
  it('of what every mail does is full at once', async () => {
    const { answer, rows, whole } = await ask({ action: 'letter-sent' });
    expect(answer.items).toHaveLength(50);
    expect([rows < 400, whole]).toEqual([true, false]);
  });
  it('of a week looks at that week', async () => {
    const { answer, rows, whole } = await ask({ from: iso(200), to: iso(193) });
    expect(answer.items).toHaveLength(50);
    for (const { at } of answer.items) expect(at >= iso(201) && at <= iso(192)).toBe(true);
    expect([rows < 600, whole]).toEqual([true, false]);
  });
  it('ends where it has looked at enough, says how far, and goes on from there', async () => {
    const seen: string[] = [];
    let before: string | null = null;
    let pages = 0;
    do {
      const { answer, rows } = await ask({ subjectKind: 'channel' }, before);
      // Once for the page, and once more for how far it has looked.
      expect(rows).toBeLessThan(100_200);
      seen.push(...answer.items.map(({ action }) => action));
      if (answer.next !== null) expect(answer.lookedTo).not.toBeNull();
      before = answer.next;
      pages += 1;
    } while (before !== null);
    expect(seen).toEqual(['letters-paused']);
    expect(pages).toBeGreaterThan(2);
  });
  it('follows the one before without a row twice or left out', async () => {
    const first = await ask({ actor: 'kim@desk.example' });
    const second = await ask({ actor: 'kim@desk.example' }, first.answer.next);
    const ids = [...first.answer.items, ...second.answer.items].map(({ id }) => Number(id));
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => b - a));
  });
});

it('knows what was ever done by one look for each', async () => {
  const trail = openAuditTrail(counted.database);
  const { answer, rows } = await counted.reading('audit', () => trail.actions());
  expect(answer).toEqual(expect.arrayContaining(['case-taken', 'letters-paused', 'letter-sent']));
  expect(rows).toBeLessThan(20);
});

it('is a table that no program takes formulas from', async () => {
  const trail = openAuditTrail(counted.database);
  await client.query(
    `insert into audit (actor, action, subject_kind, subject_id, detail) values ('command', 'letters-paused', 'channel', 'smtp', '{"reason": "=HYPERLINK(1)"}')`,
  );
  let text = '';
  for await (const part of trail.csv({ action: 'letters-paused' })) text += part;
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(text.match(/\ufeff/g)).toHaveLength(1);
  expect(lines[1]).toContain('reason: =HYPERLINK(1)');
  const { items } = await trail.list({ action: 'letters-paused', before: null, limit: 10 });
  expect(auditCsv(items)).toBe(text);
});
