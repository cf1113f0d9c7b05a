/** What a submission server's answers mean, and what to do about each: the SMTP part of `outside-fault`. */
import { enhancedCode, refusalOf } from './smtp-refusal.ts';

type Said = readonly [said: string, todo: string];

type SmtpError = {
  /** nodemailer's own word, such as EAUTH, ETLS, EENVELOPE. */
  readonly code: string;
  readonly message: string;
  readonly response: string;
  readonly responseCode: number;
  readonly command: string;
};

type SmtpTried = {
  readonly name: string;
  readonly host: string;
  readonly secure: boolean;
  /** The account that signs in; empty where none does. */
  readonly user: string;
  /** The address our letters are from. */
  readonly from: string;
  /** The envelope sender that was tried; `''` is the null sender. */
  readonly sender: string | null;
};

/** Known by us, not by the library: credentials are there, and the server does not offer to take them. */
export const noAuthOffered = 'ENOAUTHOFFERED';

const submission = (name: string): string =>
  `Use the port for submission: 587 (smtp://, STARTTLS is used there) or 465 (smtps://) in ${name}`;

function signInFault({ response }: SmtpError, { name, user }: SmtpTried): Said {
  if (/SmtpClientAuthentication is disabled|5\.7\.139/i.test(response))
    return [
      `signing in by SMTP is switched off for ${user || 'this account'}`,
      'Switch on "Authenticated SMTP" for the mailbox in the Microsoft 365 admin centre, and sign in with tokens (`smtp: { mailbox }` in postern.yaml): passwords are refused there',
    ];
  if (/application-specific password|app(?:lication)? password|5\.7\.9\b.*(?:password|web)|web browser/i.test(response))
    return [
      `it wants a password made for this program, not that of ${user || 'the account'}`,
      `Make an app password at the provider and write it into ${name}, or sign in with tokens (\`smtp: { mailbox }\` in postern.yaml)`,
    ];
  return [
    user ? `user or password is wrong for ${user}` : 'user or password is wrong',
    `Mend them in ${name}, as smtp(s)://user:password@host:port with %40 for an @ in the user; a provider with two-step sign-in wants an app password`,
  ];
}

function senderFault({ response }: SmtpError, { name, user, from, sender }: SmtpTried): Said {
  const account = user || 'the account';
  const quoted = `("${response}")`;
  if (sender === '')
    return [
      `it refuses the null sender, which automatic replies have ${quoted}`,
      `Allow MAIL FROM:<> for ${account}; where that cannot be, let ${name} sign in with an account whose user is an address, and letters leave from that one`,
    ];
  if (sender !== null && sender !== user && sender !== from)
    return [
      `it refuses ${sender} as envelope sender ${quoted}`,
      `Allow ${account} to send as that address, or leave \`addresses: { bounces }\` out`,
    ];
  if (user === '')
    return [
      `it refuses ${from} as sender ${quoted}`,
      `Let it take what this machine sends from ${from}, or write user and password into ${name}: smtp(s)://user:password@host:port`,
    ];
  return [
    `the server lets the account ${account} send as itself only, and our letters are from ${from} ${quoted}`,
    user.includes('@') && user !== from
      ? `Set SUPPORT_ADDRESS to ${user}, or allow SendAs: give ${user} the right to send as ${from}`
      : `Give ${account} the right to send as ${from} (SendAs; at Amazon SES a verified identity), or set SUPPORT_ADDRESS to the account's own address`,
  ];
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 200);

/** Null where it is no answer of an SMTP server: what the system said is told by others. */
export function smtpFault(error: SmtpError, tried: SmtpTried): Said | null {
  const { name } = tried;
  const response = oneLine(error.response);
  const { responseCode: code, command } = error;
  const enhanced = enhancedCode(response);
  if (error.code === noAuthOffered)
    return [
      `there are user and password in ${name}, and it offers no way to sign in (no AUTH), so they are not used`,
      tried.secure
        ? `Take them out of ${name} if it serves this machine without, or name the server that knows the account`
        : `${submission(name)}, or take user and password out if it serves this machine without`,
    ];
  if (error.code === 'ETLS' && command === 'STARTTLS' && code > 0)
    return [
      `it offers STARTTLS and then refuses it ("${response}")`,
      'Mend TLS on the server (its log names the certificate or key that it cannot read), or use smtps:// with port 465',
    ];
  if (response === '') return null;
  if (/starttls/i.test(response) && (code === 530 || code === 538 || code === 454))
    return [
      `it serves nobody without TLS ("${response}")`,
      `Take ignoreTLS out of ${name}, or use smtps:// with port 465; STARTTLS is used by itself where the server offers it`,
    ];
  if (code === 530 || enhanced === '5.7.57')
    return [
      `it wants us to sign in ("${response}")`,
      `Write user and password into ${name}: smtp(s)://user:password@host:port`,
    ];
  const kind = refusalOf({ code, command, response });
  switch (kind) {
    case 'sender':
    case 'maybe-sender':
      return senderFault({ ...error, response }, tried);
    case 'connections':
      return [
        `it does not allow so many connections at once ("${response}")`,
        'Set `smtp: { connections: 1 }` in postern.yaml, or what the provider allows',
      ];
    case 'session-limit':
      return [
        `it takes no more letters in one session ("${response}")`,
        'A new session is begun by itself; nothing is to be done unless this stays',
      ];
    case 'rate':
      return [
        `it takes no more letters this minute ("${response}")`,
        'Set `policy: { letters: { lettersPerMinute } }` and `smtp: { pause }` in postern.yaml to what the provider allows',
      ];
    case 'quota':
      return [
        `it takes no more letters from ${tried.user || 'us'} for now ("${response}")`,
        "Letters wait and go out by themselves once the day is over; raise the daily limit at the provider, or empty the account's own mailbox where that is full",
      ];
    case 'other':
      break;
    default:
      kind satisfies never;
  }
  if (command.startsWith('AUTH') || error.code === 'EAUTH')
    return code >= 400 && code < 500
      ? [`it cannot check passwords just now ("${response}")`, 'Nothing here is wrong; if it stays, look at the server']
      : signInFault({ ...error, response }, tried);
  if (command === 'CONN')
    return code >= 500
      ? [
          `it serves nobody from this machine ("${response}")`,
          'Ask its operator to let the address of this machine in, or use the submission server of your provider',
        ]
      : [
          `it does not take us just now ("${response}")`,
          'It is tried again by itself; if it stays, look at the server',
        ];
  return null;
}
