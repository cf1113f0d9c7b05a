/**
 * A privileged PIN that comes by mail (POLICY §3.r7): whether it is used, and why not. It counts in the subject, or alone on the
 * first line of the sender's own words, from the person and the address that it was sent to. It is known by the id of its row.
 */

import { usePrivilegedPin } from '../../acts/pins/use-privileged-pin.ts';
import type { Change } from '../../changes/change.ts';
import type { PrivilegedPinTried } from '../../changes/pins/privileged-pin.ts';
import { quotesPrivilegedPin } from '../../foundation/pin-form.ts';
import { firstLine } from '../../mail/first-line.ts';
import type { PrivilegedRefusal } from '../../outbound/letter.ts';
import type { Contact } from '../../registry/site.ts';
import type { Done } from '../commands/done.ts';
import { refusal } from '../commands/run-command.ts';
import { type Context, senderAt, siteOf } from '../context.ts';
import type { PrivilegedFacts, SiteFacts } from '../facts.ts';
import { planned } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';

type Usable = { readonly pin: PrivilegedFacts; readonly contact: Contact; readonly site: SiteFacts };

type Judged = { readonly use: Usable | null; readonly refused: PrivilegedPinTried | null };

const notHere: Judged = { use: null, refused: null };

const tried = ({ mail, now }: Context, why: PrivilegedRefusal, pin: PrivilegedFacts | null): PrivilegedPinTried => ({
  kind: 'privileged-pin-tried',
  mail: mail.id,
  why,
  pin: pin?.id ?? null,
  case: pin?.case ?? null,
  at: now,
  by: { kind: 'intake' },
});

const refusedFor = (context: Context, why: PrivilegedRefusal, pin: PrivilegedFacts | null): Judged => ({
  use: null,
  refused: tried(context, why, pin),
});

/** Whose it is comes before how it stands: that somebody else has it is what our people have to know. */
function judgeOne(context: Context, pin: PrivilegedFacts): Judged {
  const { facts, mail, sender } = context;
  const site = siteOf(facts, pin.site);
  const contact = senderAt(context, pin.site);
  if (!site || !contact || contact.id !== pin.contact) return refusedFor(context, 'other-person', pin);
  if (mail.facts.grade === 'failed') return refusedFor(context, 'not-verified', pin);
  if (pin.state === 'open') return refusedFor(context, 'used', pin);
  if (pin.state !== 'good') return refusedFor(context, pin.state, pin);
  if (sender !== pin.address) return refusedFor(context, 'other-address', pin);
  return { use: { pin, contact, site }, refused: null };
}

export function judgePrivileged(context: Context): Judged {
  const { facts, mail } = context;
  const known = facts.privileged ?? [];
  const named = mail.facts.pins.filter((pin) => pin.startsWith('p'));
  if (named.length > 1) return refusedFor(context, 'several', known.find((one) => one.named) ?? null);
  if (named.length === 1) {
    const pin = known.find((one) => one.named);
    return pin ? judgeOne(context, pin) : refusedFor(context, 'unknown', null);
  }
  // Somebody tells a PIN that could still be used, and it is not taken out of the middle of a text.
  const told = known.find((one) => one.told && one.state === 'good');
  if (!told) return notHere;
  return senderAt(context, told.site)?.id === told.contact
    ? refusedFor(context, 'in-the-text', told)
    : refusedFor(context, 'other-person', told);
}

/** What our people are told where something else was decided about the mail: it could have been used, or could not. */
export function privilegedTryOf(context: Context): PrivilegedPinTried | null {
  const { use, refused } = judgePrivileged(context);
  if (use === null) return refused;
  const why = context.mail.facts.grade === 'verified' ? 'in-the-text' : 'not-verified';
  return tried(context, why, use.pin);
}

/** What the sender has written beside it. */
export function textBesidePrivilegedPin({ mail }: Context): string {
  const { newText, nothingOwn, subject } = mail.facts;
  if (nothingOwn) return '';
  const first = firstLine(newText);
  const onFirst = !quotesPrivilegedPin(subject) && quotesPrivilegedPin(first);
  return (onFirst ? newText.slice(newText.indexOf(first) + first.length) : newText).trim();
}

/** To its owner, and to the primary where that is somebody else, who is told whatever becomes of the first. */
export function usedLetters(context: Context, { pin, contact, site }: Usable): PlannedLetter[] {
  const { name: siteName, number, timezone, language } = site.site;
  const values = { siteName, site: number, case: pin.case, until: pin.until, timezone };
  const to = { audience: 'contact', language, matter: `privileged-pin:${pin.id}`, case: pin.case } as const;
  return [
    planned(context, { template: 'privileged-pin-accepted', values }, { to: pin.address, ...to }),
    ...(pin.primary === null || pin.primary === pin.address
      ? []
      : [
          {
            ...planned(
              context,
              { template: 'privileged-pin-used', values: { ...values, contact: contact.name } },
              { to: pin.primary, ...to, answers: null },
            ),
            followsOwn: false,
          },
        ]),
  ];
}

export const usedReason = ({ pin, site }: Usable): string =>
  `The privileged PIN ${pin.id} of case ${pin.case} was used by its owner at site ${site.site.number}.`;

/** What the act comes to by the hand of its owner. */
export function usedChanges(context: Context, { pin, contact, site }: Usable): readonly Change[] {
  const { facts, mail, now, policy } = context;
  const on = facts.cases.find((one) => one.number === pin.case);
  if (!on) return [];
  const { number, name: siteName, timezone, language } = site.site;
  const at = { site: number, siteName, timezone, language, contactName: contact.name };
  const privilegedPin = { ...pin, ...at, caseId: on.id };
  const by = { kind: 'contact', contact: pin.contact, mail: mail.id } as const;
  const { desk } = policy;
  const judged = usePrivilegedPin.judge(
    { pin: pin.id },
    { cases: [], letters: [], privilegedPin },
    { by, now, desk, policy },
  );
  return judged.kind === 'done' ? judged.changes : [];
}

/** The act that a code has confirmed, by what stands on the day it comes. */
export function usePrivileged(context: Context, id: string, by: { contact: Contact; site: SiteFacts }): Done {
  const pin = context.facts.privileged?.find((one) => one.id === id);
  const use = pin?.contact === by.contact.id ? { pin, ...by } : null;
  const changes = use ? usedChanges(context, use) : [];
  if (!use || changes.length === 0)
    return refusal(
      context,
      by,
      { name: null, why: 'privileged-pin-over' },
      `The privileged PIN ${id} can be used no more.`,
      `privileged-pin:${id}`,
    );
  return { kind: 'done', reason: usedReason(use), letters: usedLetters(context, use), case: use.pin.case, changes };
}
