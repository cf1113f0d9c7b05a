import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findCodes } from '../../../src/foundation/code-form.ts';
import { issuePrivileged, redeemPrivileged } from '../../support/acts/privileged.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';

let postern: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  postern = await startApp();
  await postern.query(registrySql);
});
afterAll(async () => {
  await postern.stop();
});

/** Every row of every table of every schema, queues included; what is binary as text, what is base64 or hex decoded too. */
async function everything(): Promise<Map<string, string>> {
  const tables = await postern.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const found = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await postern.query(`select * from ${name}`);
    const text = rows
      .flatMap((row) => Object.values(row))
      .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value)))
      .join('\n');
    const decoded = [...text.matchAll(/[0-9A-Za-z+/_-]{12,}={0,2}/g)].flatMap(([run]) => [
      Buffer.from(run, 'base64').toString('latin1'),
      Buffer.from(run, 'hex').toString('latin1'),
    ]);
    found.set(name, `${text}\n${decoded.join('\n')}`.toUpperCase());
  }
  return found;
}

const written = (secret: string): string[] => [
  secret.toUpperCase(),
  Buffer.from(secret).toString('hex').toUpperCase(),
  secret.replace('-', '').toUpperCase(),
];
const tablesWith = (dump: Map<string, string>, secret: string): string[] =>
  [...dump].filter(([, text]) => written(secret).some((one) => text.includes(one))).map(([name]) => name);

const settled = () =>
  postern.until('all done', async () => {
    const [row] = await postern.query<{ left: number }>(
      `select (select count(*) from mails where state = 'new')::int + (select count(*) from letters where state in ('queued', 'unknown'))::int as left`,
    );
    return row?.left === 0;
  });
async function lastText(): Promise<{ text: string; id: string }> {
  const letter = postern.sink.letters.at(-1);
  const parsed = await simpleParser(Buffer.from(letter?.raw ?? ''));
  return { text: parsed.text ?? '', id: parsed.messageId ?? '' };
}

it('I9 no code and no privileged PIN lies in clear in any table or queue, quoted by customers or not', async () => {
  const { database, letterBuilder, relay, vault, settings } = postern.app;
  const deps = { database, letterBuilder, relay, vault, policy: settings.policy };
  await postern.handIn(mail({ subject: 'PIN 345 Workflow stops' }));
  await settled();
  const [row] = await postern.query<{ number: string }>('select number from cases');
  const number = row?.number ?? '';

  await issuePrivileged(deps, { site: '1000345', contact: 'ada@aldous.example', case: number });
  await settled();
  const [pin = ''] = /\bp[0-9A-Z]{9}\b/.exec((await lastText()).text) ?? [];
  expect(pin).not.toBe('');
  // As the customer may send it on: in a subject, in an answer to the letter, coded, and in the case's thread.
  const id = (await lastText()).id;
  await postern.handIn(mail({ subject: `PIN ${pin} please go ahead` }));
  await postern.handIn(mail({ subject: `Re: [Case ${number}]`, body: `Here it is: ${pin.toLowerCase()}` }));
  await postern.handIn(
    mail({
      subject: `Re: your PIN`,
      headers: `In-Reply-To: ${id}\nContent-Transfer-Encoding: base64`,
      body: Buffer.from(`Use ${pin} now`).toString('base64'),
    }),
  );
  await postern.handIn(mail({ subject: 'Hello', body: `I was given ${pin}`, from: 'Eve <eve@elsewhere.example>' }));
  // Where nobody reads: the name of the sender, a header, the HTML beside a text, the name of an attachment and what is in it.
  const hidden = (headers: string, body: string, from = 'Eve <eve@elsewhere.example>') =>
    postern.handIn(
      mail({ subject: `Hello ${headers.length}`, headers, body, from }).replace(/^Content-Type: text.*\n/m, ''),
    );
  await hidden('Content-Type: text/plain', 'Hello', `"Eve ${pin}" <eve@elsewhere.example>`);
  await hidden(`X-Note: use ${pin}\nContent-Type: text/plain`, 'Hello there');
  await hidden(
    'Content-Type: multipart/mixed; boundary=x',
    [
      '--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/plain\n\nHello\n',
      `--y\nContent-Type: text/html\n\n<p>Use ${pin.slice(0, 4)}<b>${pin.slice(4)}</b></p>\n--y--\n`,
      `--x\nContent-Type: text/csv; name="${pin}.csv"\nContent-Disposition: attachment; filename="${pin}.csv"\nContent-Transfer-Encoding: base64\n`,
      `\n${Buffer.from(`case;pin\n${number};${pin}\n`).toString('base64')}\n--x--`,
    ].join(''),
  );
  await settled();
  expect((await postern.query('select from mails where facts @> \'{"quotesPrivilegedPin": true}\'')).length).toBe(7);
  await redeemPrivileged(deps, pin);
  await settled();

  await postern.handIn(mail({ subject: 'PIN', body: '' }));
  await settled();
  const asked = postern.sink.letters.at(-1);
  const [code = ''] = findCodes((await simpleParser(Buffer.from(asked?.raw ?? ''))).text ?? '');
  expect(code).not.toBe('');
  await postern.handIn(mail({ subject: code, body: `${code}\n` }));
  await settled();

  const dump = await everything();
  expect(dump.size).toBeGreaterThan(20);
  // It would find what is there.
  expect(tablesWith(dump, 'Workflow stops')).toContain('public.cases');
  expect(tablesWith(dump, 'please go ahead')).not.toEqual([]);
  expect(tablesWith(dump, pin)).toEqual([]);
  expect(tablesWith(dump, code)).toEqual([]);
}, 60_000);
