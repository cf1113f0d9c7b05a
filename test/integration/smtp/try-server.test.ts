/** What `doctor` finds out about a submission server, against real listeners, without a letter being sent. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type TryOptions, trySmtp } from '../../../src/smtp/try-server.ts';
import { type SmtpSink, startSmtpSink } from '../../support/servers/smtp-sink.ts';

const tls = join(import.meta.dirname, '..', '..', 'fixtures', 'tls');
const certificate = {
  key: readFileSync(join(tls, 'localhost.key.pem')),
  cert: readFileSync(join(tls, 'localhost.pem')),
};
const support = 'support@desk.example';
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function sink(options: Parameters<typeof startSmtpSink>[0] = {}): Promise<SmtpSink> {
  const found = await startSmtpSink(options);
  closers.push(found.stop);
  return found;
}
async function server(options: SMTPServerOptions): Promise<number> {
  const found = new SMTPServer({ logger: false, ...options });
  found.on('error', () => {});
  await new Promise<void>((done) => found.listen(0, '127.0.0.1', () => done()));
  closers.push(() => new Promise<void>((done) => found.close(() => done())));
  return (found.server.address() as { port: number }).port;
}
const tried = (url: string, more: Partial<TryOptions> = {}) =>
  trySmtp({ url, support, own: support, bounces: null, timeouts: { connect: 1_500, socket: 1_500 }, ...more });
const says = async (url: string, more: Partial<TryOptions> = {}) =>
  (await tried(url, more)).findings.map(({ grade, says: text }) => `${grade}: ${text}`);

describe('a server that serves us', () => {
  it('is signed in to, asked for the null sender, and gets nothing', async () => {
    const found = await sink({ auth: { user: 'desk@tenant.example', pass: 'right' } });
    expect(await says(found.url)).toEqual([
      `good: 127.0.0.1:${found.port} lets desk@tenant.example in, without TLS`,
      'note: SMTP_URL: the password goes over the line in clear, since the server offers no TLS',
    ]);
    expect(found.commands).toContain(`RCPT TO:<${support}>`);
    expect(found.letters).toEqual([]);
    await vi.waitFor(() => expect(found.connections().open).toBe(0));
  });

  it('without credentials is told to be so', async () => {
    const found = await sink();
    expect(await tried(found.url)).toEqual({
      ok: true,
      certificateEnds: null,
      findings: [{ grade: 'good', says: `127.0.0.1:${found.port} greets us, nobody signs in, without TLS` }],
    });
  });

  it('over TLS, by STARTTLS or from the first byte, says so and when its certificate ends', async () => {
    const options = {
      ...certificate,
      onAuth: (_: unknown, __: unknown, done: (e: null, a: { user: string }) => void) => done(null, { user: 'x' }),
    };
    const trust = '?tls.rejectUnauthorized=false';
    const starttls = await tried(`smtp://desk:right@127.0.0.1:${await server(options)}/${trust}`);
    expect(starttls.findings[0]).toEqual({
      grade: 'good',
      says: expect.stringMatching(/lets desk in, over TLS \(STARTTLS\)$/),
    });
    const whole = await tried(`smtps://desk:right@127.0.0.1:${await server({ ...options, secure: true })}/${trust}`);
    expect(whole.findings[0]).toEqual({ grade: 'good', says: expect.stringMatching(/lets desk in, over TLS$/) });
    expect(whole.certificateEnds?.getUTCFullYear()).toBeGreaterThan(2100);
  });
});

describe('what is wrong is a fault, with what to do', () => {
  it('user and password, and no AUTH', async () => {
    const found = await sink();
    expect(await says(found.url.replace('//', '//desk:secret1@'))).toEqual([
      expect.stringMatching(
        /^fault: SMTP_URL: connecting to .*: there are user and password in SMTP_URL, and it offers no way to sign in \(no AUTH\), so they are not used\. Use the port for submission: 587/,
      ),
    ]);
  });

  it('a wrong password, which is shown to nobody', async () => {
    const found = await sink({ auth: { user: 'desk', pass: 'right' } });
    const [line] = await says(found.url.replace('right', 'wrong-secret'));
    expect(line).toMatch(
      /^fault: SMTP_URL: signing in to the SMTP server 127\.0\.0\.1:\d+: user or password is wrong for desk\. Mend them/,
    );
    expect(line).not.toContain('wrong-secret');
  });

  it.each([
    ['MAIL', '530 5.7.0 Must issue a STARTTLS command first', /it serves nobody without TLS/],
    ['MAIL', '530 5.7.1 Authentication required', /it wants us to sign in .*Write user and password into SMTP_URL/],
    ['CONNECT', '554 5.7.1 Service unavailable; client host blocked', /it serves nobody from this machine/],
    ['CONNECT', '421 4.3.2 Service not available', /it does not take us just now/],
    ['CONNECT', 'hang-up', /it closed the connection\. Look at the log.*465/],
    ['CONNECT', 'silence', /no answer in time/],
  ] as const)('%s %s', async (verb, fault, expected) => {
    const found = await sink();
    found.fail(verb, fault);
    const result = await tried(found.url);
    expect(result.ok).toBe(false);
    expect(result.findings.at(-1)?.says).toMatch(expected);
  });

  it('STARTTLS that is offered and fails', async () => {
    const found = await sink({ offers: ['STARTTLS'] });
    expect((await says(found.url))[0]).toMatch(
      /^fault: .*it offers STARTTLS and then refuses it \("454 4\.7\.0 TLS not available due to local problem"\)\. Mend TLS on the server/,
    );
  });

  it('a certificate that nobody known has signed, by STARTTLS and from the first byte', async () => {
    for (const secure of [false, true]) {
      const port = await server({ ...certificate, secure });
      expect((await says(`smtp${secure ? 's' : ''}://127.0.0.1:${port}`))[0]).toMatch(
        /^fault: .*its certificate is signed by itself, so by no authority known here\. Give the server a certificate/,
      );
    }
  });

  it('TLS against a port that speaks none, nobody there, no such host', async () => {
    const found = await sink();
    expect((await says(`smtps://127.0.0.1:${found.port}`))[0]).toMatch(
      /it does not speak TLS at port \d+\. Mend SMTP_URL: smtp:\/\//,
    );
    expect((await says('smtp://127.0.0.1:9'))[0]).toMatch(/nothing listens at 127\.0\.0\.1:9 \(connection refused\)/);
    expect((await says('smtp://mail.nowhere.invalid:25'))[0]).toMatch(
      /there is no host named mail\.nowhere\.invalid|no name server could say/,
    );
  });
});

describe('which senders it takes', () => {
  const account = { user: 'desk@tenant.example', pass: 'right' };
  it('not the null sender: said, and what is done instead', async () => {
    const found = await sink({ auth: account });
    found.fail('MAIL', '550 5.7.60 SMTP; Client does not have permissions to send as this sender', {
      sender: (from) => from === '',
    });
    const { ok, findings } = await tried(found.url, { own: account.user });
    expect(ok).toBe(true);
    expect(findings.at(-1)).toEqual({
      grade: 'note',
      says: 'the server refuses the null sender ("550 5.7.60 SMTP; Client does not have permissions to send as this sender"); such letters leave from desk@tenant.example instead. Let that mailbox be read here, or bounces are not seen',
    });
  });

  it('only the account’s own: null sender and return path are both told', async () => {
    const found = await sink({ auth: account });
    found.fail('RCPT', '553 5.7.1 Sender address rejected: not owned by user', {
      sender: (from) => from !== account.user,
    });
    const { ok, findings } = await tried(found.url, { own: account.user, bounces: 'bounces@desk.example' });
    expect(ok).toBe(true);
    expect(findings.slice(2).map(({ says: text }) => text)).toEqual([
      expect.stringMatching(/^the server refuses the null sender/),
      expect.stringMatching(/^the server refuses the return path bounces@desk\.example/),
    ]);
  });

  it('none at all is a fault', async () => {
    const found = await sink({ auth: account });
    found.fail('MAIL', '550 5.7.1 no');
    const { ok, findings } = await tried(found.url, { own: account.user });
    expect(ok).toBe(false);
    expect(findings.at(-1)?.says).toMatch(/lets the account desk@tenant\.example send as itself only/);
  });
});
