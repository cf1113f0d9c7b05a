/** What a mail changes on a case: where it belongs, what of it is shown there, and what becomes otherwise with the case. */
import type { By } from '../../changes/by.ts';
import type { NewCase } from '../../changes/case.ts';
import type { Change } from '../../changes/change.ts';
import type { Rerating } from '../../changes/clock.ts';
import type { CaseNumber, ContactId } from '../../foundation/ids.ts';
import { onlyThanks } from '../../mail/answers/only-thanks.ts';
import { contactMay } from '../../registry/permissions.ts';
import { type Context, senderAt } from '../context.ts';
import { idToCome, numberToCome } from '../decision.ts';
import type { CaseFacts } from '../facts.ts';
import type { Opening } from './opening.ts';
import { type Resumed, resumedByReply } from './resumed-by-reply.ts';

type On = Pick<CaseFacts, 'id' | 'number'>;

function of({ mail }: Context, on: On, contact: ContactId | null) {
  const by: By = contact === null ? { kind: 'mail', mail: mail.id } : { kind: 'contact', contact, mail: mail.id };
  return { case: on.number, id: on.id, at: mail.arrivedAt, by };
}

/** The mail belongs to the case, which stays as it is. */
export const filed = (context: Context, on: On | undefined, contact: ContactId | null = null): Change[] =>
  on ? [{ kind: 'mail-filed', mail: context.mail.id, ...of(context, on, contact) }] : [];

export const caseNamed = ({ facts }: Context, number: CaseNumber | null | undefined): CaseFacts | undefined =>
  facts.cases.find((one) => one.number === number);

/** Shown on the case by what is new in it; `text` where only that is. */
export function shown(
  context: Context,
  on: On,
  contact: ContactId | null,
  { text = null, automatic = false }: { text?: string | null; automatic?: boolean } = {},
): Change {
  const mail = context.mail.id;
  return { kind: 'message-added', ...of(context, on, contact), mail, contact, automatic, shown: 'newText', text };
}

/** Who is on record and writes on a case takes part in it. */
function present(context: Context, on: CaseFacts, contact: ContactId | null): Change[] {
  const { sender } = context;
  if (sender === null || contact === null || on.participants.includes(sender)) return [];
  return [{ kind: 'participant-added', ...of(context, on, contact), address: sender, contact }];
}

/** Contacts of the site in Cc take part, unless they have left it; nobody else does (§5). Those with cases of their own only see none of others'. */
function copiedOn(context: Context, on: On, site: string, there: readonly string[]): Change[] {
  const { facts, policy, sender } = context;
  const left = (facts.leavers ?? []).flatMap((one) => (one.case === on.number ? [one.address] : []));
  return (facts.copied ?? []).flatMap((copied): Change[] => {
    const { siteId, id, email, aliases, role } = copied;
    const theirs = [email, ...aliases];
    const here = siteId === site && role !== 'provisional caller' && contactMay('cases: view', copied, policy);
    const known = theirs.some((one) => there.includes(one) || left.includes(one) || one === sender);
    return here && !known ? [{ kind: 'participant-added', ...of(context, on, null), address: email, contact: id }] : [];
  });
}

type Reply = {
  readonly contact: ContactId | null;
  readonly reopens: boolean;
  readonly fillsIn: Readonly<Record<string, string>>;
  /** Support has ended meanwhile. */
  readonly lapses?: boolean;
  /** It has waited for them. */
  readonly resumes?: Resumed;
  readonly rerates?: Rerating | null;
};

