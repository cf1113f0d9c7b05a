import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replayStoredMail } from '../../../src/flows/intake/replay.ts';
import { brokenRules } from '../../../src/outbound/letter-checker.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';

type Started = Awaited<ReturnType<typeof startApp>>;
let postern: Started;

beforeAll(async () => {
  postern = await startApp();
  await postern.query(registrySql);
});
afterAll(async () => {
  await postern.stop();
});

/** Speaks LMTP (RFC 2033) word by word, as an MTA does. */
async function byLmtp(port: number, raw: string): Promise<string[]> {
  const socket = createConnection(port, '127.0.0.1');
  const replies: string[] = [];
  const words = [
    'LHLO mx.test',
    'MAIL FROM:<ada@aldous.example>',
    'RCPT TO:<support@desk.example>',
    'DATA',
    `${raw.replaceAll('\n', '\r\n')}\r\n.`,
    'QUIT',
  ];
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (line[3] === '-') continue;
        replies.push(line);
        const next = words.shift();
        if (next) socket.write(`${next}\r\n`);
      }
    });
    socket.on('close', () => resolve(replies));
    socket.on('error', reject);
  });
}

const lettersTo = (to: string) => postern.sink.letters.filter((letter) => letter.rcptTo.includes(to));
const text = (letter: { raw: Uint8Array } | undefined) => Buffer.from(letter?.raw ?? []).toString('utf8');

