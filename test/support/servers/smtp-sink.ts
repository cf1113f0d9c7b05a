import { createServer, type Socket } from 'node:net';

export type SinkLetter = { mailFrom: string; rcptTo: string[]; raw: Buffer; at: number };
/** Where in the conversation: BODY is the answer to the final dot. */
export type Verb = 'STARTTLS' | 'CONNECT' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'BODY' | 'RSET' | 'QUIT';
/**
 * `hang-up`: the line is cut without an answer; at BODY the letter is kept, as a server may have taken it. `silence`: no answer, ever.
 * `answer-then-reset`: all is well, and the line is reset behind it. `cut-inside`, at BODY: the line is cut within the letter, which is not kept.
 */
export type Fault = `${4 | 5}${string}` | 'hang-up' | 'silence' | 'answer-then-reset' | 'cut-inside';
export type SmtpSink = {
  port: number;
  url: string;
  letters: SinkLetter[];
  /** Every command as it came, secrets too. */
  commands: string[];
  /** Connections made so far, and open now. */
  connections(): { made: number; open: number };
  /** The next `times` (default: always) at `verb`, for one recipient or the senders of the letter where given, go wrong. */
  fail(
    verb: Verb,
    fault: Fault,
    only?: { times?: number; recipient?: string; sender?: (address: string) => boolean },
  ): void;
  /** All is well again. Lines that were left silent stay so. */
  heal(): void;
  /** Resolves when `count` letters are there. */
  waitFor(count: number, withinMs?: number): Promise<SinkLetter[]>;
  stop(): Promise<void>;
};

type Rule = {
  verb: Verb;
  fault: Fault;
  left: number;
  recipient: string | null;
  sender: ((address: string) => boolean) | null;
};

/** What submission servers limit; each with the reply that they give. */
export type SinkLimits = {
  /** Letters of one session. */
  letters?: { most: number; verb: Verb; reply: `${4 | 5}${string}` };
  /** Sessions open at once; one more is turned away in place of the greeting. */
  connections?: { most: number; reply: `${4 | 5}${string}` };
  /** Milliseconds that have to lie between two letters. */
  pause?: { ms: number; verb: Verb; reply: `${4 | 5}${string}` };
};

