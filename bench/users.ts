/**
 * How long `USERS` and `ADD` take where a site has 5,000 people (POLICY §7), from the bytes of the mail to the bytes of the letter:
 *
 *     node bench/users.ts [--people 5000] [--runs 20]
 *
 * All of it in this process, one mail after the other, on the embedded PostgreSQL: what a mail waits for a queue or a server is not in it.
 */
import { parseArgs } from 'node:util';
import { mailFrom, openInProcess } from './lib/in-process.ts';
import { median } from './lib/numbers.ts';

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

const bench = await openInProcess('bench-users', fill);

async function once(line: string, n: number) {
  const raw = mailFrom('p1@large.test', {
    ...{ to: 'support@desk.example', subject: `People ${n}`, id: `users-${n}`, body: line },
  });
  const { took, decision, letters } = await bench.answer(raw);
  if (decision.outcome !== 'command-done') throw new Error(`${line}: ${decision.outcome}, ${decision.reason}`);
  const [first] = letters;
  return { took, bytes: first?.raw?.length ?? 0, lines: first?.text.split('\n').length ?? 0 };
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
await bench.close();
