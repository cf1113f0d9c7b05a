/** The least tables and statements that keep a mail, its case and the order for its letter. */
import type pg from 'pg';

export const tables = `
drop schema if exists bare cascade; create schema bare;
create table bare.customers (id bigint generated always as identity primary key, address text not null unique);
create table bare.cases (id bigint generated always as identity primary key, customer_id bigint references bare.customers, title text not null, state text not null default 'open');
create index on bare.cases (state, id);
create table bare.mails (id bigint generated always as identity primary key, case_id bigint references bare.cases, message_id text not null unique, sender text not null,
  title text not null, text text not null, headers jsonb not null, raw bytea not null);
create index on bare.mails (case_id);
create table bare.letters (id bigint generated always as identity primary key, case_id bigint not null references bare.cases, state text not null default 'queued');
create index on bare.letters (id) where state = 'queued';`;

export type Read = {
  readonly messageId: string;
  readonly sender: string;
  readonly title: string;
  readonly text: string;
  readonly headers: string;
  readonly raw: Buffer;
};
export type Order = {
  readonly letter: string;
  readonly caseId: string;
  readonly to: string;
  readonly title: string;
  readonly messageId: string;
};

type Client = pg.PoolClient;
const ask = async <Row extends pg.QueryResultRow>(
  client: Client | pg.Pool,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> => (await client.query<Row>({ name, text, values })).rows;

async function within<T>(pool: pg.Pool, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const done = await work(client);
    await client.query('commit');
    return done;
  } finally {
    client.release();
  }
}

/** A transaction a mail, a statement a row. */
export const storeOne = (pool: pg.Pool, mail: Read): Promise<Order[]> =>
  within(pool, async (client) => {
    const { messageId, sender, title, text, headers, raw } = mail;
    const [kept] = await ask<{ id: string }>(
      client,
      'mail',
      'insert into bare.mails (message_id, sender, title, text, headers, raw) values ($1, $2, $3, $4, $5, $6) on conflict (message_id) do nothing returning id',
      [messageId, sender, title, text, headers, raw],
    );
    if (!kept) return [];
    const [opened] = await ask<{ id: string }>(
      client,
      'case',
      'with c as (insert into bare.customers (address) values ($1) on conflict (address) do update set address = excluded.address returning id) insert into bare.cases (customer_id, title) select id, $2 from c returning id',
      [sender, title],
    );
    const caseId = opened?.id ?? '';
    await ask(client, 'link', 'update bare.mails set case_id = $1 where id = $2', [caseId, kept.id]);
    const [letter] = await ask<{ id: string }>(
      client,
      'letter',
      'insert into bare.letters (case_id) values ($1) returning id',
      [caseId],
    );
    return [{ letter: letter?.id ?? '', caseId, to: sender, title, messageId }];
  });

/** The same in one statement, which is its own transaction. */
export async function storeAtOnce(pool: pg.Pool, mail: Read): Promise<void> {
  await ask(
    pool,
    'at-once',
    `with m as (select 1), c as (insert into bare.customers (address) values ($2) on conflict (address) do update set address = excluded.address returning id),
    k as (insert into bare.cases (customer_id, title) select id, $3 from c returning id),
    i as (insert into bare.mails (case_id, message_id, sender, title, text, headers, raw) select id, $1, $2, $3, $4, $5, $6 from k returning id)
    insert into bare.letters (case_id) select id from k`,
    [mail.messageId, mail.sender, mail.title, mail.text, mail.headers, mail.raw],
  );
}

/** Many mails a transaction, a statement a table. */
export const storeMany = (pool: pg.Pool, mails: readonly Read[]): Promise<Order[]> =>
  within(pool, async (client) => {
    const kept = await ask<{ id: string; message_id: string; sender: string; title: string }>(
      client,
      'mails',
      `insert into bare.mails (message_id, sender, title, text, headers, raw)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::bytea[]) on conflict (message_id) do nothing returning id, message_id, sender, title`,
      [
        mails.map((m) => m.messageId),
        mails.map((m) => m.sender),
        mails.map((m) => m.title),
        mails.map((m) => m.text),
        mails.map((m) => m.headers),
        mails.map((m) => m.raw),
      ],
    );
    const senders = kept.map((m) => m.sender);
    await ask(
      client,
      'customers',
      'insert into bare.customers (address) select distinct a from unnest($1::text[]) a on conflict (address) do nothing',
      [senders],
    );
    const opened = await ask<{ id: string }>(
      client,
      'cases',
      `insert into bare.cases (customer_id, title) select c.id, u.t from unnest($1::text[], $2::text[]) with ordinality as u(a, t, o)
      join bare.customers c on c.address = u.a order by u.o returning id`,
      [senders, kept.map((m) => m.title)],
    );
    const caseIds = opened.map((one) => one.id);
    await ask(
      client,
      'links',
      'update bare.mails m set case_id = u.c from unnest($1::bigint[], $2::bigint[]) as u(c, m) where m.id = u.m',
      [caseIds, kept.map((m) => m.id)],
    );
    const letters = await ask<{ id: string }>(
      client,
      'letters',
      'insert into bare.letters (case_id) select unnest($1::bigint[]) returning id',
      [caseIds],
    );
    return kept.map((m, i) => ({
      letter: letters[i]?.id ?? '',
      caseId: caseIds[i] ?? '',
      to: m.sender,
      title: m.title,
      messageId: m.message_id,
    }));
  });

export const markSent = (pool: pg.Pool, letter: string): Promise<unknown> =>
  ask(pool, 'sent', `update bare.letters set state = 'sent' where id = $1`, [letter]);
