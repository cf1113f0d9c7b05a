/** POLICY §1, §8.8, §11.2: a site runs its list of people by mail, through a real mailbox and out by SMTP; and nobody else does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Inbox, startInbox } from '../../../workers/inbox.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';
import { decoded } from '../../support/mails/gateway.ts';
import { startDovecot } from '../../support/servers/dovecot.ts';

let postern: Awaited<ReturnType<typeof startApp>>;
let dovecot: Awaited<ReturnType<typeof startDovecot>>;
let inbox: Inbox;
let user = '';

const ada = 'ada@aldous.example';
const jurgen = 'juergen@bergwerk.example';
const bergwerk = `
insert into sites (number, name, country, timezone, language) values ('1000512', 'Bergwerk Maschinenbau', 'DE', 'Europe/Berlin', 'de');
insert into pins (site_id, pin) values (2, '512');
insert into contacts (site_id, name, role, types, position) values (2, 'Jürgen Müller', 'primary', '{primary}', 1), (2, 'Sabine Köhler', 'technical contact', '{}', 2);
insert into contact_addresses (site_id, contact_id, address, main) values (2, 3, '${jurgen}', true), (2, 4, 'sabine@bergwerk.example', true);
insert into plans (site_id, kind, valid_from, valid_to, position) values (2, 'standard', '2026-01-01', '2027-12-31', 1);
insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, position) values
 (2, 'U-2001', 1, 'user', 50, '2026-01-01', '2027-12-31', 1), (2, 'S-2001', 1, 'support', 50, '2026-01-01', '2027-12-31', 2);`;

beforeAll(async () => {
  dovecot = await startDovecot();
  user = dovecot.freshUser();
  postern = await startApp({ IMAP_URL: dovecot.url(user) });
  await postern.query(registrySql);
  await postern.query(bergwerk);
  inbox = await startInbox(postern.app);
  await postern.until(
    'the first sight',
    async () => (await postern.query('select from mailboxes where watermark is not null')).length === 1,
  );
});
afterAll(async () => {
  await inbox?.close();
  await postern?.stop();
  await dovecot?.stop();
});

type Grade = 'verified' | 'unverified' | 'failed';
const graded = (from: string, grade: Grade): string[] =>
  grade === 'unverified'
    ? []
    : [
        `Authentication-Results: mx.desk.example; dmarc=${grade === 'verified' ? 'pass' : 'fail (p=reject)'} header.from=${from.split('@')[1]}`,
      ];
type Written = {
  readonly body?: string;
  readonly subject?: string;
  readonly grade?: Grade;
  readonly answers?: string;
  readonly headers?: readonly string[];
};

let mails = 0;
/** Puts a mail in the mailbox, and waits until it is decided. */
async function write(from: string, { body = '', subject, grade = 'verified', answers, headers = [] }: Written) {
  mails += 1;
  const id = `<people-${mails}-${process.pid}@client.example>`;
  const lines = [...graded(from, grade), ...(answers ? [`In-Reply-To: ${answers}`] : []), ...headers];
  const raw = mail({ from, subject: subject ?? `Mail ${mails}`, body, id, headers: lines.join('\n') });
  dovecot.deliver(user, raw.replaceAll(/\r?\n/g, '\r\n'));
  const rows = () =>
    postern.query<{ outcome: string; reason: string }>(
      `select outcome, reason from mails where message_id = $1 and state = 'decided'`,
      [id],
    );
  await postern.until(`the decision on ${body || subject}`, async () => (await rows()).length > 0, 30);
  return (await rows())[0]?.outcome ?? '';
}

type Sent = { readonly text: string; readonly id: string; readonly raw: string };
const sentTo = (to: string): Sent[] =>
  postern.sink.letters
    .filter(({ rcptTo }) => rcptTo.includes(to))
    .map(({ raw }) => ({
      text: decoded(raw),
      id: /^Message-ID: (<.*>)\r$/im.exec(raw.toString('latin1'))?.[1] ?? '',
      raw: raw.toString('latin1'),
    }));
