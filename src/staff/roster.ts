/** The operator's people as they are now: those of postern.yaml, and those who were added since (INTERFACE "Also"). */
import type { StaffMember } from './staff.ts';

export type Roster = {
  readonly people: readonly StaffMember[];
  /** All that were added; where postern.yaml names somebody, it wins. */
  take(added: readonly StaffMember[]): void;
};

export function openRoster(ofFile: readonly StaffMember[]): Roster {
  const own = new Set(ofFile.map(({ email }) => email));
  let people = ofFile;
  return {
    get people() {
      return people;
    },
    take(added) {
      people = [
        ...ofFile,
        ...added.filter(({ email }) => !own.has(email)).map((one) => ({ ...one, added: true }) as const),
      ];
    },
  };
}
