import { afterAll, beforeAll, expect, it } from 'vitest';
import { runSummaries } from '../../../src/flows/letters/run-summaries.ts';
import { renewLapsedMails } from '../../../src/flows/mail/renew-lapsed.ts';
import { mailId, siteId } from '../../../src/foundation/ids.ts';
import { writeChanges } from '../../../src/store/changes/write.ts';
import { exportSite } from '../../../src/store/registry/registry.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';
import { putSite } from '../../support/put-site.ts';

let postern: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  postern = await startApp();
  await postern.query(
    registrySql
      .replaceAll("'2027-12-31'", '(current_date - 40)::text::date')
      .replaceAll("'2026-01-01'", 'current_date - 400'),
  );
});
afterAll(async () => {
  await postern?.stop();
});

const outcomes = () =>
  postern.query<{ id: string; subject: string; outcome: string }>(
    'select id::text, subject, outcome from mails order by arrived_at, id',
  );
const summaries = () =>
  postern.query<{ to: string; cases: number }>(
    `select to_address as "to", state from letters where template = 'opened-summary' order by id`,
  );
const deps = () => ({
  database: postern.app.database,
  relay: postern.app.relay,
  letterBuilder: postern.app.letterBuilder,
  policy: postern.settings.policy,
});

/** A mail of this contact that arrived so many hours ago. */
async function arrived(
  subject: string,
  hours: number,
  from = 'Ada Byron <ada@aldous.example>',
  more: { id?: string; headers?: string } = {},
) {
  await postern.app.receive([
    {
      raw: Buffer.from(mail({ subject, from, ...more }).replaceAll('\n', '\r\n')),
      arrivedAt: new Date(Date.now() - hours * 3_600_000),
      envelope: { mailFrom: 'ada@aldous.example', rcptTo: ['support@desk.example'] },
      origin: { kind: 'smtp', name: 'smtp' },
    },
  ]);
  await postern.until(
    'decided',
    async () => (await postern.query(`select from mails where state = 'new'`)).length === 0,
  );
}
async function renew(days: number) {
  const { database } = postern.app;
  const day = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);
  const site = (await exportSite(database, '1000345')) as unknown as Record<string, unknown>;
  const licences = (site.licences as object[]).map((one) => ({ ...one, to: day(365) }));
  const plans = [{ kind: 'standard', from: day(days), to: day(365) }];
  await putSite(database, '1000345', { ...site, licences, plans });
}

it('§2.5 when the contract is renewed, held mails become cases in their order, with their times of arrival, and one summary letter says so', async () => {
  await arrived('PIN 345 The second', 20);
  await arrived('PIN 345 The first', 30);
  await arrived('PIN 345 Of Max', 25, 'Max Ernst <max@aldous.example>');
  expect((await outcomes()).map((one) => one.outcome)).toEqual(Array(3).fill('support-lapsed'));

  // Nothing changes, nothing happens; and a contract that begins in a week is none yet.
  expect(await renewLapsedMails(postern.app.intake())).toBe(0);
  await renew(7);
  expect(await renewLapsedMails(postern.app.intake())).toBe(0);
  expect((await outcomes()).map((one) => one.outcome)).toEqual(Array(3).fill('support-lapsed'));

  await renew(0);
  expect(await renewLapsedMails(postern.app.intake())).toBe(3);
  expect(
    await postern.query(
      'select c.title, c.opened_at = m.arrived_at as kept from cases c join mails m on m.case_id = c.id order by c.id',
    ),
  ).toEqual([
    { title: 'The first', kept: true },
    { title: 'Of Max', kept: true },
    { title: 'The second', kept: true },
  ]);
  await runSummaries(deps());
  await runSummaries(deps());
  expect((await summaries()).map((one) => one.to).sort()).toEqual(['ada@aldous.example', 'max@aldous.example']);
  const told = () =>
    postern.sink.letters
      .map((one) => one.raw.toString('latin1').replace(/=\r\n/g, ''))
      .filter((one) => one.includes('has been renewed'));
  await postern.until('both letters', async () => told().length === 2);
  const text = told().find((one) => one.includes('The second'));
  expect(text).toMatch(/has been renewed[\s\S]*The first[\s\S]*The second/);
  // Once is once.
  expect(await renewLapsedMails(postern.app.intake())).toBe(0);
  expect(await postern.query('select from cases')).toHaveLength(3);
  expect(await postern.query(`select from audit where action = 'contract-renewed'`)).toHaveLength(3);
}, 60_000);

it('§2.5 a mail whose sender was taken off the registry meanwhile does not come in by the renewal', async () => {
  await postern.query(`update plans set valid_to = current_date - 40, valid_from = current_date - 400`);
  await arrived('PIN 345 From Max again', 5, 'Max Ernst <max@aldous.example>');
  expect((await outcomes()).at(-1)?.outcome).toBe('support-lapsed');
  await postern.query(`delete from contacts where name = 'Max Ernst'`);
  await renew(0);
  expect(await renewLapsedMails(postern.app.intake())).toBe(0);
  expect((await outcomes()).at(-1)?.outcome).toBe('support-lapsed');
}, 60_000);

it('§2.5 what was put back and never decided, because its worker was killed, comes by the sweeper', async () => {
  await postern.query(`update plans set valid_to = current_date - 40, valid_from = current_date - 400`);
  await arrived('PIN 345 Left behind', 4);
  const [left] = (await outcomes()).slice(-1);
  expect(left?.outcome).toBe('support-lapsed');
  await postern.query(`update plans set valid_to = current_date + 300`);
  const [site] = await postern.query<{ id: string }>('select id::text from sites');
  const admitted = { by: 'renewal', site: siteId(site?.id ?? ''), renewed: true } as const;
  const id = mailId(left?.id ?? '');
  const [row] = await postern.query<{ fence: string }>('select fence::text from mails where id = $1', [id]);
  const renewed = { kind: 'mail-renewed', mail: id, fence: row?.fence ?? '', was: 'support-lapsed', admitted } as const;
  const put = () =>
    postern.app.database.transaction((tx) => writeChanges(tx, [{ ...renewed, at: '', by: { kind: 'clock' } }]));
  await put();
  // A second one is not taken up, and no letter sums up before the mail is decided.
  await expect(put()).rejects.toMatchObject({ code: 'facts-stale' });
  await postern.query(`update mails set due_at = now() - interval '1 second' where state = 'new'`);
  await postern.runClock();
  await postern.until('the case', async () => (await outcomes()).at(-1)?.outcome === 'case-opened');
});

it('§2.5 a reply to a held mail comes to the case that mail becomes', async () => {
  await postern.query(`update plans set valid_to = current_date - 40, valid_from = current_date - 400`);
  await arrived('PIN 345 The press stands still', 3, undefined, { id: '<press@aldous.example>' });
  await arrived('Re: PIN 345 The press stands still', 2, undefined, {
    id: '<press-2@aldous.example>',
    headers: 'In-Reply-To: <press@aldous.example>',
  });
  expect((await outcomes()).slice(-2).map((one) => one.outcome)).toEqual(['support-lapsed', 'support-lapsed']);
  await renew(0);
  expect(await renewLapsedMails(postern.app.intake())).toBe(2);
  expect((await outcomes()).slice(-2).map((one) => one.outcome)).toEqual(['case-opened', 'case-updated']);
  const pair = await postern.query<{ case_id: string }>(
    `select case_id::text from mails order by arrived_at desc, id desc limit 2`,
  );
  expect(new Set(pair.map((one) => one.case_id)).size).toBe(1);
  expect(pair[0]?.case_id).not.toBeNull();
}, 60_000);