/** The newest letter to somebody that says so, once there is one. */
async function told(to: string, what: RegExp): Promise<Sent> {
  const found = () => sentTo(to).filter(({ text }) => what.test(text));
  await postern.until(`a letter to ${to} that says ${what}`, async () => found().length > 0, 30);
  return found().at(-1) as Sent;
}
const codeIn = ({ text }: Sent): string => /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(text)?.[0] ?? 'no code';

const people = async (site: number) =>
  Object.fromEntries(
    (
      await postern.query<{ address: string; role: string }>(
        `select a.address, c.role from contacts c join contact_addresses a on a.contact_id = c.id and a.main
         where c.site_id = $1 order by 1`,
        [site],
      )
    ).map(({ address, role }) => [address, role]),
  );
const everything = () =>
  postern.query(
    `select c.site_id, c.name, c.role, c.privileges, a.address, a.main from contacts c
     join contact_addresses a on a.contact_id = c.id order by 1, 5`,
  );

describe('a day of a site’s people, in English', () => {
  it('lists who is there, with a table', async () => {
    expect(await write(ada, { subject: 'USERS' })).toBe('command-done');
    const { text, raw } = await told(ada, /has 2 contacts/);
    expect(text).toMatch(/Max Ernst, max@aldous\.example[\s\S]*We recommend one/);
    expect(raw).toMatch(/filename="?contacts-1000345\.csv/);
  });

  it('puts several on record with one mail, welcomes each, and they are served at once', async () => {
    const body =
      'ADD Nia Vale nia@aldous.example secondary: night shift\nADD Ben Sol ben@aldous.example user\nADD Tom Reed tom@aldous.example technical contact\n\nThank you\nAda';
    expect(await write(ada, { body })).toBe('command-done');
    for (const to of ['nia@aldous.example', 'ben@aldous.example', 'tom@aldous.example'])
      expect((await told(to, /put you on record at Aldous Robotics/)).text).toContain('Ada Byron');
    expect((await told(ada, /Done, for Aldous Robotics/)).text).toContain('nia@aldous.example: added as secondary');
    expect(await write('ben@aldous.example', { subject: 'PIN 345 Export stops', body: 'It stops.' })).toBe(
      'case-opened',
    );
  });

  it('corrects the list by an answer to it, and says that it is right', async () => {
    const list = await told(ada, /Your own entry/);
    const body = 'Phone: +44 20 7946 0011\n\nben@aldous.example\nE-mail: ben.sol@aldous.example';
    expect(await write(ada, { body, answers: list.id, grade: 'unverified' })).toBe('confirmation-asked');
    const asked = await told(ada, /Phone: \+44 20 7946 0011[\s\S]*ben\.sol/);
    expect(await write(ada, { body: codeIn(asked), answers: asked.id })).toBe('answer-settled');
    for (const to of ['ben@aldous.example', 'ben.sol@aldous.example'])
      await told(to, /letters go to ben\.sol@aldous\.example from now on/);
    expect(await write('ben.sol@aldous.example', { body: 'CONTACTS\nE-mail: ben@aldous.example\nHours: 9 to 5' })).toBe(
      'command-done',
    );
    expect(await write(ada, { body: 'Yes, all correct', answers: list.id })).toBe('answer-settled');
    await told(ada, /noted that the contacts of Aldous Robotics/);
    expect(
      await postern.query(`select 1 from sites where number = '1000345' and contacts_confirmed_at is not null`),
    ).toHaveLength(1);
  });

  it('changes roles and privileges, each told to whom it is about', async () => {
    const body = 'ROLE max@aldous.example licence user\nPRIVILEGE ben@aldous.example documents none';
    expect(await write(ada, { body })).toBe('command-done');
    await told('max@aldous.example', /max@aldous\.example: is now licence user/);
    await told('ben@aldous.example', /documents: none/);
  });

  it('refuses line by line, and does nothing of it', async () => {
    const before = await everything();
    const lines = [1, 2, 3, 4].map((n) => `ADD S${n} Hill s${n}@aldous.example secondary`);
    expect(await write(ada, { body: [...lines, 'REMOVE nobody@aldous.example'].join('\n') })).toBe('command-refused');
    const { text } = await told(ada, /Nothing was changed/);
    expect(text).toMatch(/s3@aldous\.example: added as secondary\n\s*Not done: this line is in order/);
    expect(text).toMatch(/s4@aldous\.example[\s\S]*as many secondaries[\s\S]*nobody of this address/);
    expect(await everything()).toEqual(before);
  });

  it('takes somebody off, and their mail about open cases ends', async () => {
    expect(await write(ada, { body: 'REMOVE m.ernst@aldous.example: has left' })).toBe('command-done');
    await told('max@aldous.example', /removed/);
    expect(await people(1)).not.toHaveProperty('max@aldous.example');
    expect(await write('max@aldous.example', { subject: 'USERS' })).toBe('held-unknown');
  });

  it('asks an unverified decider back by a code that is for these lines and for no others', async () => {
    const body = 'ADD Kay Moor kay@aldous.example user';
    expect(await write(ada, { body, grade: 'unverified' })).toBe('confirmation-asked');
    const asked = await told(ada, /ADD Kay Moor kay@aldous\.example/);
    expect(asked.text).toContain('ADD Kay Moor kay@aldous.example authorized user');
    const answer = `${codeIn(asked)}\n\nADD Eve Moss eve@elsewhere.example secondary`;
    expect(await write(ada, { body: answer, grade: 'unverified', answers: asked.id })).toBe('answer-settled');
    await told('kay@aldous.example', /put you on record/);
    expect(await people(1)).not.toHaveProperty('eve@elsewhere.example');
  });

  it('hands the primary role over once both have said so', async () => {
    expect(await write(ada, { body: 'ROLE nia@aldous.example primary' })).toBe('confirmation-asked');
    await told(ada, /asked nia@aldous\.example to confirm/);
    const asked = await told('nia@aldous.example', /make you the primary contact/);
    expect(await people(1)).toMatchObject({ [ada]: 'primary', 'nia@aldous.example': 'secondary' });
    expect(await write('nia@aldous.example', { body: codeIn(asked), grade: 'unverified', answers: asked.id })).toBe(
      'answer-settled',
    );
    expect(await people(1)).toMatchObject({ [ada]: 'secondary', 'nia@aldous.example': 'primary' });
    await told(ada, /is now primary/);
    expect(await write(ada, { body: 'REMOVE nia@aldous.example' })).toBe('command-refused');
    expect(await write('nia@aldous.example', { body: `ROLE ${ada} primary` })).toBe('confirmation-asked');
    const back = await told(ada, /make you the primary contact/);
    expect(await write(ada, { body: codeIn(back), answers: back.id })).toBe('answer-settled');
    expect(await people(1)).toMatchObject({ [ada]: 'primary', 'nia@aldous.example': 'secondary' });
  });

  it('stands in the audit by id, with the mail that asked', async () => {
    const rows = await postern.query<{ action: string; actor: string; detail: unknown }>(
      `select action, actor, detail from audit where subject_kind = 'contact' order by id`,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      ...['contact-added', 'contact-added', 'contact-added'],
      ...['contact-details-set'],
      // Letters that can be ended stay where they go (§10.6).
      ...['subscription-set', 'subscription-set', 'contact-details-set', 'contact-details-set'],
      ...['role-set', 'privilege-set', 'contact-removed'],
      ...['contact-added', 'role-set', 'role-set', 'role-set', 'role-set'],
    ]);
    for (const { actor, detail } of rows) {
      expect(actor).toMatch(/^mail:\d+$/);
      expect(JSON.stringify(detail)).not.toContain('@');
    }
  });
});

