/** Letters about a case: to the people at the customer, and to ours. */
import type { CaseNotice, Letter, OwnAsks } from '../../outbound/letter.ts';
import type { StaffMember } from '../../staff/staff.ts';
import type { ActDesk, ActLetter } from '../act.ts';
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

/** To people of ours, who can answer it. */
export const toStaff = (
  on: WorkedCase,
  why: Pick<CaseNotice, 'why'> & { readonly percent?: number },
  { told, desk, ...more }: More & { readonly told: readonly StaffMember[]; readonly desk: Pick<ActDesk, 'languages'> },
): ActLetter[] =>
  told.map(({ email: to }) => ({
    template: 'case-notice',
    values: noticeOf(on, why),
    ...about(on, more),
    answers: null,
    to,
    audience: 'staff',
    language: desk.languages[0] ?? 'en',
  }));

const shownMessages = 3;

function noticeOf(on: WorkedCase, { why, percent }: Pick<CaseNotice, 'why'> & { percent?: number }): CaseNotice {
  const { number, title, severity, kind, owner, due, contact, of } = on;
  const said = on.messages.filter((one) => one.direction !== 'note' && !(one.direction === 'out' && one.automatic));
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
    timezone: of.site.timezone,
    messages: said.slice(-shownMessages).map(({ author, at, text }) => ({ author, at, text })),
  };
}
