/** What privileges open (POLICY §1, §8.9, §11.7), set and used by mail alone, by IMAP and SMTP, in English and German. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccessDesk, startAccessDesk, verified } from '../../support/access-desk.ts';

const ada = 'Ada Byron <ada@aldous.example>';
const max = 'Max Ernst <max@aldous.example>';
const uta = 'Uta Brandt <uta@brandt.example>';
const jan = 'Jan Lehr <jan@brandt.example>';

/** The German site has bought as well, and has a colleague. */
const bought = `
insert into pins (site_id, pin) values (2, '8877');
insert into plans (site_id, kind, valid_from, valid_to, position) values (2, 'standard', '2026-01-01', '2027-12-31', 1);
insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, position) values
 (2, 'U-2001', 1, 'user', 5, '2026-01-01', '2027-12-31', 1), (2, 'S-2001', 1, 'support', 5, '2026-01-01', '2027-12-31', 2);
insert into contacts (site_id, name, role, types, position) values (2, 'Jan Lehr', 'authorized user', '{}', 2);
insert into contact_addresses (site_id, contact_id, address, main)
 select 2, id, 'jan@brandt.example', true from contacts where name = 'Jan Lehr';`;

let here: AccessDesk;
beforeAll(async () => {
  here = await startAccessDesk({ mailbox: true });
  await here.query(bought);
});
afterAll(() => here?.stop());

const write = (from: string, subject: string, body = '', headers?: readonly string[]) =>
  here.write({ from, subject, body, ...(headers && { headers }) });
const takesPart = (address: string) => here.query('select 1 from case_participants where address = $1', [address]);
const asksFor = async (title: string) =>
  (
    await here.query<{ contact_address: string }>('select contact_address from cases where title like $1', [
      `%${title}%`,
    ])
  )[0]?.contact_address;
const proofsGoTo = async (site: number) =>
  (
    await here.query<{ name: string }>(
      `select name from contacts where site_id = $1 and 'administrative' = any(types) order by name`,
      [site],
    )
  ).map(({ name }) => name);

describe('in English', () => {
  it('takes who may follow cases no more off all of them, and tells who has set it', async () => {
    await write(max, 'PIN 345 The label printer stands', 'Since noon.');
    await write(ada, 'PIN 345 The scanner stands', 'Max knows more.', [verified(ada), 'Cc: max@aldous.example']);
    expect((await takesPart('max@aldous.example')).length).toBe(2);
    expect(await asksFor('label printer')).toBe('max@aldous.example');
    expect(await write(ada, 'PRIVILEGE max@aldous.example cases none')).toMatchObject({ outcome: 'command-done' });
    const told = (await here.letter('ada@aldous.example', 'contacts-changed')).text.replace(/\s+/g, ' ');
    expect(told).toContain('messages about cases go there no more');
    expect((await here.letter('max@aldous.example', 'contacts-changed')).text).toContain('cases: none');
    expect(await takesPart('max@aldous.example')).toEqual([]);
    expect(await asksFor('label printer')).toBe('ada@aldous.example');
    const events = await here.query(`select 1 from case_events where kind = 'requester-set'`);
    expect(events).toHaveLength(1);
  });

  it('copies them on nothing any more, and holds what they write', async () => {
    await write(ada, 'PIN 345 The gate stands', 'Max again.', [verified(ada), 'Cc: max@aldous.example']);
    expect(await takesPart('max@aldous.example')).toEqual([]);
    expect(await write(max, 'PIN 345 And the door', 'It stands too.')).toMatchObject({
      outcome: 'held-may-only-follow',
    });
    await here.letter('max@aldous.example', 'may-only-follow');
    expect(await write(max, 'CASES')).toMatchObject({ outcome: 'command-refused' });
  });

  it('lets them follow, and no more, by view', async () => {
    await write(ada, 'PRIVILEGE max@aldous.example cases view');
    expect(await write(max, 'CASES')).toMatchObject({ outcome: 'command-done' });
    expect((await here.letter('max@aldous.example', 'command-cases')).text).toContain('gate');
    expect(await write(max, 'PIN')).toMatchObject({ outcome: 'command-refused' });
    await write(ada, 'PRIVILEGE max@aldous.example cases default');
    expect(await write(max, 'PIN')).toMatchObject({ outcome: 'command-done' });
  });

  it('opens reports, the list of people and its changes level by level', async () => {
    expect(await write(max, 'LICENCES')).toMatchObject({ outcome: 'command-refused' });
    await write(ada, 'Rights', 'PRIVILEGE max@aldous.example reporting view\nPRIVILEGE max@aldous.example access view');
    expect(await write(max, 'LICENCES')).toMatchObject({ outcome: 'command-done' });
    expect(await write(max, 'USERS')).toMatchObject({ outcome: 'command-done' });
    expect(await write(max, 'ADD Nia Vale nia@aldous.example user')).toMatchObject({ outcome: 'command-refused' });
    await write(ada, 'PRIVILEGE max@aldous.example access update');
    expect(await write(max, 'ADD Nia Vale nia@aldous.example user')).toMatchObject({ outcome: 'command-done' });
    await here.letter('nia@aldous.example', 'contact-welcome');
  });

  it('has the proofs sent to whom the site says', async () => {
    expect(await write(max, 'DOCUMENTS')).toMatchObject({ outcome: 'command-done' });
    expect(await write(max, 'DOCUMENTS max@aldous.example')).toMatchObject({ outcome: 'command-refused' });
    expect(await proofsGoTo(1)).toEqual([]);
    const both = 'DOCUMENTS max@aldous.example\nDOCUMENTS tom@aldous.example';
    expect(await write(ada, 'Proofs', both)).toMatchObject({ outcome: 'command-done' });
    expect(await proofsGoTo(1)).toEqual(['Max Ernst', 'Tom Hale']);
    const other = 'DOCUMENTS REMOVE tom@aldous.example';
    expect(await write(ada, 'Proofs', other)).toMatchObject({ outcome: 'command-done' });
    expect(await proofsGoTo(1)).toEqual(['Max Ernst']);
    const old = (await here.letter('tom@aldous.example', 'contacts-changed', 2)).text.replace(/\s+/g, ' ');
    expect(old).toContain('gets no proofs of entitlement any more');
    const fresh = (await here.lettersTo('max@aldous.example', 'contacts-changed')).at(-1)?.text.replace(/\s+/g, ' ');
    expect(fresh).toContain('gets the proofs of entitlement from now on');
  });
});

