/** A case as a mail opens it, for tests of what is done with one. */
import type pg from 'pg';
import { mail } from './app.ts';

type Desk = {
  handIn(mail: string, from?: string): Promise<void>;
  query<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  until(what: string, check: () => Promise<boolean>): Promise<void>;
};

const headers = 'Authentication-Results: mx.desk.example; dmarc=pass header.from=aldous.example';

/** Its number, once its mail is decided. */
export async function openedCase(
  desk: Desk,
  subject = 'The vault is shut',
  more: { readonly body?: string; readonly from?: string; readonly headers?: string } = {},
): Promise<string> {
  const { body = 'It is shut.\n', from = 'ada@aldous.example' } = more;
  const given = {
    subject: `PIN 345 ${subject}`,
    from,
    body,
    headers: more.headers ? `${headers}\n${more.headers}` : headers,
  };
  await desk.handIn(mail(given), from);
  const found = () =>
    desk.query<{ number: string | null }>(
      `select c.number
       from mails m
       join cases c on c.id = m.case_id
       where m.subject = $1
       order by m.id desc
       limit 1`,
      [given.subject],
    );
  await desk.until(`${subject} is a case`, async () => (await found()).length > 0);
  return (await found())[0]?.number ?? '';
}

/** Written on it by its customer. */
export async function customerWrites(
  desk: Desk,
  number: string,
  body: string,
  from = 'ada@aldous.example',
): Promise<void> {
  await desk.handIn(mail({ subject: `Re: [Case ${number}] PIN 345`, from, body, headers }), from);
  const there = () =>
    desk.query('select from case_messages m join cases c on c.id = m.case_id where c.number = $1 and m.text like $2', [
      number,
      `%${body.trim()}%`,
    ]);
  await desk.until(`"${body}" is on case ${number}`, async () => (await there()).length > 0);
}

/** Many messages, written in one statement: every other one by the customer. */
export async function withManyMessages(desk: Pick<Desk, 'query'>, number: string, count: number): Promise<void> {
  await desk.query(
    `insert into case_messages (case_id, direction, author, text, at)
     select
       c.id,
       case when n % 2 = 0 then 'in' else 'out' end,
       case when n % 2 = 0 then 'ada@aldous.example' else 'kim@desk.example' end,
       'Message ' || n || '. ' || repeat('The vault is still shut and nobody knows why. ', 20),
       c.opened_at + n * interval '1 minute'
     from cases c, generate_series(1, $2::int) n
     where c.number = $1`,
    [number, count],
  );
  await desk.query(
    `insert into case_events (case_id, at, kind, detail)
     select c.id, c.opened_at + n * interval '1 minute', 'updated', '{}'
     from cases c, generate_series(1, $2::int) n
     where c.number = $1`,
    [number, count],
  );
}
