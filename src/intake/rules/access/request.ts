import { stateOf } from '../../../access/request.ts';
import { stepped } from '../../../acts/access/on-request.ts';
import type { AccessRecord } from '../../../acts/access/records.ts';
import { accessAsked } from '../../../acts/access/request-access.ts';
import type { AccessSaid } from '../../../changes/access.ts';
import { accessNamed, readAccessRequest } from '../../../mail/access/access-request.ts';
import { languageAsked } from '../../../mail/access/request-language.ts';
import { type Context, evidenceOf, givenBy, senderAt } from '../../context.ts';
import { type Decision, noChanges } from '../../decision.ts';
import { nextLetter, onRecordLetter } from '../../letters/access-letters.ts';
import { unheard } from '../../loops/unheard.ts';
import type { Rule } from '../../rule.ts';
import { writtenTo } from '../../written-to.ts';

const decided = (context: Context, reason: string, more: Partial<Decision> = {}): Decision => ({
  ...({ outcome: 'access-requested', rule: 'r11', reason, changes: noChanges, letters: [] } as const),
  evidence: evidenceOf(context, { site: null, contact: null, role: null }),
  ...more,
});

/** They are on record at the site that they name, or have named none and are on record somewhere. */
function known(context: Context, site: string | null) {
  const sites = Object.values(context.facts.sites).filter((one) => senderAt(context, one.site.id) !== null);
  const at = site === null ? sites[0] : sites.find((one) => one.site.number === site);
  const contact = at ? senderAt(context, at.site.id) : null;
  return at && contact ? { site: at.site, contact } : null;
}

/**
 * Asked for before, and neither decided nor over: nothing new is begun, and what is said now counts. The letter that asks to verify goes
 * once a day (§3 "Letters, how many").
 */
function again(context: Context, on: AccessRecord, said: AccessSaid): Decision {
  const { mail } = context;
  if (stateOf(on.steps) !== 'to-verify')
    return decided(context, `The sender has asked for this before: request ${on.id}.`, {
      letters: [nextLetter(context, on)],
    });
  const step = { kind: 'asked', at: mail.arrivedAt, by: `mail:${mail.id}` } as const;
  const newer = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
  const made = stepped(on, [step], givenBy(context, null), { said: newer });
  return decided(context, `The sender asks once more; request ${on.id} waits to be verified.`, {
    changes: made.kind === 'stepped' ? [made.change] : noChanges,
  });
}

export const askerLanguage = ({ mail, policy }: Context): string =>
  languageAsked(mail.facts) ?? mail.facts.language ?? policy.desk.languages[0] ?? 'en';

/** §3 "Guessing": nothing of theirs is looked up. */
export const lockedOut = (context: Context): Decision =>
  decided(
    context,
    'Too many wrong numbers came from this sender or domain, so none is looked up for a day (pin-guessing).',
    {
      ...{ outcome: 'held-unknown', rule: 'r18', code: 'pin-guessing' },
    },
  );

/** As above, by all numbers, right and wrong: were only the wrong ones to end it, the next letter would tell whether a number was right (guessing.ts). */
const silenced = (context: Context): Decision => ({
  ...lockedOut(context),
  reason: 'Too many numbers came from this sender or domain, so no request is begun for a day (pin-guessing).',
});

/** What was not said, or cannot be, stays open: it may come with the answer, and client care sees it else. */
function begun(context: Context, address: string, said: AccessSaid): Decision {
  const language = askerLanguage(context);
  return decided(context, 'The mail asks for access; a letter asks whether the address is the sender’s.', {
    changes: [accessAsked({ address, language, said }, givenBy(context, null))],
  });
}

/** §3.r11, §8.1: nothing about the site is looked at, so that a number that is right and one that is not are answered alike (§8.2). */
export const accessRequested: Rule = (context) => {
  const { sender, mail, facts, answered } = context;
  // What decides about somebody's request asks for nothing (§8.7).
  if (answered?.asks?.kind === 'decide-access') return null;
  const { subject, from, newText, unanswerable } = mail.facts;
  const named = accessNamed({ subject, newText });
  const toAccess = writtenTo(context).has('access');
  if (sender === null || (named === null && !toAccess) || unanswerable || mail.mustWait || unheard(context))
    return null;
  const writer = from.kind === 'one' ? from.name : '';
  const said = readAccessRequest({ subject, newText, writer });
  const own = known(context, said.site);
  if (own) {
    // Whoever is on record there writes about something else, such as `ACCESS 1000345 - cannot log in`, or a new colleague.
    if (!named?.whole) return null;
    const { site, contact } = own;
    return decided(context, `The sender is on record at site ${site.number} already.`, {
      evidence: evidenceOf(context, { site: site.number, contact: contact.id, role: contact.role }),
      letters: [onRecordLetter(context, site, contact)],
    });
  }
  if (facts.contacts.length === 0) {
    if (facts.pinLock.locked) return lockedOut(context);
    if (facts.pinLock.silent) return silenced(context);
  }
  const open = (facts.access?.own ?? []).find(({ steps, said: before }) => {
    if (before.licence) return false;
    const state = stateOf(steps);
    const same = before.site === said.site || said.site === null;
    return state === 'to-verify' || (same && (state === 'waiting' || state === 'with-client-care'));
  });
  if (open) return again(context, open, said);
  return begun(context, sender, said);
};