describe('in German', () => {
  it('takes who may follow cases no more off all of them, and lets them follow again', async () => {
    await write(jan, 'PIN 8877 Der Drucker steht', 'Seit heute Mittag.');
    expect(await asksFor('Drucker')).toBe('jan@brandt.example');
    expect(await write(uta, 'RECHT jan@brandt.example Fälle keine')).toMatchObject({ outcome: 'command-done' });
    const told = (await here.letter('uta@brandt.example', 'contacts-changed')).text.replace(/\s+/g, ' ');
    expect(told).toContain('Nachrichten zu Fällen gehen nicht mehr dorthin');
    expect([await takesPart('jan@brandt.example'), await asksFor('Drucker')]).toEqual([[], 'uta@brandt.example']);
    expect(await write(jan, 'PIN 8877 Noch etwas', 'Die Tür.')).toMatchObject({ outcome: 'held-may-only-follow' });
    await write(uta, 'RECHT jan@brandt.example Fälle ansehen');
    expect(await write(jan, 'FÄLLE')).toMatchObject({ outcome: 'command-done' });
    expect(await write(jan, 'PIN')).toMatchObject({ outcome: 'command-refused' });
  });

  it('opens reports, the list of people and the proofs', async () => {
    expect(await write(jan, 'LIZENZEN')).toMatchObject({ outcome: 'command-refused' });
    await write(uta, 'RECHT jan@brandt.example Berichte ansehen');
    expect(await write(jan, 'LIZENZEN')).toMatchObject({ outcome: 'command-done' });
    expect(await write(jan, 'BENUTZER')).toMatchObject({ outcome: 'command-refused' });
    await write(uta, 'RECHT jan@brandt.example Zugänge ansehen');
    expect(await write(jan, 'BENUTZER')).toMatchObject({ outcome: 'command-done' });
    expect(await write(jan, 'DOKUMENTE jan@brandt.example')).toMatchObject({ outcome: 'command-refused' });
    await write(uta, 'RECHT jan@brandt.example Dokumente ändern');
    expect(await write(jan, 'Dokumente an jan@brandt.example')).toMatchObject({ outcome: 'command-done' });
    expect(await proofsGoTo(2)).toEqual(['Jan Lehr']);
    const told = async () =>
      (await here.lettersTo('jan@brandt.example', 'contacts-changed')).some(({ text }) =>
        text.replace(/\s+/g, ' ').includes('erhält ab jetzt die Berechtigungsnachweise'),
      );
    await here.until('the new addressee hears of it', told, 12);
  });
});
