/** Cases as rows, for lists that are looked at: on site 1 of the registry of the tests. */
type Query = (text: string, values?: unknown[]) => Promise<readonly Record<string, unknown>[]>;
type Said = {
  readonly text: string;
  readonly author?: string;
  readonly direction?: 'in' | 'out' | 'note';
  readonly files?: readonly string[];
};

/** The number of the case. */
export async function putCase(query: Query, given: Readonly<Record<string, unknown>> = {}, said: readonly Said[] = []) {
  const [drawn] = await query("select nextval('case_numbers')::text as number");
  const row: Record<string, unknown> = {
    ...{ number: drawn?.number, site_id: 1, title: 'The vault does not open', severity: 3, kind: 'incident' },
    ...{ status: 'open', opened_at: '2026-03-01T10:00Z', contact_address: 'ada@aldous.example', language: 'en' },
    ...(given.status === 'closed' && { closed_at: '2026-03-03T10:00Z' }),
    ...given,
  };
  const names = Object.keys(row);
  const [made] = await query(
    `insert into cases (${names.join()}) values (${names.map((_, i) => `$${i + 1}`).join()}) returning id`,
    Object.values(row),
  );
  for (const { author = 'ada@aldous.example', text, files = [], direction = 'in' } of said)
    await query(
      `insert into case_messages (case_id, direction, author, text, attachments, at) values ($1, $2, $3, $4, $5, now())`,
      [made?.id, direction, author, text, JSON.stringify(files.map((name) => ({ name, type: 'text/plain', size: 1 })))],
    );
  return `${row.number}`;
}
