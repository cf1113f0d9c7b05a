import { createHash } from 'node:crypto';
import pg from 'pg';
import { acts } from '../../../src/acts/list.ts';
import { holidaysOf } from '../../../src/calendar/holidays.ts';
import { openReports } from '../../../src/flows/reports/reports.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { openDatabase } from '../../../src/store/database.ts';
import type { WebActions, WebDeps } from '../../../src/web/deps.ts';
import { createMeter } from '../../../src/web/metrics.ts';
import { createWeb } from '../../../src/web/server.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

export const token = 'a-token-of-the-tests';

type Database = { readonly url: string; drop(): Promise<void> };

/** `on`: a database that is there; it is dropped in the end. */
export async function openWeb(more: Partial<Omit<WebDeps, 'actions'>> & { actions?: WebActions; on?: Database } = {}) {
  const fresh = more.on ?? (await freshDatabase());
  const database = openDatabase(fresh.url, silentLog, 4);
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  const { actions = {}, on: _, ...rest } = more;
  const web = createWeb({
    reports: openReports(database, holidaysOf),
    queues: null,
    apiToken: token,
    readiness: async () => ({ ready: true, reasons: [], notes: [] }),
    metrics: createMeter(),
    log: silentLog,
    publicUrl: 'http://127.0.0.1:8080',
    actions,
    acts,
    ...rest,
  });
  const site = await web.listen({ host: '127.0.0.1', port: 0 });
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) };
    return fetch(`http://127.0.0.1:${site.port}${path}`, { ...init, headers });
  };
  return {
    web,
    site,
    database,
    url: fresh.url,
    ask,
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
    json: async (path: string, init: RequestInit = {}): Promise<any> => (await ask(path, init)).json(),
    // biome-ignore lint/suspicious/noExplicitAny: rows of any table
    sql: async (text: string, values: unknown[] = []): Promise<any[]> => (await client.query(text, values)).rows,
    async close() {
      await site.close();
      await client.end();
      await database.close();
      await fresh.drop();
    },
  };
}
export type TestWeb = Awaited<ReturnType<typeof openWeb>>;

export async function addMail(web: TestWeb, mail: Record<string, unknown> & { raw: string }): Promise<string> {
  const { raw, ...fields } = mail;
  const row = {
    arrived_at: '2026-03-01T10:00:00Z',
    door: 'hand',
    door_name: 'test',
    sha256: createHash('sha256').update(raw).digest(),
    size: raw.length,
    ...fields,
  };
  const names = Object.keys(row);
  const [stored] = await web.sql(
    `insert into mails (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning id`,
    Object.values(row),
  );
  await web.sql('insert into mail_bytes (mail_id, raw) values ($1, $2)', [stored.id, Buffer.from(raw, 'latin1')]);
  await web.sql("insert into arrivals (mail_id, door, door_name, first) values ($1, 'hand', 'test', true)", [
    stored.id,
  ]);
  return stored.id;
}

export async function addSite(web: TestWeb, number = '1000345'): Promise<string> {
  const [site] = await web.sql(
    "insert into sites (number, name, country, timezone, language) values ($1, 'Aldous Robotics', 'GB', 'Europe/London', 'en') returning id",
    [number],
  );
  return site.id;
}

export async function addCase(web: TestWeb, given: Record<string, unknown>): Promise<string> {
  const row = {
    title: 'The vault does not open',
    severity: 3,
    kind: 'incident',
    status: 'open',
    opened_at: '2026-03-01T10:00:00Z',
    contact_address: 'ada@aldous.example',
    language: 'en',
    ...given,
  };
  const names = Object.keys(row);
  const [made] = await web.sql(
    `insert into cases (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning id`,
    Object.values(row),
  );
  return made.id;
}

let letters = 0;
export async function addLetter(web: TestWeb, given: Record<string, unknown> = {}): Promise<string> {
  letters += 1;
  const row = {
    idempotency_key: `key-${letters}`,
    template: 'case-opened',
    priority: 0,
    language: 'en',
    to_address: 'ada@aldous.example',
    stranger: false,
    rate_key: 'ada@aldous.example',
    matter: 'case',
    subject: 'Your case',
    message_id: `<letter-${letters}@desk.example>`,
    envelope_from: 'support@desk.example',
    raw: Buffer.from('x'),
    state: 'sent',
    give_up_at: '2027-01-01T00:00:00Z',
    ...given,
  };
  const names = Object.keys(row);
  const [made] = await web.sql(
    `insert into letters (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning id`,
    Object.values(row),
  );
  return made.id;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
export const told = (answer: Response): Promise<any> => answer.json();
