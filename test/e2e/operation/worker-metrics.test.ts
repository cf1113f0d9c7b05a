import { afterAll, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { openSender } from '../../../src/smtp/send.ts';
import { key, mail } from '../../support/app.ts';
import { freePort, scratch } from '../../support/process.ts';
import { workerFleet } from '../../support/processes/processes.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const ending: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const page = async (port: number, path: string): Promise<{ status: number; text: string }> => {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: answer.status, text: await answer.text() };
  } catch {
    return { status: 0, text: '' };
  }
};
async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 40_000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

it('workers of their own show their own counters where METRICS_LISTEN says, each what it has counted itself', async () => {
  const database = await freshDatabase();
  ending.push(() => database.drop());
  const [inbox, intake, smtp] = [await freePort(), await freePort(), await freePort()];
  const fleet = workerFleet(
    { DATABASE_URL: database.url, SUPPORT_ADDRESS: 'support@desk.example', SECRET_KEY: key, DNS_SERVERS: 'off' },
    scratch('metrics'),
  );
  ending.push(() => fleet.kill());
  fleet.start('inbox', { SMTP_LISTEN: `127.0.0.1:${smtp}`, METRICS_LISTEN: `127.0.0.1:${inbox}` });
  fleet.start('intake', { METRICS_LISTEN: `127.0.0.1:${intake}` });
  await until('both are alive', async () =>
    (await Promise.all([page(inbox, '/healthz'), page(intake, '/healthz')])).every((one) => one.status === 200),
  );
  const toUs = openSender({ url: `smtp://127.0.0.1:${smtp}?ignoreTLS=true`, log: silentLog });
  ending.push(() => toUs.close());
  const raw = Buffer.from(mail({ subject: 'Hello' }).replaceAll('\n', '\r\n'));
  expect((await toUs.send({ envelopeFrom: 'a@b.example', to: 'support@desk.example', raw })).kind).toBe('sent');

  await until('the decision is counted', async () =>
    /^postern_mails_decided_total\{outcome="held-\w+"[^}]*\} 1$/m.test((await page(intake, '/metrics')).text),
  );
  const doors = (await page(inbox, '/metrics')).text;
  expect(doors).toMatch(/^postern_mails_received_total\{door="smtp",kind="stored"\} 1$/m);
  expect(doors).not.toContain('postern_mails_decided_total');
  expect(doors).toContain('process_cpu_user_seconds_total');
  // Nothing else is served there.
  expect((await page(intake, '/api/v1/mails')).status).toBe(404);
  expect(await fleet.stop()).toEqual([0, 0]);
}, 90_000);
