/** What becomes of the contracts of a site as their ends come near: renewed early, late, partly, for a shorter time, or not at all. */
import type { ContactType, Licence, Plan, PlanKind } from '../../../src/registry/site.ts';
import type { Draw } from './draw.ts';
import type { OnRecord, Person } from './story.ts';

export type Edit = { readonly at: number; readonly apply: (before: OnRecord) => OnRecord };

export const fates = [
  'early',
  'overlapping',
  'extended',
  'late',
  'backdated',
  'partly',
  'shorter',
  'after a gap',
  'withdrawn',
  'corrected',
  'lapsed',
] as const;
export type Fate = (typeof fates)[number] | 'on top';

type Span = { readonly from: string; readonly to: string };
/** How a contract of a kind is written into what is on record, and taken out. */
type Line = {
  readonly add: (span: Span, quantity: number) => (before: OnRecord) => OnRecord;
  readonly quantity: number;
};

const dayMs = 86_400_000;
const plus = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();
const momentOf = (draw: Draw, day: string): number => Date.parse(`${day}T00:00:00Z`) + draw.upTo(dayMs);

function lifeOf(draw: Draw, line: Line, first: Span, until: string, count: (fate: Fate) => void): Edit[] {
  const edits: Edit[] = [];
  const edit = (day: string, apply: Edit['apply']): void => {
    edits.push({ at: momentOf(draw, day), apply });
  };
  let [now, quantity, corrections] = [first, line.quantity, 0];
  let put = line.add(now, quantity);
  edit(plus(first.from, -draw.upTo(20)), put);
  /** The same row with another end. */
  const moveEnd = (to: string): Edit['apply'] => {
    const { licences, plans } = put({ licences: [], plans: [], people: [] });
    return (record) => ({
      ...record,
      licences: record.licences.map((row) =>
        licences.some(({ number }) => number === row.number) ? { ...row, to } : row,
      ),
      plans: record.plans.map((row) =>
        plans.some(({ kind, from }) => kind === row.kind && from === row.from) ? { ...row, to } : row,
      ),
    });
  };
  while (now.to < until) {
    const fate = draw.oneOf(corrections > 0 ? fates.filter((one) => one !== 'corrected') : fates);
    count(fate);
    const length = draw.oneOf([364, 364, 365, 180, 729]);
    const follow = (span: Span, day: string, share = 1): void => {
      quantity = Math.max(1, Math.floor(quantity * share));
      put = line.add(span, quantity);
      edit(day, put);
      [now, corrections] = [span, 0];
    };
    const [next, before] = [plus(now.to, 1), plus(now.to, -draw.between(1, 85))];
    if (fate === 'lapsed') return edits;
    if (fate === 'early') follow({ from: next, to: plus(now.to, length) }, before);
    else if (fate === 'overlapping') follow({ from: before, to: plus(before, Math.max(length, 90)) }, before);
    else if (fate === 'backdated') follow({ from: next, to: plus(now.to, length) }, plus(now.to, draw.between(1, 28)));
    else if (fate === 'partly') follow({ from: next, to: plus(now.to, length) }, before, 0.5);
    else if (fate === 'shorter') follow({ from: next, to: plus(now.to, draw.between(10, 60)) }, before);
    else if (fate === 'late' || fate === 'after a gap') {
      const from = plus(now.to, draw.between(2, 40));
      follow({ from, to: plus(from, length) }, fate === 'late' ? from : before);
    } else if (fate === 'withdrawn') {
      const span = { from: next, to: plus(now.to, length) };
      const added = line.add(span, quantity)({ licences: [], plans: [], people: [] });
      edit(before, (record) => ({
        ...record,
        licences: [...record.licences, ...added.licences],
        plans: [...record.plans, ...added.plans],
      }));
      edit(plus(before, draw.between(1, 20)), (record) => ({
        ...record,
        licences: record.licences.filter((one) => !added.licences.some(({ number }) => number === one.number)),
        plans: record.plans.filter((one) => !added.plans.includes(one)),
      }));
      return edits;
    } else if (fate === 'extended' || fate === 'corrected') {
      const isExtended = fate === 'extended';
      const to = plus(now.to, isExtended ? length : draw.oneOf([-9, -3, -1, 1, 2, 8]));
      edit(isExtended && draw.chance(0.3) ? plus(now.to, draw.between(1, 20)) : before, moveEnd(to));
      now = { ...now, to };
      corrections = isExtended ? 0 : corrections + 1;
    } else fate satisfies never;
  }
  return edits;
}

