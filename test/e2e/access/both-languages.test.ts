/** Every step of an access request, by IMAP and SMTP, as people of two languages write it (POLICY §8.1 to §8.6). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccessDesk, desk, type Sent, startAccessDesk } from '../../support/access-desk.ts';

/** In Berlin, too, two decide, and one is the technical contact of the site. */
const people = `
insert into pins (site_id, pin) values (2, '346');
insert into plans (site_id, kind, valid_from, valid_to, position) values (2, 'standard', '2026-01-01', '2099-12-31', 1);
insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, position) values
 (2, 'U-1002', 1, 'user', 50, '2026-01-01', '2099-12-31', 1), (2, 'S-1002', 1, 'support', 50, '2026-01-01', '2099-12-31', 2);
insert into contacts (site_id, name, role, types, position) values
 (2, 'Tim Vogt', 'technical contact', '{}', 2), (2, 'Sara Lenz', 'authorized user', '{site technical}', 3);
insert into contact_addresses (site_id, contact_id, address, main)
 select 2, id, lower(split_part(name, ' ', 1)) || '@brandt.example', true from contacts
 where name in ('Tim Vogt', 'Sara Lenz');`;

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const germanDay = (days: number): string => inDays(days).split('-').reverse().join('.');

const english = {
  site: '1000345',
  wrong: '1999345',
  ask: (site: string) => `ACCESS ${site}`,
  details: (name: string) =>
    `Hello,\n\nName: ${name}\nCountry: United Kingdom\nRole: authorized user\nJustification: I run the label printers.`,
  why: 'I run the label printers',
  yes: 'Yes, that was me.',
  decider: 'Ada Byron <ada@aldous.example>',
  other: 'Tom Hale <tom@aldous.example>',
  technical: 'sam@aldous.example',
  asker: 'Nora Eck <nora@freelance.example>',
  second: 'Jill Dow <jill@freelance.example>',
  third: 'Ned Orr <ned@freelance.example>',
  report: { subject: 'PIN 345 All printers stand [S1]', body: 'Severity: 1\nNothing prints.' },
  grant: () => `GRANT\nuntil: ${inDays(90)}\nname: Nora Eckhart\n\nThanks\nAda`,
  unclear: 'GRANT as emperor',
  undo: 'UNDO',
  now: 'GRANT now',
  deny: 'DENY 2 Please ask Ms Voss.',
  says: {
    remind: /Reminder/i,
    notNow: /you need not do anything/,
    granted: /has access to Aldous Robotics as authorized user/,
    first: /had been granted before your answer came, by Ada Byron/,
    notTheirs: /Only whoever decided/,
    takenBack: /is taken back/,
    unclear: /emperor/,
    welcome: /Welcome/,
    endsSoon: /ends soon/,
    ended: /has ended/,
    denied: /Please ask Ms Voss/,
  },
};

const german: typeof english = {
  site: '2000345',
  wrong: '2999345',
  ask: (site) => `Zugang ${site}`,
  details: (name) =>
    `Guten Tag,\n\nName: ${name}\nLand: Deutschland\nRolle: Benutzer\nBegründung: Ich betreue die Druckserver.`,
  why: 'Ich betreue die Druckserver',
  yes: 'Ja, das war ich.',
  decider: 'Uta Brandt <uta@brandt.example>',
  other: 'Tim Vogt <tim@brandt.example>',
  technical: 'sara@brandt.example',
  asker: 'Jan Lehr <jan@buero.example>',
  second: 'Eva Rust <eva@buero.example>',
  third: 'Max Held <max@buero.example>',
  report: { subject: 'PIN 346 Alle Drucker stehen [S1]', body: 'Schweregrad: 1\nNichts druckt.' },
  grant: () => `Genehmigt\nbis: ${germanDay(90)}\nName: Jan Lehrer\n\nGrüße\nUta`,
  unclear: 'GENEHMIGT als Kaiser',
  undo: 'RÜCKGÄNGIG',
  now: 'Ja, genehmigt, sofort.',
  deny: 'ABLEHNEN 2 Bitte wenden Sie sich an Frau Voss.',
  says: {
    remind: /Erinnerung/,
    notNow: /brauchen nichts zu tun|müssen nichts tun|nichts zu tun/,
    granted: /hat Zugang zu Brandt Werke als/,
    first: /schon genehmigt, als Ihre Antwort kam, von Uta Brandt/,
    notTheirs: /Nur wer entschieden hat/,
    takenBack: /ist zurückgenommen/,
    unclear: /Kaiser/,
    welcome: /Willkommen/,
    endsSoon: /endet bald/,
    ended: /ist beendet/,
    denied: /Frau Voss/,
  },
};

