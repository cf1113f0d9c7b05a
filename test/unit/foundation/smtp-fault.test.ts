/** What submission servers say, in the words of several of them, and what an operator is told of it. */
import { describe, expect, it } from 'vitest';
import { type FaultStep, outsideFault, sayFault } from '../../../src/foundation/faults/outside-fault.ts';
import { noAuthOffered } from '../../../src/foundation/faults/smtp-fault.ts';
import { enhancedCode, type RefusalKind, refusalOf } from '../../../src/foundation/faults/smtp-refusal.ts';
import { cpuTime } from '../../support/cpu-time.ts';

const tried = {
  service: 'smtp',
  name: 'SMTP_URL',
  host: 'mail.desk.example',
  port: 587,
  secure: false,
  user: 'desk@tenant.example',
  from: 'support@desk.example',
} as const;
const reply = (command: string, response: string) =>
  Object.assign(new Error(`failed: ${response}`), {
    code: 'EENVELOPE',
    command,
    response,
    responseCode: Number(response.slice(0, 3)),
  });
const said = (error: unknown, step: FaultStep = 'connect', more: object = {}) =>
  sayFault(outsideFault(error, { ...tried, ...more }, step));

describe('what a refusal is about', () => {
  it.each<[RefusalKind, string, string]>([
    ['sender', 'MAIL FROM', '550 5.7.60 SMTP; Client does not have permissions to send as this sender'],
    ['sender', 'MAIL FROM', '553 5.7.1 <a@b.example>: Sender address rejected: not owned by user kim'],
    ['sender', 'MAIL FROM', '501 Invalid MAIL FROM address provided'],
    ['sender', 'MAIL FROM', '550 Absenderadresse nicht erlaubt'],
    ['sender', 'MAIL FROM', '550 envoi refusé'],
    ['sender', 'MAIL FROM', '550 remitente no permitido'],
    ['sender', 'MAIL FROM', '550 この送信者は使えません'],
    ['sender', 'RCPT TO', '553 5.7.1 <>: Sender address rejected: not owned by user kim'],
    ['sender', 'DATA', '554 5.2.252 SendAsDenied; a not allowed to send as b'],
    [
      'sender',
      'DATA',
      '554 Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: b',
    ],
    ['maybe-sender', 'RCPT TO', '550 Adresse d’expéditeur inconnue'],
    ['maybe-sender', 'RCPT TO', '550 5.1.8 Domain of address does not exist'],
    ['maybe-sender', 'DATA', '550 5.7.1 Die Absenderadresse gehört nicht zu diesem Konto'],
    ['session-limit', 'MAIL FROM', '452 4.5.3 Too many messages in this session'],
    ['session-limit', 'RCPT TO', '452 4.5.3 Too many recipients'],
    ['session-limit', 'MAIL FROM', '421 4.7.0 maximum number of messages per connection exceeded, closing connection'],
    ['connections', 'CONN', '421 4.7.0 mx Error: too many connections from 192.0.2.1'],
    ['connections', 'CONN', '421 Too many concurrent SMTP connections; please try again later.'],
    ['connections', 'DATA', '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded'],
    ['connections', 'CONN', '421 Zu viele gleichzeitige Verbindungen'],
    ['connections', 'CONN', '421 同時接続数を超えました'],
    ['rate', 'MAIL FROM', '450 4.7.1 Error: too much mail from 192.0.2.1'],
    ['rate', 'DATA', '454 Throttling failure: Maximum sending rate exceeded.'],
    ['rate', 'RCPT TO', '451 4.7.1 Trop de messages, ralentissez'],
    ['rate', 'MAIL FROM', '429 too many messages'],
    ['quota', 'DATA', '454 Throttling failure: Daily message quota exceeded.'],
    ['quota', 'MAIL FROM', '550 5.4.5 Daily user sending quota exceeded.'],
    [
      'quota',
      'DATA',
      '554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionQuotaExceeded',
    ],
    ['quota', 'DATA', '554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException'],
    ['connections', 'AUTH LOGIN', '432 4.3.2 Concurrent connections limit exceeded.'],
    ['other', 'RCPT TO', '550 5.1.1 no such user'],
    ['other', 'RCPT TO', '451 4.7.1 Greylisting in action, please come back later'],
    ['other', 'RCPT TO', '450 4.2.1 The user you are trying to contact is receiving mail too quickly'],
    ['other', 'RCPT TO', '552 5.2.2 mailbox over quota'],
    ['other', 'RCPT TO', '452 4.2.2 mailbox full'],
    ['other', 'DATA', '554 5.7.1 Message contains a virus'],
    ['other', 'DATA', '452 4.3.1 Insufficient system storage'],
    ['other', 'MAIL FROM', '452 4.3.1 Insufficient system storage'],
    ['other', 'MAIL FROM', '552 5.3.4 Message size exceeds fixed limit'],
    ['other', 'MAIL FROM', '530 5.7.0 Authentication required'],
    ['other', 'RCPT TO', '550 5.1.1 <x>: Recipient address rejected: unknown, sender told'],
    ['other', 'AUTH PLAIN', '535 5.7.8 wrong'],
  ])('%s: at %s "%s"', (kind, command, response) => {
    expect(refusalOf({ command, code: Number(response.slice(0, 3)), response })).toBe(kind);
  });

  it('reads the enhanced code where there is one', () => {
    expect(['550 5.7.60 no', '550-5.7.1 no', '250 ok', '550 no 5.7.1'].map(enhancedCode)).toEqual([
      '5.7.60',
      '5.7.1',
      '',
      '',
    ]);
  });

  it('takes no longer for a long reply', () => {
    const long = `450 ${'too many '.repeat(40_000)}`;
    const began = cpuTime();
    refusalOf({ command: 'RCPT TO', code: 450, response: long.slice(0, 100_000) });
    expect(cpuTime() - began).toBeLessThan(500);
  });
});

