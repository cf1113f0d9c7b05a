/** Mails that are held, as they come to a desk; each is waited for until it is decided. */
import type pg from 'pg';
import { mail } from './app.ts';

type Desk = {
  handIn(mail: string, from?: string): Promise<void>;
  query<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  until(what: string, check: () => Promise<boolean>): Promise<void>;
};
type More = { readonly body?: string; readonly name?: string; readonly grade?: 'pass' | 'fail' | 'none' };

/** Its id, once it is decided. */
export async function heldMail(desk: Desk, from: string, subject: string, more: More = {}): Promise<string> {
  const { body, name, grade = 'pass' } = more;
  const headers = `Authentication-Results: mx.desk.example; dmarc=${grade} header.from=${from.split('@')[1]}`;
  const of = name === undefined ? from : `"${name}" <${from}>`;
  await desk.handIn(mail({ subject, from: of, headers, ...(body === undefined ? {} : { body }) }), from);
  const found = () =>
    desk.query<{ id: string; outcome: string | null }>(
      'select id::text, outcome from mails where subject = $1 order by id desc limit 1',
      [subject],
    );
  await desk.until(`${subject} is decided`, async () => (await found())[0]?.outcome != null);
  return (await found())[0]?.id ?? '';
}

export const outcomeOf = async (desk: Pick<Desk, 'query'>, id: string): Promise<string | null> =>
  (await desk.query<{ outcome: string | null }>('select outcome from mails where id = $1', [id]))[0]?.outcome ?? null;