describe('a mail goes the whole way', () => {
  it('is taken by LMTP, opens a case and is acknowledged with its number', async () => {
    const replies = await byLmtp(postern.lmtpPort, mail({ subject: 'PIN 345 Workflow Stopped Unexpectedly' }));
    expect(replies.map((line) => line.slice(0, 3))).toEqual(['220', '250', '250', '250', '354', '250', '221']);
    await postern.until('the acknowledgement', async () => lettersTo('ada@aldous.example').length === 1);
    const [found] = await postern.query<{ number: string; title: string; severity: number; status: string }>(
      'select number, title, severity, status from cases',
    );
    expect(found).toMatchObject({ title: 'Workflow Stopped Unexpectedly', severity: 3, status: 'open' });
    const letter = lettersTo('ada@aldous.example')[0];
    expect(text(letter)).toContain(`[Case ${found?.number}]`);
    expect(brokenRules(letter?.raw as Uint8Array, { to: 'ada@aldous.example', from: 'support@desk.example' })).toEqual(
      [],
    );
    await postern.until(
      'the mark',
      async () => (await postern.query(`select from letters where state = 'sent'`)).length === 1,
    );
  });

  it('a reply to the acknowledgement joins the case without another letter', async () => {
    const id = /^Message-ID: (<.*>)\r$/im.exec(text(lettersTo('ada@aldous.example')[0]))?.[1];
    await postern.handIn(
      mail({
        subject: 'Re: Workflow',
        headers: `In-Reply-To: ${id}`,
        body: 'Product: Vault\nVersion: 11.6\n\nHere is the log.',
      }),
    );
    await postern.until(
      'the update',
      async () => (await postern.query(`select from mails where outcome = 'case-updated'`)).length === 1,
    );
    const messages = await postern.query<{ direction: string; text: string }>(
      'select direction, text from case_messages order by at, id',
    );
    expect(messages.map((message) => message.direction).toSorted()).toEqual(['in', 'in', 'out']);
    expect(await postern.query('select report from cases')).toMatchObject([
      { report: { product: 'Vault', version: '11.6' } },
    ]);
    expect(lettersTo('ada@aldous.example')).toHaveLength(1);
  });

  it('§3.r9 a reply fills in what the report had left out, and takes nothing away', async () => {
    const [found] = await postern.query<{ number: string }>('select number from cases');
    await postern.handIn(
      mail({ subject: `Re: [Case ${found?.number}] Workflow`, body: 'Phone: +44 20 1\n\nCall me.' }),
    );
    await postern.until(
      'the update',
      async () => (await postern.query(`select from mails where outcome = 'case-updated'`)).length === 2,
    );
    expect(await postern.query('select report from cases')).toEqual([
      { report: { product: 'Vault', version: '11.6', phone: '+44 20 1' } },
    ]);
  });

  it('§3.r3 an automatic answer is shown on its case and changes nothing there', async () => {
    const standing = () =>
      postern.query(
        'select c.*, (select count(*)::int from case_events), (select count(*)::int from letters) as letters from cases c',
      );
    const before = await standing();
    const id = /^Message-ID: (<.*>)\r$/im.exec(text(lettersTo('ada@aldous.example')[0]))?.[1];
    await postern.handIn(
      mail({
        subject: 'Automatic reply: Workflow',
        headers: `In-Reply-To: ${id}\nAuto-Submitted: auto-replied`,
        body: 'Severity: 1\n\nI am away until Monday.',
      }),
    );
    // And so is what another desk says of its own accord without a header.
    const body = 'Your request 286614 has been received. We will respond as soon as possible.';
    await postern.handIn(mail({ subject: '[#286614] Received', headers: `In-Reply-To: ${id}`, body }));
    await postern.until(
      'the outcomes',
      async () => (await postern.query(`select from mails where outcome = 'machine-recorded'`)).length === 2,
    );
    expect(await standing()).toEqual(before);
    expect(
      await postern.query(
        `select b.automatic from case_messages b join mails m on m.id = b.mail_id where m.outcome = 'machine-recorded'`,
      ),
    ).toEqual([{ automatic: true }, { automatic: true }]);
  });

  it('the same mail twice is one case and one letter', async () => {
    const twice = mail({ subject: 'PIN 345 Printer on fire', id: '<twice@aldous.example>' });
    await postern.handIn(twice);
    await postern.handIn(twice);
    await postern.handIn(`Received: from other.example by mx.desk.example; Sat, 21 Nov 2026 10:00:01 +0000\n${twice}`);
    await postern.until(
      'two outcomes',
      async () =>
        (await postern.query(`select from mails where message_id = '<twice@aldous.example>' and state = 'decided'`))
          .length === 2,
    );
    expect((await postern.query(`select from cases where title = 'Printer on fire'`)).length).toBe(1);
    expect((await postern.query(`select from mails where outcome = 'duplicate'`)).length).toBe(1);
  });

  it('a missing PIN is mended by a reply, and the case is opened from the first mail', async () => {
    await postern.handIn(
      mail({
        subject: 'Export takes hours',
        from: 'Max Ernst <max@aldous.example>',
        body: 'Since Monday the export takes hours.',
      }),
    );
    await postern.until('the question', async () => lettersTo('max@aldous.example').length === 1);
    const id = /^Message-ID: (<.*>)\r$/im.exec(text(lettersTo('max@aldous.example')[0]))?.[1];
    await postern.handIn(
      mail({
        subject: 'Re: Export takes hours',
        from: 'Max Ernst <max@aldous.example>',
        headers: `In-Reply-To: ${id}`,
        body: 'Our PIN is 345\n\nMax',
      }),
    );
    await postern.until('the acknowledgement', async () => lettersTo('max@aldous.example').length === 2);
    const [found] = await postern.query<{ outcome: string; title: string }>(
      `select m.outcome, c.title from cases c join mails m on m.id = c.opened_by_mail where c.title = 'Export takes hours'`,
    );
    expect(found?.outcome).toBe('case-opened');
  });

  it('§3.r17 the case of the answer with the PIN has the attachments of the first mail', async () => {
    const from = 'Max Ernst <max@aldous.example>';
    const parts = [
      '--cut',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'It stops as the log shows.',
      '--cut',
      'Content-Type: text/plain; name="import.log"',
      'Content-Disposition: attachment; filename="import.log"',
      '',
      'error 17',
      '--cut--',
    ].join('\n');
    const first = mail({ subject: 'Import stops', from, body: parts });
    await postern.handIn(first.replace('text/plain; charset=utf-8', 'multipart/mixed; boundary=cut'));
    const asked = () =>
      postern.query<{ message_id: string; raw: Uint8Array }>(
        `select l.message_id from letters l join mails m on m.id = l.caused_by where m.subject = 'Import stops'`,
      );
    await postern.until('the question', async () => (await asked()).length === 1);
    const [question] = await asked();
    await postern.handIn(
      mail({ subject: 'Re: Import stops', from, headers: `In-Reply-To: ${question?.message_id}`, body: 'PIN 345' }),
    );
    await postern.until(
      'the case',
      async () => (await postern.query(`select from cases where title = 'Import stops'`)).length === 1,
    );
    const shown = await postern.query<{ text: string; names: string[] }>(
      `select b.text, (select array_agg(a->>'name') from jsonb_array_elements(b.attachments) a) as names
       from case_messages b join cases c on c.id = b.case_id where c.title = 'Import stops' and b.direction = 'in' order by b.at`,
    );
    expect(shown).toMatchObject([{ text: expect.stringContaining('as the log shows'), names: ['import.log'] }, {}]);
  });

  it('decides a mail with the null return path like any other and answers nothing', async () => {
    await postern.handIn(mail({ subject: 'PIN 345 From a machine room', body: 'It stops.' }), '');
    await postern.until(
      'the case',
      async () => (await postern.query(`select from cases where title = 'From a machine room'`)).length === 1,
    );
    const letters = await postern.query(
      `select l.state, l.state_reason from letters l join cases c on c.id = l.case_id where c.title = 'From a machine room'`,
    );
    expect(letters).toEqual([{ state: 'suppressed', state_reason: expect.stringContaining('null-return-path') }]);
  });

  it('answers a gateway that sends nothing but our quote back three times a day, and then no more', async () => {
    const from = 'Max Ernst <max@aldous.example>';
    await postern.handIn(mail({ subject: 'Something else', from }));
    const asked = async () =>
      postern.query<{ message_id: string; state: string }>(
        `select message_id, state from letters where template in ('pin-needed', 'answer-not-understood') order by id desc`,
      );
    for (let round = 1; round <= 6; round += 1) {
      await postern.until(
        'an answer',
        async () => (await postern.query(`select from mails where state = 'new'`)).length === 0,
      );
      const [last] = await asked();
      await postern.handIn(
        mail({
          subject: 'Re: Something else',
          from,
          headers: `In-Reply-To: ${last?.message_id}`,
          body: '> quoted\n> letter',
        }),
      );
    }
    await postern.until(
      'all decided',
      async () => (await postern.query(`select from mails where state = 'new'`)).length === 0,
    );
    expect((await asked()).filter((letter) => letter.state === 'suppressed').length).toBeGreaterThanOrEqual(3);
  });

  it('§2 is judged at the moment it arrived, on replay too: an outage turns no covered mail into a refusal', async () => {
    const days = (count: number) => new Date(Date.now() + count * 86_400_000);
    const arriving = async (subject: string, arrivedAt: Date) => {
      await postern.app.receive([
        {
          raw: Buffer.from(mail({ subject, from: 'Tom Reed <tom@oldtown.example>' }).replaceAll('\n', '\r\n')),
          arrivedAt,
          envelope: { mailFrom: 'tom@oldtown.example', rcptTo: ['support@desk.example'] },
          origin: { kind: 'smtp' as const, name: 'smtp' },
        },
      ]);
      type Row = { id: string; outcome: string; sooner: boolean; opened: boolean | null };
      const found = () =>
        postern.query<Row>(
          `select m.id, m.outcome, m.arrived_at <= now() as sooner, (select c.opened_at = m.arrived_at from cases c where c.id = m.case_id) as opened
           from mails m where m.subject = $1 and m.state = 'decided'`,
          [subject],
        );
      await postern.until('the outcome', async () => (await found()).length === 1);
      return (await found())[0] as Row;
    };
    // Support ended forty days ago, beyond any grace.
    await postern.query(
      `insert into sites (number, name, country, timezone, language) values ('1000777', 'Oldtown Books', 'GB', 'Europe/London', 'en');
       insert into contacts (site_id, name, role, types, position) select id, 'Tom Reed', 'primary', '{primary}', 1 from sites where number = '1000777';
       insert into contact_addresses (site_id, contact_id, address, main) select site_id, id, 'tom@oldtown.example', true from contacts where name = 'Tom Reed';
       insert into pins (site_id, pin, issued_at) select id, '777', now() - interval '1 year' from sites where number = '1000777';
       insert into plans (site_id, kind, valid_from, valid_to, position) select id, 'standard', current_date - 400, current_date - 40, 1 from sites where number = '1000777';
       insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, position)
         select id, 'U-7', 1, 'user', 5, current_date - 400, current_date + 400, 1 from sites where number = '1000777'
         union all select id, 'S-7', 1, 'support', 5, current_date - 400, current_date - 40, 2 from sites where number = '1000777'`,
    );
    expect((await arriving('PIN 777 Today', days(0))).outcome).toBe('support-lapsed');
    expect(await arriving('PIN 777 In time', days(-45))).toMatchObject({ outcome: 'case-opened', opened: true });
    // A clock that is ahead gains nothing.
    expect(await arriving('PIN 777 Tomorrow', days(1))).toMatchObject({ outcome: 'support-lapsed', sooner: true });

    const held = await arriving('PIN 778 In time, another PIN', days(-45));
    expect(held.outcome).toBe('held-pin-needed');
    await postern.query(`update pins set pin = '778' where pin = '777'`);
    const again = await replayStoredMail(postern.app.intake(), held.id, {
      dryRun: false,
      by: { kind: 'command', staff: null },
    });
    expect(again).toMatchObject({ before: 'held-pin-needed', after: 'case-opened' });
    expect(
      await postern.query(
        `select c.opened_at = m.arrived_at as at from mails m join cases c on c.id = m.case_id where m.id = $1`,
        [held.id],
      ),
    ).toEqual([{ at: true }]);
  });

  it('every change of state has its line in the audit', async () => {
    expect(
      await postern.query(
        `select id from mails m where state = 'decided' and not exists (select from audit a where a.subject_kind = 'mail' and a.subject_id = m.id::text and a.action = 'mail-decided')`,
      ),
    ).toEqual([]);
    expect(
      await postern.query(
        `select id from letters l where not exists (select from audit a where a.subject_kind = 'letter' and a.subject_id = l.id::text)`,
      ),
    ).toEqual([]);
    await expect(postern.query('delete from audit')).rejects.toThrow(/only grows/);
    await expect(postern.query(`update decisions set reason = ''`)).rejects.toThrow(/only grows/);
    await expect(postern.query(`update case_events set kind = 'opened'`)).rejects.toThrow(/only grows/);
  });

  it('§11.4 every letter names the mail that caused it, whose decisions name the rule', async () => {
    expect(await postern.query('select from letters')).not.toEqual([]);
    expect(
      await postern.query(
        `select l.id, l.template from letters l where not exists (select from decisions d where d.mail_id = l.caused_by and d.rule <> '' and d.reason <> '')`,
      ),
    ).toEqual([]);
  });

  it("§11.5 nobody's address stands in audit or evidence", async () => {
    await postern.handIn(mail({ subject: 'Hello', from: 'Nora <nora@elsewhere.example>' }));
    await postern.until(
      'all decided',
      async () => (await postern.query(`select from mails where state = 'new'`)).length === 0,
    );
    const said = await postern.query<{ said: string }>(
      `select concat_ws(' ', actor, subject_id, detail::text) as said from audit
       union all select concat_ws(' ', reason, evidence::text) from decisions`,
    );
    expect(said.length).toBeGreaterThan(40);
    expect(said.filter((one) => /@(?:aldous|elsewhere)\.example/.test(one.said))).toEqual([]);
  });
});
