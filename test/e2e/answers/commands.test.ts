import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replayStoredMail } from '../../../src/flows/intake/replay.ts';
import { findCodes } from '../../../src/foundation/code-form.ts';
import { brokenRules } from '../../../src/outbound/letter-checker.ts';
import { mailBytes } from '../../../src/store/reports/reports.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';

let postern: Awaited<ReturnType<typeof startApp>>;
const codes = new Set<string>();
beforeAll(async () => {
  postern = await startApp();
  await postern.query(registrySql);
});
afterAll(async () => {
  await postern.stop();
});

const verified = 'Authentication-Results: mx.desk.example; dmarc=pass header.from=aldous.example';

/** Hands a mail in and waits until it and its letters are done; gives its outcome. */
async function write(
  given: Parameters<typeof mail>[0],
  from = 'ada@aldous.example',
): Promise<{ id: string; outcome: string; rule: string }> {
  const [before] = await postern.query<{ n: string }>('select coalesce(max(id), 0) as n from mails');
  await postern.handIn(mail(given), from);
  type Row = { id: string; outcome: string; rule: string };
  let found: Row | undefined;
  await postern.until('decided', async () => {
    [found] = await postern.query<Row>(
      `select m.id, m.outcome, d.rule from mails m join decisions d on d.mail_id = m.id where m.id > $1 and m.state = 'decided' order by d.id desc`,
      [before?.n],
    );
    return found !== undefined;
  });
  await postern.until(
    'sent',
    async () => (await postern.query(`select from letters where state in ('queued', 'unknown')`)).length === 0,
  );
  return found as Row;
}

async function lastLetter(to = 'ada@aldous.example') {
  const letter = postern.sink.letters.filter((one) => one.rcptTo.includes(to)).at(-1);
  if (!letter) throw new Error(`no letter to ${to}`);
  expect(brokenRules(letter.raw, { to, from: 'support@desk.example' })).toEqual([]);
  const parsed = await simpleParser(Buffer.from(letter.raw));
  const text = parsed.text ?? '';
  const [code = ''] = findCodes(text);
  if (code) codes.add(code);
  return { id: parsed.messageId ?? '', text, code, subject: parsed.subject ?? '' };
}
const answering = (id: string) => `In-Reply-To: ${id}`;
const anHourLater = () => postern.query(`update letters set created_at = created_at - interval '61 minutes'`);

