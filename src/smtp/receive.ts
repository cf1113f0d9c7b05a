/** The receiver of mail that an MTA hands over by LMTP or SMTP (MAIL.md §1): 250 is a promise, given after the commit. */
import { SMTPServer } from 'smtp-server';
import type { Log } from '../foundation/log.ts';
import type { Meter } from '../foundation/meter.ts';
import { foldPlus, normaliseAddress } from '../mail/address/address.ts';
import { ourPostmaster } from '../mail/address/postmaster.ts';
import { defaultReceiveLimits, type ReceiveLimits, receiveLimits } from './receive-limits.ts';

export type Envelope = { readonly mailFrom: string | null; readonly rcptTo: string[] };

export type ReceiverOptions = {
  readonly protocol: 'lmtp' | 'smtp';
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Our own; the same with a plus part are taken too, and the postmaster of their domains. `any` is for a sandbox that passes nothing on. */
  readonly addresses: readonly string[] | 'any';
  /** Octets. */
  readonly sizeLimit?: number;
  readonly maxClients?: number;
  readonly limits?: Partial<ReceiveLimits>;
  /** Resolves after the commit; a rejection is answered with 451, so that the MTA keeps the mail. */
  readonly receive: (raw: Uint8Array, envelope: Envelope, arrivedAt: Date) => Promise<void>;
  readonly log: Log;
  readonly meter: Meter;
};

export type Receiver = { readonly port: number; close(): Promise<void> };

const reply = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

/** Rejects when the port cannot be had. `close` lets sessions at hand finish, for 10 s at most. */
export async function openReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { log, meter, protocol } = options;
  const size = options.sizeLimit ?? 35 * 2 ** 20;
  const any = options.addresses === 'any';
  const ours = new Set(
    (options.addresses === 'any' ? [] : options.addresses).flatMap((address) => normaliseAddress(address) ?? []),
  );
  const isOurs = (address: string): boolean => {
    if (any) return true;
    const normal = normaliseAddress(address);
    if (normal !== null && (ours.has(normal) || ours.has(foldPlus(normal)))) return true;
    return ourPostmaster(address, [...ours]) !== null;
  };
  /** `<postmaster>` alone is the only address without a domain (RFC 5321 §4.5.1); once taken it has one. */
  const whole = (address: string): string =>
    address.includes('@') ? address : (ourPostmaster(address, [...ours]) ?? address);

  const limits = receiveLimits({ ...defaultReceiveLimits, ...options.limits }, Date.now);
  /** Those that count: one that was turned away at once is closed, too. */
  const counted = new WeakSet<object>();
  const later = (what: string, message: string) => {
    meter.count('postern_deliveries_deferred_total', { door: protocol, why: what });
    return message;
  };

  const server = new SMTPServer({
    lmtp: protocol === 'lmtp',
    size,
    maxClients: options.maxClients ?? 200,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    socketTimeout: 60_000,
    closeTimeout: 10_000,
    logger: false,
    onConnect(session, callback) {
      if (!limits.connect(session.remoteAddress))
        return callback(
          reply(421, later('connections', '4.7.0 Too many connections from you, please try again later')),
        );
      counted.add(session);
      callback();
    },
    onClose(session) {
      if (counted.delete(session)) limits.disconnect(session.remoteAddress);
    },
    onMailFrom(_address, session, callback) {
      if (limits.begin(session.remoteAddress)) return callback();
      callback(reply(450, later('rate', '4.7.0 Too many mails from you in a minute, please try again later')));
    },
    onRcptTo({ address }, _session, callback) {
      if (isOurs(address)) return callback();
      meter.count('postern_recipients_refused_total', { door: protocol });
      callback(reply(550, '5.1.1 No such address here'));
    },
    onData(stream, session, callback) {
      const arrivedAt = new Date();
      const chunks: Buffer[] = [];
      const hand = limits.hold();
      let full = false;
      stream.on('data', (chunk: Buffer) => {
        full ||= !stream.sizeExceeded && !hand.take(chunk.length);
        if (full || stream.sizeExceeded) chunks.length = 0;
        else chunks.push(chunk);
      });
      // A connection that is cut gives neither end nor error.
      stream.once('close', () => {
        if (!stream.readableEnded) hand.release();
      });
      stream.once('error', () => {
        hand.release();
        callback(reply(451, '4.3.0 The mail could not be read'));
      });
      stream.once('end', () => {
        if (full || stream.sizeExceeded) hand.release();
        if (stream.sizeExceeded) return callback(reply(552, '5.3.4 The mail is larger than we take'));
        if (full) return callback(reply(452, later('memory', '4.3.1 Too many mails at once, please try again later')));
        const from = session.envelope.mailFrom;
        const envelope = {
          // `''` is the null sender, and tells something; null would be a way in without envelopes.
          mailFrom: from === false ? '' : from.address,
          rcptTo: session.envelope.rcptTo.map(({ address }) => whole(address)),
        };
        options
          .receive(Buffer.concat(chunks), envelope, arrivedAt)
          .finally(hand.release)
          .then(
            () => callback(null, '2.0.0 Stored'),
            (error: unknown) => {
              const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
              log.error({ door: protocol, code }, 'a mail was not taken; the sender keeps it');
              meter.count('postern_deliveries_deferred_total', { door: protocol, why: 'not stored' });
              callback(reply(451, '4.3.0 Not stored, please try again later'));
            },
          );
      });
    },
  });
  server.on('error', (error) => log.warn({ door: protocol, error: error.name }, 'a session failed'));
  await new Promise<void>((done, failed) => {
    server.server.once('error', failed);
    server.listen(options.port, options.host, () => done());
  });
  const at = server.server.address();
  return {
    port: typeof at === 'object' && at !== null ? at.port : options.port,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
