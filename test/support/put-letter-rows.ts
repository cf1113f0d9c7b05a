/** Letters in each state, as rows, for tests of what is shown and done about them. */
import { composeLetter } from '../../src/outbound/compose.ts';

type Query = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

let made = 0;

const bytes = (subject: string, text: string, messageId: string): Uint8Array =>
  composeLetter({
    rendered: { subject, text, html: `<!doctype html><p>${text}</p>`, languages: ['en'] },
    from: { name: 'Support', address: 'support@desk.example' },
    to: 'ada@aldous.example',
    messageId,
    date: '2026-11-23T09:30:00Z',
    boundary: `b${made}`,
    answers: null,
    autoSubmitted: 'auto-generated',
    loopMark: `m${made}`,
  });

/** Its id. `text` is what it says; with `seal` its bytes are handed to it and stored as sealed. */
export async function putLetter(
  query: Query,
  {
    text = 'Your case is open.',
    subject = 'Your case',
    seal,
    ...given
  }: Record<string, unknown> & {
    text?: string;
    subject?: string;
    seal?: (raw: Uint8Array, id: string) => Uint8Array;
  } = {},
): Promise<string> {
  made += 1;
  const [drawn] = await query(`select nextval('letter_ids')::text as id`);
  const id = String(drawn?.id);
  const messageId = `<row-${made}@desk.example>`;
  const raw = bytes(subject, text, messageId);
  const row = {
    id,
    idempotency_key: `row-${made}`,
    template: 'acknowledgement',
    priority: 0,
    language: 'en',
    to_address: 'ada@aldous.example',
    stranger: false,
    rate_key: 'ada@aldous.example',
    matter: 'case',
    subject,
    message_id: messageId,
    envelope_from: 'support@desk.example',
    raw: seal ? Buffer.from(seal(raw, id)) : Buffer.from(raw),
    sealed: seal !== undefined,
    state: 'sent',
    give_up_at: '2030-01-01T00:00:00Z',
    ...given,
  };
  const names = Object.keys(row);
  await query(
    `insert into letters (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(row),
  );
  return id;
}
