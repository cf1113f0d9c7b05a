/** The servers that a sound set-up talks to, each on a port of its own. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { silentLog } from '../../src/foundation/log.ts';
import { openEmbedded } from '../../src/store/embedded.ts';
import { remove, scratch } from '../../test/support/process.ts';
import { startDovecot } from '../../test/support/servers/dovecot.ts';
import { startRedis } from '../../test/support/servers/redis.ts';
import { startSmtpSink } from '../../test/support/servers/smtp-sink.ts';

const tls = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'tls');
export type Certificate = 'good' | 'expired' | 'other-name' | 'self-signed';
const pair = (name: Certificate) => ({
  key: readFileSync(join(tls, `${name}.key.pem`)),
  cert: readFileSync(join(tls, `${name}.cert.pem`)),
});

const listening = (server: Server): Promise<number> =>
  new Promise((done) => server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port)));

export type Servers = Awaited<ReturnType<typeof openServers>>;

export async function openServers() {
  const folder = scratch('troubleshooting');
  const dovecot = await startDovecot();
  const sink = await startSmtpSink();
  const locked = await startSmtpSink({ auth: { user: 'support', pass: 'right' } });
  const redis = await startRedis({ requirepass: 'right' }).catch(() => startRedis());
  const database = await openEmbedded({
    dataFolder: folder,
    hold: 'start',
    say() {},
    log: silentLog,
    settings: { fsync: 'off' },
  });
  const user = dovecot.freshUser();
  const others: Server[] = [];
  const names = new Map<string, string>([
    [String(dovecot.port), '143'],
    [String(sink.port), '587'],
    [String(locked.port), '587'],
    [String(redis.port), '6379'],
    [new URL(database.url).port, '5432'],
    [user, 'support'],
  ]);
  const open = async (server: Server, shownAs: string): Promise<number> => {
    others.push(server);
    const port = await listening(server);
    names.set(String(port), shownAs);
    // The port that is proposed in its place.
    names.set(String(port + 1), String(Number(shownAs) + 1));
    return port;
  };
  return {
    dovecot,
    sink,
    locked,
    redis,
    user,
    names,
    databaseUrl: database.url,
    /** Greets in TLS as an IMAP or SMTP server does, with that certificate. */
    tls: (name: Certificate, greeting: string, shownAs: string) =>
      open(
        createTlsServer(pair(name), (socket) => {
          socket.on('error', () => {});
          socket.write(greeting);
        }),
        shownAs,
      ),
    /** Takes connections and says nothing, or only a greeting. */
    plain: (greeting: string, shownAs: string) =>
      open(
        createServer((socket) => {
          socket.on('error', () => {});
          if (greeting) socket.write(greeting);
        }),
        shownAs,
      ),
    /** The variables of a set-up in which everything is well. */
    sound: (): Record<string, string> => ({
      SUPPORT_ADDRESS: 'support@desk.example',
      SECRET_KEY: 'a key of thirty-two bytes or more for a page',
      DATABASE_URL: database.url,
      IMAP_URL: dovecot.url(user),
      SMTP_URL: `smtp://127.0.0.1:${sink.port}?ignoreTLS=true`,
      AUTHSERV_ID: 'mx.desk.example',
      HTTP_LISTEN: '127.0.0.1:0',
    }),
    async close() {
      for (const one of others) one.close();
      await dovecot.stop();
      await sink.stop();
      await locked.stop();
      await redis.stop();
      await database.close();
      remove(folder);
    },
  };
}
