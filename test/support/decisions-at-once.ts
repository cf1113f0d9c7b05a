/** Two deciders decide about one request at the same moment, by mail or on their pages (POLICY §8.7): it is decided once. */
import { openDecisionPages } from '../../src/flows/access/decision-page.ts';
import { decisionCodeFor, decisionTokenFor, tokenMessageIdFor } from '../../src/mail/subject/thread-token.ts';
import type { AccessDesk } from './access-desk.ts';
import { written } from './access-desk.ts';
import { key } from './app.ts';

const deciders = ['Ada Byron <ada@aldous.example>', 'Tom Hale <tom@aldous.example>'] as const;
const addressIn = (who: string): string => /<(.*)>/.exec(who)?.[1] ?? who;

/** Requests that wait, as they are once both have been asked; each with the letter of each. */
async function waiting(desk: AccessDesk, count: number): Promise<{ request: string; letters: readonly string[] }[]> {
  const rows = await desk.query<{ request: string; letters: string[] }>(
    `with asked as (
       insert into access_requests (site_named, address, name, country, role, justification, language)
       select '1000345', 'twice' || g || '@elsewhere.example', 'Twice ' || g, 'GB', 'authorized user', 'On call', 'en'
       from generate_series(1, $1::int) g returning id
     ), stepped as (
       insert into access_request_steps (request_id, kind, at, by)
       select id, kind, now() - interval '1 day', 'clock' from asked, unnest(array['asked', 'verified', 'deciders-asked']) kind
     ), wrote as (
       insert into letters (idempotency_key, template, priority, language, to_address, stranger, rate_key, matter, subject,
         message_id, envelope_from, raw, state, give_up_at, asks)
       select 'twice:' || id || ':' || who, 'access-question', 0, 'en', who, false, who, 'access:' || id, 'Access?',
         '<twice-' || id || '-' || who || '>', '', 'x', 'sent', now(),
         jsonb_build_object('kind', 'decide-access', 'request', id::text, 'turn', 0)
       from asked, unnest($2::text[]) who returning id, asks->>'request' as request, to_address
     )
     select request, array_agg(id::text order by to_address) as letters from wrote group by request`,
    [count, deciders.map(addressIn)],
  );
  return rows;
}

type Told = {
  readonly decisions: number;
  readonly undecided: number;
  readonly toldLate: number;
  readonly people: number;
};

/** Each is decided by two at once: by mail and mail, by page and page, by mail and page in turn. */
export async function decideAtOnce(desk: AccessDesk, count: number): Promise<Told> {
  const pages = openDecisionPages({ ...desk.app, keys: [key] });
  const requests = await waiting(desk, count);
  const byMail = (letter: string, who: number, body: string) => {
    const messageId = tokenMessageIdFor(letter, 'desk.example', key);
    const from = deciders[who] as string;
    const answers = { id: letter, subject: 'Access?', messageId, text: '' };
    return desk.handIn(written({ from, subject: 'Re: Access?', body, answers }), addressIn(from));
  };
  const byPage = (letter: string, decision: 'grant' | 'deny') =>
    pages.decide(decisionTokenFor(letter, key), {
      ...{ decision, code: decisionCodeFor(letter, key) },
      ...(decision === 'deny' && { reason: 2 }),
    });
  let n = 0;
  for (const { letters } of requests) {
    const [ada = '', tom = ''] = letters;
    const way = n % 3;
    n += 1;
    await Promise.all([
      way === 1 ? byPage(ada, 'grant') : byMail(ada, 0, 'GRANT'),
      way === 0 ? byMail(tom, 1, 'DENY 2') : byPage(tom, 'deny'),
    ]);
  }
  await desk.until(
    'all mails are decided',
    async () => (await desk.query("select from mails where state = 'new'")).length === 0,
    60 + count,
  );
  const ids = requests.map(({ request }) => request);
  const [row] = await desk.query<Told>(
    `select
       count(*) filter (where n = 1)::int as decisions,
       count(*) filter (where n = 0)::int as undecided,
       (select count(*)::int from letters where template = 'access-settled' and matter = any($2)
          and subject like 'Your answer%') as "toldLate",
       (select count(*)::int from contact_addresses where address like 'twice%') as people
     from (
       select (select count(*) from access_request_steps t where t.request_id = r.id and t.kind in ('granted', 'denied')) as n
       from access_requests r where r.id = any($1::bigint[])
     ) counted`,
    [ids, ids.map((id) => `access:${id}`)],
  );
  const [{ granted } = { granted: -1 }] = await desk.query<{ granted: number }>(
    `select count(*)::int as granted from access_request_steps where kind = 'granted' and request_id = any($1::bigint[])`,
    [ids],
  );
  if (!row) throw new Error('nothing counted');
  return { ...row, people: row.people - granted };
}
