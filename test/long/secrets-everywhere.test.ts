/**
 * I9, the whole way round: a real process at its most talkative, every kind of secret used rightly and wrongly, servers that
 * repeat what they were told, and then a search of database, queues, output, metrics, API and board.
 *
 * May be found, by design: the token of a letter in its own Message-ID and in what answers it, which routes and opens nothing
 * (POLICY §11.3); support PINs, which are no secrets (§1); and between its arrival and its decision, the bytes of a mail that
 * quotes a code or a privileged PIN: the search is made once all is decided.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join, resolve } from 'node:path';
import { simpleParser } from 'mailparser';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { findCodes } from '../../src/foundation/code-form.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { privilegedPinOf } from '../../src/foundation/pin-form.ts';
import { openSender } from '../../src/smtp/send.ts';
import { mail, registrySql } from '../support/app.ts';
import { visitorAt } from '../support/console-desk.ts';
import { bareEnvironment, freePort, scratch } from '../support/process.ts';
import { databasePlaces, type Places, placesWith, readable, redisPlaces } from '../support/secret-search.ts';
import { startDovecot } from '../support/servers/dovecot.ts';
import { freshDatabase } from '../support/servers/postgres.ts';
import { startRedis, type TestRedis } from '../support/servers/redis.ts';
import { startSmtpSink } from '../support/servers/smtp-sink.ts';
import { dovecotAsking, startTokenServer } from '../support/servers/token-server.ts';

const home = resolve(import.meta.dirname, '..', '..');
const drawn = (kind: string) => `${kind}Secret${randomBytes(9).toString('hex')}`;
const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

async function until(what: string, check: () => Promise<boolean> | boolean, seconds = 40): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** An IMAP server that says back what it was told. */
async function echoingImap(): Promise<{ port: number; tried(): number }> {
  let tried = 0;
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN LOGINDISABLED SASL-IR] hello\r\n');
    socket.on('data', (chunk) => {
      const line = String(chunk).trim();
      const [tag = '*', verb = ''] = line.split(' ');
      if (/^capability/i.test(verb)) socket.write(`* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n${tag} OK done\r\n`);
      else if (/^(login|authenticate)/i.test(verb)) {
        tried += 1;
        const clear = Buffer.from(line.split(' ').at(-1) ?? '', 'base64')
          .toString()
          .split('\0')
          .at(-1);
        socket.write(`${tag} NO [AUTHENTICATIONFAILED] not with ${line} nor ${clear}\r\n`);
      } else socket.write(`${tag} OK done\r\n`);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ending.push(() => server.close());
  return { port: (server.address() as { port: number }).port, tried: () => tried };
}

async function talkative(backend: 'postgres' | 'redis') {
  const tokens = await startTokenServer();
  ending.push(() => tokens.close());
  const dovecot = await startDovecot(dovecotAsking(tokens, 'oauthbearer'));
  ending.push(() => dovecot.stop());
  const echo = await echoingImap();
  const known = { smtp: drawn('smtp'), wrongImap: drawn('imap'), echoed: drawn('echo'), api: drawn('api') };
  const sink = await startSmtpSink({ auth: { user: 'postern', pass: known.smtp } });
  ending.push(() => sink.stop());
  const database = await freshDatabase();
  ending.push(() => database.drop());
  let redis: TestRedis | null = null;
  const redisPassword = drawn('redis');
  if (backend === 'redis') {
    redis = await startRedis({ 'aof-use-rdb-preamble': 'no' });
    // Set afterwards: whoever searches its files is not to find the line with which the test has set it.
    redis.command('acl', 'setuser', 'postern', 'on', `>${redisPassword}`, '~*', '&*', '+@all');
    ending.push(() => redis?.stop());
  }
  const folder = scratch('talkative');
  const user = dovecot.freshUser();
  tokens.signInAs(user);
  const [http, smtp] = [await freePort(), await freePort()];
  const databasePassword = decodeURIComponent(new URL(database.url).password);
  const env: Record<string, string> = {
    ...bareEnvironment(),
    DATABASE_URL: database.url,
    ...(redis ? { REDIS_URL: `redis://postern:${redisPassword}@127.0.0.1:${redis.port}` } : {}),
    SMTP_URL: sink.url,
    SMTP_LISTEN: `127.0.0.1:${smtp}`,
    HTTP_LISTEN: `127.0.0.1:${http}`,
    SUPPORT_ADDRESS: 'support@desk.example',
    SECRET_KEY: drawn('the key of this test is long enough '),
    API_TOKEN: known.api,
    OAUTH_SECRET: tokens.clientSecret,
    WRONG: known.wrongImap,
    ECHOED: known.echoed,
    AUTHSERV_ID: 'mx.desk.example',
    DNS_SERVERS: 'off',
    LOG_LEVEL: 'trace',
    NO_COLOR: '1',
  };
  const oauth = {
    provider: 'custom',
    clientId: 'postern',
    clientSecret: { env: 'OAUTH_SECRET' },
    scopes: ['mail'],
    grant: 'device',
    endpoints: tokens.endpoints(),
  };
  writeFileSync(
    join(folder, 'postern.yaml'),
    JSON.stringify({
      mailboxes: [
        { name: 'support', imap: `imap://${user}@127.0.0.1:${dovecot.port}`, oauth },
        { name: 'wrong', imap: `imap://${dovecot.freshUser()}@127.0.0.1:${dovecot.port}`, password: { env: 'WRONG' } },
        { name: 'echo', imap: `imap://someone@127.0.0.1:${echo.port}`, password: { env: 'ECHOED' } },
      ],
    }),
  );
  const said: Places = new Map();
  const postern = (...args: string[]) => {
    const child = spawn(process.execPath, [join(home, 'bin', 'postern.mjs'), ...args], { cwd: folder, env });
    // What is typed is not what is said: two runs with the same command are one place.
    const place = `output of ${args.slice(0, 2).join(' ')}`;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => said.set(place, (said.get(place) ?? '') + String(chunk)));
    const ended = new Promise<number | null>((done) => child.once('close', done));
    ending.push(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    return { child, ended, said: () => said.get(place) ?? '' };
  };
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  ending.push(() => client.end());
  const query = async (text: string) => (await client.query(text)).rows as Record<string, unknown>[];
  const web = async (path: string, body?: object, token = known.api) => {
    const answer = await fetch(`http://127.0.0.1:${http}${path}`, {
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
    });
    const text = await answer.text();
    const place = `answer of ${path.replace(/\?.*/, '')}`;
    said.set(place, `${said.get(place) ?? ''}${JSON.stringify([...answer.headers])}${text}\n`);
    return { status: answer.status, text };
  };
  const visitor = visitorAt(`http://127.0.0.1:${http}`);
  /** A page of the console, once the visitor has signed in. */
  const look = async (path: string) => {
    const answer = await visitor.ask(path);
    expect(answer.status, path).toBe(200);
    const place = `page ${path.replace(/\?.*/, '')}`;
    said.set(place, `${said.get(place) ?? ''}${await answer.text()}\n`);
  };
  return {
    visitor,
    look,
    tokens,
    dovecot,
    echo,
    sink,
    redis,
    user,
    smtp,
    known,
    env,
    redisPassword,
    databasePassword,
    said,
    postern,
    query,
    web,
  };
}

describe.each(['postgres', 'redis'] as const)('with the queues in %s', (backend) => {
  it('I9 every secret used, rightly and wrongly: none in database, queues, output, metrics, API or board', async () => {
    const at = await talkative(backend);
    const { sink, query, web, postern, known } = at;
    await query(registrySql);

    const connect = postern('mailbox', 'connect', 'support');
    await until('the code of the sign-in', () => connect.said().includes('Enter'));
    at.tokens.settleDevices('granted');
    expect(await connect.ended, connect.said()).toBe(0);

    const running = postern('start');
    await until('ready', () => running.said().includes('"ready"'));
    const settled = () =>
      until('all done', async () => {
        const [row] = await query(
          `select (select count(*) from mails where state = 'new')::int + (select count(*) from letters where state in ('queued', 'unknown'))::int as left`,
        );
        return row?.left === 0;
      });
    const toUs = openSender({ url: `smtp://127.0.0.1:${at.smtp}?ignoreTLS=true`, log: silentLog });
    ending.push(() => toUs.close());
    const handIn = async (text: string) => {
      const raw = Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'));
      const sent = await toUs.send({ envelopeFrom: 'ada@aldous.example', to: 'support@desk.example', raw });
      expect(sent.kind).toBe('sent');
      await settled();
    };
    const lastText = async () => {
      const parsed = await simpleParser(Buffer.from(sink.letters.at(-1)?.raw ?? ''));
      return { text: parsed.text ?? '', id: parsed.messageId ?? '' };
    };

    // By the mailbox that signs in with tokens.
    await until(
      'the first sight',
      async () => (await query(`select from mailboxes where name = 'support' and watermark is not null`)).length === 1,
    );
    at.dovecot.deliver(at.user, mail({ subject: 'PIN 345 Workflow stops' }));
    await until('the acknowledgement', () => sink.letters.length === 1);
    const acknowledgement = (await lastText()).id;
    const replyToken = /\.([0-9a-f]{24})@/.exec(acknowledgement)?.[1] ?? '';
    await handIn(mail({ subject: 'Re: it', headers: `In-Reply-To: ${acknowledgement}`, body: 'It goes on.' }));
    const number = String((await query('select number from cases'))[0]?.number);

    // Privileged PINs: by API and command, used, wrong, revoked, quoted.
    const asked = { site: '1000345', contact: 'ada@aldous.example', case: number };
    const pins: string[] = [];
    for (const issue of [
      async () => (await web('/api/v1/privileged-pins', asked)).status === 200,
      async () => (await postern('pin', 'privileged', asked.site, asked.contact, asked.case).ended) === 0,
    ]) {
      const before = sink.letters.length;
      expect(await issue()).toBe(true);
      await until('the PIN', () => sink.letters.length > before);
      await settled();
      const [pin = ''] = /\bp[0-9A-Z]{9}\b/.exec((await lastText()).text) ?? [];
      expect(pin).not.toBe('');
      pins.push(pin);
      await handIn(mail({ subject: `PIN ${pin} go ahead` }));
      await handIn(mail({ subject: `Re: [Case ${number}]`, body: `It is ${pin.toLowerCase()}` }));
    }
    const wrongPin = privilegedPinOf('7KQ2M9XW') ?? privilegedPinOf('7KQ2M9XV') ?? '';
    await web('/api/v1/privileged-pins/redeem', { pin: wrongPin });
    await web('/api/v1/privileged-pins/redeem', { pin: pins[0] });
    await web('/api/v1/privileged-pins/window', { pin: pins[0] });
    await web('/api/v1/privileged-pins/redeem', { pin: `${pins[1]}x` });
    await postern('pin', 'redeem', pins[1] ?? '').ended;
    await postern('pin', 'redeem', wrongPin).ended;
    await postern('pin', 'revoke', pins[1] ?? '').ended;
    pins.push(wrongPin);
    await settled();

    // Codes: asked for, wrong, right, used twice, over.
    const codes: string[] = [];
    const askCode = async () => {
      await handIn(mail({ subject: 'PIN', body: '' }));
      const [code = ''] = findCodes((await lastText()).text);
      return code;
    };
    const first = await askCode();
    expect(first).not.toBe('');
    const answers = (await lastText()).id;
    const mistyped = `${first.slice(0, 8)}${first.endsWith('7') ? '8' : '7'}`;
    codes.push(first, mistyped);
    for (const code of [mistyped, first, first])
      await handIn(mail({ subject: 'Re: code', headers: `In-Reply-To: ${answers}`, body: `${code}\n` }));
    const second = await askCode();
    if (second !== '' && !codes.includes(second)) {
      codes.push(second);
      await query(`update confirmations set expires_at = now() - interval '1 hour'`);
      await handIn(mail({ subject: second, body: `${second}\n` }));
    }

    // One of our people signs in to the console, once with another code.
    await postern('staff', 'add', 'kim@desk.example', '--name', 'Kim Oster', '--role', 'admin').ended;
    const lettersBefore = sink.letters.length;
    await at.visitor.ask('/sign-in', { form: { email: 'kim@desk.example', to: '/' } });
    await until('the code to sign in', () => sink.letters.length > lettersBefore);
    const [signInCode = ''] = findCodes((await lastText()).text);
    const otherCode = `${signInCode.slice(0, 8)}${signInCode.endsWith('7') ? '8' : '7'}`;
    codes.push(signInCode, otherCode);
    for (const code of [otherCode, signInCode]) await at.visitor.ask('/sign-in/code', { form: { code, to: '/' } });
    const session = at.visitor.cookies.get('postern') ?? '';
    expect(session).not.toBe('');
    codes.push(session);

    // Servers that repeat what they know, callers that come with the wrong thing.
    const secrets = `${known.smtp} ${Buffer.from(`\0postern\0${known.smtp}`).toString('base64')}`;
    sink.fail('RCPT', `550 5.1.1 nobody here, said ${secrets}`, { times: 1 });
    await handIn(mail({ subject: 'PIN 345 Another one' }));
    sink.fail('AUTH', `535 5.7.8 wrong: ${secrets}`);
    await postern('doctor').ended;
    sink.heal();
    const wrongToken = drawn('wrongApi');
    await web('/api/v1/mails', undefined, wrongToken);
    await web(`/api/v1/mails?token=${wrongToken}`);
    at.tokens.expireAccess(at.user);
    at.tokens.revoke(at.user);
    await postern('mailbox', 'status').ended;
    await postern('doctor').ended;
    await until('the login that is repeated', () => at.echo.tried() > 1);

    // What anybody may look at.
    for (const path of ['/metrics', '/healthz', '/readyz']) await web(path);
    for (const path of [
      '/',
      '/staff',
      '/staff/sessions',
      '/queues/board/',
      '/queues/board/api/queues?page=1&jobsPerPage=100',
    ])
      await at.look(path);
    for (const queue of ['intake', 'outbound', 'upkeep'])
      for (const status of ['completed', 'waiting', 'failed', 'latest', 'delayed', 'active'])
        await at.look(`/queues/board/api/queues?activeQueue=${queue}&status=${status}&page=1&jobsPerPage=200`);
    for (const kind of ['mails', 'cases', 'letters']) {
      const list = JSON.parse((await web(`/api/v1/${kind}?limit=200`)).text) as {
        items?: { id?: string; number?: string }[];
      };
      for (const one of list.items ?? []) {
        await web(`/api/v1/${kind}/${one.number ?? one.id}`);
        if (kind !== 'cases') await web(`/api/v1/${kind}/${one.id}/raw`);
      }
    }
    expect(at.said.get(`answer of /api/v1/mails`)).toContain('Workflow stops');
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);

    const places: Places = new Map([
      ...(await databasePlaces(query)),
      ...(at.redis ? redisPlaces(at.redis) : []),
      ...[...at.said].map(([name, text]) => [name, readable(text)] as const),
    ]);
    expect(placesWith(places, 'Workflow stops')).toContain('public.cases');
    if (at.redis) expect([...places.keys()].filter((name) => name.startsWith('redis ')).length).toBeGreaterThan(3);
    const searched: Record<string, string[]> = {
      'privileged PIN': pins,
      code: codes,
      'SMTP password': [known.smtp],
      'IMAP password': [known.wrongImap, known.echoed],
      'API token': [known.api, wrongToken],
      'OAuth secret': [...at.tokens.secrets],
      'database password': [at.databasePassword],
      'Redis password': [at.redisPassword],
      SECRET_KEY: [at.env.SECRET_KEY ?? ''],
    };
    const found = Object.entries(searched).flatMap(([kind, all]) =>
      all.flatMap((secret) => placesWith(places, secret).map((place) => `${kind}: ${place}`)),
    );
    expect(found).toEqual([]);
    // By design: it is the name under which a letter is answered (RFC 5322 Message-ID), and opens nothing (POLICY §11.3).
    const named = placesWith(places, replyToken).filter((name) => !/^public\.(letters|mails|mail_bytes)$/.test(name));
    expect(named.filter((name) => !name.startsWith('answer of /api/v1/'))).toEqual([]);

    // It bites: each kind planted once is found, whatever way it is written.
    for (const [kind, all] of Object.entries(searched)) {
      const planted = all[0] ?? '';
      for (const way of [planted, Buffer.from(planted).toString('hex'), Buffer.from(`  ${planted}`).toString('base64')])
        expect(placesWith(new Map([['here', readable(`{"x":"${way}"}`)]]), planted), kind).toEqual(['here']);
      await query(
        `insert into audit (actor, action, subject_kind, subject_id, detail) values ('x', 'x', 'x', 'x', jsonb_build_object('x', '${planted}'))`,
      );
      expect(placesWith(await databasePlaces(query), planted), kind).toContain('public.audit');
    }
  }, 180_000);
});