describe('a day of a site’s people, in German', () => {
  it('lists, adds by a sentence, changes, takes off and hands over', async () => {
    expect(await write(jurgen, { body: 'BENUTZER' })).toBe('command-done');
    await told(jurgen, /hat 2 Ansprechpersonen/);
    const body = 'Bitte Nina Falk (nina@bergwerk.example) als Benutzerin eintragen.\n\nViele Grüße\nSabine Köhler';
    expect(await write('sabine@bergwerk.example', { body })).toBe('command-done');
    await told('nina@bergwerk.example', /Bergwerk Maschinenbau/);
    await told(jurgen, /von Sabine Köhler geändert/);
    expect(await write(jurgen, { body: 'ROLLE nina@bergwerk.example Stellvertretung' })).toBe('command-done');
    await told('nina@bergwerk.example', /ist jetzt Stellvertretung/);
    expect(await write(jurgen, { body: 'ROLLE nina@bergwerk.example Hauptansprechperson' })).toBe('confirmation-asked');
    const asked = await told('nina@bergwerk.example', /Hauptansprechperson von Bergwerk/);
    expect(await write('nina@bergwerk.example', { body: codeIn(asked), answers: asked.id })).toBe('answer-settled');
    expect(await write('nina@bergwerk.example', { body: `ENTFERNEN ${jurgen}` })).toBe('command-done');
    await told(jurgen, /entfernt/);
    expect(await people(2)).toEqual({
      'nina@bergwerk.example': 'primary',
      'sabine@bergwerk.example': 'technical contact',
    });
  });
});

