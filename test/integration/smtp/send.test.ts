import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFailure } from '../../../src/foundation/failure.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { openSender, type Sender } from '../../../src/smtp/send.ts';
import { type SmtpSink, startSmtpSink, type Verb } from '../../support/servers/smtp-sink.ts';

const raw = Buffer.from('From: desk@desk.example\r\nSubject: hello\r\n\r\n.a line with a dot\r\nGr\u00fc\u00dfe\r\n');
const letter = { envelopeFrom: 'bounces+1.abc@desk.example', to: 'ada@aldous.example', raw };
const timeouts = { connect: 700, socket: 700, whole: 1_500 };

let sink: SmtpSink;
let sender: Sender;
beforeEach(async () => {
  sink = await startSmtpSink();
  sender = openSender({ url: sink.url, log: silentLog, timeouts });
});
afterEach(async () => {
  await sender.close();
  await sink.stop();
});

describe('a letter that goes out', () => {
  it('arrives as the bytes it was handed in as, with its envelope', async () => {
    expect(await sender.send(letter)).toMatchObject({ kind: 'sent', response: expect.stringMatching(/^250 /) });
    const [arrived] = sink.letters;
    expect(arrived?.raw.equals(raw)).toBe(true);
    expect(arrived).toMatchObject({ mailFrom: 'bounces+1.abc@desk.example', rcptTo: ['ada@aldous.example'] });
  });

  it('goes out with the null sender where there is no return path', async () => {
    expect(await sender.send({ ...letter, envelopeFrom: '' })).toMatchObject({ kind: 'sent' });
    expect(sink.commands.find((line) => line.startsWith('MAIL'))).toMatch(/^MAIL FROM:<>/);
  });

  it('is one of many at once over five connections, which stay open', async () => {
    const outcomes = await Promise.all(Array.from({ length: 60 }, () => sender.send(letter)));
    expect(outcomes.every((outcome) => outcome.kind === 'sent')).toBe(true);
    expect(sink.connections()).toEqual({ made: 5, open: 5 });
  });

  it('shares its connection with the next one', async () => {
    for (let i = 0; i < 5; i += 1) expect((await sender.send(letter)).kind).toBe('sent');
    expect(sink.connections().made).toBe(1);
  });
});

describe('a refusal', () => {
  it.each([
    ['RCPT', '451 4.2.1 later', { kind: 'recipient-refused', code: 451, permanent: false }],
    ['RCPT', '550 5.1.1 nobody of that name', { kind: 'recipient-refused', code: 550, permanent: true }],
    ['DATA', '452 4.3.1 no room', { kind: 'recipient-refused', code: 452, permanent: false }],
    ['BODY', '451 4.7.1 greylisted', { kind: 'recipient-refused', code: 451, permanent: false }],
    ['BODY', '554 5.7.1 not wanted', { kind: 'recipient-refused', code: 554, permanent: true }],
    ['MAIL', '552 5.3.4 too big', { kind: 'recipient-refused', code: 552, permanent: true }],
    ['MAIL', '550 5.7.1 sender not allowed', { kind: 'session-refused', code: 550 }],
    ['MAIL', '421 4.3.2 going down', { kind: 'session-refused', code: 421 }],
    ['RCPT', '421 4.3.2 going down', { kind: 'session-refused', code: 421 }],
    ['BODY', '421 4.3.2 going down', { kind: 'session-refused', code: 421 }],
    ['RCPT', '452 4.2.2 mailbox full', { kind: 'recipient-refused', code: 452, permanent: false }],
    ['DATA', '554 5.6.0 not this', { kind: 'recipient-refused', code: 554, permanent: true }],
    ['DATA', '421 4.3.2 going down', { kind: 'session-refused', code: 421 }],
    ['BODY', '552 5.3.4 too big', { kind: 'recipient-refused', code: 552, permanent: true }],
    ['MAIL', '451 4.3.0 try later', { kind: 'session-refused', code: 451 }],
    ['CONNECT', '450 4.3.2 not now', { kind: 'session-refused', code: 450 }],
    ['CONNECT', '554 5.7.1 not you', { kind: 'session-refused', code: 554 }],
    ['CONNECT', '421 4.3.2 too busy', { kind: 'session-refused', code: 421 }],
  ] as const)('at %s with %s says whose fault it is, and is tried once only', async (verb, fault, expected) => {
    sink.fail(verb as Verb, fault as `5${string}`);
    const outcome = await sender.send(letter);
    expect(outcome).toMatchObject(expected);
    expect(outcome.response).toContain(fault);
    expect(sink.letters).toHaveLength(0);
    expect(sink.connections().made).toBe(1);
    sink.heal();
    expect((await sender.send(letter)).kind).toBe('sent');
  });

  it.each(['421 4.3.2 going down', '451 4.3.0 later', '550 5.7.1 not you'] as const)(
    'at EHLO with %s is the session’s, whatever follows HELO',
    async (fault) => {
      sink.fail('EHLO', fault);
      expect(await sender.send(letter)).toMatchObject({ kind: 'session-refused' });
      sink.heal();
      expect((await sender.send(letter)).kind).toBe('sent');
    },
  );

  it.each(['454 4.7.0 not now', '535 5.7.8 wrong', '421 4.7.0 too many'] as const)(
    'at AUTH with %s is the session’s, and the letter is not blamed',
    async (fault) => {
      const locked = await startSmtpSink({ auth: { user: 'desk', pass: 'right' } });
      const known = openSender({ url: locked.url, log: silentLog, timeouts });
      locked.fail('AUTH', fault);
      expect(await known.send(letter)).toMatchObject({ kind: 'session-refused', code: Number(fault.slice(0, 3)) });
      locked.heal();
      expect((await known.send(letter)).kind).toBe('sent');
      await known.close();
      await locked.stop();
    },
  );

  it('of one recipient leaves the letters to others alone', async () => {
    sink.fail('RCPT', '550 5.1.1 nobody', { recipient: 'ada@aldous.example' });
    const all = ['ada@aldous.example', 'max@aldous.example', 'kim@desk.example'];
    const outcomes = await Promise.all(all.map((to) => sender.send({ ...letter, to })));
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['recipient-refused', 'sent', 'sent']);
  });

  it('of the login is the session’s', async () => {
    const locked = await startSmtpSink({ auth: { user: 'desk', pass: 'right' } });
    const wrong = openSender({ url: locked.url.replace('right', 'wrong'), log: silentLog, timeouts });
    expect(await wrong.send(letter)).toMatchObject({ kind: 'session-refused', code: 535 });
    const failure = await wrong.verify().catch((error: unknown) => error);
    expect(isFailure(failure, 'smtp-login-refused')).toBe(true);
    await wrong.close();
    await locked.stop();
  });
});

