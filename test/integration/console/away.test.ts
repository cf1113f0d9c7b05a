/** With PostgreSQL, Redis, IMAP or SMTP taken away the overview says so within 15 s, and recovers by itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startInbox } from '../../../workers/inbox.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { startDovecot, type TestDovecot } from '../../support/servers/dovecot.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { startRedis, type TestRedis } from '../../support/servers/redis.ts';
import { type SmtpSink, startSmtpSink } from '../../support/servers/smtp-sink.ts';
import { type ProxyMode, startTcpProxy, type TcpProxy } from '../../support/servers/tcp-proxy.ts';

let desk: TestConsole;
let kim: Awaited<ReturnType<TestConsole['as']>>;
let dovecot: TestDovecot;
let redis: TestRedis;
let sink: SmtpSink;
let inbox: Awaited<ReturnType<typeof startInbox>>;
const proxies = {} as Record<'postgres' | 'redis' | 'imap' | 'smtp', TcpProxy>;

beforeAll(async () => {
  const database = await freshDatabase();
  [dovecot, redis, sink] = await Promise.all([startDovecot(), startRedis(), startSmtpSink()]);
  const at = new URL(database.url);
  proxies.postgres = await startTcpProxy({ port: Number(at.port), host: at.hostname });
  proxies.redis = await startTcpProxy({ port: redis.port });
  proxies.imap = await startTcpProxy({ port: dovecot.port, host: dovecot.host });
  proxies.smtp = await startTcpProxy({ port: sink.port });
  const user = dovecot.freshUser();
  const proxied = new URL(database.url);
  proxied.hostname = '127.0.0.1';
  proxied.port = `${proxies.postgres.port}`;
  desk = await startConsole(
    {
      DATABASE_URL: proxied.href,
      REDIS_URL: `redis://127.0.0.1:${proxies.redis.port}`,
      IMAP_URL: `imap://${user}:${dovecot.password}@127.0.0.1:${proxies.imap.port}`,
      SMTP_URL: `smtp://127.0.0.1:${proxies.smtp.port}?ignoreTLS=true`,
    },
    database,
  );
  inbox = await startInbox(desk.app);
  kim = await desk.as('kim');
  await until('all is seen', async () => (await kim.page('/')).includes('Mails in, today'), 20);
}, 120_000);
afterAll(async () => {
  await Promise.all(Object.values(proxies).map((proxy) => proxy.mode('pass')));
  await inbox?.close();
  await desk?.stop();
  await Promise.all(Object.values(proxies).map((proxy) => proxy.stop()));
  await Promise.all([dovecot?.stop(), redis?.stop(), sink?.stop()]);
}, 60_000);

async function until(what: string, check: () => Promise<boolean>, seconds: number): Promise<number> {
  const began = performance.now();
  while (!(await check().catch(() => false))) {
    if (performance.now() - began > seconds * 1000) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 200));
  }
  return (performance.now() - began) / 1000;
}
const says = async (what: RegExp): Promise<boolean> => what.test(await kim.page('/'));

describe.each([
  ['postgres', /The database has not answered/],
  ['redis', /The queues have not answered/],
  ['imap', /ailbox [\w-]+,? .*(?:does not answer|has not been read)/],
  ['smtp', /The mail server for letters,? .*does not answer/],
] as const)('with %s taken away the overview', (which, what) => {
  it.each(['reset', 'drop'] as const satisfies readonly ProxyMode[])(
    'says so within 15 s, and recovers by itself (%s)',
    async (mode) => {
      expect(await says(what)).toBe(false);
      await proxies[which].mode(mode);
      const took = await until(`it is said of ${which}`, () => says(what), 15);
      expect(took).toBeLessThanOrEqual(15);
      const page = await kim.page('/');
      expect(page).toMatch(/nothing is lost|Letters wait|Mail is taken and stored/);
      await proxies[which].mode('pass');
      await until(`it is over for ${which}`, async () => !(await says(what)) && (await says(/Mails in, today/)), 90);
    },
    120_000,
  );
});

it('shows what was seen last while the database is away, with its time, and lets nobody in who was not known', async () => {
  await proxies.postgres.mode('reset');
  await until('it is said', () => says(/Figures of .*when the database last answered/), 15);
  const stranger = await desk.ask('/');
  expect([303, 503]).toContain(stranger.status);
  // Whoever is remembered looks at pages, and changes nothing.
  const answer = await kim.post('/queues/intake/pause', { csrf: 'x', reason: 'x' });
  expect(answer.status).toBe(503);
  await proxies.postgres.mode('pass');
  await until('it is back', async () => !(await says(/when the database last answered/)), 60);
}, 120_000);
