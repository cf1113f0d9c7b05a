/** How many mails a second `postern policy try` compares, and that memory does not grow with them. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { tryPolicy } from '../../src/flows/intake/try-policy.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { openReadOnlyApp } from '../../src/runtime/read-only-app.ts';
import { mail, registrySql, startApp } from '../support/app.ts';

const many = 100_000;

it(`${many} mails are compared in pages`, async () => {
  const postern = await startApp();
  try {
    for (const one of registrySql.split(';')) if (one.trim()) await postern.query(one);
    await postern.handIn(mail({ subject: 'PIN 345 Workflow stopped' }));
    await postern.until(
      'it is decided',
      async () => (await postern.query("select from mails where outcome = 'case-opened'")).length === 1,
    );
    // As many like it, each with its own time and content, without cases of their own.
    await postern.query(`
      with more as (
        insert into mails (arrived_at, door, door_name, rcpt_to, sha256, size, state, message_id, from_address, subject, content_hash, facts, outcome, reason)
        select arrived_at - make_interval(secs => n * 20), door, door_name, rcpt_to, sha256(convert_to('${randomUUID()}' || n, 'UTF8')), size, state, '<' || n || '@long.example>', from_address,
          subject, content_hash || n, facts || jsonb_build_object('messageId', '<' || n || '@long.example>', 'contentHash', content_hash || n), outcome, reason
        from mails, generate_series(1, ${many}) n returning id, arrived_at)
      insert into decisions (mail_id, at, outcome, rule, reason, evidence) select id, arrived_at, 'case-opened', 'r14', '', '{}' from more`);
    await postern.query('analyze');
    const reader = await openReadOnlyApp(postern.settings, silentLog, () => {});
    const present = postern.settings.policy;
    const other = { ...present, askFor: [] };
    const started = performance.now();
    let compared = 0;
    let differs = 0;
    let early = 0;
    let most = 0;
    for await (const page of tryPolicy({ ...reader, reading: postern.settings.reading, present, other }, 30)) {
      compared += page.compared;
      differs += page.differs.length;
      const used = process.memoryUsage().rss / 2 ** 20;
      if (compared <= 10_000) early = Math.max(early, used);
      most = Math.max(most, used);
    }
    await reader.close();
    const rate = compared / ((performance.now() - started) / 1000);
    console.log(
      `policy try: ${compared} mails, ${Math.round(rate)} a second, ${differs} differ; resident ${Math.round(early)} MB after 10,000, at most ${Math.round(most)} MB`,
    );
    expect(compared).toBeGreaterThan(many);
    expect(differs).toBe(compared);
    expect(most - early).toBeLessThan(150);
    expect(rate).toBeGreaterThan(200);
  } finally {
    await postern.stop();
  }
}, 900_000);
