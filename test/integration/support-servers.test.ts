import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { afterAll, expect, test } from 'vitest';
import { startDovecot } from '../support/servers/dovecot.ts';
import { startRedis } from '../support/servers/redis.ts';
import { startSmtpSink } from '../support/servers/smtp-sink.ts';

const dovecot = await startDovecot();
const redis = await startRedis();
const sink = await startSmtpSink({ auth: { user: 'desk', pass: 'secret' } });
afterAll(async () => {
  await sink.stop();
  await redis.stop();
  await dovecot.stop();
});

test('the private Dovecot hands out what was delivered and keeps flags', async () => {
  const user = dovecot.freshUser();
  dovecot.deliver(user, 'Subject: one\r\n\r\nhello\r\n');
  const client = new ImapFlow({
    host: dovecot.host,
    port: dovecot.port,
    secure: false,
    auth: { user, pass: dovecot.password },
    logger: false,
  });
  await client.connect();
  await client.mailboxOpen('INBOX');
  expect(((await client.fetchOne('1', { envelope: true })) as { envelope: { subject: string } }).envelope.subject).toBe(
    'one',
  );
  await client.messageFlagsAdd('1', ['\\Seen']);
  await client.logout();
  expect(dovecot.mails(user).map((mail) => mail.flags)).toEqual([['\\Seen']]);
});

test('the private Redis has its data again after a kill', async () => {
  redis.command('set', 'kept', 'yes');
  await new Promise((done) => setTimeout(done, 1_100));
  await redis.kill();
  await redis.restart();
  expect(redis.command('get', 'kept')).toBe('yes');
  redis.flush();
  expect(redis.command('dbsize')).toBe('0');
});

test('the SMTP sink records letters byte for byte and fails where told', async () => {
  const transport = createTransport(sink.url);
  const send = (text: string, to: string[]) =>
    transport.sendMail({ envelope: { from: 'a@desk.example', to }, raw: text });
  await send('Subject: x\r\n\r\n.dots\r\n..two\r\nend\r\n', ['b@c.example']);
  expect(sink.letters[0]).toMatchObject({ mailFrom: 'a@desk.example', rcptTo: ['b@c.example'] });
  expect(sink.letters[0]?.raw.toString()).toBe('Subject: x\r\n\r\n.dots\r\n..two\r\nend\r\n');

  sink.fail('RCPT', '550 5.1.1 unknown', { recipient: 'no@c.example' });
  const partly = await send('Subject: y\r\n\r\ny\r\n', ['b@c.example', 'no@c.example']);
  expect(partly.rejected).toEqual(['no@c.example']);
  sink.heal();
  sink.fail('BODY', '451 4.3.0 later', { times: 1 });
  await expect(send('Subject: z\r\n\r\nz\r\n', ['b@c.example'])).rejects.toMatchObject({ responseCode: 451 });
  sink.fail('BODY', 'hang-up', { times: 1 });
  await expect(send('Subject: lost\r\n\r\nz\r\n', ['b@c.example'])).rejects.toThrow();
  expect(sink.letters.map((letter) => /Subject: (\w+)/.exec(letter.raw.toString())?.[1])).toEqual(['x', 'y', 'lost']);
});
