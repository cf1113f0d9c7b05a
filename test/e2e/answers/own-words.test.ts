/** MAIL.md §2 "What quotes us is known to us": answers whose quote no pattern tells, handed in by SMTP. */
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { explainMail } from '../../../src/flows/intake/explain-mail.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';
import { wrapped } from '../../support/mails/quoting.ts';

const ada = 'ada@aldous.example';
const verified = `Authentication-Results: mx.desk.example; dmarc=pass header.from=aldous.example`;
let running: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  running = await startApp();
  await running.query(registrySql);
});
afterAll(() => running.stop());

const quiet = () =>
  running.until(
    'quiet',
    async () =>
      (
        await running.query(
          `select from mails where state = 'new' union all select from letters where state in ('queued', 'unknown')`,
        )
      ).length === 0,
  );

async function lastLetter() {
  const letter = running.sink.letters.filter((one) => one.rcptTo.includes(ada)).at(-1);
  const parsed = await simpleParser(Buffer.from(letter?.raw ?? ''));
  return { text: (parsed.text ?? '').trim(), id: parsed.messageId ?? '' };
}

const written = (subject: string, body: string, answers: string | null, graded = true) =>
  mail({
    subject,
    body,
    headers: [...(graded ? [verified] : []), ...(answers === null ? [] : [`In-Reply-To: ${answers}`])].join('\n'),
  });

async function write(...given: Parameters<typeof written>) {
  await running.handIn(written(...given), ada);
  await quiet();
  const [last] = await running.query<{ outcome: string; said: string; own: string | null }>(
    `select outcome, facts->>'newText' as said, facts->>'nothingOwn' as own from mails order by id desc limit 1`,
  );
  return last;
}

/** As a program that marks nothing sets a letter into an answer. */
const bare = (text: string) => wrapped(text, 64);

it('a command below a bare quote of the acknowledgement is done', async () => {
  await write('PIN 345 Pump stopped', 'The pump stops after ten minutes.', null);
  const letter = await lastLetter();
  const raw = written('Re: Pump stopped', `${bare(letter.text)}\n\nCLOSE\n`, letter.id);
  const explained = await explainMail(running.app.intake(), Buffer.from(raw), new Date());
  expect(explained.mail.facts.newText).toBe('CLOSE');
  expect(explained.decision.outcome).toBe('command-done');
  expect(await write('Re: Pump stopped', `${bare(letter.text)}\n\nCLOSE\n`, letter.id)).toEqual({
    outcome: 'command-done',
    said: 'CLOSE',
    own: null,
  });
});

it('what an answer quotes of an earlier mail of the case is known as well', async () => {
  const report =
    'The second pump makes a noise like a coffee mill, and nobody in the hall can hear the telephone any more.';
  await write('PIN 345 Noise', report, null);
  const letter = await lastLetter();
  const answer = `It has become louder.\n\n${bare(`${letter.text}\n\n${report}`)}`;
  expect(await write('Re: Noise', answer, letter.id)).toMatchObject({
    outcome: 'case-updated',
    said: 'It has become louder.',
  });
});

it('the PIN above a bare quote of our question for it is all that is new', async () => {
  await write('Pump stopped again', 'It stopped at night, with the message of last week.', null);
  const letter = await lastLetter();
  expect(await write('Re: Pump stopped again', `345\n\n${bare(letter.text)}\n`, letter.id)).toEqual({
    outcome: 'answer-settled',
    said: '345',
    own: null,
  });
});

it('a letter that is stored sealed is known too: its code in a bare quote confirms nothing', async () => {
  await write('PIN', 'PIN', null, false);
  const letter = await lastLetter();
  const [code = ''] = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(letter.text) ?? [];
  expect(code).not.toBe('');
  const cut = letter.text.slice(letter.text.indexOf('If it was you'));
  const quoted = await write('Re: Please confirm', bare(cut), letter.id, false);
  expect(quoted).toMatchObject({ said: '', own: 'true' });
  expect(quoted?.outcome).not.toBe('answer-settled');
  expect(await write('Re: Please confirm', `${code}\n\n${bare(letter.text)}`, letter.id, false)).toMatchObject({
    outcome: 'answer-settled',
  });
});
