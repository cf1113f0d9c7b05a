/** Why a site is entitled to support on a day, or is not: each rule of POLICY §2 in its order, with what it found. */
import { judgeOnDay, licenceSpan, type SupportMaterial } from '../entitlement.ts';
import type { RegistryPolicy } from '../policy.ts';
import type { Licence } from '../site.ts';

export type EntitledPoint = {
  /** Of POLICY §2. */
  readonly rule: string;
  readonly about: string;
  /** `short`: it is there, and too little of it. */
  readonly met: 'yes' | 'short' | 'no';
  readonly says: string;
};

const runs = ({ from, to }: { from: string | null; to: string | null }, day: string): boolean =>
  from !== null && from <= day && (to === null || day <= to);

const counted = (count: number, one: string): string => `${count} ${one} ${count === 1 ? 'licence' : 'licences'}`;

/** Every product of which something runs, with how many user and support licences. */
function byProduct(licences: readonly Licence[], day: string, policy: RegistryPolicy) {
  const counts = new Map<string, { users: number; support: number }>();
  for (const licence of licences) {
    if (licence.kind === 'trial' || !runs(licenceSpan(licence, policy), day)) continue;
    const known = counts.get(licence.product) ?? { users: 0, support: 0 };
    if (licence.kind === 'user') known.users += licence.quantity;
    else known.support += licence.quantity;
    counts.set(licence.product, known);
  }
  return [...counts].map(([product, count]) => ({ product, ...count }));
}

export function whyEntitled(
  material: Omit<SupportMaterial, 'site'>,
  day: string,
  policy: RegistryPolicy,
): readonly EntitledPoint[] {
  const { plans, licences } = material;
  const judged = judgeOnDay(material, day, null, policy);
  const products = byProduct(licences, day, policy);
  const full = products.some(({ users, support }) => users > 0 && support >= users);
  const some = products.some(({ users, support }) => users > 0 && support > 0);
  const points: EntitledPoint[] = [
    {
      rule: '§2.1',
      about: 'Covered by licences',
      met: full ? 'yes' : some ? 'short' : 'no',
      says:
        products.length === 0
          ? 'No user licence and no support licence runs on this day.'
          : `${products
              .map(
                ({ product, users, support }) =>
                  `${product}: ${counted(users, 'user')}, ${counted(support, 'support')}`,
              )
              .join('; ')}. It takes as many support licences as user licences of a product, and at least one.`,
    },
  ];
  const active = plans.filter((plan) => runs(plan, day));
  const base = active.some(({ kind }) => kind !== 'premier');
  points.push({
    rule: '§2.2',
    about: 'Covered by a plan',
    met: base ? 'yes' : 'no',
    says:
      active.length === 0
        ? 'No plan runs on this day.'
        : `${active.map(({ kind, to }) => `${kind} until ${to}`).join('; ')}.${base ? '' : ' Premier counts on top of standard or 24x7 only.'}`,
  });
  const trials = licences.filter(({ kind }) => kind === 'trial');
  const spans = trials.map((licence) => ({ licence, ...licenceSpan(licence, policy) }));
  const running = spans.filter((span) => span.licence.quantity > 0 && runs(span, day));
  const waiting = spans.filter(({ from }) => from === null);
  points.push({
    rule: '§2.3',
    about: 'Covered by a trial',
    met: running.length > 0 ? 'yes' : 'no',
    says:
      running.length > 0
        ? `${running.map(({ licence, to }) => `${licence.number} until ${to}`).join('; ')}: as standard, for severity 3 and 4.`
        : waiting.length > 0
          ? `${waiting.map(({ licence }) => licence.number).join(', ')} would be one from the day on which it is registered.`
          : 'No trial runs on this day.',
  });
  if (judged.kind === 'under-covered')
    points.push({
      rule: '§2.4',
      about: 'Enough support licences',
      met: 'short',
      says: `${judged.users - judged.support} too few of ${judged.coveredBy}: cases are opened and flagged, and the renewal team is told once a day.`,
    });
  if (judged.kind === 'grace' || judged.kind === 'lapsed')
    points.push({
      rule: '§2.5',
      about: 'Grace after the end',
      met: judged.kind === 'grace' ? 'short' : 'no',
      says:
        judged.kind === 'grace'
          ? `Support ended on ${judged.endedOn}. ${Object.entries(judged.untilDay)
              .map(([severity, until]) => `Severity ${severity} opens a provisional case until ${until}`)
              .join('; ')}.`
          : judged.endedOn === null
            ? 'It has never been covered, so that there is no grace.'
            : `Support ended on ${judged.endedOn}, and the days of grace are over: no case is opened.`,
    });
  return points;
}
