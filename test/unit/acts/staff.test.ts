/** INTERFACE "Also": of staff postern.yaml wins where it names somebody, `postern staff add` is for others. */
import { describe, expect, it } from 'vitest';
import { notFor } from '../../../src/acts/as-staff.ts';
import { acts } from '../../../src/acts/list.ts';
import { addStaff } from '../../../src/acts/staff/add-staff.ts';
import { removeStaff } from '../../../src/acts/staff/remove-staff.ts';
import { sentenceOf } from '../../../src/changes/change.ts';
import { openRoster } from '../../../src/staff/roster.ts';
import type { StaffMember } from '../../../src/staff/staff.ts';
import { asking, givenFor, kim, lea, person } from '../../support/worked-case.ts';

const nia = person('Nia Vale', 'nia@desk.example');
const records = (...staff: StaffMember[]) => ({ cases: [], letters: [], staff });
const asked = (by = asking(null)) => givenFor(by, { people: [kim, lea, { ...nia, added: true }] });
const says = (judged: ReturnType<typeof addStaff.judge>) => (judged.kind === 'refused' ? judged.says : judged.changes);

describe('add-staff', () => {
  it('puts somebody on record, and says anew what they do', () => {
    expect(says(addStaff.judge(nia, records(), asked()))).toMatchObject([
      { kind: 'staff-added', email: nia.email, anew: false, member: nia },
    ]);
    const onPump = { ...nia, products: ['Pump'] };
    expect(says(addStaff.judge(onPump, records(nia), asked()))).toMatchObject([{ anew: true, member: onPump }]);
    expect(says(addStaff.judge(nia, records(nia), asked()))).toMatch(/on record so already/);
    // As the database gives it: shorter names first.
    const stored = { ...nia, absent: [{ to: '2027-01-02', from: '2026-12-24' }] };
    const again = { ...nia, absent: [{ from: '2026-12-24', to: '2027-01-02' }] };
    expect(says(addStaff.judge(again, records(stored), asked()))).toMatch(/on record so already/);
  });

  it('is refused where postern.yaml names them', () => {
    expect(says(addStaff.judge(kim, records(), asked()))).toMatch(/stands in postern.yaml, which wins/);
  });

  it('is for managers, and for whoever has the token', () => {
    expect(says(addStaff.judge(nia, records(), asked(asking(lea.email))))).toMatch(/engineer\) may not/);
    expect(says(addStaff.judge(nia, records(), asked(asking(kim.email))))).toHaveLength(1);
  });
});

describe('remove-staff', () => {
  it('makes somebody nobody, and nothing of postern.yaml', () => {
    expect(says(removeStaff.judge({ email: nia.email }, records(nia), asked()))).toMatchObject([
      { kind: 'staff-removed', email: nia.email },
    ]);
    expect(says(removeStaff.judge({ email: kim.email }, records(), asked()))).toMatch(/stands in postern.yaml/);
    expect(says(removeStaff.judge({ email: 'eve@desk.example' }, records(), asked()))).toMatch(/none of our people/);
  });
});

describe('whoever is taken off', () => {
  const said = (count: number) => {
    const first = Array.from({ length: Math.min(3, count) }, (_, i) => ({ number: `100000${i}`, name: `Firm ${i}` }));
    const judged = removeStaff.judge({ email: nia.email }, { ...records(nia), represents: { first, count } }, asked());
    return judged.kind === 'done' ? judged.changes.map(sentenceOf).join(' ') : '';
  };
  it('is told of with the accounts that name them for renewals', () => {
    expect(said(0)).not.toContain('for renewals');
    expect(said(1)).toContain('The account Firm 0 (1000000) names them for renewals: until somebody else is named');
    expect(said(12)).toContain('Firm 2 (1000002) and 9 more name them for renewals');
  });
});

describe('whoever is named, in whichever act', () => {
  const named = acts.filter(({ right }) => right !== 'none' && right !== 'asked');
  const barred = (act: (typeof acts)[number], address: string | null) => notFor(act, asked(asking(address)))?.says;

  it.each(named.map((act) => [act.name, act] as const))(
    '%s is done for our people who may, and for nobody else',
    (_, act) => {
      expect(barred(act, 'nobody@elsewhere.example')).toBe('nobody@elsewhere.example is none of our people.');
      expect(barred(act, 'kin@desk.example')).toBe(
        'kin@desk.example is none of our people; did you mean "kim@desk.example"?',
      );
      expect(barred(act, 'Kim@Desk.example')).toBeUndefined();
      expect(barred(act, null)).toBeUndefined();
    },
  );

  it('a role that may not is told so', () => {
    const rita = person('Rita Voss', 'rita@desk.example', { roles: ['renewal representative'] });
    const lee = person('Lee Hart', 'lee@desk.example', { roles: ['licensing'] });
    // What somebody does for themselves is looked at by the act.
    const isForAll = ({ right }: (typeof acts)[number]) => right === 'console: view';
    for (const act of named.filter(isForAll))
      expect(notFor(act, givenFor(asking(rita.email), { people: [rita] })), act.name).toBeNull();
    const isOfRenewals = ({ right }: (typeof acts)[number]) =>
      right === 'renewals: update' || right === 'templates: update';
    for (const act of named.filter((one) => !isForAll(one))) {
      const who = isOfRenewals(act) ? lee : rita;
      expect(notFor(act, givenFor(asking(who.email), { people: [who] }))?.says, act.name).toBe(
        `${who.name} (${who.roles[0]}) may not do this.`,
      );
    }
    for (const act of named.filter(isOfRenewals))
      expect(notFor(act, givenFor(asking(rita.email), { people: [rita] }))?.says, act.name).toBeUndefined();
  });

  it('what the clock alone does is done for nobody by name', () => {
    const [clock] = acts.filter(({ right }) => right === 'none');
    expect(clock && notFor(clock, asked({ kind: 'clock' }))).toBeNull();
  });
});

it('the roster has those of postern.yaml before those who were added, and follows the last look', () => {
  const roster = openRoster([kim]);
  roster.take([nia, person('Another Kim', kim.email)]);
  expect(roster.people).toEqual([kim, { ...nia, added: true }]);
  roster.take([]);
  expect(roster.people).toEqual([kim]);
});