export function replied(
  context: Context,
  on: CaseFacts,
  { contact, reopens, fillsIn, lapses, resumes, rerates }: Reply,
): Change[] {
  const standing = { ...of(context, on, contact), versionNo: on.versionNo };
  return [
    ...filed(context, on, contact),
    { kind: reopens ? 'case-reopened' : 'case-updated', ...standing, fillsIn },
    ...(on.proposed && !context.mail.facts.onlyThanks ? [{ kind: 'solution-answered', ...standing } as const] : []),
    ...(lapses && !on.lapsed ? [{ kind: 'clock-stopped', ...standing, why: 'support has ended' } as const] : []),
    ...(resumes ? [{ kind: 'clock-resumed', ...standing, why: 'answered', ...resumes } as const] : []),
    ...(rerates ? [{ kind: 'severity-set', ...standing, ...rerates } as const] : []),
    ...present(context, on, contact),
    ...copiedOn(context, on, on.site, [...on.participants, on.requester ?? '']),
    shown(context, on, contact),
  ];
}

/** Of a mail that asks for something: the text beside that, whether it wakes the case, and what was asked for. */
export function besideAct(
  context: Context,
  on: CaseFacts | undefined,
  contact: ContactId | null,
  { adds, reopens, acts = [] }: { adds: string | null; reopens: boolean; acts?: readonly Change[] },
): Change[] {
  const changes = filed(context, on, contact);
  if (!on || (adds === null && !reopens && acts.length === 0)) return changes;
  const standing = { ...of(context, on, contact), versionNo: on.versionNo };
  const holds = (kind: Change['kind']) => acts.some((one) => one.kind === kind);
  if (reopens) changes.push({ kind: 'case-reopened', ...standing, fillsIn: {} });
  else if (adds !== null && !holds('case-reopened')) changes.push({ kind: 'case-updated', ...standing, fillsIn: {} });
  const resumes = adds === null || holds('case-closed') ? null : resumedByReply(context, on);
  if (resumes) changes.push({ kind: 'clock-resumed', ...standing, why: 'answered', ...resumes });
  if (on.proposed && adds !== null && !holds('case-closed') && !onlyThanks(adds))
    changes.push({ kind: 'solution-answered', ...standing });
  changes.push(...acts, ...present(context, on, contact));
  if (adds !== null) changes.push(shown(context, on, contact, { text: adds }));
  return changes;
}

const toCome: On = { id: idToCome, number: numberToCome };

/** A case of a mail, which is the one in hand or the one that it lets become a case. */
export function opening(context: Context, given: Opening, opens: NewCase): Change[] {
  const { mail } = given;
  const contact = senderAt(context, opens.site)?.id ?? null;
  const on = { ...of(context, toCome, contact), at: opens.openedAt };
  const answered = mail.id !== context.mail.id;
  const { linked, follows } = given;
  const people = new Set([opens.contactAddress]);
  if (mail.facts.from.kind === 'one') people.add(mail.facts.from.address);
  const changes: Change[] = [
    ...filed(context, toCome, contact),
    { kind: 'case-opened', ...on, opens, mail: mail.id, follows: linked ? null : (follows?.number ?? null) },
    { kind: 'clock-started', ...on, due: opens.due, rating: opens.rating, mail: mail.id },
  ];
  if (linked) {
    const to = { case: on.case, id: on.id, at: on.at, mail: mail.id };
    changes.push({ kind: 'case-linked', ...of(context, linked, contact), versionNo: linked.versionNo, to });
  } else if (follows)
    changes.push({
      kind: 'case-followed-up',
      ...of(context, follows, contact),
      versionNo: follows.versionNo,
      next: numberToCome,
    });
  for (const address of people) changes.push({ kind: 'participant-added', ...on, address, contact: opens.contact });
  if (!answered) changes.push(...copiedOn(context, toCome, opens.site, [...people]));
  changes.push({
    kind: 'message-added',
    ...on,
    mail: mail.id,
    contact: opens.contact,
    automatic: false,
    shown: follows ? 'newText' : 'text',
    text: null,
  });
  if (!answered) return changes;
  const { sender } = context;
  if (sender !== null && !people.has(sender))
    changes.push({ kind: 'participant-added', ...of(context, toCome, contact), address: sender, contact });
  return [...changes, shown(context, toCome, contact)];
}
