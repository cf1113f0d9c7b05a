/** Every cause of POLICY §11.8 is made to happen, is told once, and its end is told once, whoever looks. */

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createNetServer, type Server as NetServer } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, createServer as createTlsServer, TLSSocket } from 'node:tls';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/config/settings.ts';
import { letterSender } from '../../src/flows/letters/send-letter.ts';
import { watchMailbox } from '../../src/flows/mailboxes/watch-mailbox.ts';
import { outsideChecks } from '../../src/flows/upkeep/alert-checks.ts';
import type { AlertDeps } from '../../src/flows/upkeep/alert-deps.ts';
import { lookForTrouble, postAlerts, watchAlerts } from '../../src/flows/upkeep/watch-alerts.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { silentMeter } from '../../src/foundation/meter.ts';
import { createLetterBuilder } from '../../src/runtime/letter-builder.ts';
import { loadTemplates } from '../../src/runtime/templates.ts';
import { openSender } from '../../src/smtp/send.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { insertLetters, reserveLetterIds } from '../../src/store/letters/letters.ts';
import { mailboxLedger } from '../../src/store/mailboxes/mailboxes.ts';
import { alertPolicySchema, type Check } from '../../src/upkeep/alerts.ts';
import { scratch } from '../support/process.ts';
import { startDovecot } from '../support/servers/dovecot.ts';
import { freshDatabase } from '../support/servers/postgres.ts';
import { startSmtpSink } from '../support/servers/smtp-sink.ts';

const templates = await loadTemplates();
const key = 'k'.repeat(32);
const settings = readSettings('work', {
  folder: scratch('alerts'),
  env: { SUPPORT_ADDRESS: 'support@desk.example', SECRET_KEY: key },
});
const { policy } = settings;
const limits = alertPolicySchema.parse({}).alerts;
const letterBuilder = createLetterBuilder({
  templates: () => templates,
  support: 'support@desk.example',
  bounces: null,
  languages: ['en'],
  key,
  dkim: null,
});
const to = ['ops@desk.example', 'night@desk.example'];

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let other: Database;
let hook: Server;
let url = '';
let posts: { cause: string; subject: string; state: string; says: string; text: string }[] = [];
let answer = 200;
beforeAll(async () => {
  hook = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      if (answer === 200) posts.push(JSON.parse(body));
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((done) => hook.listen(0, '127.0.0.1', () => done()));
  url = `http://127.0.0.1:${(hook.address() as { port: number }).port}/hook`;
});
afterAll(() => hook.close());
beforeEach(async () => {
  posts = [];
  answer = 200;
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, silentLog, 4);
  other = openDatabase(fresh.url, silentLog, 4);
});
afterEach(async () => {
  await database.close();
  await other.close();
  await fresh.drop();
});

const ask = async <T>(text: string): Promise<T[]> => (await database.ask((db) => sql.raw<T>(text).execute(db))).rows;
const deps = (more: Partial<AlertDeps> = {}): AlertDeps => ({
  database,
  relay: { wake() {} },
  letterBuilder,
  policy,
  log: silentLog,
  alerts: { to, url, limits },
  mailboxes: [],
  outside: async () => [],
  ...more,
});
async function look(more: Partial<AlertDeps> = {}): Promise<string[]> {
  const told = await lookForTrouble(deps(more));
  await postAlerts(deps(more));
  return told.map(({ state, check }) => `${state} ${check.cause} ${check.subject}`.trim());
}
const letters = () =>
  ask<{ to_address: string; subject: string }>(
    "select to_address, subject from letters where template = 'alert' order by id",
  );
const backdate = (minutes: number) =>
  ask(
    `update alerts set told_at = told_at - interval '${minutes} minutes', since = since - interval '${minutes} minutes'`,
  );

/** Begins, is told once, once more after an hour, and its end once. */
async function wholeStory(
  line: string,
  begin: () => Promise<unknown>,
  end: () => Promise<unknown>,
  more: Partial<AlertDeps> = {},
  byLetter = true,
) {
  expect(await look(more)).toEqual([]);
  await begin();
  expect(await look(more)).toEqual([`begun ${line}`]);
  expect(await look(more)).toEqual([]);
  await backdate(61);
  expect(await look(more)).toEqual([`goes-on ${line}`]);
  await end();
  expect(await look(more)).toEqual([`over ${line}`]);
  expect(await look(more)).toEqual([]);
  expect(posts.map(({ state, cause, subject }) => `${state} ${cause} ${subject}`.trim())).toEqual([
    `begun ${line}`,
    `goes-on ${line}`,
    `over ${line}`,
  ]);
  expect(posts[0]?.text).toMatch(/^Postern at http/);
  expect((await letters()).length).toBe(to.length * (byLetter ? 3 : 1));
  const trail = await ask<{ action: string }>("select action from audit where subject_kind = 'alert' order by id");
  expect(trail.map(({ action }) => action)).toEqual(['alert-begun', 'alert-over']);
}

