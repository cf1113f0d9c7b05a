/** The letter after the close (POLICY §6.1): it says so, and asks whoever wanted the case how it was. */
import { type CaseClosed, satisfactionToCome } from '../../../outbound/letter.ts';
import type { ActDesk, ActLetter, ActPolicy } from '../../act.ts';
import { toPeople } from '../case-letters.ts';
import type { WorkedCase } from '../records.ts';

export const satisfactionLink = ({ publicUrl }: Pick<ActDesk, 'publicUrl'>): string =>
  `${publicUrl}/rate/${satisfactionToCome}`;

export function closingLetters(
  on: WorkedCase,
  { how, text = null }: { readonly how: CaseClosed['how']; readonly text?: string | null },
  { desk, policy }: { readonly desk: ActDesk; readonly policy: Pick<ActPolicy, 'reopenDays'> },
): ActLetter[] {
  const { number, title } = on;
  const letterWith = (link: string | null) =>
    ({
      template: 'case-closed',
      values: { number, title, how, who: null, text, days: policy.reopenDays, link },
    }) as const;
  const matter = `closed:${number}`;
  const others = toPeople(on, letterWith(null), { matter }).filter(({ to }) => to !== on.contactAddress);
  const asked = toPeople(on, letterWith(satisfactionLink(desk)), {
    matter,
    asks: { kind: 'satisfaction', case: number },
  }).filter(({ to }) => to === on.contactAddress);
  return [...asked, ...others];
}
