import { describe, expect, it } from 'vitest';
import { outsideFault, sayFault, type TriedService, triedUrl } from '../../../src/foundation/faults/outside-fault.ts';

const error = (code: string, message = code, more: object = {}) => Object.assign(new Error(message), { code }, more);
const imap: TriedService = { service: 'imap', name: 'IMAP_URL', host: 'mail.desk.example', port: 993, secure: true };
const postgres = triedUrl('postgres', 'DATABASE_URL', 'postgres://kim:hunter22@db.desk.example/desk');
const redis = triedUrl('redis', 'REDIS_URL', 'rediss://:hunter22@cache.desk.example:6380');

describe('a failure of the outside', () => {
  const cases: [what: string, given: unknown, tried: TriedService, says: RegExp][] = [
    [
      'host unknown',
      error('ENOTFOUND', 'getaddrinfo ENOTFOUND x'),
      imap,
      /no host named mail\.desk\.example\. Look for a typing/,
    ],
    ['refused', error('ECONNREFUSED'), postgres, /nothing listens at db\.desk\.example:5432.*leave it out/],
    [
      'refused on every address',
      new AggregateError([error('ECONNREFUSED')], ''),
      redis,
      /nothing listens.*queues then live/,
    ],
    ['wrapped', new Error('pool', { cause: error('EHOSTUNREACH') }), redis, /no way to cache\.desk\.example/],
    [
      'TLS on a plain port',
      error('EPROTO', 'C0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:x.c:1:'),
      imap,
      /does not speak TLS at port 993.*STARTTLS/,
    ],
    [
      'certificate expired',
      error('CERT_HAS_EXPIRED', 'certificate has expired'),
      imap,
      /certificate has expired\. Renew/,
    ],
    ['certificate of another name', error('ERR_TLS_CERT_ALTNAME_INVALID'), imap, /for another name/],
    [
      'unknown authority',
      error('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      imap,
      /authority not known here.*NODE_EXTRA_CA_CERTS/,
    ],
    ['signed by itself', error('DEPTH_ZERO_SELF_SIGNED_CERT'), imap, /signed by itself/],
    ['silence', error('ETIMEDOUT'), { ...imap, secure: false, port: 143 }, /no answer in time.*imaps:\/\//],
    ['password', error('28P01', 'password authentication failed for user "kim"'), postgres, /password of kim is wrong/],
    [
      'database',
      error('3D000', 'database "desk" does not exist'),
      postgres,
      /no database "desk"\. Make it \(createdb desk\)/,
    ],
    ['too many', error('53300', 'sorry, too many clients already'), postgres, /no connection left.*max_connections/],
    ['Redis password', new Error('WRONGPASS invalid username-password pair'), redis, /user or password is wrong/],
    ['Redis without password', new Error('NOAUTH Authentication required.'), redis, /wants a password/],
    [
      'port taken',
      error('EADDRINUSE'),
      { service: 'listen', name: 'HTTP_LISTEN', host: '127.0.0.1', port: 8080 },
      /^HTTP_LISTEN: listening on 127\.0\.0\.1:8080: another program.*127\.0\.0\.1:8081/,
    ],
  ];
  it.each(cases)('names variable, try, answer and cure: %s', (_, given, tried, says) => {
    const said = sayFault(outsideFault(given, tried));
    expect(said).toMatch(says);
    expect(said.startsWith(`${tried.name}: `)).toBe(true);
    expect(said).not.toMatch(/hunter22|error:|SSL routines|at .*\.js|getaddrinfo/);
  });
  it('quotes in one line what is in no table, without secrets', () => {
    const said = sayFault(
      outsideFault(new Error('odd\nthing hunter22.'), imap, 'connect', (text) => text.replace('hunter22', '…')),
    );
    expect(said).toBe(
      'IMAP_URL: connecting to the IMAP server mail.desk.example:993: it answered "odd thing …". Look at IMAP_URL and at the log of the server',
    );
  });
});