const added = 'ADD Eve Moss eve@elsewhere.example secondary';
const attacks: Readonly<Record<string, readonly [from: string, given: Written]>> = {
  'an authorized user adds': ['ben@aldous.example', { body: added }],
  'a secondary, who may see access, removes': ['nia@aldous.example', { body: 'REMOVE ben@aldous.example' }],
  'an authorized user raises themself': ['ben@aldous.example', { body: 'ROLE ben@aldous.example secondary' }],
  'an authorized user gives themself a privilege': [
    'ben@aldous.example',
    { body: 'PRIVILEGE ben@aldous.example manage access update' },
  ],
  'a technical contact takes the primary role': ['tom@aldous.example', { body: 'ROLE tom@aldous.example primary' }],
  'a technical contact removes the primary': ['tom@aldous.example', { body: `REMOVE ${ada}` }],
  'a technical contact lowers the primary': ['tom@aldous.example', { body: `PRIVILEGE ${ada} cases none` }],
  'a technical contact gives more than their own': ['tom@aldous.example', { body: added }],
  'a technical contact raises themself': [
    'tom@aldous.example',
    { body: 'PRIVILEGE tom@aldous.example documents update' },
  ],
  'a second primary is added': [ada, { body: 'ADD Eve Moss eve@elsewhere.example primary' }],
  'a forged decider': [ada, { body: added, grade: 'failed' }],
  'an unverified decider': [ada, { body: added, grade: 'unverified' }],
  'an unverified decider, in the subject': [ada, { subject: added, grade: 'unverified' }],
  'an unverified decider hands over': [ada, { body: 'ROLE ben@aldous.example primary', grade: 'unverified' }],
  'somebody not on record': ['eve@elsewhere.example', { body: added }],
  'somebody not on record, with the PIN': ['eve@elsewhere.example', { subject: `PIN 345 ${added}` }],
  'a plus address of the decider': ['ada+x@aldous.example', { body: added }],
  'a homograph of the decider': ['\u0430da@aldous.example', { body: added }],
  'who was removed': ['max@aldous.example', { body: added }],
  'a decider of another site, which they name': ['nina@bergwerk.example', { body: `ADD 1000345 ${added.slice(4)}` }],
  'a decider of another site, of its people': ['nina@bergwerk.example', { body: 'REMOVE ben@aldous.example' }],
  'a decider of another site, with its PIN': [
    'nina@bergwerk.example',
    { subject: 'PIN 345 REMOVE ben@aldous.example' },
  ],
  'a quoted command': [ada, { body: `> ${added}\n`, subject: 'Re: New colleague' }],
  'a quoted command below words': [ada, { body: `Who asked for this?\n\n> ${added}\n`, subject: 'Re: New colleague' }],
  'a forwarded command': [
    ada,
    { subject: 'Fwd: x', body: `-----Original Message-----\nFrom: eve@elsewhere.example\n\n${added}\n` },
  ],
  'a command below the signature': [ada, { body: `Hello\n\n-- \n${added}\n` }],
  'an automatic reply': [ada, { body: added, headers: ['Auto-Submitted: auto-replied'] }],
  'an out-of-office that quotes': [
    ada,
    { subject: 'Out of office', body: `I am away.\n\n> ${added}`, headers: ['Auto-Submitted: auto-replied'] },
  ],
  'a command that is not the first line': [ada, { subject: 'Question', body: `Eve asks:\n${added}` }],
  'two senders': [`${ada}, eve@elsewhere.example`, { body: added }],
  'a name that is the decider’s': [`"${ada}" <eve@elsewhere.example>`, { body: added }],
  'a wrong code': [ada, { body: '7777-7777', grade: 'unverified' }],
};

