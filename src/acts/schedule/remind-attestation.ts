import { z } from 'zod';
import { addresseesOf } from '../../registry/contacts/addressees.ts';
import { dayAt } from '../../registry/entitlement.ts';
import { type Act, refused } from '../act.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { askedAbout } from './answer-attestation.ts';
import { quarterlyQuestion } from './turn-letters.ts';

const input = z.strictObject({ site: siteNumber });

/** By hand, beside the reminders of the clock (POLICY §8.10), which go on as they are planned. Once a day. */
export const remindAttestation: Act<z.infer<typeof input>> = {
  name: 'remind-attestation',
  input,
  right: 'access: update',
  does: 'asks the primary of a site once more who may open cases',
  gives: { changes: ['attestation-asked'], letters: ['contacts-quarterly'] },
  needs: ({ site }) => ({ people: { site, seen: true }, turn: { site, kind: 're-attestation' } }),
  judge({ site: number }, { people: record, turn }, given) {
    if (!record) return refused('not-found', `There is no site ${number}.`);
    const { now: at, by, policy } = given;
    const asked = askedAbout(record, {});
    const period = asked.map(({ toAttest = '' }) => toAttest).reduce((a, b) => (a > b ? a : b), '');
    const today = dayAt(at, record.site.timezone);
    if (asked.length === 0) return refused('conflict', `Nobody of site ${number} is asked about.`);
    const last = turn?.askedAt ?? null;
    if (last !== null && dayAt(last, record.site.timezone) === today)
      return refused('conflict', `Site ${number} was asked today; once a day is enough.`);
    const [to] = addresseesOf('contacts-quarterly', record.people, policy);
    if (!to) return refused('conflict', `Nobody at site ${number} can be written to.`);
    const reminder = turn?.period === period ? Math.max(1, turn.step) : 1;
    const key = `re-attestation:${period}:by-hand:${today}`;
    const letter = quarterlyQuestion({ record, to, period, open: asked, reminder }, given);
    const of = { site: record.site.id, siteNumber: record.site.number, period } as const;
    return {
      kind: 'done',
      changes: [{ kind: 'attestation-asked', ...of, contacts: asked.map(({ id }) => id), at, by }],
      letters: [{ ...letter, matter: `${key}:${number}`, once: `schedule:${key}:${number}` }],
    };
  },
};
