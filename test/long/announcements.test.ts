/** POLICY §10.6 at size: 10,000 and 100,000 recipients against an SMTP server, paused, resumed and killed; memory stays as it is. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { commit } from '../../src/flows/acts/commit.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { listAnnouncements } from '../../src/store/announcements/list-announcements.ts';
import { openDatabase } from '../../src/store/database.ts';
import { letterDeps } from '../support/letter-deps.ts';
import { remove, scratch } from '../support/process.ts';
import { type Kind, workerFleet } from '../support/processes/processes.ts';
import { freshDatabase } from '../support/servers/postgres.ts';
import { startSmtpSink } from '../support/servers/smtp-sink.ts';

const by = { kind: 'command', staff: null } as const;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Megabytes that the process has of memory of its own. */
const residentOf = (pid: number): number =>
  Number(/^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

async function announce(recipients: number) {
  const fresh = await freshDatabase();
  const sink = await startSmtpSink();
  const folder = scratch('announce');
  const config = join(folder, 'fast.yaml');
  // The rate is not what is looked at.
  writeFileSync(config, 'policy: { letters: { lettersPerMinute: 1000000, lettersPerMinutePerDomain: 1000000 } }\n');
  const database = openDatabase(fresh.url, silentLog, 4);
  const deps = letterDeps(database);
  const run = (text: string) => database.ask((db) => sql.raw(text).execute(db));
  const sites = recipients / 20;
  for (const text of [
    `insert into products (name) values ('Vault')`,
    `insert into sites (number, name, country, timezone, language) select (1000000 + n)::text, 'Firm ' || n, 'GB', 'Europe/London', 'en' from generate_series(1, ${sites}) n`,
    `insert into contacts (site_id, name, role, types, position) select s.id, 'P' || n, case n when 1 then 'primary' else 'authorized user' end, '{}', n from sites s, generate_series(1, 20) n`,
    `insert into contact_addresses (site_id, contact_id, address, main) select site_id, id, 'p' || id || '@f' || site_id || '.example', true from contacts`,
    `insert into plans (site_id, kind, valid_from, valid_to, position) select id, 'standard', '2026-01-01', '2036-12-31', 1 from sites`,
    `insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, position) select s.id, k || s.id, 1, k, 5, '2026-01-01', '2036-12-31', 1 from sites s, (values ('user'), ('support')) v(k)`,
    'analyze',
  ])
    await run(text);
  const fleet = workerFleet(
    {
      DATABASE_URL: fresh.url,
      POSTERN_CONFIG: config,
      SMTP_URL: sink.url,
      SUPPORT_ADDRESS: 'support@desk.example',
      SECRET_KEY: 'k'.repeat(32),
      DNS_SERVERS: 'off',
      LOG_LEVEL: 'warn',
    },
    folder,
  );
  const act = async (act: string, input: object) => {
    const done = await commit(deps, { act, input, by });
    if (done.kind === 'refused') throw new Error(done.says);
  };
  const stands = async () => (await listAnnouncements(database))[0];
  try {
    await act('write-announcement', { text: '---\nname: all\nkind: announcements\nsubject: Hello\n---\nHello.\n' });
    await act('start-announcement', { id: 'all' });
    const scheduler = fleet.start('scheduler');
    fleet.start('outbound');
    const kills: Kind[] = ['scheduler', 'outbound', 'scheduler'];
    let [pauses, most, at] = [0, 0, Date.now()];
    for (;;) {
      await pause(1_000);
      const now = await stands();
      if (!now) throw new Error('the announcement is gone');
      for (const child of fleet.of('scheduler')) if (child.pid) most = Math.max(most, residentOf(child.pid));
      const done = now.recipients.written / recipients;
      const next = (kills.length === 3 ? 0.1 : kills.length === 2 ? 0.3 : 0.5) as number;
      if (kills.length > 0 && done > next) await fleet.replace(kills.shift() ?? 'scheduler');
      if (pauses < 5 && done > 0.15 * (pauses + 1) && now.state === 'running') {
        pauses += 1;
        await act('pause-announcement', { id: 'all' });
        await pause(500);
        await act('resume-announcement', { id: 'all' });
      }
      const out = (now.letters.sent ?? 0) + (now.letters.unknown ?? 0);
      if (now.state === 'finished' && out >= recipients) break;
      if (Date.now() - at > 3_600_000)
        throw new Error(`not done within an hour: ${JSON.stringify(now)}\n${fleet.said()}`);
    }
    const seconds = (Date.now() - at) / 1000;
    at = 0;
    const counts = new Map<string, number>();
    for (const { rcptTo } of sink.letters) for (const one of rcptTo) counts.set(one, (counts.get(one) ?? 0) + 1);
    const twice = [...counts.values()].filter((n) => n > 1).length;
    console.log(
      `${recipients} recipients in ${seconds.toFixed(0)} s (${(recipients / seconds).toFixed(0)} letters a second), ${pauses} pauses, 3 kills, ${twice} copies; scheduler ${most.toFixed(0)} MB at most`,
    );
    expect(scheduler.pid).toBeDefined();
    expect(counts.size).toBe(recipients);
    // Only what was cut behind DATA may come twice, under the same Message-ID, and is counted.
    const [unknown] = (
      await database.ask((db) =>
        sql<{ n: number }>`select coalesce(sum(unknown_times), 0)::int as n from letters`.execute(db),
      )
    ).rows;
    expect(twice).toBeLessThanOrEqual(unknown?.n ?? 0);
    return most;
  } finally {
    await fleet.kill();
    await database.close();
    await sink.stop();
    await fresh.drop();
    remove(folder);
  }
}

test('§10.6 each of many recipients has it once, and 100,000 take no more memory than 10,000', async () => {
  const small = await announce(10_000);
  const large = await announce(100_000);
  expect(large - small).toBeLessThan(20);
}, 7_200_000);
