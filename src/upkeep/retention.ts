/** How long what is stored is kept, and what of it goes then (POLICY §11.5). Each kind is a part of a table with one period. */
import { z } from 'zod';

const kept = (least: number, most: number) => z.union([z.number().int().min(least).max(most), z.literal('forever')]);
/** A case can be reopened for a month, and a reply be followed up: what is younger than that is needed. */
const months = kept(3, 1200);

export const retentionPolicySchema = z.strictObject({
  retention: z
    .strictObject({
      /** §11.5: raw mail and letters, after their case closed. */
      mailMonths: months.default(24),
      /** Mail and letters on no case, after they came or were written. */
      mailWithoutCaseMonths: months.default(24),
      /** Requests, questions and blocks, after they ended. */
      requestMonths: months.default(24),
      /** The texts of cases, after the close. */
      caseMonths: months.default(120),
      /** §11.5: audit, decisions, and who wrote to whom. */
      auditMonths: months.default(120),
      /** What guesses, copies and codes are known by, after its use. */
      logDays: kept(30, 3650).default(90),
      /** What was sent to other programs; what is not taken by then is not sent any more. */
      webhookDays: kept(4, 3650).default(30),
    })
    .prefault({}),
});
export type RetentionPolicy = z.infer<typeof retentionPolicySchema>['retention'];
type Period = keyof RetentionPolicy;

type Retained = {
  readonly period: Period;
  /** What the time counts from. */
  readonly from: string;
  /** What goes, and what stays of it. */
  readonly goes: string;
};

export const retained = {
  mails: {
    period: 'mailMonths',
    from: 'the close of the case',
    goes: 'bytes, text, subject and attachments of its mails; that they came, when, from whom and what became of them stays',
  },
  letters: {
    period: 'mailMonths',
    from: 'the close of the case',
    goes: 'bytes and subject of its letters; that they were sent, when and to whom stays',
  },
  'staff-answers': {
    period: 'mailMonths',
    from: 'the close of the case',
    goes: 'what our people answered by mail, as it was read',
  },
  'mails-without-case': {
    period: 'mailWithoutCaseMonths',
    from: 'the arrival',
    goes: 'the same of mails on no case; held ones stay as long as they are held',
  },
  'letters-without-case': {
    period: 'mailWithoutCaseMonths',
    from: 'the day it was written',
    goes: 'the same of letters on no case',
  },
  'announcement-recipients': {
    period: 'mailWithoutCaseMonths',
    from: 'the end of the announcement',
    goes: 'who had an announcement, and who was left out; its text, and in the audit how many had it, stay',
  },
  'access-requests': {
    period: 'requestMonths',
    from: 'the last step',
    goes: 'requests for access with their steps; those that still wait, or whose access ends by itself, stay',
  },
  'sender-questions': {
    period: 'requestMonths',
    from: 'the answer',
    goes: 'questions about senders who are not on record',
  },
  'care-clocks': { period: 'requestMonths', from: 'the answer', goes: 'clocks of client care' },
  blocks: { period: 'requestMonths', from: 'the day it was lifted', goes: 'blocks of senders' },
  'privileged-pins': {
    period: 'requestMonths',
    from: 'its end',
    goes: 'privileged PINs, by their hash; the audit says who had and used one',
  },
  'case-texts': {
    period: 'caseMonths',
    from: 'the close',
    goes: 'title, messages and people of the case; its number, times, site and events stay',
  },
  decisions: { period: 'auditMonths', from: 'the decision', goes: 'why a mail was decided as it was' },
  'addresses-of-mails': { period: 'auditMonths', from: 'the arrival', goes: 'who sent a mail and to whom' },
  'addresses-of-letters': { period: 'auditMonths', from: 'the day it was written', goes: 'to whom a letter went' },
  audit: { period: 'auditMonths', from: 'the day', goes: 'the audit trail' },
  codes: { period: 'logDays', from: 'its end', goes: 'one-time codes, by their hash' },
  'pin-tries': { period: 'logDays', from: 'the mail', goes: 'how many PINs somebody not on record has tried' },
  'pin-locks': { period: 'logDays', from: 'its end', goes: 'locks after guessing' },
  'privileged-tries': { period: 'logDays', from: 'the word to our people', goes: 'privileged PINs that were not used' },
  fingerprints: { period: 'logDays', from: 'the mail', goes: 'by what a copy of a mail is known' },
  sessions: { period: 'logDays', from: 'the last request', goes: 'where our own people were signed in' },
  'sign-ins': {
    period: 'logDays',
    from: 'its end',
    goes: 'codes, links and passkeys that were waited for, by their hash',
  },
  'sign-in-counts': { period: 'logDays', from: 'its end', goes: 'how often somebody tried to sign in' },
  'bulk-runs': {
    period: 'logDays',
    from: 'its end',
    goes: 'what was asked for on many things at once; what was done stands in the audit',
  },
  'webhook-events': {
    period: 'webhookDays',
    from: 'the day',
    goes: 'what was sent to other programs, and each try',
  },
  'erased-texts': {
    period: 'logDays',
    from: 'the close of the case',
    goes: 'what an erased person wrote on a case that was open then; name and addresses went at once',
  },
} as const satisfies Record<string, Retained>;
export type RetentionKind = keyof typeof retained;
export const retentionKinds = Object.keys(retained) as RetentionKind[];

/** ISO 8601; null: for ever. */
export function periodOf(kind: RetentionKind, policy: RetentionPolicy): string | null {
  const { period } = retained[kind];
  const value = policy[period];
  if (value === 'forever') return null;
  return period.endsWith('Days') ? `P${value}D` : `P${value}M`;
}

/** `24 months after the close of the case`. */
export function sayPeriod(kind: RetentionKind, policy: RetentionPolicy): string {
  const { period, from } = retained[kind];
  const value = policy[period];
  if (value === 'forever') return 'for ever';
  const unit = period.endsWith('Days') ? 'day' : 'month';
  return `${value} ${value === 1 ? unit : `${unit}s`} after ${from}`;
}

/** Days from the first start to the first look, so that whoever upgrades sees what would go before it goes. */
export const firstLookDays = 7;

/** How long what a letter says is kept: to a day, or from the close of its case, which may be open. */
export type TextKept =
  | { readonly kind: 'forever' }
  | { readonly kind: 'until'; readonly at: string }
  | { readonly kind: 'after-close'; readonly months: number };
export function textKept(
  { onCase, writtenAt }: { readonly onCase: boolean; readonly writtenAt: string },
  { mailMonths, mailWithoutCaseMonths }: Pick<RetentionPolicy, 'mailMonths' | 'mailWithoutCaseMonths'>,
): TextKept {
  const months = onCase ? mailMonths : mailWithoutCaseMonths;
  if (months === 'forever') return { kind: 'forever' };
  if (onCase) return { kind: 'after-close', months };
  const written = Temporal.Instant.from(writtenAt).toZonedDateTimeISO('UTC');
  return { kind: 'until', at: written.add({ months }).toInstant().toString() };
}