describe('a line that is cut or silent', () => {
  it.each([
    ['CONNECT', 'hang-up'],
    ['EHLO', 'hang-up'],
    ['MAIL', 'hang-up'],
    ['RCPT', 'hang-up'],
    ['DATA', 'hang-up'],
    ['CONNECT', 'silence'],
    ['EHLO', 'silence'],
    ['MAIL', 'silence'],
    ['RCPT', 'silence'],
    ['DATA', 'silence'],
  ] as const)('at %s by %s: the other side cannot have the letter', async (verb, fault) => {
    sink.fail(verb, fault, { times: 1 });
    expect(await sender.send(letter)).toMatchObject({ kind: 'connection' });
    expect(sink.letters).toHaveLength(0);
    expect((await sender.send(letter)).kind).toBe('sent');
  });

  it.each(['hang-up', 'silence'] as const)('after the letter by %s: it may have it', async (fault) => {
    sink.fail('BODY', fault, { times: 1 });
    expect(await sender.send(letter)).toMatchObject({ kind: 'unknown' });
    expect(sink.letters).toHaveLength(1);
    expect((await sender.send(letter)).kind).toBe('sent');
    expect(sink.letters[0]?.raw.equals(sink.letters[1]?.raw ?? Buffer.alloc(0))).toBe(true);
  });

  it('reset behind the 250 has the letter, and the next one takes another line', async () => {
    sink.fail('BODY', 'answer-then-reset', { times: 1 });
    expect(await sender.send(letter)).toMatchObject({ kind: 'sent', response: expect.stringMatching(/^250 /) });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await sender.send(letter)).kind).toBe('sent');
    expect(sink.letters).toHaveLength(2);
    expect(sink.connections().made).toBe(2);
  });

  it.each(['MAIL', 'RCPT', 'DATA'] as const)('reset behind the answer to %s never counts as sent', async (verb) => {
    sink.fail(verb, 'answer-then-reset', { times: 1 });
    const outcome = await sender.send({ ...letter, raw: Buffer.concat([raw, Buffer.alloc(7_999_998, 'x\r\n')]) });
    expect(['connection', 'unknown', 'sent']).toContain(outcome.kind);
    expect(outcome.kind === 'sent').toBe(sink.letters.length === 1);
    expect((await sender.send(letter)).kind).toBe('sent');
  });

  it('cut within the letter never counts as sent, and the next try is whole', async () => {
    sink.fail('BODY', 'cut-inside', { times: 1 });
    const long = { ...letter, raw: Buffer.concat([raw, Buffer.alloc(5_000_001, 'x\r\n')]) };
    expect(['connection', 'unknown']).toContain((await sender.send(long)).kind);
    expect(sink.letters).toHaveLength(0);
    expect((await sender.send(long)).kind).toBe('sent');
    expect(sink.letters[0]?.raw.length).toBe(long.raw.length);
  });

  it('that is cut by RSET or QUIT has nothing to do with the letter before', async () => {
    sink.fail('QUIT', 'hang-up');
    sink.fail('RSET', 'hang-up');
    expect((await sender.send(letter)).kind).toBe('sent');
    expect((await sender.send(letter)).kind).toBe('sent');
  });

  it('ends within the time for one letter, however long the socket would wait', async () => {
    const patient = openSender({
      url: sink.url,
      log: silentLog,
      timeouts: { ...timeouts, socket: 60_000, whole: 600 },
    });
    sink.fail('BODY', 'silence');
    const began = performance.now();
    expect(await patient.send(letter)).toMatchObject({ kind: 'unknown' });
    expect(performance.now() - began).toBeLessThan(2_500);
    await patient.close();
  });

  it('says that nobody listens', async () => {
    const nobody = openSender({ url: 'smtp://127.0.0.1:9', log: silentLog, timeouts });
    expect(await nobody.send(letter)).toMatchObject({ kind: 'connection' });
    expect(isFailure(await nobody.verify().catch((error: unknown) => error), 'smtp-away')).toBe(true);
    await nobody.close();
  });

  it('between two letters is not the second one’s loss', async () => {
    expect((await sender.send(letter)).kind).toBe('sent');
    sink.fail('MAIL', 'hang-up', { times: 1 });
    expect((await sender.send(letter)).kind).toBe('sent');
    expect(sink.letters).toHaveLength(2);
    expect(sink.connections().made).toBe(2);
  });
});
