/** Automatic mail, and mail that is decided but not answered (POLICY §3.r3, MAIL.md §2, RFC 3834 §2). */
import { loopMarkHeader } from '../../foundation/loop-mark.ts';
import { headerValue, isNullSender } from '../bounce/report-lines.ts';
import type { HeaderLine } from '../mime/header-line.ts';
import type { BounceReport, MachineReason, UnanswerableReason } from '../parsed-mail.ts';
import { absenceTitles } from './automatic-words.ts';

export type ClassifyInput = {
  readonly headers: readonly HeaderLine[];
  readonly returnPath: string | null;
  readonly fromAddress: string | null;
  readonly subject: string;
  readonly ourAddresses: readonly string[];
  /** Our own lists in front of support, addresses or List-Id values. */
  readonly lists: readonly string[];
  readonly receivedCount: number;
  readonly bounce: BounceReport | null;
};

const mostReceived = 25;
const daemon = /^(?:mailer-?daemon|mail-?daemon|postmaster|mail\.delivery\.system|mdaemon)$/;
const noReply =
  /(?:^|[-_.+])(?:no|not|do-?not|do[_.]not|don-?t|never|ne|kein|keine)[-_.]?(?:reply|respond|replay|repondre|antwort)(?:$|[-_.+\d])|^(?:nicht[-_.]?antworten|ne[-_.]?pas[-_.]?repondre|no[-_.]?responder|nao[-_.]?responda|non[-_.]?rispondere)$/;
/** A title is one only where the answered subject, or nothing, follows it: "Out of office calendar is empty" is a question. */
const absence = new RegExp(
  `^[\\s[(*]*(?:auto:\\s*)?(?:${absenceTitles.join('|')})[\\])*.!]*\\s*(?:[:：]|[-–—]\\s|\\bre:|aw:|$)`,
  'iu',
);
/** What programs wrote before RFC 3834. */
const olderMarks = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-mail-autoreply', 'x-auto-reply'];

export function classify(input: ClassifyInput): {
  machine: MachineReason | null;
  unanswerable: UnanswerableReason | null;
} {
  return { machine: machineReason(input), unanswerable: unanswerableReason(input) };
}

function machineReason(input: ClassifyInput): MachineReason | null {
  const value = (name: string) => headerValue(input.headers, name).trim().toLowerCase();
  const from = (input.fromAddress ?? '').toLowerCase();
  const local = from.slice(0, Math.max(from.lastIndexOf('@'), 0));
  if (input.headers.some((line) => line.name === loopMarkHeader.toLowerCase())) return 'own-loop-mark';
  if (input.receivedCount > mostReceived) return 'too-many-received';
  if (/report-type="?disposition-notification|^message\/disposition-notification/.test(value('content-type')))
    return 'read-receipt';
  const submitted = /^[a-z-]+/.exec(value('auto-submitted').replace(/^\(.{0,200}?\)\s*/, ''))?.[0];
  if (submitted !== undefined && submitted !== 'no') return 'auto-submitted';
  if (olderMarks.some((name) => value(name) !== '' && value(name) !== 'no') || value('precedence') === 'auto_reply')
    return 'auto-submitted';
  if (daemon.test(local)) return 'daemon';
  if (from !== '' && input.ourAddresses.some((address) => address.toLowerCase() === from)) return 'ourselves';
  if (noReply.test(local)) return 'no-reply';
  if (absence.test(input.subject.slice(0, 998))) return 'out-of-office-subject';
  return null;
}

function unanswerableReason(input: ClassifyInput): UnanswerableReason | null {
  const value = (name: string) => headerValue(input.headers, name).trim().toLowerCase();
  const ours = throughOurList(input);
  if (!ours && input.headers.some((line) => line.name.startsWith('list-') && line.value.trim() !== '')) return 'list';
  if (!ours && /^(?:bulk|junk|list)\b/.test(value('precedence'))) return 'precedence';
  const suppress = value('x-auto-response-suppress');
  if (suppress !== '' && suppress !== 'none') return 'suppress-header';
  return isNullSender(input.returnPath, input.headers) ? 'null-return-path' : null;
}

function throughOurList(input: ClassifyInput): boolean {
  const bare = (text: string) => text.trim().toLowerCase().replace(/^<|>$/g, '');
  const said = input.headers
    .filter((line) => line.name === 'list-id' || line.name === 'list-post')
    .map((line) => bare((/<([^<>]*)>/.exec(line.value)?.[1] ?? line.value).replace(/^mailto:/i, '')));
  return input.lists.some((list) => said.includes(bare(list)) || said.includes(bare(list).replace('@', '.')));
}
