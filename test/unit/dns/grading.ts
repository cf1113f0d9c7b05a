/** A mail's grade by the way that intake goes: read, and where nobody has judged, checked by ourselves. */
import type { Resolve } from '../../../src/dns/resolver.ts';
import { openVerifier, type SenderCheck } from '../../../src/dns/verify.ts';
import { readClaimed } from '../../../src/flows/intake/process-intake.ts';
import { mailId } from '../../../src/foundation/ids.ts';
import type { MailFacts } from '../../../src/mail/parsed-mail.ts';
import { readMail } from '../../../src/mail/read.ts';
import { readingWith } from '../../support/mails/reading.ts';

export const reading = readingWith({
  addresses: { support: 'support@own.example' },
  lists: ['team@lists.example'],
  authservId: 'mx.own.example',
});

export const dnsError = (code: string) => Object.assign(new Error(code), { code });

/** Names and their TXT records; `!CODE` is a name server that fails so. `asked` takes down every question. */
export function namesOf(records: Readonly<Record<string, string>>, asked: string[] = []): Resolve {
  return async (name, type) => {
    asked.push(`${type} ${name}`);
    const found = type === 'TXT' ? records[name] : undefined;
    if (found?.startsWith('!')) throw dnsError(found.slice(1));
    if (found === undefined) throw dnsError('ENOTFOUND');
    return [[found]];
  };
}

export const checkBy = (resolve: Resolve, milliseconds = 2000): SenderCheck =>
  openVerifier({ resolve, ours: ['support@own.example', 'team@lists.example'], milliseconds });

export async function gradeMail(raw: Uint8Array, senderCheck: SenderCheck | null): Promise<MailFacts> {
  const { facts } = await readClaimed(
    { parser: { read: readMail }, reading, senderCheck },
    {
      id: mailId('1'),
      raw: Buffer.from(raw),
      arrivedAt: '2026-05-13T09:00:00Z',
      mailFrom: null,
      rcptTo: [],
      headersOnly: null,
      mustWait: false,
    },
  );
  return facts;
}
