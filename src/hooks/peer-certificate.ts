/** When the certificate of a server ends that we sign in to, from the first byte or behind STARTTLS (IMAP, SMTP). */
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export type Peer = {
  readonly host: string;
  readonly port: number;
  readonly speaks: 'imap' | 'smtp' | 'https';
  /** TLS from the first byte. */
  readonly secure: boolean;
};

/** Says each line once the server has answered the one before with what is expected. */
function talk(
  socket: Socket,
  steps: readonly { readonly expect: RegExp; readonly say: string | null }[],
): Promise<void> {
  const rest = [...steps];
  let heard = '';
  return new Promise((done, failed) => {
    const listen = (chunk: Buffer) => {
      heard = (heard + chunk.toString('latin1')).slice(-8_192);
      const next = rest[0];
      if (/^(?:[45]\d\d |a (?:NO|BAD)|\* BYE)/im.test(heard)) return failed(new Error('refused'));
      if (!next?.expect.test(heard)) return;
      // A server that does not offer it is left alone.
      if (next.say === 'STARTTLS\r\n' && !/^250[- ]STARTTLS\b/im.test(heard)) return failed(new Error('no TLS'));
      heard = '';
      rest.shift();
      if (next.say !== null) socket.write(next.say);
      if (rest.length > 0) return;
      socket.off('data', listen);
      done();
    };
    socket.on('data', listen);
    socket.once('error', failed);
    socket.once('close', () => failed(new Error('closed')));
  });
}

const greetings = {
  imap: [
    { expect: /^\* OK[^\n]*\n$/im, say: 'a STARTTLS\r\n' },
    { expect: /^a OK/im, say: null },
  ],
  smtp: [
    { expect: /^220 [^\n]*\n$/m, say: 'EHLO postern.invalid\r\n' },
    { expect: /^250 [^\n]*\n$/m, say: 'STARTTLS\r\n' },
    { expect: /^220/m, say: null },
  ],
} as const;

/** Null where it could not be found out: no answer, no TLS. The certificate is not judged, only its end read. */
export async function certificateEnd(peer: Peer, timeoutMs = 10_000): Promise<Date | null> {
  const { host, port } = peer;
  const socket = connect({ host, port });
  const timer = setTimeout(() => socket.destroy(), timeoutMs);
  socket.on('error', () => {});
  try {
    if (!peer.secure && peer.speaks !== 'https') await talk(socket, greetings[peer.speaks]);
    const secured = connectTls({
      socket,
      rejectUnauthorized: false,
      ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }),
    });
    await new Promise<void>((done, failed) => {
      secured.once('secureConnect', done);
      secured.once('error', failed);
      secured.once('close', () => failed(new Error('closed')));
    });
    const end = secured.getPeerCertificate().valid_to;
    secured.destroy();
    return end ? new Date(end) : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