describe('nobody else', () => {
  it.each(Object.entries(attacks))('%s', async (_, [from, given]) => {
    const before = await everything();
    const outcome = await write(from, given);
    expect(await everything()).toEqual(before);
    expect(['command-done', 'answer-settled']).not.toContain(outcome);
  });

  it('has a code do what it was not asked for: wrong, of a colleague, quoted, a second time, too late', async () => {
    const before = await everything();
    expect(await write(ada, { body: 'REMOVE kay@aldous.example', grade: 'unverified' })).toBe('confirmation-asked');
    const asked = await told(ada, /REMOVE kay@aldous\.example/);
    const code = codeIn(asked);
    const tried: [string, Written][] = [
      ['ben@aldous.example', { body: code, answers: asked.id }],
      ['tom@aldous.example', { body: code, answers: asked.id }],
      ['nina@bergwerk.example', { body: code }],
      ['eve@elsewhere.example', { body: code, answers: asked.id }],
      [ada, { body: `No!\n\n> ${code}`, answers: asked.id }],
      [ada, { body: code, answers: asked.id, grade: 'failed' }],
      [ada, { body: code, answers: asked.id, headers: ['Auto-Submitted: auto-replied'] }],
    ];
    for (const [from, given] of tried) {
      await write(from, given);
      expect(await everything(), `${from} ${given.body}`).toEqual(before);
    }
    await postern.query(`update confirmation_codes set expires_at = now() where closed_at is null`);
    expect(await write(ada, { body: code, answers: asked.id, grade: 'unverified' })).toBe('command-refused');
    expect(await everything()).toEqual(before);
  });

  it('hands over what is no longer theirs', async () => {
    expect(await write(ada, { body: 'ROLE ben@aldous.example primary' })).toBe('confirmation-asked');
    const ben = await told('ben@aldous.example', /make you the primary contact/);
    expect(await write(ada, { body: 'ROLE tom@aldous.example primary' })).toBe('confirmation-asked');
    const tom = await told('tom@aldous.example', /make you the primary contact/);
    expect(await write('tom@aldous.example', { body: codeIn(tom), answers: tom.id })).toBe('answer-settled');
    const before = await everything();
    await write('ben@aldous.example', { body: codeIn(ben), answers: ben.id });
    expect(await everything()).toEqual(before);
    expect(await people(1)).toMatchObject({ 'tom@aldous.example': 'primary', 'ben@aldous.example': 'authorized user' });
  });
});

it('§8.8 above twenty an hour client care does it, and the decider hears so', async () => {
  const lines = Array.from({ length: 21 }, (_, n) => `ADD P${n} Hill p${n}@bergwerk.example user`);
  expect(await write('nina@bergwerk.example', { body: lines.join('\n') })).toBe('command-refused');
  await told('nina@bergwerk.example', /Kundenbetreuung|Kundenservice|Team/);
  expect(await postern.query(`select 1 from care_clocks`)).toHaveLength(1);
  expect(await write('nina@bergwerk.example', { body: lines.slice(0, 19).join('\n') })).toBe('command-done');
  expect(await write('nina@bergwerk.example', { body: lines[20] ?? '' })).toBe('command-refused');
});