async function writeLetter(state = 'queued', stranger = false): Promise<{ letter: string; fence: string }> {
  const [id = ''] = await database.ask((db) => reserveLetterIds(db, 1));
  await database.transaction((tx) =>
    insertLetters(
      tx,
      [
        {
          id,
          key: `test:${id}`,
          template: 'acknowledgement',
          priority: 0,
          language: 'en',
          to: 'ada@aldous.example',
          stranger,
          rateKey: 'x',
          followsOwn: false,
          matter: `case:${id}`,
          subject: 'x',
          messageId: `<pst.${id}@desk.example>`,
          envelopeFrom: '',
          raw: Buffer.from('Subject: x\r\n\r\nx\r\n'),
          text: 'x',
          caseId: null,
          causedBy: null,
          asks: null,
          state: 'queued',
          stateReason: null,
          giveUpHours: 48,
        },
      ],
      'test',
    ),
  );
  if (state !== 'queued') await ask(`update letters set state = '${state}', due_at = now() where id = ${id}`);
  return { letter: id, fence: '1' };
}
const storeMail = (state: string, minutes = 0) =>
  ask(`insert into mails (arrived_at, stored_at, door, door_name, rcpt_to, sha256, size, state, due_at)
    values (now(), now() - interval '${minutes} minutes', 'lmtp', 'lmtp', '{}', decode(md5(random()::text) || md5(random()::text), 'hex'), 1, '${state}', now() + interval '1 day')`);

