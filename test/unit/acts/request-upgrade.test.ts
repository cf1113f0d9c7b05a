/** POLICY §7 `UPGRADE`: whatever the contract is, the wish goes to renewals, and the customer hears how it stands. */
import { describe, expect, it } from 'vitest';
import { requestUpgrade } from '../../../src/acts/registry/request-upgrade.ts';
import type { OwnRecord } from '../../../src/acts/self-service/records.ts';
import type { By } from '../../../src/changes/by.ts';
import { auditOf, sentenceOf } from '../../../src/changes/change.ts';
import { contactId, mailId } from '../../../src/foundation/ids.ts';
import type { Plan, SiteFacts } from '../../../src/registry/site.ts';
import { givenFor } from '../../support/worked-case.ts';
import { contacts, policy, sites } from '../../support/world.ts';

const aldous = sites.find(({ site }) => `${site.number}` === '1000345') as SiteFacts;
const ada = contacts.find(({ email }) => email === 'ada@aldous.example') as OwnRecord['contact'];
const year = { from: '2026-01-01', to: '2026-12-31' };
const asked = { site: '1000345', contact: ada.email };
const byMail: By = { kind: 'contact', contact: contactId('11'), mail: mailId('7') };

function ask(
  plan: string,
  {
    plans,
    text,
    by = byMail,
    role = ada.role,
  }: { plans?: Plan[]; text?: string; by?: By; role?: OwnRecord['contact']['role'] } = {},
) {
  const own: OwnRecord = {
    ...{ ...aldous, plans: plans ?? aldous.plans, contact: { ...ada, role }, address: ada.email, pin: '345' },
    ...{ cases: [], commands: [], several: false },
  };
  const given = givenFor(by);
  return requestUpgrade.judge({ ...asked, plan, text }, { cases: [], letters: [], own }, given);
}
const lettersOf = (judged: ReturnType<typeof ask>) => {
  if (judged.kind === 'refused') throw new Error(judged.says);
  return judged.letters.map(({ template, to, values }) => ({ template, to, values }));
};

describe('a wish for another plan', () => {
  it('is not said to be with anybody where nobody renews contracts', () => {
    const given = givenFor(byMail);
    const own: OwnRecord = {
      ...{ ...aldous, contact: ada, address: ada.email, pin: '345' },
      ...{ cases: [], commands: [], several: false },
    };
    const alone = { ...given, desk: { ...given.desk, renewalTeam: [] } };
    const judged = requestUpgrade.judge(
      { ...asked, plan: 'premier', text: undefined },
      { cases: [], letters: [], own },
      alone,
    );
    expect(lettersOf(judged)).toMatchObject([{ template: 'upgrade-requested', values: { teamKnows: false } }]);
    expect(lettersOf(ask('premier'))[0]).toMatchObject({ values: { teamKnows: true } });
  });

  it('goes to the renewal team with the contract and the words of the customer, who hears what happens next', () => {
    const judged = ask('Premier', { text: 'From June on PIN 345 is for three shifts.' });
    expect(lettersOf(judged)).toMatchObject([
      {
        template: 'upgrade-requested',
        to: ada.email,
        values: { plan: 'premier', plans: [{ kind: 'standard', endsOn: '2026-12-31' }], has: false, lacksBase: false },
      },
      ...policy.desk.renewalTeam.map((to) => ({
        template: 'staff-notice',
        to,
        values: {
          kind: 'upgrade-wanted',
          ...{ site: '1000345', contact: 'Ada Byron', from: ada.email, plan: 'premier', covered: true },
          begins: ['From June on PIN ••• is for three shifts.'],
          command: 'npx postern mail show 7',
        },
      })),
    ]);
  });

  it('stands in the audit of the site, and names who has it by id', () => {
    const judged = ask('24/7');
    const [change] = judged.kind === 'done' ? judged.changes : [];
    if (!change) throw new Error('nothing is asked for');
    expect(sentenceOf(change)).toBe('Site 1000345 wants the plan 24x7, and the renewal team is told.');
    expect(auditOf(change)).toEqual({
      ...{ actor: 'mail:7', action: 'upgrade-requested', subjectKind: 'site', subjectId: '1000345' },
      detail: { contact: '11', plan: '24x7' },
    });
  });

  it('is told truly to have been fulfilled already, and to lack what premier counts beside (§1)', () => {
    const told = (plan: string, ...plans: Plan[]) => lettersOf(ask(plan, { plans }))[0]?.values;
    expect(told('standard', { kind: 'standard', ...year })).toMatchObject({ has: true, lacksBase: false });
    expect(told('standard', { kind: 'standard', from: '2026-06-01', to: '2027-05-31' })).toMatchObject({
      ...{ has: false, plans: [] },
    });
    expect(told('premier')).toMatchObject({ has: false, lacksBase: true });
    expect(told('premier', { kind: 'premier', ...year })).toMatchObject({ has: true, lacksBase: true });
    expect(told('premier', { kind: '24x7', ...year })).toMatchObject({ has: false, lacksBase: false });
    // The last of several.
    expect(
      told('24x7', { kind: '24x7', ...year }, { kind: '24x7', from: '2026-05-01', to: '2027-04-30' }),
    ).toMatchObject({ has: true, plans: [{ kind: '24x7', endsOn: '2027-04-30' }] });
    expect(lettersOf(ask('premier', { plans: [] }))).toHaveLength(1 + policy.desk.renewalTeam.length);
  });

  it('is refused with what was meant, and by a role that sees no contract', () => {
    expect(ask('premeir')).toMatchObject({
      why: 'bad-input',
      told: 'which-plan',
      says: expect.stringMatching(/did you mean "premier"\?$/),
    });
    expect(ask('12.0')).toMatchObject({ says: 'There is no plan "12.0". Say which plan: standard, 24x7, premier.' });
    expect(ask('')).toMatchObject({ says: 'Say which plan: standard, 24x7, premier.' });
    expect(ask('premier', { role: 'authorized user' })).toMatchObject({ why: 'no-right', told: 'no-right' });
  });

  it('is asked for by call as well, for somebody on the telephone', () => {
    const judged = ask('premier', { by: { kind: 'api', staff: 'kim@desk.example' } });
    expect(lettersOf(judged)[1]?.values).toMatchObject({ command: 'npx postern cases --site 1000345', begins: [] });
  });
});
