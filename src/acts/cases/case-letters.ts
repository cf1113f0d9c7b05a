/** Letters about a case: to the people at the customer, and to ours. */
import { maskSupportPins } from '../../foundation/pin-form.ts';
import type { CaseContract, CaseNotice, Letter, OwnAsks, WorkAsks } from '../../outbound/letter.ts';
import { judgeEntitlement } from '../../registry/entitlement.ts';
import type { StaffMember } from '../../staff/staff.ts';
import type { ActDesk, ActLetter, ActPolicy } from '../act.ts';
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

/** To whoever asked for the case, and to those on record who take part in it. */
export function toPeople(on: WorkedCase, letter: Letter, more: More = {}): ActLetter[] {
  const people = new Map([[on.contactAddress, on.contact !== null]]);
  for (const { address, contact } of on.participants) if (contact !== null) people.set(address, true);
  return [...people].map(([to, known]) => ({
    ...letter,
    ...about(on, more),
    to,
    audience: known ? 'contact' : 'stranger',
    language: on.language,
  }));
}

type ToStaff = More & {
  readonly told: readonly StaffMember[];
  readonly desk: Pick<ActDesk, 'languages'>;
  /** The contract of today is shown where both are handed in: an act hands in what it is given. */
  readonly now?: string;
  readonly policy?: ActPolicy;
};

/** To people of ours, who can answer it (POLICY §3.r6). */
export const toStaff = (
  on: WorkedCase,
  why: Pick<CaseNotice, 'why'> & { readonly percent?: number },
  { told, desk, now, policy, ...more }: ToStaff,
): ActLetter[] =>
  told.map(({ email: to }) => ({
    template: 'case-notice',
    values: { ...noticeOf(on, why), contract: now && policy ? contractOf(on, now, policy) : null },
    // Two of one run of the timers are two letters.
    ...about(on, { matter: `case:${on.number}:${why.why}`, ...more }),
    answers: null,
    asks: workAsks(on, to, now),
    to,
    audience: 'staff',
    language: desk.languages[0] ?? 'en',
  }));

/** What makes a letter about a case one that `staff` may answer. */
export const workAsks = (on: WorkedCase, staff: string, now = on.events.at(-1)?.at ?? on.openedAt): WorkAsks => ({
  kind: 'work',
  case: on.number,
  staff,
  at: now,
  owner: on.owner,
});

function contractOf(on: WorkedCase, now: string, policy: ActPolicy): CaseNotice['contract'] {
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
const mostLines = { newest: 60, older: 8 };

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
        text: firstLines(maskSupportPins(text, on.pins), i === 0 ? mostLines.newest : mostLines.older),
        attachments: attachments.filter(({ inline }) => !inline).map(({ name, size }) => ({ name, size })),
      })),
  };
}
type Notice = Omit<CaseNotice, 'contract'>;

function firstLines(text: string, most: number): string {
  const lines = text.trim().split('\n');
  return lines.length <= most ? lines.join('\n') : `${lines.slice(0, most).join('\n')}\n…`;
}
