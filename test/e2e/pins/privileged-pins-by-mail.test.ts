import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { privilegedWindows } from '../../../src/flows/pins/privileged-pins.ts';
import { tellPrivilegedTries } from '../../../src/flows/pins/tell-privileged-tries.ts';
import { findCodes } from '../../../src/foundation/code-form.ts';
import { normalisePrivilegedPin } from '../../../src/foundation/pin-form.ts';
import { brokenRules } from '../../../src/outbound/letter-checker.ts';
import { redeemPrivileged, revokePrivileged } from '../../support/acts/privileged.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';
import { remove, scratch } from '../../support/process.ts';

let postern: Awaited<ReturnType<typeof startApp>>;
const folder = scratch('privileged-by-mail');
/** One open case for each test. */
let number = '';
let acknowledgement = '';
const deps = () => {
  const { database, letterBuilder, relay, vault, settings } = postern.app;
  return { database, letterBuilder, relay, vault, policy: settings.policy };
};
const tess = 'tess@aldous.example';
const verified = 'Authentication-Results: mx.desk.example; dmarc=pass header.from=aldous.example';
const nameOf = { [tess]: 'Tess Turing', 'max@aldous.example': 'Max Ernst' } as Record<string, string>;

const settled = () =>
  postern.until('settled', async () => {
    const [row] = await postern.query<{ left: number }>(
      `select (select count(*) from mails where state = 'new')::int + (select count(*) from letters where state in ('queued', 'unknown'))::int as left`,
    );
    return row?.left === 0;
  });
const outcomes = () =>
  postern.query<{ id: string; outcome: string; case: string | null }>(
    'select m.id, m.outcome, (select number from cases c where c.id = m.case_id) as case from mails m order by m.id desc',
  );

/** Hands a mail in from Tess, whose server vouches for her, and waits until it and its letters are done. */
async function write(given: { subject?: string; body: string; from?: string; headers?: string; answers?: string }) {
  const from = given.from ?? tess;
  const headers = [given.headers ?? verified, ...(given.answers ? [`In-Reply-To: ${given.answers}`] : [])];
  const raw = mail({
    subject: given.subject ?? `Re: [Case ${number}]`,
    body: given.body,
    from: `${nameOf[from] ?? 'Somebody'} <${from}>`,
    headers: headers.filter(Boolean).join('\n'),
  });
  await postern.handIn(raw, from);
  await settled();
  return (await outcomes())[0] as { id: string; outcome: string; case: string | null };
}

async function lastLetter(to: string) {
  const letter = postern.sink.letters.filter((one) => one.rcptTo.includes(to)).at(-1);
  if (!letter) throw new Error(`no letter to ${to}`);
  expect(brokenRules(letter.raw, { to, from: 'support@desk.example' })).toEqual([]);
  const parsed = await simpleParser(Buffer.from(letter.raw));
  const text = parsed.text ?? '';
  const [pin = ''] = /\bp[0-9A-Z]{9}\b/.exec(text) ?? [];
  return { text, pin, id: parsed.messageId ?? '', subject: parsed.subject ?? '', code: findCodes(text)[0] ?? '' };
}
const lettersTo = (to: string) => postern.sink.letters.filter((one) => one.rcptTo.includes(to)).length;

/** What our people are told is written after the mail is decided. */
const untilLetters = (to: string, n: number) => postern.until(`${n} letters to ${to}`, async () => lettersTo(to) >= n);

async function ask(): Promise<{ pin: string; letter: string }> {
  const done = await write({ body: 'PIN PRIVILEGED', answers: acknowledgement });
  expect(done.outcome).toBe('command-done');
  const { pin, id } = await lastLetter(tess);
  expect(normalisePrivilegedPin(pin)).toBe(pin);
  return { pin, letter: id };
}
const redemptions = async () =>
  (
    await postern.query<{ n: number }>(
      `select count(*)::int as n from case_events e join cases c on c.id = e.case_id where e.kind = 'privileged-pin-redeemed' and c.number = $1`,
      [number],
    )
  )[0]?.n;
const audited = async (action: string) =>
  (await postern.query<{ n: number }>('select count(*)::int as n from audit where action = $1', [action]))[0]?.n ?? 0;

