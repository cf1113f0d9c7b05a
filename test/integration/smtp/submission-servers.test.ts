/** Servers that limit whom a letter is from, how many go in a session, at once or in a row: the letters go out all the same. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Log } from '../../../src/foundation/log.ts';
import { openSender, type Sender, type SenderOptions } from '../../../src/smtp/send.ts';
import { type SinkLimits, type SmtpSink, startSmtpSink } from '../../support/servers/smtp-sink.ts';

const own = 'desk@tenant.example';
const raw = Buffer.from('From: Support <support@desk.example>\r\nSubject: hello\r\n\r\nhello\r\n');
const reply = { envelopeFrom: '', to: 'ada@aldous.example', raw };
const notice = { envelopeFrom: 'bounces+7.abc@desk.example', to: 'kim@desk.example', raw };
const timeouts = { connect: 2_000, socket: 2_000, whole: 15_000 };

let sink: SmtpSink;
let sender: Sender;
let told: string[] = [];
const log = {
  trace() {},
  debug() {},
  info: (_: object, text: string) => void told.push(text),
  warn: (_: object, text: string) => void told.push(text),
  error() {},
} as unknown as Log;

async function open(given: { limits?: SinkLimits } & Partial<SenderOptions> = {}): Promise<void> {
  const { limits, ...options } = given;
  told = [];
  sink = await startSmtpSink({ auth: { user: own, pass: 'right' }, ...(limits ? { limits } : {}) });
  sender = openSender({ url: sink.url, own, support: 'support@desk.example', log, timeouts, ...options });
}
afterEach(async () => {
  await sender.close();
  await sink.stop();
});
const mails = () => sink.commands.filter((line) => line.startsWith('MAIL')).map((line) => /<[^>]*>/.exec(line)?.[0]);

describe('a server that refuses the null sender', () => {
  it.each([
    ['MAIL', '550 5.7.60 SMTP; Client does not have permissions to send as this sender'],
    ['MAIL', '550 5.7.1 Null sender not allowed for authenticated users'],
    ['MAIL', '501 5.1.7 Invalid MAIL FROM address provided'],
    ['MAIL', '553 leerer Absender wird nicht angenommen'],
    ['MAIL', '553 5.1.7 空の送信者は受け付けません'],
    ['RCPT', '553 5.7.1 <>: Sender address rejected: not owned by user desk'],
    ['RCPT', '550 Adresse de l’expéditeur refusée'],
    ['BODY', '554 5.2.252 SendAsDenied; desk@tenant.example not allowed to send as <>'],
    ['BODY', '550 5.7.60 SMTP; Client does not have permissions to send as this sender'],
  ] as const)('at %s with %s: the letter leaves at once from the account, and those after it', async (verb, fault) => {
    await open();
    sink.fail(verb, fault, { sender: (address) => address === '' });
    expect((await sender.send(reply)).kind).toBe('sent');
    expect((await sender.send(reply)).kind).toBe('sent');
    expect(sink.letters.map(({ mailFrom }) => mailFrom)).toEqual([own, own]);
    expect(mails()).toEqual(['<>', `<${own}>`, `<${own}>`]);
    expect(told.filter((text) => text.includes('refuses the null sender'))).toHaveLength(1);
    // Others keep theirs.
    expect((await sender.send(notice)).kind).toBe('sent');
    expect(sink.letters[2]?.mailFrom).toBe(notice.envelopeFrom);
    await sender.close();
    sink.heal();
    sender = openSender({ url: sink.url, own, support: 'support@desk.example', log, timeouts });
    await sender.send(reply);
    expect(sink.letters[3]?.mailFrom).toBe('');
  });

  it('and has no account of its own: said what is wrong, and no letter is blamed', async () => {
    await open({ own: '' });
    sink.fail('MAIL', '550 5.7.1 no', { sender: (address) => address === '' });
    expect(await sender.send(reply)).toMatchObject({
      kind: 'session-refused',
      says: expect.stringMatching(/^SMTP_URL: .*it refuses the null sender, which automatic replies have.*Allow MAIL/),
    });
  });
});

describe('a server that refuses any sender but the account’s own', () => {
  it.each([
    ['MAIL', '550 5.7.60 SMTP; Client does not have permissions to send as this sender'],
    ['RCPT', '553 5.7.1 <bounces@desk.example>: Sender address rejected: not owned by user desk@tenant.example'],
    [
      'BODY',
      '554 Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: bounces@desk.example',
    ],
  ] as const)('at %s with %s: letters leave from it', async (verb, fault) => {
    await open();
    sink.fail(verb, fault, { sender: (address) => address !== own });
    for (const letter of [notice, reply, notice]) expect((await sender.send(letter)).kind).toBe('sent');
    expect(sink.letters.map(({ mailFrom }) => mailFrom)).toEqual([own, own, own]);
    expect(told.filter((text) => text.includes('refuses'))).toHaveLength(2);
  });

  it.each([
    '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
    '554 5.2.252 SendAsDenied; desk@tenant.example not allowed to send as support@desk.example; STOREDRV.Submission.Exception',
  ] as const)('in From as well (%s): said in words, the letter waits', async (fault) => {
    await open();
    sink.fail('BODY', fault);
    const outcome = await sender.send(notice);
    expect(outcome).toMatchObject({
      kind: 'session-refused',
      says: expect.stringMatching(
        /the server lets the account desk@tenant\.example send as itself only.*Set SUPPORT_ADDRESS to desk@tenant\.example, or allow SendAs/,
      ),
    });
    expect(sink.letters).toHaveLength(0);
    sink.heal();
    await sender.send(notice);
    expect(sink.letters[0]?.mailFrom).toBe(notice.envelopeFrom);
  });

  it.each([
    ['RCPT', '550 5.1.1 <ada@aldous.example>: Recipient address rejected: User unknown', 'recipient-refused'],
    ['BODY', '554 5.7.1 Message contains a virus', 'recipient-refused'],
    ['RCPT', '550 5.2.1 mailbox disabled', 'recipient-refused'],
    ['BODY', '552 5.3.4 too big', 'recipient-refused'],
  ] as const)('is not meant where %s says %s', async (verb, fault, kind) => {
    await open();
    sink.fail(verb, fault);
    expect(await sender.send(notice)).toMatchObject({ kind });
    expect(mails()).toEqual([`<${notice.envelopeFrom}>`]);
  });

  it('where the word sender is the recipient’s server’s, it is tried once more and the letter fails as before', async () => {
    await open();
    sink.fail('RCPT', '550 5.7.1 sender has a bad reputation');
    expect(await sender.send(notice)).toMatchObject({ kind: 'recipient-refused', permanent: true });
    sink.heal();
    await sender.send(notice);
    expect(sink.letters[0]?.mailFrom).toBe(notice.envelopeFrom);
  });
});

describe('a server that takes so many letters a session', () => {
  it.each([
    ['MAIL', '421 4.7.0 Too many messages in this session, closing connection'],
    ['MAIL', '452 4.5.3 Too many messages in this session'],
    ['RCPT', '452 4.5.3 Too many recipients'],
    ['MAIL', '421 closing transmission channel'],
    ['RCPT', '421 4.3.2 reconnect please'],
  ] as const)('%s %s: the next letter goes on over a new one, without a rest', async (verb, reply) => {
    await open({ limits: { letters: { most: 3, verb, reply } }, maxConnections: 1 });
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => sender.send(notice)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(10).fill('sent'));
    expect(sink.letters).toHaveLength(10);
    expect(sink.connections().made).toBe(4);
    // Found out once and kept to, where the session was not cut with it.
    const tries = sink.commands.filter((line) => line.startsWith('MAIL')).length;
    expect(tries).toBeLessThanOrEqual(reply.startsWith('421') ? 13 : 11);
  });

  it('serves nobody any more: it is tried once anew, and then the channel rests', async () => {
    await open({ maxConnections: 1 });
    await sender.send(notice);
    sink.fail('MAIL', '421 4.3.2 going down');
    expect(await sender.send(notice)).toMatchObject({ kind: 'session-refused', code: 421 });
    expect(sink.connections().made).toBe(2);
  });
});

describe('a server that allows three connections', () => {
  const connections = { most: 3, reply: '421 4.7.0 Too many concurrent SMTP connections' } as const;
  it('where five are tried: fewer are used, every letter goes out, and it is said what to set', async () => {
    await open({ limits: { connections } });
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => sender.send(notice)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(30).fill('sent'));
    expect(sink.letters).toHaveLength(30);
    expect(told.some((text) => text.includes('Set smtp.connections'))).toBe(true);
  });

  it('is never asked for more where it is set', async () => {
    await open({ limits: { connections }, maxConnections: 3 });
    await Promise.all(Array.from({ length: 30 }, () => sender.send(notice)));
    expect(sink.letters).toHaveLength(30);
    expect(sink.connections().made).toBe(3);
  });
});

describe('a server that wants a pause after each', () => {
  it.each([
    ['MAIL', '450 4.7.1 Error: too much mail from 127.0.0.1'],
    ['BODY', '454 Throttling failure: Maximum sending rate exceeded.'],
    ['RCPT', '451 4.7.1 Zu viele Nachrichten, bitte langsamer'],
  ] as const)('%s %s: waited for, no letter is blamed', async (verb, reply) => {
    await open({ limits: { pause: { ms: 400, verb, reply } }, maxConnections: 1 });
    for (let i = 0; i < 3; i += 1) expect((await sender.send(notice)).kind).toBe('sent');
    expect(sink.letters).toHaveLength(3);
  });

  it('gets it where it is set', async () => {
    await open({
      limits: { pause: { ms: 250, verb: 'MAIL', reply: '450 4.7.1 Error: too much mail' } },
      pause: 300,
    });
    await Promise.all(Array.from({ length: 4 }, () => sender.send(notice)));
    expect(sink.letters).toHaveLength(4);
    expect(sink.commands.filter((line) => line.startsWith('MAIL'))).toHaveLength(4);
  });

  it('and is asked in vain: the channel rests, with the setting named', async () => {
    await open();
    sink.fail('MAIL', '450 4.7.1 Error: too much mail from 127.0.0.1');
    expect(await sender.send(notice)).toMatchObject({
      kind: 'session-refused',
      says: expect.stringContaining('lettersPerMinute'),
    });
  });
});
