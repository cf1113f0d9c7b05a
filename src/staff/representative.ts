/** Who of our people hears of the renewals of an account (POLICY §10.4–5): its representative, or the renewal team. */
import { absenceAt, type DeskTime, onDuty } from './on-duty.ts';
import { type StaffMember, withRole } from './staff.ts';

/** The renewal team by its addresses, which may be one of a mailbox and nobody's of our people. */
type Team = { readonly people: readonly StaffMember[]; readonly renewalTeam: readonly string[] };
type Representative = string | null | undefined;

/** Null: the account has none, or who it was is not one of our people any more. */
export const representativeOf = (
  representative: Representative,
  { people }: Pick<Team, 'people'>,
): StaffMember | null => people.find(({ email }) => email === representative) ?? null;

/** By name, as its letters say: who looks after the renewals of the account, or of all of them where that is one person. */
export function representativeNamed(representative: Representative, { people }: Pick<Team, 'people'>): string | null {
  const own = representativeOf(representative, { people });
  const [one, ...more] = withRole(people, 'renewal representative');
  return (own ?? (more.length === 0 ? one : null))?.name ?? null;
}

/**
 * Of what has come just now: the representative where they are on duty. While they are not, the team; where nobody of the team is on
 * duty either, it waits for the representative, unless they are absent on that day.
 */
export function toldOfRenewals(
  representative: Representative,
  at: string,
  team: Team,
  desk: DeskTime,
): readonly string[] {
  const one = representativeOf(representative, team);
  if (!one) return team.renewalTeam;
  if (onDuty(one, at, desk)) return [one.email];
  if (absenceAt(one, at, desk)) return team.renewalTeam;
  const others = team.people.filter(({ email }) => team.renewalTeam.includes(email));
  return others.some((other) => onDuty(other, at, desk)) ? team.renewalTeam : [one.email];
}

/** Of the list of a week: it is for whoever is not absent on its first day, whatever their hours are. */
export function listedFor(
  representative: Representative,
  at: string,
  team: Team,
  desk: Pick<DeskTime, 'timezone'>,
): readonly string[] {
  const one = representativeOf(representative, team);
  return one && !absenceAt(one, at, desk) ? [one.email] : team.renewalTeam;
}