beforeAll(async () => {
  const config = join(folder, 'postern.yaml');
  writeFileSync(
    config,
    'staff:\n  - { name: Kim Oster, email: kim@desk.example, roles: [engineer] }\n  - { name: Rita Vale, email: rita@desk.example, roles: [renewal representative] }\n',
  );
  postern = await startApp({ POSTERN_CONFIG: config });
  await postern.query(registrySql);
  await postern.query(
    `insert into contacts (site_id, name, role, types, position) values (1, 'Tess Turing', 'technical contact', '{}', 3)`,
  );
  await postern.query(
    `insert into contact_addresses (site_id, contact_id, address, main) values (1, 3, '${tess}', true), (1, 3, 't.turing@aldous.example', false)`,
  );
});
afterAll(async () => {
  await postern.stop();
  remove(folder);
});
beforeEach(async () => {
  await postern.query(`update privileged_tries set told_at = now() - interval '61 minutes'`);
  await write({ subject: 'PIN 345 Index is broken', body: `Once more ${Math.random()}` });
  const [row] = await postern.query<{ number: string }>('select number from cases order by id desc limit 1');
  number = row?.number ?? '';
  acknowledgement = (await lastLetter(tess)).id;
});

describe('§7 PIN PRIVILEGED', () => {
  it('in a reply to a case sends a PIN to the address on record, for that case and person, sealed and shown masked', async () => {
    const issued = await audited('privileged-pin-issued');
    const done = await write({
      body: 'PIN privileged\n\nWe have tonight from 22:00.',
      from: tess,
      answers: acknowledgement,
    });
    expect(done).toMatchObject({ outcome: 'command-done', case: number });
    const { pin } = await lastLetter(tess);
    expect(normalisePrivilegedPin(pin)).toBe(pin);
    expect(await audited('privileged-pin-issued')).toBe(issued + 1);
    expect(await privilegedWindows(deps(), { pin })).toMatchObject({ open: false });
    const [row] = await postern.query<{ number: string; address: string; by: string; hours: number }>(
      `select c.number, p.address, p.issued_by as by, extract(epoch from p.expires_at - p.issued_at) / 3600 as hours from privileged_pins p join cases c on c.id = p.case_id order by p.id desc limit 1`,
    );
    expect(row).toMatchObject({ number, address: tess, by: `mail:${done.id}` });
    expect(Number(row?.hours)).toBeLessThanOrEqual(24);
    expect(Number(row?.hours)).toBeGreaterThan(23.9);
    const [letter] = await postern.query<{ sealed: boolean; raw: Buffer }>(
      `select sealed, raw from letters where template = 'privileged-pin' order by id desc limit 1`,
    );
    expect([letter?.sealed, letter?.raw.includes(pin)]).toEqual([true, false]);
    const texts = await postern.query<{ text: string }>(
      'select text from case_messages m join cases c on c.id = m.case_id where c.number = $1 order by m.id',
      [number],
    );
    expect(texts.map((one) => one.text).join()).not.toContain(pin);
    expect(texts.map((one) => one.text).join()).toContain('We have tonight from 22:00.');
  });

  it('is refused with what to do outside a case, and to somebody without the right', async () => {
    expect(await write({ subject: 'PIN PRIVILEGED', body: '' })).toMatchObject({ outcome: 'command-refused' });
    expect((await lastLetter(tess)).text).toContain('Please reply to a message about that case');
    const max = await write({ body: 'PIN PRIVILEGED', from: 'max@aldous.example', answers: acknowledgement });
    expect(max).toMatchObject({ outcome: 'command-refused' });
    expect((await lastLetter('max@aldous.example')).text).toContain('Your role at your site does not include this');
  });

  it('§11.2 from an unverified sender is asked back, and the answer with the code sends the PIN', async () => {
    const asked = await write({ body: 'PIN PRIVILEGED', answers: acknowledgement, headers: '' });
    expect(asked.outcome).toBe('confirmation-asked');
    const letter = await lastLetter(tess);
    expect([letter.pin, letter.text.includes(`a privileged PIN for case ${number}`)]).toEqual(['', true]);
    // The code alone in a mail of its own, which names no case.
    const done = await write({ subject: letter.code, body: letter.code, headers: '' });
    expect(done).toMatchObject({ outcome: 'answer-settled', case: number });
    const { pin } = await lastLetter(tess);
    expect((await privilegedWindows(deps(), { pin })).open).toBe(false);
    await redeemPrivileged(deps(), pin);
  });

  it('sends none to an address that does not take mail for certain', async () => {
    await postern.query('update contacts set doubtful_since = now() where id = 3');
    const done = await write({ body: 'PIN PRIVILEGED', answers: acknowledgement });
    await postern.query('update contacts set doubtful_since = null where id = 3');
    expect(done.outcome).toBe('command-refused');
    expect((await lastLetter(tess)).text).toContain('came back');
  });
});

