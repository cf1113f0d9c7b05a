/** What the address of the audit asks for; what cannot be used is said, and the rest is shown. */
import { subjectOf } from '../../../audit/audit-words.ts';
import type { AuditFilter } from '../../../flows/audit/audit-trail.ts';
import { momentIn } from '../frame/moments.ts';
import type { Viewer } from '../viewer.ts';

/** As it stands in the address. */
export type AskedAudit = {
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  readonly action?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly before?: string | undefined;
};

/** What is typed into the field for who did it: a mail by its number, the names of what works by itself as the page says them. */
const actors: Readonly<Record<string, string>> = { 'the clock': 'scheduler', 'the sweeper': 'sweeper' };
const actorOfTyped = (typed: string): string => {
  const mail = /^mail\s+(\d{1,18})$/i.exec(typed)?.[1];
  return mail === undefined ? (actors[typed.toLowerCase()] ?? typed) : `mail:${mail}`;
};

export function askedOf(
  query: (name: string) => string | undefined,
  { zone }: Pick<Viewer, 'zone'>,
): { readonly asked: AskedAudit; readonly filter: AuditFilter; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const given = (name: string): string | undefined =>
    query(name)?.trim().replaceAll('\0', '').slice(0, 400) || undefined;
  const time = (name: 'from' | 'to', add: number): string | undefined => {
    const typed = given(name);
    if (typed === undefined) return undefined;
    const moment = momentIn(zone, typed);
    if (moment === null)
      faults.push(`"${typed.slice(0, 40)}" is no day and no time, such as 2026-11-29 or 2026-11-29 14:30.`);
    if (moment === null || add === 0 || !/^\d{4}-\d\d-\d\d$/.test(typed)) return moment ?? undefined;
    return Temporal.Instant.from(moment).toZonedDateTimeISO(zone).add({ days: add }).toInstant().toString();
  };
  const [actor, typedSubject, action, before] = [given('actor'), given('subject'), given('action'), given('before')];
  const subject = typedSubject === undefined ? null : subjectOf(typedSubject);
  if (typedSubject !== undefined && subject === null)
    faults.push(`"${typedSubject.slice(0, 60)}" is no subject, such as "case 100417", "letter 12" or "mail 7".`);
  const page = before !== undefined && /^\d{1,18}$/.test(before) ? before : undefined;
  if (before !== undefined && page === undefined)
    faults.push('This page of the list is not there; these are the newest.');
  return {
    // A day that is named last is in it whole.
    filter: {
      actor: actor === undefined ? undefined : actorOfTyped(actor),
      ...(subject ?? {}),
      action: action?.toLowerCase().replaceAll(' ', '-'),
      from: time('from', 0),
      to: time('to', 1),
    },
    asked: { actor, subject: typedSubject, action, from: given('from'), to: given('to'), before: page },
    faults,
  };
}

export function auditAddress(path: '/audit' | '/audit.csv', asked: AskedAudit): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
