import { z } from 'zod';
import { outsideScope } from '../../../outbound/letter.ts';
import type { Act } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import { toPeople } from '../case-letters.ts';
import { metBy } from '../clock/clock-of.ts';
import { caseField, standing, textField, theOpenCase, workedOf } from '../on-case.ts';

const input = z.strictObject({
  case: caseField,
  why: textField(1000).describe(
    `${outsideScope.slice(0, -1).join(', ')}, or in words of your own, which the customer reads`,
  ),
});

/** `third-party software`, `a virtual environment`: as POLICY has them, too. */
function reasonOf(said: string): (typeof outsideScope)[number] {
  const word = said
    .trim()
    .toLowerCase()
    .replace(/^an? /, '')
    .replace(/[\s-]+/g, '-')
    .replace(/-software$|-machine$/, '');
  const spellings = { customization: 'customisation', virtual: 'virtual-environment' } as const;
  const found = outsideScope.find((one) => one === word);
  return found ?? (word in spellings ? spellings[word as keyof typeof spellings] : 'other');
}

/** POLICY §5.3. */
export const outOfScope: Act<z.infer<typeof input>> = {
  name: 'out-of-scope',
  input,
  right: 'cases: work',
  does: 'tells the customer what support covers, and what helps us',
  gives: { changes: ['scope-told', 'clock-met'], letters: ['out-of-scope'] },
  needs: workedOf,
  judge(asked, records, given) {
    const who = staffFor(given, 'cases: work');
    if (isRefusal(who)) return who;
    const on = theOpenCase(records, asked.case);
    if ('says' in on) return on;
    const words = asked.why.trim();
    const { number, title } = on;
    const offers = given.desk.outOfScope;
    const values = { why: reasonOf(words), words, number, title, offers, name: who?.name ?? null };
    return {
      kind: 'done',
      changes: [{ kind: 'scope-told', ...standing(on, given), why: words }, ...metBy(on, given)],
      letters: toPeople(on, { template: 'out-of-scope', values }),
    };
  },
};
