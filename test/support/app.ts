/** A whole Postern in this process, on a database of its own and a mail server that can refuse. */
import pg from 'pg';
import { readSettings } from '../../src/config/settings.ts';
import { receiveBatcher } from '../../src/flows/intake/receive-batcher.ts';
import { type Log, silentLog } from '../../src/foundation/log.ts';
import { silentMeter } from '../../src/foundation/meter.ts';
import { type App, openApp } from '../../src/runtime/app.ts';
import { openReceiver } from '../../src/smtp/receive.ts';
import { openSender } from '../../src/smtp/send.ts';
import { clockJobs } from '../../workers/clock-jobs.ts';
import { startIntake } from '../../workers/intake.ts';
import { startOutbound } from '../../workers/outbound.ts';
import { startScheduler } from '../../workers/scheduler.ts';
import { scratch } from './process.ts';
import { emptyTables, freshDatabase } from './servers/postgres.ts';
import { startSmtpSink } from './servers/smtp-sink.ts';

/** Fails the test it stands in: nothing unexpected is to be said. */
export const loudLog: Log = {
  ...silentLog,
  error: (fields, message) => console.error(message, fields),
  warn: (fields, message) => console.warn(message, fields),
};

export const key = 'a key of thirty-two bytes or more for tests';

/** Site 1000345 with PIN 345, entitled through 2026 and 2027; Ada primary, Max with a further address. */
export const registrySql = `
insert into products (name) values ('Vault');
insert into sites (number, name, country, timezone, language) values ('1000345', 'Aldous Robotics', 'GB', 'Europe/London', 'en');
insert into pins (site_id, pin) values (1, '345');
insert into contacts (site_id, name, role, types, position) values (1, 'Ada Byron', 'primary', '{primary,renewal}', 1), (1, 'Max Ernst', 'authorized user', '{}', 2);
insert into contact_addresses (site_id, contact_id, address, main) values (1, 1, 'ada@aldous.example', true), (1, 2, 'max@aldous.example', true), (1, 2, 'm.ernst@aldous.example', false);
insert into plans (site_id, kind, valid_from, valid_to, position) values (1, 'standard', '2026-01-01', '2027-12-31', 1);
insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, position) values
 (1, 'U-1001', 1, 'user', 50, '2026-01-01', '2027-12-31', 1), (1, 'S-1001', 1, 'support', 50, '2026-01-01', '2027-12-31', 2);`;

/** `on`: a database that is there; it is dropped in the end. */
export async function startApp(
  extra: Record<string, string> = {},
  on?: { readonly url: string; drop(): Promise<void> },
) {
  const database = on ?? (await freshDatabase());
  const sink = await startSmtpSink();
  const folder = scratch('app');
  const settings = readSettings('work', {
    folder,
    env: {
      DATABASE_URL: database.url,
      SMTP_URL: sink.url,
      SUPPORT_ADDRESS: 'support@desk.example',
      SECRET_KEY: key,
      AUTHSERV_ID: 'mx.desk.example',
      DNS_SERVERS: 'off',
      ...extra,
    },
  });
  const app: App = await openApp({
    settings,
    log: loudLog,
    meter: silentMeter,
    hold: 'join',
    say() {},
    threads: 1,
  });
  const gone = () => {};
  const workers = [await startIntake(app, gone), await startOutbound(app, gone), await startScheduler(app, gone)];
  const one = receiveBatcher(app.receive);
  const receiver = async (protocol: 'lmtp' | 'smtp') =>
    openReceiver({
      protocol,
      host: '127.0.0.1',
      port: 0,
      addresses: settings.ours,
      receive: async (raw, envelope, arrivedAt) => {
        await one({ raw, arrivedAt, envelope, origin: { kind: protocol, name: protocol } });
      },
      log: loudLog,
      meter: silentMeter,
    });
  const lmtp = await receiver('lmtp');
  const smtp = await receiver('smtp');
  const toUs = openSender({ url: `smtp://127.0.0.1:${smtp.port}?ignoreTLS=true`, log: silentLog });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const query = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await client.query<T>(text, values)).rows;
  const until = async (what: string, check: () => Promise<boolean>, seconds = 20) => {
    const end = Date.now() + seconds * 1000;
    while (!(await check())) {
      if (Date.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  };
  return {
    app,
    settings,
    sink,
    lmtpPort: lmtp.port,
    smtpPort: smtp.port,
    query,
    /** Hands a mail in by SMTP and waits for the 250. */
    handIn: async (mail: string, from = 'ada@aldous.example', to = 'support@desk.example') => {
      const outcome = await toUs.send({ envelopeFrom: from, to, raw: Buffer.from(mail.replaceAll(/\r?\n/g, '\r\n')) });
      if (outcome.kind !== 'sent') throw new Error(`not taken: ${outcome.response}`);
    },
    /** Asks until the answer is yes. */
    until,
    /** Whatever the clock has found due by now is done, without waiting for its ticks. */
    async runClock() {
      for (const { run } of clockJobs(app)) await run();
    },
    /** As it was when it started, for the next test of a file: nothing on its way, no row, no letter, and this registry. */
    async anew(registry = registrySql) {
      const onItsWay = `select from mails where state = 'new' union all select from outbox
        union all select from letters where state in ('queued', 'unknown')`;
      await until('all is quiet', async () => (await query(onItsWay)).length === 0);
      await emptyTables(query);
      sink.letters.length = 0;
      await query(registry);
    },
    async stop() {
      await client.end();
      await toUs.close();
      await Promise.all([lmtp.close(), smtp.close()]);
      await Promise.all(workers.map((worker) => worker.close()));
      await app.close();
      await sink.stop();
      await database.drop();
    },
  };
}

let count = 0;
/** A plain mail; the body may be anything. */
export const mail = (given: { subject: string; body?: string; from?: string; headers?: string; id?: string }): string =>
  [
    `From: ${given.from ?? 'Ada Byron <ada@aldous.example>'}`,
    'To: support@desk.example',
    `Subject: ${given.subject}`,
    `Message-ID: ${given.id ?? `<test-${process.pid}-${++count}@aldous.example>`}`,
    'Date: Sat, 21 Nov 2026 10:00:00 +0000',
    ...(given.headers ? [given.headers] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    given.body ?? 'The nightly workflow stops with error 17.',
    '',
  ].join('\n');
