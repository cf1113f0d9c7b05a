/**
 * Whether the time of an answer tells a site number that is right from one that nobody has (POLICY §8.2, §8.3): a request for access, and the
 * answer that shows that the address is theirs, each from the bytes of the mail to the bytes of the letter, in turn:
 *
 *     node bench/access-numbers.ts [--mails 1000]
 *
 * All of it in this process on the embedded PostgreSQL; nothing is written, so the limits of letters are never reached. Every asker is new.
 */
import { parseArgs } from 'node:util';
import { tokenMessageIdFor } from '../src/mail/subject/thread-token.ts';
import { key, mailFrom, openInProcess } from './lib/in-process.ts';
import { median, quantile } from './lib/numbers.ts';

const { values: given } = parseArgs({ options: { mails: { type: 'string', default: '1000' } } });
const mails = Number(given.mails);
if (!Number.isInteger(mails) || mails < 10) {
  process.stderr.write('--mails is a whole number, 10 at least.\n');
  process.exit(2);
}

const numbers = { known: '7000001', unknown: '7654321' } as const;
type Kind = keyof typeof numbers;

const fill = `
  insert into sites (number, name, country, timezone, language) values ('7000001', 'Large Works', 'GB', 'Europe/London', 'en');
  insert into contacts (site_id, name, role, types, position)
    select s.id, 'Person ' || n, case when n = 1 then 'primary' else 'authorized user' end, '{}', n
    from sites s, generate_series(1, 50) n where s.number = '7000001';
  insert into contact_addresses (site_id, contact_id, address, main)
    select c.site_id, c.id, 'p' || c.position || '@large.test', true from contacts c join sites s on s.id = c.site_id where s.number = '7000001';
  with asked as (
    insert into access_requests (site_named, address, name, country, role, justification, language)
    select case when g % 2 = 0 then '7000001' else '7654321' end, 'asker' || g || '@firm' || g || '.test', 'Asker', 'GB', null, 'On call', 'en'
    from generate_series(1, ${2 * mails}) g returning id, address
  ), stepped as (
    insert into access_request_steps (request_id, kind, at, by)
    select id, kind, now() - interval '1 hour', 'clock' from asked, unnest(array['asked', 'verify-sent']) kind
  )
  insert into letters (idempotency_key, template, priority, language, to_address, stranger, rate_key, matter, subject,
    message_id, envelope_from, raw, state, give_up_at, asks)
  select 'verify:' || id, 'access-verify', 0, 'en', address, true, address, 'access:' || id, 'Access?', '<verify-' || id || '>', '', 'x',
    'sent', now(), jsonb_build_object('kind', 'verify-access', 'request', id::text) from asked;
  analyze`;

const bench = await openInProcess('bench-access', fill);

type Written = { from: string; subject: string; body: string; answers?: string };

/** The outcome has to be the same for both. */
async function once({ from, ...mail }: Written): Promise<{ took: number; outcome: string }> {
  const raw = mailFrom(from, { to: 'access@desk.example', id: `asks-${mail.subject.length}`, ...mail });
  const { took, decision } = await bench.answer(raw);
  return { took, outcome: `${decision.outcome}, ${decision.letters.length} letters` };
}

const rows = await bench.query<{ letter: string; address: string; kind: Kind }>(
  `select l.id::text as letter, r.address, case when r.site_named = '7000001' then 'known' else 'unknown' end as kind
   from letters l join access_requests r on r.id = (l.asks->>'request')::bigint order by r.id`,
);
const steps = {
  request: (kind: Kind, n: number): Written => ({
    ...{ from: `new${n}@office${n}.test`, subject: `ACCESS ${numbers[kind]}` },
    body: 'Country: GB\r\nJustification: I run the printers.',
  }),
  verified: (_: Kind, n: number): Written => {
    const { letter = '', address = '' } = rows[n] ?? {};
    return {
      from: address,
      subject: 'Re: Access?',
      body: 'Yes',
      answers: tokenMessageIdFor(letter, 'desk.example', key),
    };
  },
} as const;

process.stdout.write(`${mails} of each in turn, milliseconds\n\n`);
process.stdout.write('| Step | number | median | p95 | outcome |\n| --- | --- | ---: | ---: | --- |\n');
for (const [step, write] of Object.entries(steps)) {
  const took: Record<Kind, number[]> = { known: [], unknown: [] };
  const outcomes: Record<Kind, Set<string>> = { known: new Set(), unknown: new Set() };
  for (let n = 0; n < 2 * mails; n += 1) {
    const kind = step === 'verified' ? (rows[n]?.kind ?? 'known') : n % 2 === 0 ? 'known' : 'unknown';
    const { took: ms, outcome } = await once(write(kind, n));
    // What is compiled on the first calls is nobody's time.
    if (n >= 40) took[kind].push(ms);
    outcomes[kind].add(outcome);
  }
  for (const kind of ['known', 'unknown'] as const) {
    const cells = [
      median(took[kind]).toFixed(2),
      quantile(took[kind], 0.95).toFixed(2),
      [...outcomes[kind]].join('; '),
    ];
    process.stdout.write(`| ${step} | ${kind} | ${cells.join(' | ')} |\n`);
  }
  const ratio = (of: (values: readonly number[]) => number) =>
    `${((of(took.known) / of(took.unknown)) * 100).toFixed(1)} %`;
  process.stdout.write(
    `| ${step} | known to unknown | ${ratio(median)} | ${ratio((all) => quantile(all, 0.95))} | |\n`,
  );
}
await bench.close();
