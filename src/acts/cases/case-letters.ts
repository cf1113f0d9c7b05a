/** Letters about a case: to the people at the customer, and to ours. */
import { maskSupportPins } from '../../foundation/pin-form.ts';
import type { CaseContract, CaseNotice, Letter, OwnAsks, WorkAsks } from '../../outbound/letter.ts';
import { judgeEntitlement } from '../../registry/entitlement.ts';
import type { StaffMember } from '../../staff/staff.ts';
import type { ActLetter, ActPolicy, Given } from '../act.ts';
import type { WorkedCase } from './records.ts';

/** The last word of the customer, so that the letter stands in the thread. */
const answered = (on: WorkedCase) => {
  const messageId = on.messages.findLast((one) => one.direction === 'in')?.messageId ?? null;
  return messageId === null ? null : { messageId, references: [] };
};

type More = { readonly matter?: string; readonly once?: string; readonly asks?: OwnAsks | null };

const about = (on: WorkedCase, { matter = `case:${on.number}`, once, asks = null }: More) =>
  ({
    matter,
    case: on.number,
    answers: answered(on),
    followsOwn: false,
    asks,
    fate: { kind: 'send' },
    ...(once === undefined ? {} : { once }),
  }) as const;

/** To whoever asked for the case, and to those on record who take part in it: these are told how to hear no more of it. */
export function toPeople(on: WorkedCase, letter: Letter, more: More = {}): ActLetter[] {
  const known = on.participants.filter(({ contact }) => contact !== null);
  const contacts = new Map([[on.contactAddress, on.contact?.id ?? null]]);
  for (const { address, contact } of known) contacts.set(address, contact);
  return [...contacts].map(([to, contact]) => ({
    ...letter,
    ...about(on, more),
    to,
    audience: contact === null ? 'stranger' : 'contact',
    language: on.language,
    // Whoever asked for it may take part by a further address, too.
    ...(to !== on.contactAddress && contact !== on.contact?.id && { howToLeave: true }),
  }));
}

/** To people of ours, who can answer it (POLICY §3.r6). */
export const toStaff = (
  on: WorkedCase,
  why: Pick<CaseNotice, 'why'> & { readonly percent?: number },
  told: readonly StaffMember[],
  { desk, now, policy }: Pick<Given, 'desk' | 'now' | 'policy'>,
  more: More = {},
): ActLetter[] =>
  told.map(({ email: to }) => ({
    template: 'case-notice',
    values: { ...noticeOf(on, why), contract: contractOf(on, now, policy) },
    // Two of one run of the timers are two letters.
    ...about(on, { matter: `case:${on.number}:${why.why}`, ...more }),
    answers: null,
    asks: workAsks(on, to, now),
    to,
    audience: 'staff',
    language: desk.languages[0] ?? 'en',
  }));

/** What makes a letter about a case one that `staff` may answer. */
export const workAsks = (on: WorkedCase, staff: string, now: string): WorkAsks => ({
  kind: 'work',
  case: on.number,
  staff,
  at: now,
  owner: on.owner,
});

/** Of its site when it was opened and today; null today: the same. */
export function contractOf(on: WorkedCase, now: string, policy: ActPolicy): CaseNotice['contract'] {
  const at = (moment: string): CaseContract => {
    const found = judgeEntitlement(on.of, moment, on.product, policy);
    const plan = 'plan' in found ? found.plan : null;
    const until = 'endedOn' in found ? found.endedOn : 'until' in found ? found.until : null;
    return { kind: found.kind, plan, until };
  };
  const [opened, today] = [at(on.openedAt), at(now)];
  return { opened, today: JSON.stringify(opened) === JSON.stringify(today) ? null : today };
}

const shownMessages = 3;
/** Of each message: what an answer of ours must not hold is looked for in the first 32 KB of the notice (store/intake/facts/quotable.ts). */
const most = { newest: { lines: 60, letters: 2400 }, older: { lines: 8, letters: 400 } };

function noticeOf(on: WorkedCase, { why, percent }: Pick<CaseNotice, 'why'> & { percent?: number }): Notice {
  const { number, title, severity, kind, owner, due, contact, of, product, version } = on;
  const said = on.messages.filter(({ direction, automatic }) => !(direction === 'out' && automatic));
  return {
    why,
    number,
    title,
    severity,
    kind,
    site: of.site.number,
    siteName: of.site.name,
    contact: contact?.name ?? on.contactAddress,
    phone: contact?.phone ?? null,
    owner,
    percent: percent ?? null,
    due: on.answeredAt === null ? due : null,
    answeredAt: on.answeredAt,
    product: product && (version ? `${product} ${version}` : product),
    timezone: of.site.timezone,
    messages: said
      .slice(-shownMessages)
      .reverse()
      .map(({ direction, author, at, text, attachments }, i) => ({
        direction,
        author,
        at,
        text: beginning(maskSupportPins(text, on.pins), i === 0 ? most.newest : most.older),
        attachments: attachments.filter(({ inline }) => !inline).map(({ name, size }) => ({ name, size })),
      })),
  };
}
type Notice = Omit<CaseNotice, 'contract'>;

/** No more of a text than that. */
export function beginning(
  text: string,
  { lines, letters }: { readonly lines: number; readonly letters: number },
): string {
  const whole = text.trim();
  const begins = Array.from(whole.split('\n', lines).join('\n')).slice(0, letters).join('');
  return begins.length < whole.length ? `${begins.trimEnd()}\n…` : whole;
}
