/** A day's work from the mail program alone (POLICY §3.r6, §5.4, §6.1): one case from the notice that offers it to its close. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { letterText } from '../../../src/outbound/rendering/letter-text.ts';
import { mail } from '../../support/app.ts';
import { type Client, type EnclosedFile, staffAnswer } from '../../support/mails/staff/staff-answer.ts';
import { ada, kim, lea, type StaffDesk, startStaffDesk, verified } from '../../support/staff-desk.ts';

type Letter = Awaited<ReturnType<StaffDesk['lettersTo']>>[number];
const names: Readonly<Record<string, string>> = { [kim]: 'Kim Oster', [lea]: 'Lea Brandt' };
const support = { name: 'Support', address: 'support@desk.example' };

let desk: StaffDesk;
beforeAll(async () => {
  desk = await startStaffDesk();
});
afterAll(() => desk.stop());

let mails = 0;
/** The answer of one of our people to a letter, in the format of their program; the letter that tells what was done. */
async function answer(
  letter: Letter,
  who: string,
  client: Client,
  text: string,
  attachments: readonly EnclosedFile[] = [],
): Promise<string> {
  mails += 1;
  const told = await desk.lettersTo(who, 'staff-answer');
  const messageId = `<day-${mails}-${process.pid}@desk.example>`;
  const raw = staffAnswer({
    client,
    from: { name: names[who] ?? who, address: who },
    to: support.address,
    inReplyTo: letter.messageId,
    subject: `Re: ${letter.subject}`,
    text,
    quoted: { text: letterText(letter.raw), from: support, at: new Date() },
    signature: names[who] ?? '',
    attachments,
    messageId,
    headers: [verified()],
  });
  await desk.handIn(raw.toString('latin1'), who);
  expect(await desk.decided(messageId)).toMatchObject({ outcome: 'staff-answered' });
  const now = await desk.lettersTo(who, 'staff-answer');
  return now.length > told.length ? desk.text(now.at(-1) as Letter) : '';
}

/** The customer's answer to a letter. */
async function reply(letter: Letter, body: string): Promise<void> {
  mails += 1;
  const id = `<day-${mails}-${process.pid}@aldous.example>`;
  const headers = [
    verified('aldous.example'),
    `In-Reply-To: ${letter.messageId}`,
    `References: ${letter.messageId}`,
  ].join('\n');
  await desk.handIn(mail({ subject: `Re: ${letter.subject}`, body, id, headers }));
  await desk.decided(id);
}

/** The newest letter of that kind to somebody, once there are more than `had`. */
async function next(to: string, template: string, had = 0): Promise<Letter> {
  const gone = async () => (await desk.lettersTo(to, template)).filter(({ state }) => state === 'sent');
  await desk.until(`${template} to ${to}`, async () => (await gone()).length > had, 40);
  return (await gone()).at(-1) as Letter;
}
const count = async (to: string, template: string) => (await desk.lettersTo(to, template)).length;
const stands = async () => {
  const [one] = await desk.query<Record<string, unknown>>(
    `select status, owner, severity, kind from cases order by id limit 1`,
  );
  return one ?? {};
};

