/** Acts that tell somebody on record something in one letter. What their role does not include nobody is told for them. */
import { z } from 'zod';
import type { OwnChange } from '../../changes/change.ts';
import type { CaseNumber } from '../../foundation/ids.ts';
import type { Letter, LetterTemplate, OwnAsks } from '../../outbound/letter.ts';
import { type ContactRight, contactMay } from '../../registry/permissions.ts';
import type { Role } from '../../registry/site.ts';
import { type Act, type ActLetter, type Given, type Gives, type Refusal, refused } from '../act.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import type { OwnNeeds, OwnRecord } from './records.ts';

export const ownInput = z.strictObject({
  site: siteNumber,
  contact: z.email().max(254).describe('an address on record there: who is told'),
});
type OwnInput = z.infer<typeof ownInput> & { readonly case?: string };

export const noRight = (command: string, role: Role, who = 'the sender'): Refusal =>
  refused('no-right', `The role of ${who} (${role}) does not include ${command}.`, 'no-right');

/** To the address on record, never to the spelling received (§11.2). One letter of a kind about one matter an hour. */
export const letterTo = (
  { address: to, site }: { readonly address: string; readonly site: { readonly language: string } },
  letter: Letter,
  matter: string,
  on: CaseNumber | null = null,
): ActLetter => ({
  ...letter,
  to,
  audience: 'contact',
  language: site.language,
  matter: `command:${matter}`,
  case: on,
  answers: null,
  followsOwn: false,
  asks: null,
  fate: { kind: 'send' },
});

type Told = {
  readonly letter: Letter;
  readonly matter: string;
  readonly on?: CaseNumber;
  readonly asks?: OwnAsks;
  readonly says: string;
  /** What becomes otherwise, and who else is told. */
  readonly changes?: readonly OwnChange[];
  readonly others?: readonly ActLetter[];
};

export function tellingAct<Input extends OwnInput>(
  given: Pick<Act<Input>, 'name' | 'input' | 'does'> & {
    readonly right: ContactRight;
    readonly command: NonNullable<OwnNeeds['own']>['command'];
    readonly template: LetterTemplate;
    /** Besides. */
    readonly gives?: Gives;
    tells(own: OwnRecord, asked: Input, given: Given): Told | Refusal;
  },
): Act<Input> {
  const { name, input, does, right, command, template, tells, gives = { changes: [], letters: [] } } = given;
  return {
    name,
    input,
    does,
    right,
    gives: { changes: gives.changes, letters: [template, ...gives.letters] },
    byMail: `\`${command}\``,
    needs: ({ site, contact, case: on }) => ({
      own: { site, contact, case: on, command },
      ...(on !== undefined && { cases: [on] }),
    }),
    judge(asked, { own }, around) {
      const { site, contact } = asked;
      if (!own) return refused('not-found', `Site ${site} has nobody of the address ${contact} on record.`);
      const { role } = own.contact;
      if (!contactMay(right, own.contact, around.policy))
        return noRight(command, role, around.by.kind === 'contact' ? undefined : contact);
      const told = tells(own, asked, around);
      if ('kind' in told) return told;
      const { letter, matter, on, asks = null, says, changes = [], others = [] } = told;
      const letters = [{ ...letterTo(own, letter, `${command}${matter}`, on), asks }, ...others];
      return { kind: 'done', changes, letters, says };
    },
  };
}
