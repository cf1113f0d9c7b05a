/** `staffDelay` and `CANCEL` (POLICY §5.4), and what goes along with an answer, through the real intake. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staffAnswer } from '../../support/mails/staff/staff-answer.ts';
import { ada, kim, type StaffDesk, startStaffDesk, verified } from '../../support/staff-desk.ts';

/** Seconds. */
const delay = 4;
let desk: StaffDesk;
beforeAll(async () => {
  desk = await startStaffDesk({ delay });
});
afterAll(() => desk.stop());

const toAda = () => desk.lettersTo(ada, 'case-message');
const told = async () => desk.text((await desk.lettersTo(kim, 'staff-answer')).at(-1) as { raw: Buffer });

describe('CANCEL', () => {
  it('stops what waits, and nothing of it stays behind', async () => {
    const { number, notice } = await desk.ownedCase(kim, 'Workflow stopped');
    const answer = { subject: `Re: ${notice.subject}`, inReplyTo: notice.messageId };
    await desk.decided(await desk.answer({ ...answer, body: 'Please restart it.' }));
    expect(await desk.decided(await desk.answer({ ...answer, body: 'CANCEL' }))).toMatchObject({
      outcome: 'staff-answered',
    });
    expect(await told()).toContain(
      'Stopped. What you wrote does not go to the customer, and what was to follow it is not done.',
    );
    await sleep(delay * 1_000 + 200);
    await desk.runClock();
    expect(await toAda()).toEqual([]);
    const [on] = await desk.query('select response_met_at as met from cases where number = $1', [number]);
    expect(on).toEqual({ met: null });
    expect(await desk.query("select state from staff_answers where deeds <> '[]'")).toEqual([{ state: 'cancelled' }]);
  });

  it('comes too late where it has gone out', async () => {
    const { notice } = await desk.ownedCase(kim, 'Gate shut');
    const before = (await toAda()).length;
    const answer = { subject: `Re: ${notice.subject}`, inReplyTo: notice.messageId };
    const [file, logo] = [Buffer.from('line one\n'), Buffer.alloc(900, 7)];
    const raw = staffAnswer({
      client: 'outlook',
      from: { name: 'Kim Oster', address: kim },
      to: 'support@desk.example',
      inReplyTo: notice.messageId,
      subject: `RE: ${notice.subject}`,
      text: 'Please look at the file.',
      signature: 'Kim Oster\nDesk Inc.',
      quoted: { text: desk.text(notice), from: { name: 'Support', address: 'support@desk.example' }, at: new Date() },
      attachments: [
        { name: 'prüfung 1.log', type: 'text/plain', content: file },
        { name: 'image001.png', type: 'image/png', content: logo, inline: true },
      ],
      headers: [verified()],
      messageId: '<with-file@desk.example>',
    });
    await desk.handIn(raw.toString('latin1').replaceAll('\r\n', '\n'), kim);
    expect(await desk.decided('<with-file@desk.example>')).toMatchObject({ outcome: 'staff-answered' });
    await desk.until('the letter', async () => (await toAda()).length > before, 40);
    const letter = (await toAda()).at(-1) as { raw: Buffer };
    const bytes = letter.raw.toString('latin1');
    expect(desk.text(letter)).toContain('Please look at the file.');
    expect(desk.text(letter)).not.toContain('Desk Inc.');
    expect(bytes).toMatch(/filename\*=UTF-8''pr%C3%BCfung%201\.log/);
    expect(bytes).toContain(file.toString('base64'));
    expect(bytes).not.toContain('image001');
    await desk.decided(await desk.answer({ ...answer, body: 'CANCEL' }));
    expect(await told()).toMatch(/Too late: what you wrote went to the customer on /);
  });
});
