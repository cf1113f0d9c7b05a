/** Acts on the people of a site: one line each, or several together, with the same rules by every way (POLICY §8.8). */
import type { z } from 'zod';
import { mostLines, type PersonLine } from '../../registry/contacts/lines.ts';
import { type Act, type Gives, type Judged, type Refusal, refused } from '../act.ts';
import { judgePeople, type PeopleJudged } from './change-people.ts';
import { lettersAbout } from './contact-letters.ts';

export const peopleGive: Gives = {
  changes: [
    ...(['contact-added', 'contact-removed', 'role-set', 'privilege-set', 'documents-set'] as const),
    ...(['contact-details-set', 'subscription-set'] as const),
  ],
  letters: ['contacts-changed', 'contact-welcome'],
};

/** `who` is an address, or somebody where nobody is to be named. */
const says: Record<NonNullable<PeopleJudged['results'][number]['why']>, (who: string) => string> = {
  'no-right': () => 'The privileges of whoever asks do not include this.',
  'known-already': (who) => `${who} is on record at this site already.`,
  'has-primary': () => 'The site has a primary; give that role to somebody who is on record.',
  'fifth-secondary': () => 'The site has as many secondaries as it may have; give one of them another role first.',
  'more-than-own': (who) => `${who} would have more privileges than whoever gives them.`,
  'unknown-address': (who) => `${who} is not on record at this site.`,
  twice: (who) => `${who} is added by the same request; say all of it there.`,
  'needs-primary': () => 'A site is never without a primary; give that role to somebody else first.',
  'only-the-primary': () => 'Only the primary can do that.',
  'is-so': (who) => `${who} is on record so already.`,
  'too-many': () => 'More people were added by mail than a site may add in an hour or a day; client care does it.',
  alone: () => 'The primary role is handed over by a request of its own.',
  'too-long': () => `One request changes ${mostLines} people at most; the rest has to be asked for by another one.`,
  'not-understood': () => 'The line is not understood.',
};
const whys = {
  'unknown-address': 'not-found',
  'no-right': 'no-right',
  'is-so': 'conflict',
  'known-already': 'conflict',
} as const;

/** Every line that cannot be done, in one. In evidence people do not stand by their address (POLICY §11.5). */
export function refusalOf({ results }: PeopleJudged, naming = true): Refusal {
  const failed = results.filter(({ why }) => why !== null);
  const [first] = failed;
  const all = new Set(failed.map(({ why, address }) => (why === null ? '' : says[why](naming ? address : 'Somebody'))));
  const why = whys[first?.why as keyof typeof whys] ?? 'bad-input';
  return refused(why, [...all].join(' '), 'no-right');
}

type Asked = { readonly site: string };

export function peopleAct<Input extends Asked>(
  given: Pick<Act<Input>, 'name' | 'does' | 'right' | 'byMail'> & {
    readonly input: z.ZodType<Input>;
    readonly gives: Gives;
    lines(input: Input): readonly PersonLine[];
  },
): Act<Input> {
  const { lines, ...act } = given;
  return {
    ...act,
    needs: ({ site }) => ({ people: { site } }),
    judge(input, { people: record }, around): Judged {
      if (!record) return refused('not-found', `There is no site ${input.site}.`);
      const { by } = around;
      // By mail a contact of the site; all else is for our own people.
      const asker = by.kind === 'contact' ? record.people.find(({ id }) => id === by.contact) : null;
      if (asker === undefined) return refused('no-right', `Whoever asks is not on record at site ${input.site}.`);
      const judged = judgePeople(record, lines(input), around, { asker });
      if (!judged.done) return refusalOf(judged);
      return { kind: 'done', changes: judged.changes, letters: lettersAbout(record, judged, { asker }, around) };
    },
  };
}
