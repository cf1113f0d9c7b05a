import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { privilegedWindows } from '../../../src/flows/pins/privileged-pins.ts';
import { normalisePrivilegedPin } from '../../../src/foundation/pin-form.ts';
import { brokenRules } from '../../../src/outbound/letter-checker.ts';
import { noteEnded } from '../../../src/store/pins/privileged-pins.ts';
import { issuePrivileged, redeemPrivileged, revokePrivileged } from '../../support/acts/privileged.ts';
import { key, mail, registrySql, startApp } from '../../support/app.ts';
import { remove, scratch } from '../../support/process.ts';
import { postern as typedHere } from '../../support/processes/typed-here.ts';

let postern: Awaited<ReturnType<typeof startApp>>;
let number = '';
const deps = () => {
  const { database, letterBuilder, relay, vault, settings } = postern.app;
  return { database, letterBuilder, relay, vault, policy: settings.policy };
};
const to = (contact: string) => ({ site: '1000345', contact, case: number });
const allSent = () =>
  postern.until(
    'sent',
    async () => (await postern.query(`select from letters where state in ('queued', 'unknown')`)).length === 0,
  );

async function lastLetter(address: string) {
  await allSent();
  const letter = postern.sink.letters.filter((one) => one.rcptTo.includes(address)).at(-1);
  if (!letter) throw new Error(`no letter to ${address}`);
  expect(brokenRules(letter.raw, { to: address, from: 'support@desk.example' })).toEqual([]);
  return (await simpleParser(Buffer.from(letter.raw))).text ?? '';
}

async function issue(contact = 'tess@aldous.example'): Promise<string> {
  await issuePrivileged(deps(), to(contact));
  const [pin = ''] = /\bp[0-9A-Z]{9}\b/.exec(await lastLetter('tess@aldous.example')) ?? [];
  expect(normalisePrivilegedPin(pin)).toBe(pin);
  return pin;
}
const told = async (kind: string) =>
  (
    await postern.query<{ n: number }>(
      `select count(*)::int as n from case_events e join cases c on c.id = e.case_id join audit a on a.subject_id = c.number and a.action = e.kind
     and a.detail->>'pin' = e.detail->>'pin' where e.kind = $1`,
      [kind],
    )
  )[0]?.n;

const folder = scratch('privileged');
/** `postern …` as somebody types it, beside the Postern that runs. */
async function typed(...words: string[]): Promise<{ code: number | null; said: string }> {
  const { HOME = '' } = process.env;
  const env = { HOME, DATABASE_URL: postern.app.databaseUrl, SECRET_KEY: key, NO_COLOR: '1' };
  const { code, out, err } = await typedHere(folder, { ...env, SUPPORT_ADDRESS: 'support@desk.example' }, ...words);
  return { code, said: out + err };
}

beforeAll(async () => {
  postern = await startApp();
  await postern.query(registrySql);
  await postern.query(
    `insert into contacts (site_id, name, role, types, position) values (1, 'Tess Turing', 'technical contact', '{}', 3)`,
  );
  await postern.query(
    `insert into contact_addresses (site_id, contact_id, address, main) values (1, 3, 'tess@aldous.example', true)`,
  );
  await postern.handIn(mail({ subject: 'PIN 345 Workflow stops' }));
  await postern.until('opened', async () => (await postern.query('select from cases')).length === 1);
  number = (await postern.query<{ number: string }>('select number from cases'))[0]?.number ?? '';
  await allSent();
});
afterAll(async () => {
  await postern.stop();
  remove(folder);
});
beforeEach(async () => {
  await postern.query('delete from privileged_pins');
});

