/**
 * How long `USERS` and `ADD` take where a site has 5,000 people (POLICY §7), from the bytes of the mail to the bytes of the letter:
 *
 *     node bench/users.ts [--people 5000] [--runs 20]
 *
 * All of it in this process, one mail after the other, on the embedded PostgreSQL: what a mail waits for a queue or a server is not in it.
 */
import { parseArgs } from 'node:util';
import { finishLetters } from '../src/flows/letters/write-letters.ts';
import { mailId } from '../src/foundation/ids.ts';
import { silentLog } from '../src/foundation/log.ts';
import { decide } from '../src/intake/decide.ts';
import { questionOf } from '../src/intake/facts.ts';
import { readMail } from '../src/mail/read.ts';
import { openDatabase } from '../src/store/database.ts';
import { loadFacts } from '../src/store/intake/facts.ts';
import { letterDeps } from '../test/support/letter-deps.ts';
import { remove, scratch } from '../test/support/process.ts';
import { median, now } from './lib/numbers.ts';
import { openDatabases } from './lib/world.ts';

const { values: given } = parseArgs({
  options: { people: { type: 'string', default: '5000' }, runs: { type: 'string', default: '20' } },
});
const [people, runs] = [Number(given.people), Number(given.runs)];
if (!Number.isInteger(people) || people < 2 || !Number.isInteger(runs) || runs < 1) {
  process.stderr.write('--people and --runs are whole numbers, 2 and 1 at least.\n');
  process.exit(2);
}

const fill = `
  insert into sites (number, name, country, timezone, language) values ('7000001', 'Large Works', 'GB', 'Europe/London', 'en');
  insert into contacts (site_id, name, role, types, position, phone, city)
    select s.id, 'Person ' || n, case when n = 1 then 'primary' else 'authorized user' end, '{}', n, '+44 20 7946 ' || n, 'Leeds'
    from sites s, generate_series(1, ${people}) n where s.number = '7000001';
  insert into contact_addresses (site_id, contact_id, address, main)
    select c.site_id, c.id, 'p' || c.position || '@large.test', true
    from contacts c join sites s on s.id = c.site_id where s.number = '7000001';
  insert into mails (sha256, arrived_at, from_address, state, outcome, door, door_name, size)
    select sha256(('m' || n)::bytea), now(), 'p' || n || '@large.test', 'decided', 'command-done', 'smtp', 'smtp', 1000
    from generate_series(1, ${people}, 2) n;
  analyze`;

const mailFor = (line: string, n: number): Buffer =>
  Buffer.from(
    [
      'Authentication-Results: mx.desk.example; dmarc=pass header.from=large.test',
      'From: Person 1 <p1@large.test>',
      'To: support@desk.example',
      `Subject: People ${n}`,
      `Message-ID: <users-${n}@large.test>`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      line,
      '',
    ].join('\r\n'),
  );

const folder = scratch('bench-users');
const databases = await openDatabases(folder);
const { name, url } = await databases.fresh();
await databases.query(name, fill);
const database = openDatabase(url, silentLog);
const deps = letterDeps(database);
const reading = {
  ...{ addresses: { support: 'support@desk.example' }, lists: [], authservId: 'mx.desk.example' },
  ...{ keys: ['k'.repeat(32)], spam: [] },
} as unknown as Parameters<typeof readMail>[2];

async function once(line: string, n: number) {
  const began = now();
  const facts = await readMail(mailFor(line, n), { mailFrom: null, rcptTo: [] }, reading);
  const mail = { id: mailId('1'), arrivedAt: new Date().toISOString(), mustWait: false, facts };
  const [loaded] = await database.ask((db) => loadFacts(db, [questionOf(mail)], []));
  if (!loaded) throw new Error('no facts');
  const decision = decide(mail, loaded.facts, deps.policy, loaded.now);
  if (decision.outcome !== 'command-done') throw new Error(`${line}: ${decision.outcome}, ${decision.reason}`);
  const letters = await finishLetters(
    decision.letters,
    decision.letters.map((_, i) => `${i + 1}`),
    { letterBuilder: deps.letterBuilder, policy: deps.policy, at: loaded.now, cause: 'bench', mail: '1' },
  );
  const [first] = letters;
  return { took: now() - began, bytes: first?.raw?.length ?? 0, lines: first?.text.split('\n').length ?? 0 };
}

process.stdout.write(`${people} people at one site, ${runs} mails each, in milliseconds\n\n`);
process.stdout.write(
  '| Command | median | slowest | letter, KB | lines of text |\n| --- | ---: | ---: | ---: | ---: |\n',
);
for (const line of ['USERS', 'ADD Nia Vale nia@large.test authorized user']) {
  const all: Awaited<ReturnType<typeof once>>[] = [];
  for (let n = 0; n < runs; n += 1) all.push(await once(line, n));
  const took = all.map((one) => one.took);
  const { bytes, lines } = all[0] as (typeof all)[number];
  const cells = [median(took).toFixed(0), Math.max(...took).toFixed(0), (bytes / 1024).toFixed(0), lines];
  process.stdout.write(`| \`${line.split(' ')[0]}\` | ${cells.join(' | ')} |\n`);
}
await database.close();
await databases.close();
remove(folder);
