/** Rows of any table from plain data; columns that no fact is read from hold something that the constraints let through. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { MailFacts } from '../../../src/mail/parsed-mail.ts';
import type { Tx } from '../../../src/store/database.ts';
import { cases } from '../world.ts';

export type Row = Readonly<Record<string, unknown>>;

export async function insert(tx: Tx, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = sql.join(Object.keys(first).map((name) => sql.ref(name)));
  await sql`insert into ${sql.table(table)} (${columns}) overriding system value
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  );
}

/** Long before any story, so that it is no part of anybody's last 24 hours. */
export const longAgo = '2026-05-01T09:00:00Z';
export const sha256 = (text: string): string => `\\x${createHash('sha256').update(text).digest('hex')}`;
export const idOf = (number: string | null): string | null => cases.find((one) => one.number === number)?.id ?? null;

export const mailRow = (id: string, more: Row): Row => ({
  id,
  arrived_at: longAgo,
  door: 'hand',
  door_name: 'test',
  rcpt_to: [],
  sha256: sha256(`mail ${id}`),
  size: 1,
  stored_at: longAgo,
  due_at: longAgo,
  must_wait: false,
  fence: 1,
  tries: 0,
  to_addresses: [],
  message_id_used_before: false,
  state: 'decided',
  message_id: null,
  from_address: null,
  content_hash: null,
  facts: null,
  case_id: null,
  outcome: 'case-opened',
  ...more,
});

export const letterRow = (id: string, more: Row): Row => ({
  id,
  created_at: longAgo,
  idempotency_key: `letter ${id}`,
  template: 'acknowledgement',
  priority: 0,
  language: 'en',
  stranger: false,
  rate_key: 'nobody',
  follows_own: false,
  matter: 'none',
  subject: '',
  message_id: `<${id}@rows.example>`,
  envelope_from: '',
  raw: '\\x',
  sealed: false,
  case_id: null,
  asks: null,
  settled_at: null,
  state: 'sent',
  fence: 1,
  due_at: longAgo,
  give_up_at: longAgo,
  attempts: 1,
  unknown_times: 0,
  ...more,
});

export const senderOf = (facts: MailFacts): string | null => (facts.from.kind === 'one' ? facts.from.address : null);