let here: AccessDesk;
beforeAll(async () => {
  here = await startAccessDesk({ mailbox: true });
  await here.query(people);
});
afterAll(() => here?.stop());

const addressOf = (from: string): string => /<(.*)>/.exec(from)?.[1] ?? from;
const reply = (from: string, answers: Sent, body: string) =>
  here.write({ from, answers, subject: `Re: ${answers.subject}`, body });
/** The newest letter of that kind, whichever came before. */
async function next(to: string, template: string, before: number): Promise<Sent> {
  return here.letter(addressOf(to), template, before + 1);
}
const runningCareClocks = async () => (await here.query('select from care_clocks where done_at is null')).length;
const countOf = async (to: string, template: string) => (await here.lettersTo(addressOf(to), template)).length;

describe.each([
  ['English', english],
  ['German', german],
] as const)('§8 in %s', (_, by) => {
  const { decider, other, asker, says } = by;
  const settled = async (from: string, answers: Sent, body: string): Promise<Sent> => {
    const before = await countOf(from, 'access-settled');
    await reply(from, answers, body);
    return next(from, 'access-settled', before);
  };
  /** Asked for and verified; the letter to the decider. */
  async function asked(from: string, site = by.site): Promise<Sent> {
    await here.write({ from, to: desk.access, subject: by.ask(site), body: by.details(from.split(' <')[0] ?? '') });
    await here.tick();
    const before = await countOf(decider, 'access-question');
    await reply(from, await here.letter(addressOf(from), 'access-verify'), by.yes);
    await here.tick();
    return site === by.site ? next(decider, 'access-question', before) : here.letter(addressOf(from), 'access-next');
  }
  let question: Sent;
  let granted: Sent;

  it('§8.1, §8.2 asks whoever asks to show that the address is theirs, and tells nothing of the site', async () => {
    const body = by.details(asker.split(' <')[0] ?? '');
    expect(await here.write({ from: asker, to: desk.access, subject: by.ask(by.site), body })).toMatchObject({
      outcome: 'access-requested',
    });
    await here.tick();
    const verify = await here.letter(addressOf(asker), 'access-verify');
    expect(`${verify.subject}${verify.text}`).not.toMatch(/Aldous|Brandt|[12]000345/);
    expect(verify.text).not.toContain(by.why);
    expect(await countOf(decider, 'access-question')).toBe(0);
  });

  it('§8.3 makes a caller of severity 3 and 4 of them, and tells deciders and the technical contact', async () => {
    await reply(asker, await here.letter(addressOf(asker), 'access-verify'), by.yes);
    await here.letter(addressOf(asker), 'access-next');
    await here.tick();
    await here.letter(addressOf(asker), 'access-caller');
    question = await here.letter(addressOf(decider), 'access-question');
    expect(question.text).toContain(by.why);
    expect(question.text).toContain(by.site);
    await here.letter(addressOf(other), 'access-question');
    expect((await here.letter(by.technical, 'access-question')).text).toMatch(says.notNow);
    await here.write({ from: asker, ...by.report });
    expect(await here.query('select severity from cases where contact_address = $1', [addressOf(asker)])).toEqual([
      { severity: 3 },
    ]);
  });

  it('§8.6 reminds after one and three business days', async () => {
    const reminders = async () => (await here.steps(addressOf(asker))).filter((kind) => kind === 'reminded').length;
    for (let days = 0; (await reminders()) < 2 && days < 10; days += 1) await here.pass('1 day');
    expect(await reminders()).toBe(2);
    expect((await here.letter(addressOf(decider), 'access-question', 3)).subject).toMatch(says.remind);
  });

  it('§8.4, §8.5 takes the first decision, with an end and corrected details, and tells the other of it', async () => {
    granted = await settled(decider, question, by.grant());
    expect(granted.text).toMatch(says.granted);
    expect((await settled(other, await here.letter(addressOf(other), 'access-question'), 'DENY 1')).text).toMatch(
      says.first,
    );
  });

  it('§8.5 is taken back by whoever decided, and by nobody else, and decided again', async () => {
    const theirs = await here.letter(addressOf(other), 'access-question');
    expect((await settled(other, theirs, by.undo)).text).toMatch(says.notTheirs);
    const back = await settled(decider, granted, by.undo);
    expect(back.text).toMatch(says.takenBack);
    expect(await countOf(asker, 'access-decided')).toBe(0);
    const unread = await settled(decider, back, by.unclear);
    expect(unread.text).toMatch(says.unclear);
    expect((await settled(decider, unread, by.grant())).text).toMatch(says.granted);
  });

  it('§8.5 welcomes the asker when the hour is over', async () => {
    await here.pass('59 minutes');
    expect(await countOf(asker, 'access-decided')).toBe(0);
    await here.pass('2 minutes');
    expect((await here.letter(addressOf(asker), 'access-decided')).subject).toMatch(says.welcome);
    const [one] = await here.query<{ name: string; role: string }>(
      `select name, role from contacts c join contact_addresses a on a.contact_id = c.id where a.address = $1`,
      [addressOf(asker)],
    );
    expect(one).toMatchObject({ role: 'authorized user', name: expect.stringMatching(/Eckhart|Lehrer/) });
  });

  it('§8.5 tells both a week before the access ends by itself, and ends it', async () => {
    const until = (days: number) =>
      here.query(
        `update access_request_steps set detail = detail || jsonb_build_object('until', $1::text)
         where kind = 'granted' and request_id = (select max(id) from access_requests where address = $2)`,
        [inDays(days), addressOf(asker)],
      );
    await here.query('alter table access_request_steps disable trigger user');
    await until(5);
    const told = await countOf(decider, 'access-settled');
    await here.pass('90 days');
    expect((await here.letter(addressOf(asker), 'access-decided', 2)).subject).toMatch(says.endsSoon);
    await next(decider, 'access-settled', told);
    await until(-2);
    await here.query('update access_requests set timer_at = now() where timer_at is not null');
    await here.tick();
    expect((await here.letter(addressOf(asker), 'access-decided', 3)).text).toMatch(says.ended);
    expect(await here.query('select from contact_addresses where address = $1', [addressOf(asker)])).toEqual([]);
  });

  it('§8.6 goes to client care after ten business days, and a decider may still deny it', async () => {
    const running = await runningCareClocks();
    const letter = await asked(by.second);
    const handed = async () => (await here.steps(addressOf(by.second))).includes('handed-over');
    const before = await countOf(desk.care, 'access-with-care');
    for (let days = 0; !(await handed()) && days < 25; days += 1) await here.pass('1 day');
    expect((await next(desk.care, 'access-with-care', before)).text).toContain(addressOf(by.second));
    expect(await runningCareClocks()).toBe(running + 1);
    await settled(decider, letter, by.deny);
    await here.pass('61 minutes');
    expect((await here.letter(addressOf(by.second), 'access-decided')).text).toMatch(says.denied);
    expect(await runningCareClocks()).toBe(running);
  });

  it('§8.5 welcomes at once where the decision says so', async () => {
    await settled(decider, await asked(by.third), by.now);
    await here.tick();
    expect((await here.letter(addressOf(by.third), 'access-decided')).subject).toMatch(says.welcome);
  });

  it('§8.3 says the same of a number that is nobody’s, which goes to client care', async () => {
    const from = by.asker.replace(/<.*@/, '<again@');
    const before = await countOf(desk.care, 'access-with-care');
    const right = await here.letter(addressOf(by.third), 'access-next');
    const wrong = await asked(from, by.wrong);
    expect(wrong.text.replaceAll(/\s+/g, ' ')).toBe(right.text.replaceAll(/\s+/g, ' '));
    await next(desk.care, 'access-with-care', before);
  });
});