it('takes, answers, notes, waits, agrees a severity, names a defect, gives on, escalates, solves and sees it closed', async () => {
  const id = `<day-first-${process.pid}@aldous.example>`;
  await desk.handIn(mail({ subject: 'PIN 345 Import stops', id, headers: verified('aldous.example') }));

  const offer = await next(kim, 'case-notice');
  expect(desk.text(offer)).toMatch(/Whoever answers TAKE first has it/);
  expect(await answer(offer, kim, 'outlook', 'TAKE')).toMatch(/TAKE: the case is yours/);
  expect(await stands()).toMatchObject({ owner: kim });
  expect(await answer(await next(lea, 'case-notice'), lea, 'iphone', 'TAKE')).toMatch(
    /Nothing was done[\s\S]*Kim Oster was faster/,
  );

  const log = { name: 'steps.txt', type: 'text/plain', content: 'restart the scheduler' };
  await answer(offer, kim, 'gmail', 'Please do what the enclosed file says.', [log]);
  const first = await next(ada, 'case-message');
  expect(desk.text(first)).toContain('Please do what the enclosed file says.');
  expect(first.raw.toString('latin1')).toMatch(/filename="?steps\.txt/);

  expect(await answer(offer, kim, 'apple-mail', 'NOTE\n\nAn old fork, I think.')).toMatch(
    /NOTE: the note is on the case/,
  );
  expect(await answer(offer, kim, 'thunderbird', 'WAIT 3')).toMatch(/WAIT: the clock stands/);
  const [wait] = await desk.query(`select detail from case_events where kind = 'clock-paused'`);
  expect(wait).toMatchObject({ detail: { until: expect.any(String) } });

  const notices = await count(kim, 'case-notice');
  await reply(first, 'I have done all of it, and it stops as before.');
  const written = await next(kim, 'case-notice', notices);
  expect(desk.text(written)).toMatch(/The customer has written[\s\S]*it stops as before/);
  expect(await desk.query(`select 1 from case_events where kind = 'clock-resumed'`)).toHaveLength(1);

  expect(await answer(written, kim, 'outlook-web', 'SEVERITY 2')).toMatch(
    /SEVERITY: severity 2 is proposed to the customer\. The case keeps severity 3/,
  );
  expect(await stands()).toMatchObject({ severity: 3 });
  const told = await count(kim, 'case-notice');
  await reply(await next(ada, 'severity-proposal'), 'Yes');
  await desk.until('the severity', async () => (await stands()).severity === 2, 30);
  await next(kim, 'case-notice', told);

  expect(await answer(written, kim, 'notes', 'KIND defect VLT-77')).toMatch(/KIND: defect, VLT-77/);
  expect(await stands()).toMatchObject({ kind: 'defect' });
  const leas = await count(lea, 'case-notice');
  expect(await answer(written, kim, 'k9', 'ASSIGN Lea')).toMatch(/ASSIGN: Lea Brandt has the case now/);
  const yours = await next(lea, 'case-notice', leas);
  expect(desk.text(yours)).toMatch(/This case is yours now/);

  const kims = await count(kim, 'case-notice');
  expect(await answer(yours, lea, 'gmail-android', 'ESCALATE\n\nThey lose a shift a day.')).toMatch(
    /ESCALATE: Kim Oster is told, as manager/,
  );
  expect(desk.text(await next(ada, 'case-escalated'))).toContain('Kim Oster');
  await next(kim, 'case-notice', kims);

  await answer(yours, lea, 'outlook-new', 'SOLVED\n\nVersion 11.7 has the fix.');
  const solution = await next(ada, 'solution-proposed');
  expect(desk.text(solution)).toContain('Version 11.7 has the fix.');
  expect(await stands()).toMatchObject({ status: 'open' });
  await reply(solution, 'Yes, it works now. Thank you!');
  await desk.until('the close', async () => (await stands()).status === 'closed', 30);
  expect(desk.text(await next(ada, 'case-closed'))).toMatch(/glad that it is solved/);

  const sent = await desk.query<{ text: string; template: string | null }>(
    `select m.text, l.template from case_messages m left join letters l on l.id = m.letter_id
     where m.direction = 'out' and not m.automatic order by m.id`,
  );
  expect(sent.map(({ template }) => template)).toEqual(['case-message', 'solution-proposed']);
  expect(sent.map(({ text }) => text).join('\n')).not.toMatch(/old fork|shift a day|TAKE|WAIT|Lea Brandt\nDesk/);
  expect(
    (await desk.query<{ kind: string }>(`select kind from case_events where kind <> 'others-told' order by id`)).map(
      ({ kind }) => kind,
    ),
  ).toMatchInlineSnapshot(`
    [
      "opened",
      "clock-started",
      "offered",
      "staff-answered",
      "owner-set",
      "staff-answered",
      "staff-answered",
      "clock-met",
      "staff-answer-sent",
      "staff-answered",
      "staff-answered",
      "clock-paused",
      "updated",
      "clock-resumed",
      "owner-told",
      "staff-answered",
      "severity-proposed",
      "updated",
      "severity-changed",
      "owner-told",
      "staff-answered",
      "kind-set",
      "staff-answered",
      "owner-set",
      "staff-answered",
      "escalated",
      "staff-told",
      "staff-answered",
      "solution-proposed",
      "clock-paused",
      "staff-answer-sent",
      "updated",
      "closed",
    ]
  `);
}, 240_000);

it('closes a case by mail: the text goes out first, and nobody else is written to', async () => {
  const { number, notice } = await desk.ownedCase(kim, 'Old question');
  const before = await count(ada, 'case-message');
  const said = await answer(notice, kim, 'outlook-ios', 'CLOSE\n\nThe manual says how, on page 12.');
  expect(said).toMatch(/CLOSE: once your text has gone out, the case is closed/);
  expect(desk.text(await next(ada, 'case-message', before))).toContain('on page 12');
  const closed = () => desk.query(`select 1 from cases where number = $1 and status = 'closed'`, [number]);
  await desk.until('the close', async () => (await closed()).length > 0, 30);
  expect(await answer(notice, kim, 'iphone', 'TAKE')).toMatch(/Nothing was done\. The case is closed/);
  expect(await answer(notice, kim, 'iphone', 'NOTE\n\nAsked twice already.')).toMatch(/NOTE: the note is on the case/);
}, 120_000);
