import { z } from 'zod';
import { caseKinds } from '../../../cases/case.ts';
import { idToCome, numberToCome } from '../../../changes/cases/to-come.ts';
import { contactMay } from '../../../registry/permissions.ts';
import type { Contact } from '../../../registry/site.ts';
import { type Act, type Given, refused } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import { resumedBy, waitOf } from '../clock/clock-of.ts';
import { standing, textField } from '../on-case.ts';
import { identifiedBy } from './identify.ts';
import { lettersOfCall } from './letters-of-call.ts';
import { termsOf } from './terms.ts';

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{C}]*$/u, 'has to be one line');
export const openInput = z.strictObject({
  site: z
    .string()
    .regex(/^\d{7}$/, 'a site number has seven digits')
    .describe('the number of the site'),
  pin: z
    .string()
    .regex(/^\d{3,10}$/, 'a PIN has 3 to 10 digits')
    .optional()
    .describe('as the caller says it'),
  identified: line(200).optional().describe('how else the caller was identified, in words of a manager'),
  contact: line(200).optional().describe('address or name of the caller; left out: the primary contact'),
  severity: z.coerce.number().int().min(1).max(4).optional().describe('left out: 3'),
  kind: z.enum(caseKinds).exclude(['preview']).optional(),
  title: line(300),
  text: textField(100_000).optional().describe('what the caller reports; left out: the title'),
  product: line(120).optional(),
  version: line(60).optional(),
});
type OpenCase = z.infer<typeof openInput>;

/** Whoever is meant: by an address, or a name that only one of them has. */
function callerAmong(contacts: readonly Contact[], said: string | undefined): Contact | null {
  if (said === undefined) return contacts.find(({ role }) => role === 'primary') ?? null;
  const word = said.toLowerCase();
  const byAddress = contacts.find(({ email, aliases }) => email === word || aliases.includes(word));
  const byName = contacts.filter(({ name }) => name.toLowerCase() === word);
  return byAddress ?? (byName.length === 1 ? (byName[0] ?? null) : null);
}

/** POLICY §4.4: opened for a caller by the rules, and with the letters, of a mail. */
export const openCase: Act<OpenCase> = {
  name: 'open-case',
  input: openInput,
  right: 'cases: work',
  does: 'opens a case for a caller, by the same rules and with the same letters as a mail',
  gives: {
    changes: ['case-entered', 'call-added', 'solution-answered', 'clock-resumed'],
    letters: ['acknowledgement', 'support-lapsed', 'staff-notice'],
  },
  needs: ({ site, pin, severity }) => ({ caller: { site, pin: pin ?? null, critical: severity === 1 } }),
  judge(asked, { caller, worked = [] }, given: Given) {
    const { by, now, desk, policy } = given;
    const who = staffFor(given, 'cases: work');
    if (isRefusal(who)) return who;
    if (!caller) return refused('not-found', `There is no site ${asked.site}.`);
    const { of: site, contacts, products, versions } = caller;
    const identified = identifiedBy(asked, caller, given);
    if (typeof identified !== 'string') return identified;
    const contact = callerAmong(contacts, asked.contact);
    if (!contact) {
      const whom = asked.contact === undefined ? 'no primary contact' : `nobody on record as "${asked.contact}"`;
      return refused('not-found', `Site ${asked.site} has ${whom}.`);
    }
    if (!contactMay('cases: update', contact, policy))
      return refused(
        'no-right',
        `${contact.name} of site ${asked.site} may not open cases. Name another contact, or give them the privilege "cases: update" first.`,
      );
    const { title, text = title, product, version, severity, kind } = asked;
    const said = { identified, text };
    const report = {
      ...(product && { product }),
      ...(version && { version }),
      ...(severity && { severity: `${severity}` }),
      ...(contact.phone && { phone: contact.phone }),
      symptoms: text.slice(0, 2000),
    };
    const terms = termsOf(
      {
        ...{ site, contact, report, title, products, versions, arrivedAt: now, judgedAt: now },
        address: contact.email,
        licensing: kind === 'licensing',
      },
      { policy, desk },
    );
    const critical = worked.find((one) => one.severity === 1 && one.status === 'open');
    if (critical && terms.kind === 'opened' && terms.opens.severity === 1) {
      const of = standing(critical, given);
      // As a reply of theirs would: it has waited for them, and what was proposed has not solved it.
      return {
        kind: 'done',
        changes: [
          { kind: 'call-added', ...of, ...said, address: contact.email, contact: contact.id },
          ...(critical.proposedAt === null ? [] : [{ kind: 'solution-answered', ...of } as const]),
          ...(waitOf(critical) === null ? [] : [resumedBy(critical, given, 'answered')]),
        ],
        letters: [],
      };
    }
    const letters = lettersOfCall(terms, { of: site, contact, title, text }, given);
    if (terms.kind === 'lapsed') return { kind: 'done', changes: [], letters };
    const opens = terms.opens.kind === 'incident' && kind ? { ...terms.opens, kind } : terms.opens;
    const of = { case: numberToCome, id: idToCome, at: now, by };
    return { kind: 'done', changes: [{ kind: 'case-entered', ...of, ...said, opens }], letters };
  },
};