/** A real SMTP listener that greets at once (packages greet after a pause) and does as it is told. With `auth` it insists on a login. */
export async function startSmtpSink(
  options: {
    port?: number;
    auth?: { user: string; pass: string };
    limits?: SinkLimits;
    offers?: readonly string[];
    /** Is given each letter in place of `letters`, and no commands are kept: for more than fit into memory. It is answered once that is done. */
    take?: (letter: SinkLetter) => void | Promise<void>;
  } = {},
): Promise<SmtpSink> {
  const letters: SinkLetter[] = [];
  const commands: string[] = [];
  let rules: Rule[] = [];
  let made = 0;
  const open = new Set<Socket>();
  const arrivals = new Set<() => void>();

  const { limits = {} } = options;
  let lastLetterAt = Number.NEGATIVE_INFINITY;
  const faultAt = (verb: Verb, recipients: string[], sender: string | null): Fault | null => {
    const rule = rules.find(
      (each) =>
        each.verb === verb &&
        each.left > 0 &&
        (each.recipient === null || recipients.includes(each.recipient)) &&
        (each.sender === null || (sender !== null && each.sender(sender))),
    );
    if (!rule) return null;
    rule.left -= 1;
    return rule.fault;
  };

  const cutInside = (recipients: string[]): boolean =>
    rules.some((rule) => rule.fault === 'cut-inside' && rule.left > 0) &&
    faultAt('BODY', recipients, null) === 'cut-inside';

  const server = createServer((socket) => {
    made += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {});
    socket.setNoDelay(true);
    let pending: Buffer = Buffer.alloc(0);
    let mode: 'commands' | 'letter' | 'user' | 'password' | 'silent' | 'keeping' = 'commands';
    let mailFrom: string | null = null;
    let rcptTo: string[] = [];
    let signedIn = options.auth === undefined;
    let givenUser = '';
    let taken = 0;

    const overLimit = (verb: Verb): string | null => {
      if (limits.letters?.verb === verb && taken >= limits.letters.most) return limits.letters.reply;
      if (limits.pause?.verb === verb && Date.now() - lastLetterAt < limits.pause.ms) return limits.pause.reply;
      if (verb === 'CONNECT' && limits.connections && open.size > limits.connections.most)
        return limits.connections.reply;
      return null;
    };
    const answerThenReset = (reply: string) =>
      socket.write(`${reply}\r\n`, () => setTimeout(() => socket.resetAndDestroy(), 20));
    /** False where a fault took the place of the answer. */
    const answer = (verb: Verb, reply: string, recipients = rcptTo, sender = mailFrom): boolean => {
      const over = overLimit(verb);
      if (over !== null) {
        socket.write(`${over}\r\n`);
        if (over.startsWith('421')) socket.end();
        return false;
      }
      const fault = faultAt(verb, recipients, sender);
      if (fault === 'answer-then-reset') {
        answerThenReset(reply);
        return true;
      }
      if (fault === 'hang-up') socket.destroy();
      else if (fault === 'silence') mode = 'silent';
      else socket.write(`${fault ?? reply}\r\n`);
      return fault === null;
    };
    const reset = () => {
      mailFrom = null;
      rcptTo = [];
    };
    const signIn = (user: string, pass: string) => {
      mode = 'commands';
      const right = user === options.auth?.user && pass === options.auth?.pass;
      if (answer('AUTH', right ? '235 2.7.0 welcome' : '535 5.7.8 wrong user or password') && right) signedIn = true;
    };
    const plain = (encoded: string) => {
      const [, user = '', pass = ''] = Buffer.from(encoded, 'base64').toString().split('\0');
      signIn(user, pass);
    };

    const takeLetter = (raw: Buffer) => {
      const letter = { mailFrom: mailFrom ?? '', rcptTo, raw, at: Date.now() };
      const fault = overLimit('BODY') ?? faultAt('BODY', rcptTo, mailFrom);
      mode = 'commands';
      if (fault === null) {
        taken += 1;
        lastLetterAt = letter.at;
      }
      if (fault === null || !/^[45]/.test(fault)) {
        const keeping = options.take?.(letter);
        if (!options.take) letters.push(letter);
        if (keeping) {
          mode = 'keeping';
          void keeping.then(() => {
            mode = 'commands';
            answerLetter(fault);
            read();
          });
          return;
        }
      }
      answerLetter(fault);
    };
    const answerLetter = (fault: string | null) => {
      for (const tell of arrivals) tell();
      reset();
      const kept = `250 2.0.0 kept as ${letters.length}`;
      if (fault === 'hang-up') socket.destroy();
      else if (fault === 'silence') mode = 'silent';
      else if (fault === 'answer-then-reset') answerThenReset(kept);
      else socket.write(`${fault ?? kept}\r\n`);
    };

    const obey = (line: string) => {
      if (!options.take) commands.push(line);
      if (mode === 'user') {
        givenUser = Buffer.from(line, 'base64').toString();
        mode = 'password';
        socket.write('334 UGFzc3dvcmQ6\r\n');
        return;
      }
      if (mode === 'password')
        return givenUser === '' ? plain(line) : signIn(givenUser, Buffer.from(line, 'base64').toString());
      const word = (line.split(' ')[0] ?? '').toUpperCase();
      const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
      if (word === 'EHLO' || word === 'HELO') {
        const offers = [
          'sink.test',
          'PIPELINING',
          '8BITMIME',
          'SMTPUTF8',
          'ENHANCEDSTATUSCODES',
          'SIZE 52428800',
          ...(options.auth ? ['AUTH PLAIN LOGIN'] : []),
          ...(options.offers ?? []),
        ];
        answer(
          'EHLO',
          word === 'HELO'
            ? '250 sink.test'
            : offers.map((offer, i) => `250${i < offers.length - 1 ? '-' : ' '}${offer}`).join('\r\n'),
        );
      } else if (word === 'AUTH') {
        const [, way = '', first] = line.split(' ');
        if (way.toUpperCase() === 'PLAIN' && first) plain(first);
        else if (way.toUpperCase() === 'LOGIN' && first) {
          givenUser = Buffer.from(first, 'base64').toString();
          mode = 'password';
          socket.write('334 UGFzc3dvcmQ6\r\n');
        } else {
          givenUser = '';
          mode = way.toUpperCase() === 'LOGIN' ? 'user' : 'password';
          socket.write(way.toUpperCase() === 'LOGIN' ? '334 VXNlcm5hbWU6\r\n' : '334 \r\n');
        }
      } else if (word === 'MAIL') {
        if (!signedIn) socket.write('530 5.7.0 sign in first\r\n');
        else if (answer('MAIL', '250 2.1.0 ok', rcptTo, address)) mailFrom = address;
      } else if (word === 'RCPT') {
        if (mailFrom === null) socket.write('503 5.5.1 MAIL first\r\n');
        else if (answer('RCPT', '250 2.1.5 ok', [address])) rcptTo.push(address);
      } else if (word === 'DATA') {
        if (rcptTo.length === 0) socket.write('554 5.5.1 no valid recipients\r\n');
        else if (answer('DATA', '354 go on')) mode = 'letter';
      } else if (word === 'RSET') {
        reset();
        answer('RSET', '250 2.0.0 ok');
      } else if (word === 'STARTTLS') answer('STARTTLS', '454 4.7.0 TLS not available due to local problem');
      else if (word === 'NOOP') socket.write('250 2.0.0 ok\r\n');
      else if (word === 'QUIT') {
        if (answer('QUIT', '221 2.0.0 bye')) socket.end();
      } else socket.write('502 5.5.2 unknown\r\n');
    };

    const read = () => {
      while (mode !== 'silent' && mode !== 'keeping' && !socket.destroyed) {
        if (mode === 'letter' && cutInside(rcptTo)) {
          socket.destroy();
          return;
        }
        if (mode === 'letter') {
          const whole = pending.subarray(0, 3).equals(Buffer.from('.\r\n')) ? -2 : pending.indexOf('\r\n.\r\n');
          if (whole === -1) return;
          const body = pending
            .subarray(0, Math.max(0, whole + 2))
            .toString('latin1')
            .replace(/(^|\r\n)\./g, '$1');
          pending = pending.subarray(whole + 5);
          takeLetter(Buffer.from(body, 'latin1'));
        } else {
          const end = pending.indexOf('\r\n');
          if (end === -1) return;
          const line = pending.subarray(0, end).toString();
          pending = pending.subarray(end + 2);
          obey(line);
        }
      }
    };
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      read();
    });
    answer('CONNECT', '220 sink.test ESMTP');
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  const login = options.auth
    ? `${encodeURIComponent(options.auth.user)}:${encodeURIComponent(options.auth.pass)}@`
    : '';
  return {
    port,
    url: `smtp://${login}127.0.0.1:${port}`,
    letters,
    commands,
    connections: () => ({ made, open: open.size }),
    fail(verb, fault, only = {}) {
      rules.push({
        verb,
        fault,
        left: only.times ?? Number.POSITIVE_INFINITY,
        recipient: only.recipient ?? null,
        sender: only.sender ?? null,
      });
    },
    heal() {
      rules = [];
    },
    waitFor: (count, withinMs = 10_000) =>
      new Promise((resolve, reject) => {
        const done = (settle: () => void) => {
          clearTimeout(late);
          arrivals.delete(look);
          settle();
        };
        const look = () => {
          if (letters.length >= count) done(() => resolve(letters.slice()));
        };
        const late = setTimeout(
          () => done(() => reject(new Error(`${letters.length} of ${count} letters after ${withinMs} ms`))),
          withinMs,
        );
        arrivals.add(look);
        look();
      }),
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
