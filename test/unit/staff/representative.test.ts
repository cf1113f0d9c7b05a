import { describe, expect, it } from 'vitest';
import { listedFor, representativeOf, toldOfRenewals } from '../../../src/staff/representative.ts';
import { staffMemberSchema } from '../../../src/staff/staff.ts';
import { defaultCasesPolicy } from '../../support/default-policies.ts';

const person = (name: string, more: object = {}) =>
  staffMemberSchema.parse({
    ...{ name, email: `${name.toLowerCase()}@desk.example`, roles: ['renewal representative'], ...more },
  });
const time = { ...defaultCasesPolicy, timezone: 'Europe/London' };
/** A Wednesday at ten, one at eleven at night, and the Saturday behind it. */
const [day, night, saturday] = ['2027-03-31T09:00:00Z', '2027-03-31T22:00:00Z', '2027-04-03T09:00:00Z'] as const;

const rita = person('Rita');
const robin = person('Robin');
const rex = person('Rex', { timezone: 'America/Los_Angeles' });
const away = person('Ada', { absent: [{ from: '2027-03-29', to: '2027-04-04' }] });
const team = {
  people: [rita, robin, rex, away],
  renewalTeam: [rita, robin, rex, away].map(({ email }) => email),
};
const told = (representative: string | null, at: string) => toldOfRenewals(representative, at, team, time);

describe('of the renewals of an account (§10.4)', () => {
  it('hears its representative alone, while they are on duty', () => {
    expect(told(robin.email, day)).toEqual([robin.email]);
    expect(representativeOf(robin.email, team)?.name).toBe('Robin');
  });

  it('hears the team where the account has none, or who it was has left', () => {
    for (const one of [null, 'gone@desk.example']) expect(told(one, day)).toEqual(team.renewalTeam);
    expect(representativeOf('gone@desk.example', team)).toBeNull();
  });

  it('hears the team while the representative is not on duty and somebody else is', () => {
    expect(told(rex.email, day)).toEqual(team.renewalTeam);
    expect(told(robin.email, night)).toEqual(team.renewalTeam);
  });

  it('waits for the representative at a time at which nobody is on duty', () => {
    expect(told(robin.email, saturday)).toEqual([robin.email]);
    const desk = { ...team, renewalTeam: ['renewals@desk.example'] };
    expect(toldOfRenewals(robin.email, night, desk, time)).toEqual([robin.email]);
  });

  it('never waits for somebody who is absent on that day', () => {
    for (const at of [day, saturday]) expect(told(away.email, at)).toEqual(team.renewalTeam);
  });

  it('the list of a week is for the representative who is there on that day, whatever their hours', () => {
    expect(listedFor(rex.email, day, team, time)).toEqual([rex.email]);
    expect(listedFor(robin.email, night, team, time)).toEqual([robin.email]);
    for (const one of [away.email, null]) expect(listedFor(one, day, team, time)).toEqual(team.renewalTeam);
  });
});
