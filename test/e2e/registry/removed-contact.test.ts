/** POLICY §8.9, §3.r10: who was taken off the registry has no part in the cases of the site any more, their own neither. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportRegistry } from '../../../src/flows/registry/registry-files.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';
import { putSite } from '../../support/put-site.ts';

let running: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  running = await startApp();
  await running.query(registrySql);
});
afterAll(() => running.stop());

const max = 'Max Ernst <max@aldous.example>';

async function decided(given: Parameters<typeof mail>[0] & { id: string }): Promise<string | undefined> {
  await running.handIn(mail({ from: max, ...given }), 'max@aldous.example');
  const found = () =>
    running.query<{ outcome: string | null }>('select outcome from mails where message_id = $1', [given.id]);
  await running.until(`${given.id} is decided`, async () => typeof (await found())[0]?.outcome === 'string');
  return (await found())[0]?.outcome ?? undefined;
}

it('§8.9 whoever was removed, or lost an address, writes on no case of the site any more', async () => {
  expect(await decided({ subject: 'PIN 345 Export stops', id: '<own@aldous.example>' })).toBe('case-opened');
  await running.until('the acknowledgement', async () => running.sink.letters.length > 0);
  const [letter] = await running.query<{ id: string }>('select message_id as id from letters');
  const reply = { subject: 'Re: Export stops', headers: `In-Reply-To: ${letter?.id}`, body: 'It stops still.' };
  expect(await decided({ ...reply, id: '<before@aldous.example>' })).toBe('case-updated');

  const [site] = (await exportRegistry(running.app.database, ['1000345'])).sites;
  const contacts = site?.contacts ?? [];
  const without = contacts.map((one) => (one.name === 'Max Ernst' ? { ...one, email: 'm.ernst@aldous.example' } : one));
  const renamed = without.map(({ aliases: _, ...one }) => one);
  await putSite(running.app.database, '1000345', { ...site, contacts: renamed });
  expect(await decided({ ...reply, id: '<lost@aldous.example>' })).toBe('held-stranger-on-case');
  const other = { ...reply, from: 'Max Ernst <m.ernst@aldous.example>', id: '<kept@aldous.example>', body: 'And now?' };
  expect(await decided(other)).toBe('case-updated');

  await putSite(running.app.database, '1000345', { ...site, contacts: contacts.slice(0, 1) });
  expect(await decided({ ...other, id: '<gone@aldous.example>', body: 'Hello?' })).toBe('held-stranger-on-case');
  expect(await running.query('select address from case_participants')).toEqual([]);
}, 60_000);