describe('§3.r7 a privileged PIN by mail', () => {
  it('from its owner, verified, opens the window on its case, and owner and primary are told', async () => {
    const { pin, letter } = await ask();
    const used = await write({ body: `${pin.toLowerCase()}\n\nPlease be quick.`, answers: letter });
    expect(used).toMatchObject({ outcome: 'privileged-pin-used', case: number });
    expect(await privilegedWindows(deps(), { pin })).toMatchObject({ open: true });
    const confirmation = await lastLetter(tess);
    expect(confirmation.subject).toBe(`Your privileged PIN was used [Case ${number}]`);
    const notice = await lastLetter('ada@aldous.example');
    expect(notice.text).toContain('Tess Turing');
    for (const one of [confirmation, notice]) expect(one.text.toUpperCase()).not.toContain(pin.toUpperCase());
    const [row] = await postern.query<{ by: string; text: string }>(
      `select p.redeemed_by as by, m.text from privileged_pins p join case_messages m on m.mail_id = $1 order by p.id desc limit 1`,
      [used.id],
    );
    expect(row).toEqual({ by: `mail:${used.id}`, text: 'Please be quick.' });
    expect(await redemptions()).toBe(1);
    // A second time it is a mail without a PIN, and our people are told.
    const alerts = lettersTo('kim@desk.example');
    const again = await write({ subject: `PIN ${pin} again`, body: 'Once more' });
    expect(again.outcome).toBe('held-pin-needed');
    await untilLetters('kim@desk.example', alerts + 1);
    expect((await lastLetter('kim@desk.example')).text).toContain('it had been used');
    expect(await redemptions()).toBe(1);
  });

  it('§11.2 from its owner unverified is asked back, and the code uses it; the PIN stands in no question', async () => {
    const { pin } = await ask();
    const asked = await write({ subject: `PIN ${pin}`, body: 'Tonight, please.', headers: '' });
    expect(asked).toMatchObject({ outcome: 'confirmation-asked', case: number });
    expect(await privilegedWindows(deps(), { pin })).toMatchObject({ open: false });
    const letter = await lastLetter(tess);
    expect(letter.text).toContain('to use your privileged PIN');
    const done = await write({ subject: `Re: ${letter.subject}`, body: letter.code, headers: '', answers: letter.id });
    expect(done).toMatchObject({ outcome: 'answer-settled', case: number });
    expect((await outcomes()).find((one) => one.id === asked.id)?.outcome).toBe('privileged-pin-used');
    expect(await privilegedWindows(deps(), { pin })).toMatchObject({ open: true });
    expect((await lastLetter(tess)).text).toContain('write access is open');
    expect((await lastLetter('ada@aldous.example')).text).toContain('A privileged PIN was used');
    expect(await redemptions()).toBe(1);
  });

  it('that was revoked between the mail and its code is not used, and the sender is told so', async () => {
    const { pin } = await ask();
    await write({ subject: `PIN ${pin}`, body: '', headers: '' });
    const letter = await lastLetter(tess);
    await revokePrivileged(deps(), pin);
    const done = await write({ subject: `Re: ${letter.subject}`, body: letter.code, headers: '', answers: letter.id });
    expect(done.outcome).toBe('answer-settled');
    expect((await outcomes()).find((one) => one.id !== done.id)?.outcome).toBe('command-refused');
    expect((await lastLetter(tess)).text).toContain('can no longer be used');
    expect(await redemptions()).toBe(0);
  });

  it('is used once, however many mails and calls name it at the same moment', async () => {
    const { pin } = await ask();
    const raws = Array.from({ length: 6 }, (_, n) =>
      mail({ subject: `PIN ${pin} try ${n}`, body: `Go ahead ${n}`, from: `Tess Turing <${tess}>`, headers: verified }),
    );
    const calls = Array.from({ length: 3 }, () =>
      redeemPrivileged(deps(), pin).then(
        () => 'used',
        () => 'no',
      ),
    );
    await Promise.all(raws.map((raw) => postern.handIn(raw, tess)));
    const byCall = (await Promise.all(calls)).filter((one) => one === 'used').length;
    await settled();
    const newest = (await outcomes()).slice(0, raws.length);
    const byMail = newest.filter((one) => one.outcome === 'privileged-pin-used').length;
    expect(byCall + byMail).toBe(1);
    expect(await redemptions()).toBe(1);
    expect(newest.filter((one) => one.outcome === 'held-pin-needed').length).toBe(raws.length - byMail);
  });

  it('is used by one of two mails that come at the same moment', async () => {
    const { pin } = await ask();
    const raws = [1, 2].map((n) =>
      mail({ subject: `PIN ${pin}`, body: `Go ahead ${n}`, from: `Tess Turing <${tess}>`, headers: verified }),
    );
    await Promise.all(raws.map((raw) => postern.handIn(raw, tess)));
    await settled();
    const two = (await outcomes()).slice(0, 2).map((one) => one.outcome);
    expect(two.sort()).toEqual(['held-pin-needed', 'privileged-pin-used']);
    expect(await redemptions()).toBe(1);
  });

  it('is not used when it has expired by the clock of the database, nor by anybody else, nor from another address', async () => {
    const { pin } = await ask();
    expect((await write({ subject: `PIN ${pin}`, body: 'Hello', from: 't.turing@aldous.example' })).outcome).toBe(
      'held-pin-needed',
    );
    expect(await write({ body: pin, from: 'max@aldous.example', answers: acknowledgement })).toMatchObject({
      outcome: 'case-updated',
      case: number,
    });
    expect(
      (await write({ subject: `PIN ${pin}`, body: 'Hello', from: 'eve@elsewhere.example', headers: '' })).outcome,
    ).toBe('held-unknown');
    await postern.query(
      `update privileged_pins set issued_at = now() - interval '23 hours', expires_at = now() - interval '1 second' where redeemed_at is null`,
    );
    expect((await write({ subject: `PIN ${pin}`, body: 'Now me' })).outcome).toBe('held-pin-needed');
    expect(await redemptions()).toBe(0);
    const whys = await postern.query<{ why: string }>('select why from privileged_tries order by id desc limit 4');
    expect(whys.map((one) => one.why)).toEqual(['expired', 'other-person', 'other-person', 'other-address']);
  });

  it('tells the staff of the first at once and gathers the others, one letter an hour, without the PIN', async () => {
    const { pin } = await ask();
    const [kim, rita] = [lettersTo('kim@desk.example'), lettersTo('rita@desk.example')];
    await write({ subject: `PIN ${pin}`, body: 'one', from: 'max@aldous.example' });
    await untilLetters('kim@desk.example', kim + 1);
    await write({ subject: `PIN ${pin}`, body: 'two', from: 'max@aldous.example' });
    await write({ subject: 'PIN p7KQ2M9XWY', body: 'three' });
    await settled();
    expect(lettersTo('kim@desk.example')).toBe(kim + 1);
    expect((await lastLetter('kim@desk.example')).text).toContain('it was issued to somebody else');
    expect(await tellPrivilegedTries(deps())).toBe(0);
    await postern.query(
      `update privileged_tries set told_at = told_at - interval '61 minutes' where told_at is not null`,
    );
    const told = await Promise.all([tellPrivilegedTries(deps()), tellPrivilegedTries(deps())]);
    expect(told.sort()).toEqual([0, 2]);
    await settled();
    expect(lettersTo('kim@desk.example')).toBe(kim + 2);
    expect(lettersTo('rita@desk.example')).toBe(rita);
    const { text, subject } = await lastLetter('kim@desk.example');
    expect(subject).toBe('2 privileged PINs were not accepted');
    expect(text).toContain(`PIN of case ${number}: it was issued to somebody else`);
    expect(text).toContain('there is no such PIN');
    for (const secret of [pin, 'p7KQ2M9XWY']) expect(text.toUpperCase()).not.toContain(secret.toUpperCase());
    expect(await audited('privileged-pin-refused')).toBe(
      Number((await postern.query<{ n: string }>('select count(*) as n from privileged_tries'))[0]?.n),
    );
  });
});
