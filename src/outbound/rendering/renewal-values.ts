/** The values of letters about renewals, written out in their language (POLICY §10). */
import type { RenewalLetter } from '../letters/renewals.ts';

type Written = {
  readonly day: (iso: string | null, language: string) => string | null;
  readonly paragraphsOf: (text: string) => string[][];
};

export function renewalValues(
  letter: RenewalLetter,
  language: string,
  { day, paragraphsOf }: Written,
): Readonly<Record<string, unknown>> {
  const on = (iso: string | null) => day(iso, language);
  switch (letter.template) {
    case 'renewal-notice': {
      const { words, grace, losses, items, days, ...values } = letter.values;
      const today = Temporal.PlainDate.from(values.endsOn).subtract({ days }).toString();
      const all = new Intl.ListFormat(language, { type: 'conjunction' });
      return {
        ...{ ...values, days, ago: -days, endsOn: on(values.endsOn), paragraphs: paragraphsOf(words ?? '') },
        items: items.map((one) => ({ ...one, endsOn: on(one.endsOn) })),
        losses: losses.map((one) => ({ ...one, from: on(one.from), over: one.from <= today })),
        grace: grace && { severities: all.format(grace.severities.map(String)), until: on(grace.until) },
      };
    }
    case 'renewal-settled': {
      const { items, ...values } = letter.values;
      const shown = items.map((one) => ({ ...one, endsOn: on(one.endsOn), until: on(one.until) }));
      return { ...values, endsOn: on(values.endsOn), items: shown };
    }
    case 'renewal-digest': {
      const { lines, notTold, ...values } = letter.values;
      const { more, moreNotTold } = values;
      return {
        ...{ ...values, from: on(values.from), to: on(values.to) },
        ...{ total: lines.length + more, notToldTotal: notTold.length + moreNotTold },
        lines: lines.map((one) => ({ ...one, day: on(one.day), endsOn: on(one.endsOn) })),
        notTold: notTold.map((one) => ({ ...one, endsOn: on(one.endsOn) })),
      };
    }
    default:
      return letter satisfies never;
  }
}