describe('a mailbox', () => {
  const mailboxes = ['support'];
  it('that is not read for ten minutes', () =>
    wholeStory(
      'no-fetch support',
      () => ask("update mailboxes set fetched_at = now() - interval '11 minutes', known_at = now() - interval '1 day'"),
      () => ask('update mailboxes set fetched_at = now()'),
      { mailboxes },
    ));

  it('that nobody ever opens is one as well', async () => {
    await look({ mailboxes });
    await ask("update mailboxes set known_at = now() - interval '11 minutes'");
    expect(await look({ mailboxes })).toEqual(['begun no-fetch support']);
  });

  it('whose ledger does not add up', () =>
    wholeStory(
      'ledger-difference support',
      () => ask('update mailboxes set seen = seen + 3'),
      () => ask('update mailboxes set gone = gone + 3'),
      { mailboxes },
    ));

  it('that refuses the login, and is read once it does not: with a watcher and a server', async () => {
    const dovecot = await startDovecot();
    const watch = (password: string) =>
      watchMailbox(
        {
          name: 'support',
          folder: 'INBOX',
          processed: null,
          since: null,
          holder: '00000000-0000-4000-8000-000000000001',
          pollMs: 200,
          refusedMs: 300,
          account: {
            name: 'support',
            setting: 'mailboxes.support',
            host: '127.0.0.1',
            port: dovecot.port,
            secure: false,
            user: dovecot.freshUser(),
            password,
          } as never,
        },
        { ledger: mailboxLedger(database), receive: async () => [] as never, log: silentLog, meter: silentMeter },
      );
    const until = async (what: string) => {
      for (let i = 0; i < 100; i += 1) {
        const [row] = await ask<{ yes: boolean }>(`select coalesce(bool_or(${what}), false) as yes from mailboxes`);
        if (row?.yes) return;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error(`not within 10 s: ${what}`);
    };
    await look({ mailboxes });
    const wrong = watch('not the password');
    await until("state->>'login' = 'refused'");
    expect(await look({ mailboxes })).toEqual(['begun login-refused support']);
    await wrong.stop();
    const right = watch(dovecot.password);
    await until("fetched_at is not null and not state ? 'problem'");
    expect(await look({ mailboxes })).toEqual(['over login-refused support']);
    await right.stop();
    await dovecot.stop();
  }, 60_000);
});

describe('mail and letters', () => {
  it('a mail that was given up', () =>
    wholeStory(
      'dead-mail',
      () => storeMail('dead'),
      () => ask("update mails set state = 'decided', outcome = 'held-unknown'"),
    ));

  it('a mail that nobody decides', () =>
    wholeStory(
      'queue-age mails',
      () => storeMail('new', 11),
      () => ask("update mails set state = 'decided', outcome = 'held-unknown'"),
    ));

  it('work that does not reach the queue', () =>
    wholeStory(
      'queue-age jobs',
      () =>
        ask(
          "insert into outbox (queue, row_id, fence, created_at) values ('intake', 1, 1, now() - interval '11 minutes')",
        ),
      () => ask("delete from outbox where queue = 'intake'"),
    ));

  it.each(['failed', 'bounced'])('a letter that %s; one to a stranger, or an alert, is not counted', async (state) => {
    await writeLetter(state, true);
    await wholeStory(
      'letters-failing',
      () => writeLetter(state),
      () =>
        ask(
          "update letters set due_at = now() - interval '2 hours', bounced_at = null where state in ('failed', 'bounced')",
        ),
    );
  });

  it.each([
    [
      'MAIL',
      '550 5.7.1 not you',
      'letters-refused',
      'it refuses the null sender, which automatic replies have ("550 5.7.1 not you")',
    ],
    ['AUTH', '535 5.7.8 wrong', 'login-refused letters', 'user or password is wrong for desk'],
  ] as const)(
    'a server that refuses all letters (%s %s) is told by alertUrl, and its end by letter',
    async (verb, fault, line, says) => {
      const sink = await startSmtpSink({ auth: { user: 'desk', pass: 'right' } });
      const sender = openSender({ url: sink.url, log: silentLog });
      const send = letterSender({
        database,
        relay: { wake() {} },
        sender,
        letterBuilder,
        policy,
        log: silentLog,
        meter: silentMeter,
        vault: { open: (sealed) => Buffer.from(sealed) },
        worker: '00000000-0000-4000-8000-000000000001',
      });
      const job = await writeLetter();
      await wholeStory(
        line,
        async () => {
          sink.fail(verb, fault);
          await send(job);
        },
        async () => {
          sink.heal();
          await ask('update channels set paused_until = now()');
          await ask("update letters set due_at = now() where state = 'queued'");
          const again = {
            ...job,
            fence: String(
              (await ask<{ fence: string }>(`select fence::text from letters where id = ${job.letter}`))[0]?.fence,
            ),
          };
          await send(again);
        },
        {},
        false,
      );
      expect(posts[0]?.says).toContain(says);
      await sender.close();
      await sink.stop();
    },
  );
});

describe('outside of the database', () => {
  const given = {
    database: null as never,
    limits,
    folder: null,
    mailboxes: [],
    smtpUrl: null,
    publicUrl: 'http://127.0.0.1',
  };
  it('a disk that is nearly full', async () => {
    let full = false;
    const outside = () =>
      outsideChecks({
        ...given,
        folder: '/tmp',
        limits: { ...limits, diskFreePercent: full ? 100 : 0, diskFreeMegabytes: 100_000_000 },
      })();
    await wholeStory(
      'disk /tmp',
      async () => (full = true),
      async () => (full = false),
      { outside },
    );
  });

  it('a certificate that is about to end, of mail servers and our own, from the first byte and behind STARTTLS', async () => {
    const tls = join(import.meta.dirname, '..', 'fixtures', 'tls');
    const pair = {
      key: readFileSync(join(tls, 'localhost.key.pem')),
      cert: readFileSync(join(tls, 'localhost.pem')),
    };
    const open = async (server: NetServer): Promise<number> => {
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
      return (server.address() as { port: number }).port;
    };
    const whole = createTlsServer(pair);
    const imap = createNetServer((socket) => {
      socket.on('error', () => {});
      socket.write('* OK ready\r\n');
      socket.once('data', () => {
        socket.write('a OK begin TLS now\r\n');
        new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(pair) }).on('error', () => {});
      });
    });
    const smtp = new SMTPServer({ logger: false, ...pair });
    smtp.on('error', () => {});
    const [own, plainImap, submission] = [await open(whole), await open(imap), await open(smtp.server)];
    let clock = Date.now();
    const outside = outsideChecks(
      {
        ...given,
        publicUrl: `https://127.0.0.1:${own}`,
        smtpUrl: `smtp://127.0.0.1:${submission}`,
        mailboxes: [{ name: 'support', host: '127.0.0.1', port: plainImap, secure: false, oauth: null }],
      },
      () => clock,
    );
    const names = [plainImap, submission, own].map((port) => `certificate 127.0.0.1:${port}`).sort();
    expect(await look({ outside })).toEqual([]);
    clock += 36_490 * 86_400_000;
    expect((await look({ outside })).sort()).toEqual(names.map((name) => `begun ${name}`));
    expect(posts[0]?.says).toMatch(/^the certificate of 127\.0\.0\.1:\d+ ends in \d+ days?$/);
    clock -= 36_490 * 86_400_000;
    expect((await look({ outside })).sort()).toEqual(names.map((name) => `over ${name}`));
    whole.close();
    imap.close();
    await new Promise<void>((done) => smtp.close(() => done()));
  });

  it('the sign-in of a mailbox that is no longer good', async () => {
    const oauth = {
      grant: 'device',
      user: 'support@desk.example',
      clientId: 'id',
      tokenUrl: 'https://login.example/token',
    } as never;
    const mailboxes = [{ name: 'support', host: '127.0.0.1', port: 9, secure: true, oauth }];
    const outside = outsideChecks({ ...given, database, mailboxes });
    await ask(`insert into mailbox_grants (mailbox, account, state, failure, access_expires_at)
      values ('support', 'support@desk.example at login.example by id', 'connected', 'AADSTS70000', now() + interval '1 hour')`);
    await wholeStory(
      'tokens support',
      () => ask("update mailbox_grants set state = 'dead'"),
      () => ask("update mailbox_grants set state = 'connected'"),
      { outside },
    );
    expect(posts[0]?.says).toContain('AADSTS70000');
  });

  it('is left as it was where it could not be looked at', async () => {
    const wrong: Check = { cause: 'certificate', subject: 'a:993', trouble: { count: 2, why: null } };
    expect(await look({ outside: async () => [wrong] })).toEqual(['begun certificate a:993']);
    expect(await look()).toEqual([]);
    expect(await ask('select from alerts where over_at is null')).toHaveLength(1);
    expect(await outsideChecks({ ...given, smtpUrl: 'smtps://127.0.0.1:9' })()).toEqual([]);
  });
});