describe('§11.2 a code confirms what is not done at once', () => {
  it('§3.r8 PIN from an unverified contact is asked back; §3.r5 the answer with the code shows it', async () => {
    const asked = await write({ subject: 'PIN', body: '' });
    expect(asked).toMatchObject({ outcome: 'confirmation-asked', rule: 'r8' });
    const letter = await lastLetter();
    expect(letter.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(letter.text).not.toContain('345');

    const wrong = await write({ subject: `Re: ${letter.subject}`, body: '7777-ABCD', headers: answering(letter.id) });
    expect(wrong).toMatchObject({ outcome: 'command-refused', rule: 'r5' });
    expect((await lastLetter()).text).toContain('4 tries left');

    const other = await write(
      {
        subject: `Re: ${letter.subject}`,
        body: letter.code,
        headers: answering(letter.id),
        from: 'Max Ernst <max@aldous.example>',
      },
      'max@aldous.example',
    );
    expect(other.outcome).not.toBe('answer-settled');

    const quoted = await write({
      subject: `Re: ${letter.subject}`,
      headers: answering(letter.id),
      body: `This was not me.\n\nOn Sat, 21 Nov 2026 at 10:00, Support <support@desk.example> wrote:\n> ${letter.code}`,
    });
    expect(quoted.outcome).not.toBe('answer-settled');
    const automatic = await write({
      subject: `Re: ${letter.subject}`,
      headers: `${answering(letter.id)}\nAuto-Submitted: auto-replied`,
      body: letter.code,
    });
    expect(automatic.outcome).toBe('machine-recorded');

    const right = await write({
      subject: `Re: ${letter.subject}`,
      headers: answering(letter.id),
      body: `Hello,\nthe code is ${letter.code.toLowerCase().replace('-', ' ')}\n\nAda`,
    });
    expect(right).toMatchObject({ outcome: 'answer-settled', rule: 'r5' });
    expect((await lastLetter()).text).toContain('PIN: 345');
    expect(await postern.query(`select outcome, settled_by from mails where id = $1`, [asked.id])).toEqual([
      { outcome: 'command-done', settled_by: right.id },
    ]);

    const twice = await write({ subject: 'Re: code', headers: answering(letter.id), body: letter.code });
    expect(twice).toMatchObject({ outcome: 'command-refused', rule: 'r5' });
    expect((await lastLetter()).text).toContain('has been used');
  }, 60_000);

  it('§11.2 the code alone in a mail of its own is enough, and a few wrong ones close the question', async () => {
    await anHourLater();
    await write({ subject: 'PIN', body: '' });
    const letter = await lastLetter();
    for (const wrong of ['7777-AAAA', '7777-AAAB', '7777-AAAC', '7777-AAAD'])
      expect(await write({ subject: wrong, body: '' })).toMatchObject({ outcome: 'command-refused' });
    expect(await write({ subject: '7777-AAAE', body: '' })).toMatchObject({ outcome: 'command-refused' });
    expect(
      await postern.query(`select closed_why, wrong from confirmation_codes order by letter_id desc limit 1`),
    ).toEqual([{ closed_why: 'wrong', wrong: 5 }]);
    const late = await write({ subject: 'Re: code', headers: answering(letter.id), body: letter.code });
    expect(late.outcome).toBe('command-refused');

    await anHourLater();
    await write({ subject: 'PIN', body: '' });
    const next = await lastLetter();
    expect(await write({ subject: next.code, body: '' })).toMatchObject({ outcome: 'answer-settled' });
  }, 60_000);

  it('§11.2 a code that is too old does nothing, by the clock of the database', async () => {
    await anHourLater();
    await write({ subject: 'PIN', body: '' });
    const letter = await lastLetter();
    await postern.query(
      `update confirmation_codes set expires_at = now() - interval '1 second' where closed_at is null`,
    );
    const late = await write({ subject: 'Re: code', headers: answering(letter.id), body: letter.code });
    expect(late).toMatchObject({ outcome: 'command-refused', rule: 'r5' });
    expect((await lastLetter()).text).toContain('too old');
  }, 60_000);

  it('§7 a verified contact gets the PIN at once', async () => {
    await anHourLater();
    expect(await write({ subject: 'PIN', body: '', headers: verified })).toMatchObject({ outcome: 'command-done' });
    expect((await lastLetter()).text).toContain('PIN: 345');
  }, 60_000);

  it('I9 a mail that quotes a code is shown masked, and is read again from its sealed bytes', async () => {
    const [row] = await postern.query<{ id: string }>(
      `select m.id from mails m join mail_bytes b on b.mail_id = m.id where b.sealed and m.outcome = 'answer-settled' order by m.id limit 1`,
    );
    const { app } = postern;
    const shown = (await mailBytes(app.database, row?.id ?? '0'))?.toString() ?? '';
    expect(shown).toContain('••••-••••');
    expect(findCodes(shown).filter((code) => codes.has(code))).toEqual([]);
    const again = await replayStoredMail(app.intake(), row?.id ?? '0', {
      dryRun: true,
      by: { kind: 'command', staff: null },
    });
    expect(again).toMatchObject({ before: 'answer-settled' });
  });
});

describe('§7 in a reply a command acts on that case', () => {
  it('§3.r8 STATUS tells of the case, and the rest of the text is added to it', async () => {
    await write({ subject: 'PIN 345 The import hangs', id: '<import@aldous.example>' });
    const acknowledged = await lastLetter();
    const done = await write({
      subject: `Re: ${acknowledged.subject}`,
      headers: answering(acknowledged.id),
      body: 'STATUS\n\nIt hangs at step 7 by now.',
    });
    expect(done).toMatchObject({ outcome: 'command-done', rule: 'r8' });
    const [{ number } = { number: '' }] = await postern.query<{ number: string }>('select number from cases');
    const letter = await lastLetter();
    expect(letter.subject).toContain(`[Case ${number}]`);
    expect(letter.text).toContain('The import hangs');
    const said = await postern.query<{ text: string }>(
      `select text from case_messages where direction = 'in' order by id`,
    );
    expect(said.map((one) => one.text.trim()).at(-1)).toBe('It hangs at step 7 by now.');
    expect(await write({ subject: 'Re: x', headers: answering(letter.id), body: 'And at step 8.' })).toMatchObject({
      outcome: 'case-updated',
    });
    expect(await write({ subject: 'CASES', body: '' })).toMatchObject({ outcome: 'command-done' });
    expect((await lastLetter()).text).toContain(`Case ${number}: The import hangs`);
    expect(await write({ subject: 'Licences', body: '' })).toMatchObject({ outcome: 'command-done' });
    expect((await lastLetter()).text).toContain('S-1001');
    expect(await write({ subject: 'help', body: '' })).toMatchObject({ outcome: 'command-done' });
    expect((await lastLetter()).text).toContain('STATUS');
  }, 60_000);
});

describe('§6.1, §6.2 a case is closed and reopened by its customer', () => {
  const standing = async () =>
    (
      await postern.query<{ status: string; closed: string | null; version: number }>(
        `select status, (closed_at = (select arrived_at from mails m where m.case_id = c.id and m.outcome = 'command-done' order by m.id desc limit 1))::text as closed
       from cases c where title = 'The export hangs'`,
      )
    )[0];
  const ofCase = () =>
    postern.query<{ kind: string }>(
      `select e.kind from case_events e join cases c on c.id = e.case_id where c.title = 'The export hangs' and e.kind in ('closed', 'reopened', 'updated') order by e.id`,
    );
  let acknowledged: Awaited<ReturnType<typeof lastLetter>>;
  const reply = (body: string, more = '') =>
    write({ subject: `Re: ${acknowledged.subject}`, headers: answering(acknowledged.id) + more, body });

  it('§7 CLOSE closes the case that it answers, and says so', async () => {
    await write({ subject: 'PIN 345 The export hangs', body: 'It stops at step 3.' });
    acknowledged = await lastLetter();
    expect(await reply('CLOSE\n\nIt runs again.')).toMatchObject({ outcome: 'command-done', rule: 'r8' });
    expect(await standing()).toEqual({ status: 'closed', closed: 'true' });
    expect((await ofCase()).map((one) => one.kind)).toEqual(['updated', 'closed']);
    const letter = await lastLetter();
    expect(letter.text).toContain('Your case is closed, as you asked.');
    expect(letter.text).toContain('Within 30 days of the close');
    const said = await postern.query<{ text: string }>(
      `select b.text from case_messages b join cases c on c.id = b.case_id where c.title = 'The export hangs' and direction = 'in' order by b.id`,
    );
    expect(said.map((one) => one.text.trim())).toEqual(['It stops at step 3.', 'It runs again.']);
    acknowledged = letter;
  }, 60_000);

  it('§7 CLOSE twice, thanks and automatic mail leave it closed', async () => {
    expect(await reply('close')).toMatchObject({ outcome: 'command-done' });
    expect((await lastLetter()).text).toContain('closed already');
    expect(await reply('Thank you!')).toMatchObject({ outcome: 'case-updated' });
    expect(await reply('REOPEN', '\nAuto-Submitted: auto-replied')).toMatchObject({ outcome: 'machine-recorded' });
    expect((await standing())?.status).toBe('closed');
    expect((await ofCase()).filter((one) => one.kind === 'closed')).toHaveLength(1);
  }, 60_000);

  it('§7 REOPEN opens it again, three times a day at most', async () => {
    for (let round = 1; round <= 3; round += 1) {
      if (round > 1) expect(await reply('CLOSE')).toMatchObject({ outcome: 'command-done' });
      expect(await reply('REOPEN')).toMatchObject({ outcome: 'command-done' });
      expect(await standing()).toEqual({ status: 'open', closed: null });
    }
    await reply('CLOSE');
    expect(await reply('REOPEN')).toMatchObject({ outcome: 'command-refused' });
    expect((await lastLetter()).text).toContain('reopened several times today');
    expect((await standing())?.status).toBe('closed');
    expect(
      await postern.query(
        `select action, count(*)::int as n from audit where action in ('case-closed', 'case-reopened') group by action order by action`,
      ),
    ).toEqual([
      { action: 'case-closed', n: 4 },
      { action: 'case-reopened', n: 3 },
    ]);
  }, 60_000);

  it('§6.2 after 30 days REOPEN opens a new case that is linked to the old one', async () => {
    await postern.query(
      `update cases set opened_at = opened_at - interval '40 days', closed_at = closed_at - interval '31 days' where title = 'The export hangs'`,
    );
    expect(await reply('REOPEN\n\nIt hangs again.')).toMatchObject({ outcome: 'case-followed-up', rule: 'r9' });
    expect((await lastLetter()).text).toContain('Follows up on:');
  }, 60_000);

  it('§7 of two who close a case at once both are told, and it is closed once', async () => {
    await write({ subject: 'PIN 345 The scanner hangs', body: 'It stops.' });
    const opened = await lastLetter();
    for (const from of ['Ada Byron <ada@aldous.example>', 'Max Ernst <max@aldous.example>'])
      await postern.handIn(
        mail({ subject: `Re: ${opened.subject}`, headers: answering(opened.id), body: 'CLOSE', from }),
        from.slice(from.indexOf('<') + 1, -1),
      );
    await postern.until(
      'both decided',
      async () => (await postern.query(`select from mails where state = 'new'`)).length === 0,
    );
    expect(
      await postern.query(
        `select e.kind from case_events e join cases c on c.id = e.case_id where c.title = 'The scanner hangs' and e.kind = 'closed'`,
      ),
    ).toHaveLength(1);
    expect(
      await postern.query(
        `select from mails m join cases c on c.id = m.case_id where c.title = 'The scanner hangs' and m.outcome = 'command-done'`,
      ),
    ).toHaveLength(2);
  }, 60_000);
});

describe('§7 UPGRADE', () => {
  it('is told what happens next, by mail and as it stands in the audit of the site', async () => {
    const asked = await write({ subject: 'Upgrade to premier, please', body: 'We run a night shift from June on.' });
    expect(asked).toMatchObject({ outcome: 'command-done', rule: 'r8' });
    // Nobody renews contracts at this desk, and nobody is said to.
    expect((await lastLetter()).text).toContain('Your wish is on record');
    expect(
      await postern.query(
        `select subject_id, detail->>'plan' as plan, actor from audit where action = 'upgrade-requested'`,
      ),
    ).toEqual([{ subject_id: '1000345', plan: 'premier', actor: `mail:${asked.id}` }]);
    expect(await write({ subject: 'UPGRADE premeir', body: '' })).toMatchObject({ outcome: 'command-refused' });
    expect((await lastLetter()).text).toContain('Did you mean UPGRADE premier?');
  });
});

describe('I9 nothing of a code lies about', () => {
  it('finds no code in any table, text or bytes decoded, nor in the queues', async () => {
    expect(codes.size).toBeGreaterThan(3);
    const tables = await postern.query<{ name: string }>(
      `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    let all = '';
    for (const { name } of tables) {
      const rows = await postern.query<Record<string, unknown>>(`select * from ${name}`);
      for (const row of rows)
        for (const value of Object.values(row))
          all += Buffer.isBuffer(value) ? `${value.toString('latin1')}\n` : `${JSON.stringify(value)}\n`;
    }
    // As it is, in quoted-printable and in base64 of whole parts.
    const decoded = all.replace(
      /[A-Za-z0-9+/=\r\n]{60,}/g,
      (block) => `${block}\n${Buffer.from(block, 'base64').toString('latin1')}\n`,
    );
    expect(decoded).toContain('The import hangs');
    for (const code of codes) {
      const [a, b] = code.split('-') as [string, string];
      expect(new RegExp(`${a}[- ]?${b}`, 'i').test(decoded), code).toBe(false);
    }
  });
});
