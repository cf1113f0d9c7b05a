/** A privileged PIN in every place of a mail, of its letters and of what went wrong: no page, no part of one and no file shows it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { privilegedPinOf } from '../../../src/foundation/pin-form.ts';
import { openConsole } from '../../../workers/console.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';

const pin = ['7BCDEFGH', '7BCDEFGJ', '7BCDEFGK'].map(privilegedPinOf).find((one) => one !== null) ?? '';
const covered = `p${'*'.repeat(9)}`;

let postern: TestConsole;
let kim: Awaited<ReturnType<TestConsole['as']>>;
let mail: string;
let given: string;
let letter: string;
let run: string;
beforeAll(async () => {
  expect(pin).toHaveLength(10);
  postern = await startConsole();
  kim = await postern.as('nia');
  await postern.handIn(
    [
      `From: "Zoe ${pin}" <zoe@aldous.example>`,
      'To: support@desk.example',
      `Subject: PIN 345 The PIN is ${pin}`,
      'Message-ID: <masked@aldous.example>',
      'Date: Sat, 21 Nov 2026 10:00:00 +0000',
      'Authentication-Results: mx.desk.example; dmarc=pass header.from=aldous.example',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: text/plain; charset=utf-8',
      '',
      `Please use ${pin} for it.`,
      `> Quoted: ${pin}`,
      '--x',
      `Content-Type: text/plain; name="${pin}.txt"`,
      `Content-Disposition: attachment; filename="${pin}.txt"`,
      '',
      `In a file: ${pin}`,
      '--x--',
      '',
    ].join('\n'),
    'zoe@aldous.example',
  );
  const one = async (text: string) => String((await postern.query(text))[0]?.id ?? '');
  await postern.until('it is held', async () => (await one('select id from mails where outcome is not null')) !== '');
  mail = await one('select id from mails order by id desc limit 1');
  await postern.until('a letter is out', async () => (await one("select id from letters where state = 'sent'")) !== '');
  letter = await one('select id from letters order by id desc limit 1');
  // Whatever way it came into a row: pages do not count on what was written before them.
  await postern.query('update mails set subject = $1, reason = $1', [`Held ${pin}`]);
  await postern.query('update letters set subject = $1, response = $1, state_reason = $1', [`Said ${pin}`]);
  await postern.query("update letters set state = 'failed' where id = $1", [letter]);
  given = String(
    (
      await postern.query(
        `insert into mails (arrived_at, door, door_name, sha256, size, state, tries, last_failure, due_at)
         values (now(), 'hand', 'x', sha256('x'), 1, 'dead', 5, $1, now() + interval '1 hour') returning id`,
        [`It broke on ${pin}`],
      )
    )[0]?.id,
  );
  const { bulk } = openConsole(postern.app);
  run = await bulk.start({
    ...{ act: 'block-sender', says: `Block ${pin}`, back: '/', staff: 'nia@desk.example' },
    items: [{ label: `zoe: ${pin}`, input: { sender: 'one@elsewhere.example' } }],
  });
  await bulk.settled();
  await postern.until('it is seen', async () => (await kim.page('/queues')).includes('It broke on'), 15);
}, 60_000);
afterAll(() => postern.stop());

/** What a form sends back is seen by nobody. */
const seen = (page: string): string => page.replaceAll(/<input type="hidden"[^>]*>/g, '');

const shows = [
  '/',
  '/held',
  '/held?row=MAIL',
  '/held/many?do=refuse&mail=MAIL',
  '/mails',
  '/mails?q=held',
  `/mails?q=${pin}`,
  '/mails/MAIL',
  '/mails/MAIL/source',
  '/mails/MAIL/what-if',
  '/mails/GIVEN',
  '/letters',
  '/letters/LETTER',
  '/queues',
  '/bulk',
  '/bulk/RUN',
];
const others = [
  '/held/let-in',
  '/held/let-in/offer',
  '/mails/MAIL/html',
  '/mails/MAIL/raw',
  '/mails/MAIL/attachments/0',
  '/letters/LETTER?view=html',
  '/letters/LETTER?view=source',
  '/letters/LETTER/html',
  '/letters/LETTER/source',
  '/queues/board',
  '/queues/board/api/queues?activeQueue=intake',
  '/audit',
  '/audit.csv',
];
const filled = (path: string) =>
  path.replace('MAIL', mail).replace('GIVEN', given).replace('LETTER', letter).replace('RUN', run);

describe('a privileged PIN', () => {
  it.each(shows)('is covered where %s shows it', async (path) => {
    const page = seen(await kim.page(filled(path)));
    expect(page).not.toContain(pin);
    expect(page).toContain(covered);
  });
  it.each(others)('does not stand in %s', async (path) => {
    const answer = await kim.get(filled(path));
    expect(seen(await answer.text())).not.toContain(pin);
    expect(JSON.stringify([...answer.headers])).not.toContain(pin);
  });
  it('does not stand in what is said of a button, nor beside one that is refused', async () => {
    const csrf = await kim.csrf();
    for (const path of ['/do/refuse-mail/preview', '/do/release-mail/preview', '/do/release-mail', '/do/refuse-mail'])
      expect(
        seen(await (await kim.post(path, { csrf, input: JSON.stringify({ mail }), reason: pin })).text()),
      ).not.toContain(pin);
  });
  it('does not stand in the figures that follow by themselves', async () => {
    const stop = new AbortController();
    const answer = await postern.ask('/live', {
      headers: { cookie: kim.cookie, accept: 'text/event-stream' },
      signal: stop.signal,
    });
    const { value } = (await answer.body?.getReader().read()) ?? {};
    const figures = Buffer.from(value ?? []).toString();
    stop.abort();
    expect(figures).toContain('event: figures');
    expect(figures).not.toContain(pin);
  });
});
