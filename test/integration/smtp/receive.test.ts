import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/foundation/failure.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { type Envelope, openReceiver, type Receiver, type ReceiverOptions } from '../../../src/smtp/receive.ts';

let receiver: Receiver | null = null;
let taken: { raw: string; envelope: Envelope }[] = [];
afterEach(async () => {
  await receiver?.close();
  receiver = null;
  taken = [];
});

async function open(options: Partial<ReceiverOptions> = {}): Promise<void> {
  receiver = await openReceiver({
    protocol: 'lmtp',
    host: '127.0.0.1',
    port: 0,
    addresses: ['support@desk.example', 'access@desk.example'],
    receive: async (raw, envelope) => void taken.push({ raw: Buffer.from(raw).toString(), envelope }),
    log: silentLog,
    meter: silentMeter,
    ...options,
  });
}

/** Says one line after each answer; the code of every answer line that ends one. */
function talk(lines: string[], cut = false): Promise<string[]> {
  return new Promise((done, failed) => {
    const socket = connect(receiver?.port ?? 0, '127.0.0.1');
    const codes: string[] = [];
    const rest = [...lines];
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      const ended = text.split('\r\n').filter((line) => /^\d{3} /.test(line));
      codes.push(...ended.map((line) => line.slice(0, 3)));
      const next = ended.length > 0 ? rest.shift() : undefined;
      if (next !== undefined) socket.write(`${next}\r\n`);
      if (cut && rest.length === 0) setTimeout(() => socket.destroy(), 50);
    });
    socket.on('close', () => done(codes));
    socket.on('error', failed);
    socket.setTimeout(5000, () => failed(new Error(`no answer after ${codes.join(' ')}`)));
  });
}
const to = (address: string) => `RCPT TO:<${address}>`;
const mail = 'Subject: x\r\n\r\nhello\r\n.';

describe('mail by LMTP and SMTP', () => {
  it('takes the null sender and plus addresses, refuses strangers, answers for each recipient', async () => {
    await open();
    const codes = await talk([
      'LHLO a',
      'MAIL FROM:<>',
      to('Support+c1@desk.example'),
      to('x@desk.example'),
      to('access@desk.example'),
      'DATA',
      mail,
      'QUIT',
    ]);
    expect(codes).toEqual(['220', '250', '250', '250', '550', '250', '354', '250', '250', '221']);
    expect(taken).toHaveLength(1);
    expect(taken[0]?.envelope).toEqual({ mailFrom: '', rcptTo: ['Support+c1@desk.example', 'access@desk.example'] });
  });
  it('takes mail for the postmaster of our domains, with and without one (RFC 5321 §4.5.1), and of no other', async () => {
    await open({ protocol: 'smtp' });
    const codes = await talk([
      'EHLO a',
      'MAIL FROM:<a@b.example>',
      to('postmaster'),
      to('Postmaster@Desk.Example'),
      to('postmaster@elsewhere.example'),
      to('postmaster@sub.desk.example'),
      to('postmasters@desk.example'),
      'DATA',
      mail,
      'QUIT',
    ]);
    expect(codes).toEqual(['220', '250', '250', '250', '250', '550', '550', '550', '354', '250', '221']);
    expect(taken[0]?.envelope.rcptTo).toEqual(['postmaster@desk.example', 'Postmaster@Desk.Example']);
  });
  it('leaves the mail with the sender when it cannot be stored', async () => {
    await open({ receive: () => Promise.reject(new Failure('database-away', 'away')) });
    const codes = await talk(['LHLO a', 'MAIL FROM:<a@b.example>', to('support@desk.example'), 'DATA', mail, 'QUIT']);
    expect(codes.slice(-2)).toEqual(['451', '221']);
  });
  it('refuses a mail over the limit while it streams', async () => {
    await open({ protocol: 'smtp', sizeLimit: 1000 });
    const big = `Subject: x\r\n\r\n${'a'.repeat(70)}\r\n${`${'b'.repeat(70)}\r\n`.repeat(40)}.`;
    const codes = await talk(['EHLO a', 'MAIL FROM:<a@b.example>', to('support@desk.example'), 'DATA', big, 'QUIT']);
    expect(codes.slice(-2)).toEqual(['552', '221']);
    expect(taken).toEqual([]);
  });
  it('stores nothing of a mail that was cut off', async () => {
    await open();
    await talk(['LHLO a', 'MAIL FROM:<a@b.example>', to('support@desk.example'), 'DATA', 'Subject: half'], true);
    expect(taken).toEqual([]);
  });
  it('tells a client with too many connections, or too many mails in a minute, to come again', async () => {
    await open({ limits: { connectionsPerClient: 1, mailsPerMinute: 1 } });
    const first = connect(receiver?.port ?? 0, '127.0.0.1');
    await new Promise((done) => first.once('data', done));
    expect(await talk(['QUIT'])).toEqual(['421']);
    first.destroy();
    await new Promise((done) => setTimeout(done, 50));
    const one = ['MAIL FROM:<a@b.example>', to('support@desk.example'), 'DATA', mail];
    const codes = await talk(['LHLO a', ...one, 'MAIL FROM:<a@b.example>', 'QUIT']);
    expect(codes.slice(-3)).toEqual(['250', '450', '221']);
    expect(taken).toHaveLength(1);
  });
  it('holds no more octets than it may: what comes while there is no room is left with the sender', async () => {
    let store = () => {};
    const stored = new Promise<void>((done) => {
      store = done;
    });
    await open({
      limits: { octetsInHand: 3000 },
      receive: async (raw) => {
        taken.push({ raw: Buffer.from(raw).toString(), envelope: { mailFrom: '', rcptTo: [] } });
        await stored;
      },
    });
    const big = `Subject: x\r\n\r\n${`${'b'.repeat(70)}\r\n`.repeat(30)}.`;
    const lines = ['LHLO a', 'MAIL FROM:<a@b.example>', to('support@desk.example'), 'DATA', big, 'QUIT'];
    const first = talk(lines);
    while (taken.length === 0) await new Promise((done) => setTimeout(done, 10));
    expect((await talk(lines)).slice(-2)).toEqual(['452', '221']);
    store();
    expect((await first).slice(-2)).toEqual(['250', '221']);
    expect((await talk(lines)).slice(-2)).toEqual(['250', '221']);
    expect(taken).toHaveLength(2);
  });
  it('gives room back for a mail that was cut off', async () => {
    await open({ limits: { octetsInHand: 3000 } });
    const part = `Subject: x\r\n\r\n${`${'b'.repeat(70)}\r\n`.repeat(30)}`;
    await talk(['LHLO a', 'MAIL FROM:<a@b.example>', to('support@desk.example'), 'DATA', part], true);
    await new Promise((done) => setTimeout(done, 50));
    const lines = ['LHLO a', 'MAIL FROM:<a@b.example>', to('support@desk.example'), 'DATA', `${part}.`, 'QUIT'];
    expect((await talk(lines)).slice(-2)).toEqual(['250', '221']);
  });
});
