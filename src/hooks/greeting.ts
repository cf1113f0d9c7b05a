/** Whether a mail server greets: the first line of its protocol, and nothing is said to it. */
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { outsideFault, type TriedService } from '../foundation/faults/outside-fault.ts';

const greetings = { imap: /^\* (?:OK|PREAUTH)\b/i, smtp: /^220[ -]/ } as const;

export type MailServer = TriedService & { readonly service: keyof typeof greetings };

/** Null where it greets; else what is wrong, in words. The certificate is not judged: nothing is sent. */
export function greeted(server: MailServer, timeoutMs = 3_000): Promise<string | null> {
  const { host, port, secure = false, service } = server;
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const named = /^[\d.:]+$/.test(host) ? {} : { servername: host };
  const socket = secure ? connectTls({ host, port, rejectUnauthorized: false, ...named }) : connect({ host, port });
  let heard = '';
  const timer = setTimeout(() => resolve(`it has not answered within ${Math.round(timeoutMs / 1000)} s`), timeoutMs);
  socket.on('data', (chunk: Buffer) => {
    heard = (heard + chunk.toString('latin1')).slice(0, 1_000);
    if (!heard.includes('\n')) return;
    const [line = ''] = heard.split('\r\n');
    resolve(greetings[service].test(heard) ? null : `it answered "${line.replace(/[^ -~]/g, '?').slice(0, 200)}"`);
  });
  socket.on('error', (error) => {
    const { said } = outsideFault(error, server);
    resolve(said);
  });
  socket.on('close', () => resolve('it closed the connection'));
  return promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}
