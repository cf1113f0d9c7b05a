import { z } from 'zod';
import { privilegedToCome } from '../../foundation/pin-form.ts';
import { mayHavePrivilegedPin, privilegedPinHours } from '../../registry/permissions.ts';
import { type Act, refused } from '../act.ts';
import { letterTo } from '../self-service/telling.ts';
import { siteNumber } from './issue-pin.ts';

const input = z.strictObject({
  site: siteNumber,
  contact: z.email().max(254).describe('an address of a primary, secondary or technical contact'),
  case: z
    .string()
    .regex(/^\d{1,20}$/, 'has to be a case number')
    .describe('an open case of the site'),
});
type IssuePrivilegedPin = z.infer<typeof input>;

/** POLICY §1: the PIN itself goes to the address on record and to nobody else; it is drawn as its letter is finished. */
export const issuePrivilegedPin: Act<IssuePrivilegedPin> = {
  name: 'issue-privileged-pin',
  input,
  right: 'privileged PINs: issue',
  does: 'sends a privileged PIN to the address on record, good once and for 24 hours',
  gives: { changes: ['privileged-pin-issued'], letters: ['privileged-pin'] },
  byMail: '`PIN PRIVILEGED`',
  needs: (asked) => ({ privilegedSubject: asked, cases: [asked.case] }),
  judge(asked, { privilegedSubject: on }, { by, now: at }) {
    if (!on) return refused('not-found', `There is no site ${asked.site}.`);
    const { site, siteName, timezone, language, case: number, caseId, contact, role, address } = on;
    const itself = by.kind === 'contact';
    if (contact === null) return refused('not-found', `Site ${site} has no contact of that address.`);
    if (number === null) return refused('not-found', `Site ${site} has no case ${asked.case}.`);
    if (!mayHavePrivilegedPin(role))
      return refused('conflict', 'Only a primary, a secondary or a technical contact gets a privileged PIN.');
    if (!on.caseOpen) return refused('conflict', `Case ${number} is closed.`, 'case-closed');
    if (!on.reachable)
      return refused(
        'conflict',
        `The address on record does not take mail for certain${itself ? '' : '; have it put right first'}.`,
        'address-doubtful',
      );
    const until = new Date(Date.parse(at) + privilegedPinHours * 3_600_000).toISOString();
    const values = { siteName, site, case: number, pin: privilegedToCome, until, timezone };
    const letter = letterTo({ address, site: { language } }, { template: 'privileged-pin', values }, '', number);
    // Of one that our people issue each is about itself: a second one is sent like the first.
    const matter = itself ? `PIN PRIVILEGED:${number}` : `privileged-pin:${number}:${at}`;
    const of = { case: number, caseId, contact, address, hours: privilegedPinHours, letterAt: 0 };
    return {
      kind: 'done',
      changes: [{ kind: 'privileged-pin-issued', ...of, hash: null, pin: null, at, by }],
      letters: [{ ...letter, matter }],
      says: `A privileged PIN for case ${number} went to the address on record.`,
    };
  },
};
