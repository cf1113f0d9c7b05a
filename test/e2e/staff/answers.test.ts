/** Engineers who work from their mail program (POLICY §3.r6, §5.4), through the real intake. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ada, kim, lea, type StaffDesk, startStaffDesk } from '../../support/staff-desk.ts';

let desk: StaffDesk;
beforeAll(async () => {
  desk = await startStaffDesk();
});
afterAll(() => desk.stop());

const quoted = (text: string) =>
  text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
const toAda = () => desk.lettersTo(ada, 'case-message');
const told = () => desk.lettersTo(kim, 'staff-answer');

describe('the answer to a notification', () => {
  it('goes to the customer, in the thread, without signature and quote, and with what is attached', async () => {
    const { number, notice, first } = await desk.ownedCase(kim, 'Workflow stopped');
    const before = (await toAda()).length;
    const id = await desk.answer({
      subject: `Re: ${notice.subject}`,
      inReplyTo: notice.messageId,
      headers: `Authentication-Results: mx.desk.example; dmarc=pass header.from=desk.example\nMIME-Version: 1.0`,
      body: `Please restart the scheduler, and tell us what the log says.\n\nKind regards\nKim\n-- \nKim Oster, Desk Inc.\n\nOn Monday, Support wrote:\n${quoted(desk.text(notice))}`,
    });
    expect(await desk.decided(id)).toMatchObject({ outcome: 'staff-answered', case: number });
    await desk.until('the letter', async () => (await toAda()).length > before, 30);
    const [letter] = (await toAda()).slice(before);
    const text = desk.text(letter as never);
    expect(text).toContain('Please restart the scheduler, and tell us what the log says.');
    expect(text).not.toMatch(/Desk Inc\.|above this line|Contract/);
    const head = (letter as { raw: Buffer }).raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
    expect(head).not.toMatch(/^Auto-Submitted:/im);
    expect(head).toMatch(/^From: .*support@desk\.example/im);
    expect(head).toMatch(/^In-Reply-To: </im);
    expect(first).toBeTruthy();
    const messages = await desk.query<{ author: string }>(
      `select author from case_messages m join cases c on c.id = m.case_id where c.number = $1 and direction = 'out' and not automatic`,
      [number],
    );
    expect(messages).toEqual([{ author: kim }]);
    const [met] = await desk.query<{ at: Date }>('select response_met_at as at from cases where number = $1', [number]);
    expect(met?.at).not.toBeNull();
  });

  it('acts by the words on its first lines, and tells what was done', async () => {
    const { number, notice } = await desk.ownedCase(lea, 'Gate shut');
    const before = (await desk.lettersTo(lea, 'staff-answer')).length;
    const id = await desk.answer({
      from: `Lea <${lea}>`,
      envelope: lea,
      subject: `Re: ${notice.subject}`,
      inReplyTo: notice.messageId,
      body: 'ASSIGN Kim Oster\nNOTE\n\nThey run an old fork, not a word about the price.',
    });
    expect(await desk.decided(id)).toMatchObject({ outcome: 'staff-answered', case: number });
    const [on] = await desk.query('select owner from cases where number = $1', [number]);
    expect(on).toEqual({ owner: kim });
    const notes = await desk.query(
      `select text from case_messages m join cases c on c.id = m.case_id where c.number = $1 and direction = 'note'`,
      [number],
    );
    expect(notes).toEqual([{ text: 'They run an old fork, not a word about the price.' }]);
    const letters = (await desk.lettersTo(lea, 'staff-answer')).slice(before);
    expect(letters).toHaveLength(1);
    expect(desk.text(letters[0] as never)).toMatch(
      /ASSIGN: Kim Oster has the case now and is told[\s\S]*NOTE: the note is on the case/,
    );
    // Kim has not had that notification: an answer of Lea's to the old one is asked back before it goes out.
    const late = await desk.answer({
      from: `Lea <${lea}>`,
      envelope: lea,
      subject: `Re: ${notice.subject}`,
      inReplyTo: notice.messageId,
      body: 'Please send us the log of last night.',
    });
    expect(await desk.decided(late)).toMatchObject({ outcome: 'staff-answered' });
    const asked = (await desk.lettersTo(lea, 'staff-answer')).at(-1) as {
      raw: Buffer;
      messageId: string;
      subject: string;
    };
    expect(desk.text(asked)).toMatch(
      /Somebody else has the case since that message: Kim Oster[\s\S]*> Please send us the log of last night\./,
    );
    const went = (await toAda()).length;
    const send = await desk.answer({
      from: `Lea <${lea}>`,
      envelope: lea,
      subject: `Re: ${asked.subject}`,
      inReplyTo: asked.messageId,
      body: `SEND\n\n${quoted(desk.text(asked))}`,
    });
    expect(await desk.decided(send)).toMatchObject({ outcome: 'staff-answered' });
    await desk.until('the letter', async () => (await toAda()).length > went, 30);
    expect(desk.text((await toAda()).at(-1) as never)).toContain('Please send us the log of last night.');
  });

  it('asks back what may be a command and is none, and lets it go by SEND', async () => {
    const { notice } = await desk.ownedCase(kim, 'Printer on fire');
    const went = (await toAda()).length;
    const id = await desk.answer({
      subject: `Re: ${notice.subject}`,
      inReplyTo: notice.messageId,
      body: 'Solvd\n\nPlease try again.',
    });
    expect(await desk.decided(id)).toMatchObject({ outcome: 'staff-answered' });
    const asked = (await told()).at(-1) as { raw: Buffer; messageId: string; subject: string };
    expect(desk.text(asked)).toMatch(/“Solvd” looks like the word SOLVED[\s\S]*> Solvd[\s\S]*> Please try again\./);
    await desk.runClock();
    expect((await toAda()).length).toBe(went);
  });
});
