/** What stands inside of a mail is seen on its case, and so is what nobody could read. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findCase } from '../../../src/store/reports/reports.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';

let postern: Awaited<ReturnType<typeof startApp>>;

beforeAll(async () => {
  postern = await startApp();
  await postern.query(registrySql);
});
afterAll(async () => {
  await postern.stop();
});

async function shownOnCase(title: string, headers: string, body: string) {
  const plain = mail({ subject: `PIN 345 ${title}`, body, id: `<${title}@aldous.example>` });
  await postern.handIn(plain.replace('Content-Type: text/plain; charset=utf-8', headers));
  const number = async () =>
    (await postern.query<{ number: string }>(`select number::text from cases where title = '${title}'`))[0]?.number;
  await postern.until('the case', async () => (await number()) !== undefined);
  return (await findCase(postern.app.database, (await number()) ?? ''))?.messages[0];
}

it('a mail that was forwarded as an attachment shows its sender, subject and first lines', async () => {
  const shown = await shownOnCase(
    'forwarding',
    'Content-Type: multipart/mixed; boundary=b',
    '--b\n\nSee there.\n--b\nContent-Type: message/rfc822\n\nFrom: Joe <joe@other.example>\nSubject: It stopped\n\nAt noon.\n--b--\n',
  );
  expect(shown?.text).toContain('See there.');
  expect(shown?.text).toContain('From: Joe <joe@other.example>\nSubject: It stopped\n\nAt noon.');
});

it('an encrypted mail says that it could not be read, and a signed one is read', async () => {
  const part = (name: string) => readFileSync(new URL(`../../fixtures/enclosed/${name}`, import.meta.url), 'latin1');
  const header = (kind: string) =>
    `Content-Type: application/pkcs7-mime; smime-type=${kind}; name=smime.p7m\nContent-Transfer-Encoding: base64`;
  expect((await shownOnCase('encrypted', header('enveloped-data'), part('enveloped.b64')))?.unreadParts).toEqual([
    'encrypted',
  ]);
  const signed = await shownOnCase('signed', header('signed-data'), part('signed-ber.b64'));
  expect(signed).toMatchObject({ text: expect.stringContaining('The pump stopped, Käse.'), unreadParts: [] });
});