describe('§1 a privileged PIN', () => {
  it('goes to the address on record, opens the window once and until its end, and the primary is told', async () => {
    const pin = await issue();
    expect(await privilegedWindows(deps(), { pin })).toMatchObject({ open: false });
    // Read as a person writes it.
    const used = await redeemPrivileged(deps(), ` ${pin.toLowerCase()} `);
    expect(used).toMatchObject({ open: true, site: '1000345', case: number, contact: '3' });
    expect(await privilegedWindows(deps(), { pin })).toMatchObject({ open: true });
    expect((await privilegedWindows(deps(), { site: '1000345' })).windows).toHaveLength(1);
    const letter = await lastLetter('ada@aldous.example');
    expect(letter).toContain('A privileged PIN was used for Aldous Robotics.');
    expect(letter).toContain('Tess Turing');
    expect(letter.toUpperCase()).not.toContain(pin.toUpperCase());
    await expect(redeemPrivileged(deps(), pin)).rejects.toMatchObject({ code: 'conflict' });
    expect([await told('privileged-pin-issued'), await told('privileged-pin-redeemed')]).toEqual([1, 1]);
  });

  it('is used by one of two at the same moment', async () => {
    const pin = await issue();
    const both = await Promise.allSettled([1, 2].map(() => redeemPrivileged(deps(), pin)));
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('I7 never lives longer than 24 hours, used or not', async () => {
    const pin = await issue();
    await expect(
      postern.query(`update privileged_pins set expires_at = issued_at + interval '24 hours 1 second'`),
    ).rejects.toThrow('check');
    await redeemPrivileged(deps(), pin);
    await postern.query(
      `update privileged_pins set issued_at = now() - interval '25 hours', redeemed_at = now() - interval '2 hours', expires_at = now() - interval '1 hour'`,
    );
    expect(await privilegedWindows(deps(), { pin })).toEqual({ open: false, windows: [] });
    expect((await privilegedWindows(deps(), { site: '1000345' })).open).toBe(false);
    await noteEnded(deps().database);
    expect(await noteEnded(deps().database)).toBe(0);
    expect(await told('privileged-pin-expired')).toBe(1);

    const unused = await issue();
    await postern.query(
      `update privileged_pins set issued_at = now() - interval '25 hours', expires_at = now() - interval '1 hour' where redeemed_at is null`,
    );
    await expect(redeemPrivileged(deps(), unused)).rejects.toThrow('expired');
  });

  it('is revoked before its use and after it', async () => {
    const pin = await issue();
    await revokePrivileged(deps(), pin);
    await expect(redeemPrivileged(deps(), pin)).rejects.toThrow('revoked');
    const other = await issue();
    await redeemPrivileged(deps(), other);
    await revokePrivileged(deps(), other);
    expect(await privilegedWindows(deps(), { pin: other })).toMatchObject({ open: false });
    expect(await told('privileged-pin-revoked')).toBe(2);
    const third = await issue();
    const all = await Promise.allSettled([1, 2, 3].map(() => revokePrivileged(deps(), third)));
    const lost = all.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect(lost).toHaveLength(2);
    for (const reason of lost) expect(reason).toContain('was revoked');
  });

  it('is for a primary, secondary or technical contact, and only as long as they are one at that address', async () => {
    await expect(issuePrivileged(deps(), to('max@aldous.example'))).rejects.toMatchObject({ code: 'conflict' });
    await expect(issuePrivileged(deps(), to('eve@elsewhere.example'))).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(issuePrivileged(deps(), { ...to('tess@aldous.example'), case: '1' })).rejects.toMatchObject({
      code: 'not-found',
    });
    const pin = await issue();
    await postern.query(`update contacts set role = 'authorized user' where id = 3`);
    await expect(redeemPrivileged(deps(), pin)).rejects.toThrow('another role');
    await postern.query(`update contacts set role = 'technical contact' where id = 3`);
    await postern.query(`update contact_addresses set address = 'new@aldous.example' where contact_id = 3`);
    await expect(redeemPrivileged(deps(), pin)).rejects.toThrow('another address');
    await postern.query(`update contact_addresses set address = 'tess@aldous.example' where contact_id = 3`);
    expect(await redeemPrivileged(deps(), pin)).toMatchObject({ open: true });
  });

  it('is issued, used and revoked from the command line, which never shows it', async () => {
    const issued = await typed('pin', 'privileged', '1000345', 'tess@aldous.example', number);
    expect(issued).toMatchObject({ code: 0, said: expect.stringContaining('tells the PIN to its contact') });
    const [pin = ''] = /\bp[0-9A-Z]{9}\b/.exec(await lastLetter('tess@aldous.example')) ?? [];
    expect(issued.said).not.toContain(pin);
    const used = await typed('pin', 'redeem', pin, '--json');
    expect(JSON.parse(used.said)).toMatchObject({ open: true, site: '1000345', case: number });
    expect(await typed('pin', 'redeem', pin)).toEqual({ code: 1, said: 'This privileged PIN has been used.\n' });
    expect(await typed('pin', 'revoke', pin)).toMatchObject({ code: 0, said: expect.stringContaining('is revoked') });
    expect(await typed('pin', 'redeem', 'p7KQ2M9XWX')).toEqual({ code: 1, said: 'There is no such privileged PIN.\n' });
  }, 30_000);
});