/** Plans and licences of a site with their lives, its people with theirs. */
export function livesOf(
  draw: Draw,
  { begin, days }: { readonly begin: string; readonly days: number },
  count: (what: Fate | 'merges') => void,
): { readonly edits: Edit[]; readonly people: readonly Person[] } {
  const until = plus(begin, days - 30);
  let numbers = 0;
  const add = (licence: Omit<Licence, 'number' | 'registeredOn'>) => {
    numbers += 1;
    const row: Licence = { number: `L-${numbers}`, registeredOn: null, ...licence };
    return (record: OnRecord): OnRecord => ({ ...record, licences: [...record.licences, row] });
  };
  const addPlan = (plan: Plan) => (record: OnRecord) => ({ ...record, plans: [...record.plans, plan] });
  const around = plus(begin, draw.between(5, 380));
  const endsNear = () => plus(around, draw.oneOf([0, 0, 1, 3, 10, 20, 28, 29, 30, 31, 45, 120]));
  const edits: Edit[] = [];
  for (const product of ['Vault', 'Forge'].slice(0, draw.between(1, 2))) {
    const quantity = draw.oneOf([0, 1, 10, 25]);
    const users = Math.max(1, quantity - draw.oneOf([0, 0, 0, 3]));
    const row = { product, kind: 'user', quantity: users, from: '2024-01-01', to: null } as const;
    edits.push({ at: momentOf(draw, plus(begin, -9)), apply: add(row) });
    const support: Line = {
      quantity,
      add: ({ from, to }, count) => {
        // One that covers just a year says no end.
        const isYear = plus(from, 364) === to && draw.chance(0.3);
        const name = draw.chance(0.2) ? product.toUpperCase() : product;
        return add({ product: name, kind: 'support', quantity: count, from, to: isYear ? null : to });
      },
    };
    const to = endsNear();
    edits.push(...lifeOf(draw, support, { from: plus(to, -364), to }, until, count));
    if (draw.chance(0.3)) {
      const from = plus(to, -draw.between(1, 340));
      count('on top');
      edits.push({ at: momentOf(draw, from), apply: add({ ...row, quantity: 5, from }) });
      edits.push(...lifeOf(draw, { ...support, quantity: 5 }, { from, to: plus(from, 364) }, until, count));
    }
  }
  const base = draw.oneOf<PlanKind>(['standard', '24x7']);
  const planLine = (kind: PlanKind): Line => ({
    quantity: 4,
    // Half of 24x7 is standard.
    add: (span, count) => addPlan({ ...span, kind: kind === '24x7' && count < 4 ? 'standard' : kind }),
  });
  const planEnd = endsNear();
  edits.push(...lifeOf(draw, planLine(base), { from: plus(planEnd, -364), to: planEnd }, until, count));
  if (draw.chance(0.3)) {
    const to = endsNear();
    edits.push(...lifeOf(draw, planLine('premier'), { from: plus(to, -364), to }, until, count));
  }
  const people = Array.from({ length: draw.between(1, 5) }, (_, at): Person => {
    const types: ContactType[] = draw.chance(0.5) ? ['renewal'] : [];
    return { id: `p${at}`, role: at === 0 ? 'primary' : 'authorized user', types };
  });
  edits.push({ at: Date.parse(`${begin}T00:00:00Z`) - 30 * dayMs, apply: (record) => ({ ...record, people }) });
  const [, kept, gone] = people;
  if (kept && gone && draw.chance(0.4)) {
    count('merges');
    const types = [...new Set([...kept.types, ...gone.types])];
    edits.push({
      at: momentOf(draw, plus(begin, draw.upTo(days))),
      apply: (record) => ({
        ...record,
        people: record.people
          .filter(({ id }) => id !== gone.id)
          .map((one) => (one.id === kept.id ? { ...one, types } : one)),
      }),
    });
  }
  return { edits, people };
}
