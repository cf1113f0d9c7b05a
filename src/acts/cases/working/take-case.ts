import { z } from 'zod';
import { type Act, type ActDesk, refusedWork } from '../../act.ts';
import { asStaff } from '../../as-staff.ts';
import { caseField, standing, theOpenCase, workedOf } from '../on-case.ts';

const input = z.strictObject({ case: caseField });

/** As our people speak of each other; somebody who has left has an address only. */
export const nameOf = ({ people }: Pick<ActDesk, 'people'>, address: string): string =>
  people.find((one) => one.email === address)?.name ?? address;

/** POLICY §5.1: the first one has it. */
export const takeCase: Act<z.infer<typeof input>> = {
  name: 'take-case',
  input,
  right: 'cases: work',
  forStaff: true,
  does: 'takes a case that nobody has',
  gives: { changes: ['owner-set'], letters: [] },
  byMail: '`TAKE`',
  needs: workedOf,
  judge: (asked, records, given) =>
    asStaff(given, 'cases: work', (who) => {
      const on = theOpenCase(records, asked.case);
      if ('says' in on) return on;
      if (on.owner === who.email)
        return refusedWork({ why: 'is-yours' }, 'conflict', `Case ${on.number} is yours already.`);
      if (on.owner !== null) {
        const since = on.events.findLast((one) => one.kind === 'owner-set')?.at;
        const when = since === undefined ? '' : ` since ${since}`;
        const name = nameOf(given.desk, on.owner);
        return refusedWork(
          { why: 'was-faster', what: name, ...(since !== undefined && { at: since }) },
          'conflict',
          `${name} was faster: case ${on.number} is theirs${when}.`,
        );
      }
      // Whoever is shown that is asked once more, where it was not so when they saw the button.
      const beside = (on.typing ?? []).filter((one) => one !== who.email).map((one) => nameOf(given.desk, one));
      const taken = {
        kind: 'owner-set',
        ...standing(on, given),
        ...{ from: null, to: who.email, how: 'taken' as const },
        ...(beside.length > 0 && { beside }),
      } as const;
      return { kind: 'done', changes: [taken], letters: [] };
    }),
};