describe('who is told', () => {
  it('once, however many look at the same time', async () => {
    await storeMail('dead');
    const told = await Promise.all(
      Array.from({ length: 8 }, (_, i) => lookForTrouble(deps({ database: i % 2 ? other : database }))),
    );
    expect(told.flat()).toHaveLength(1);
    await Promise.all(Array.from({ length: 4 }, (_, i) => postAlerts(deps({ database: i % 2 ? other : database }))));
    expect(posts).toHaveLength(1);
    expect((await letters()).map((one) => one.to_address).sort()).toEqual([...to].sort());
  });

  it('by a post that is tried until it is taken, the beginning before the end', async () => {
    answer = 503;
    await storeMail('dead');
    await look();
    await ask("update mails set state = 'decided', outcome = 'held-unknown'");
    await look();
    expect(posts).toEqual([]);
    answer = 200;
    await ask('update alert_posts set due_at = now()');
    await postAlerts(deps());
    expect(posts.map(({ state }) => state)).toEqual(['begun', 'over']);
    await postAlerts(deps());
    expect(posts).toHaveLength(2);
  });

  it('nobody, where nobody is named; it stands in the rows all the same', async () => {
    await storeMail('dead');
    await look({ alerts: { to: [], url: null, limits } });
    expect(await letters()).toEqual([]);
    expect(await ask('select from alert_posts')).toEqual([]);
    expect(await ask('select from alerts')).toHaveLength(1);
  });

  it('all causes of one look in one letter', async () => {
    await storeMail('dead');
    await storeMail('new', 30);
    expect(await look()).toHaveLength(2);
    const written = await letters();
    expect(written).toHaveLength(2);
    expect(written[0]?.subject).toBe('Alert: 2 things need you at the desk');
  });

  it('of a database that is away, from memory, and that it is back', async () => {
    const away = openDatabase('postgres://nobody@127.0.0.1:9/none', silentLog, 1);
    let there = false;
    const switched = new Proxy(database, { get: (_, name) => Reflect.get(there ? database : away, name) });
    const watch = watchAlerts(deps({ database: switched }), 50, 0);
    const until = async (count: number) => {
      for (let i = 0; i < 200 && posts.length < count; i += 1) await new Promise((done) => setTimeout(done, 50));
    };
    await until(1);
    there = true;
    await until(2);
    await watch.stop();
    await away.close();
    expect(posts.map(({ cause, state }) => `${state} ${cause}`)).toEqual(['begun database-away', 'over database-away']);
  }, 30_000);

  it('by the loop itself, by a timer', async () => {
    await storeMail('dead');
    const watch = watchAlerts(deps(), 50);
    for (let i = 0; i < 100 && posts.length === 0; i += 1) await new Promise((done) => setTimeout(done, 50));
    await watch.stop();
    expect(posts.map(({ cause }) => cause)).toEqual(['dead-mail']);
  });
});