describe('what an operator is told', () => {
  it.each<[string, RegExp]>([
    [
      '535 5.7.8 Error: authentication failed',
      /user or password is wrong for desk@tenant\.example\. Mend them in SMTP_URL/,
    ],
    [
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant',
      /signing in by SMTP is switched off.*Authenticated SMTP.*smtp: \{ mailbox \}/,
    ],
    ['534 5.7.9 Application-specific password required', /it wants a password made for this program.*app password/],
    ['454 4.7.0 Temporary authentication failure', /it cannot check passwords just now/],
  ])('signing in: %s', (response, expected) => {
    const line = said(reply('AUTH PLAIN', response), 'sign in');
    expect(line).toMatch(/^SMTP_URL: signing in to the SMTP server mail\.desk\.example:587: /);
    expect(line).toMatch(expected);
  });

  it.each<[string, string, RegExp]>([
    [
      'MAIL FROM',
      '530 5.7.0 Must issue a STARTTLS command first',
      /serves nobody without TLS .*smtps:\/\/ with port 465/,
    ],
    ['MAIL FROM', '530 5.7.57 Client not authenticated to send mail', /wants us to sign in/],
    ['CONN', '554 5.7.1 blocked', /serves nobody from this machine/],
    ['CONN', '421 4.7.0 too many connections', /Set `smtp: \{ connections: 1 \}` in postern\.yaml/],
    ['MAIL FROM', '450 4.7.1 too much mail', /lettersPerMinute/],
    ['DATA', '550 5.4.5 Daily user sending limit exceeded', /for now .*raise the daily limit/],
    ['DATA', '550 5.7.1 strange words', /it answered "550 5\.7\.1 strange words"\. Look at SMTP_URL/],
  ])('%s: %s', (command, response, expected) => {
    expect(said(reply(command, response), 'hand over')).toMatch(expected);
  });

  it('of a refused From: the account, and the setting', () => {
    const line = said(reply('DATA', '550 5.7.60 no permission to send as'), 'hand over', {
      sender: 'desk@tenant.example',
    });
    expect(line).toContain('the server lets the account desk@tenant.example send as itself only');
    expect(line).toContain('Set SUPPORT_ADDRESS to desk@tenant.example, or allow SendAs');
  });

  it('of no AUTH, and of STARTTLS that fails', () => {
    expect(said(Object.assign(new Error('x'), { code: noAuthOffered }))).toMatch(
      /it offers no way to sign in \(no AUTH\)/,
    );
    const failed = Object.assign(new Error('Error upgrading connection with STARTTLS: 454 no'), {
      code: 'ETLS',
      command: 'STARTTLS',
      response: '454 4.7.0 TLS not available',
      responseCode: 454,
    });
    expect(said(failed)).toMatch(/it offers STARTTLS and then refuses it|serves nobody without TLS/);
  });

  it.each<[string, RegExp]>([
    ['CERT_HAS_EXPIRED', /its certificate has expired\. Renew/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /its certificate is for another name/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /an authority not known here/],
    ['ECONNREFUSED', /nothing listens at mail\.desk\.example:587/],
    ['ENOTFOUND', /there is no host named mail\.desk\.example/],
  ])('of the line: %s behind nodemailer’s own word', (originalCode, expected) => {
    const line = said(
      Object.assign(new Error(`connect ${originalCode}`), { code: 'ESOCKET', originalCode, command: 'CONN' }),
    );
    expect(line).toMatch(expected);
  });
});
