/** What stands with a grant: role, privileges, last day, reason, details of the asker (POLICY §8.4). */
import { cleanLine } from '../../foundation/clean-text.ts';
import { fold } from '../fold-width.ts';
import {
  isAskedRole,
  type NamedRole,
  type PrivilegeNamed,
  privilegeNamed,
  roleNamed,
  roleSpellings,
} from './access-words.ts';
import { dayNamed } from './day-named.ts';
import type { FieldSaid } from './decision-fields.ts';
import { type Asker, type DecisionSaid, longestReason, type NotClear, unclear } from './decision-said.ts';
import { condition } from './decision-words.ts';

export type Collected = {
  roles: NamedRole[];
  days: string[];
  privileges: PrivilegeNamed[];
  justifications: string[];
  corrects: { name?: string; phone?: string };
  free: string[];
  atOnce: boolean;
};

/** What of it cannot be read; null where all can. */
export function take(into: Collected, { field, value }: FieldSaid, asker: Asker): NotClear | null {
  switch (field) {
    case 'role': {
      const role = roleNamed(value);
      if (!isAskedRole(role)) return unclear('role', value);
      into.roles.push(role);
      return null;
    }
    case 'privilege':
      for (const one of value.split(/[;,、|]/).filter((part) => part.trim() !== '')) {
        const named = privilegeNamed(one);
        if (named === null) return unclear('privilege', one);
        into.privileges.push(named);
      }
      return null;
    case 'until': {
      const day = dayNamed(value);
      if (day === null) return unclear('until', value);
      into.days.push(day);
      return null;
    }
    case 'justification':
      if (value !== '') into.justifications.push(value);
      return null;
    case 'address':
      // A decision is about whoever has asked, and nobody else.
      return fold(value) === fold(asker.address) ? null : unclear('address', value);
    case 'name':
    case 'phone':
      if (value !== '') into.corrects = { ...into.corrects, [field]: value.slice(0, 120) };
      return null;
    case 'country':
    case 'site':
      return null;
    default:
      return field satisfies never;
  }
}

const differ = (values: readonly string[]): boolean => new Set(values).size > 1;

const rolesOfSeveralWords = [...roleSpellings.keys()].filter((name) => name.includes(' '));
/** Long enough to be a reason, and not a name or a word of manners. */
const isReason = (text: string): boolean =>
  text.split(/\s+/).length >= 3 || /[\p{Script=Han}\p{Script=Hiragana}]{4}/u.test(text);

/** Text beside a grant that may hold some of it back. */
function holdsBack(text: string): boolean {
  const folded = fold(text);
  return condition.test(folded) || rolesOfSeveralWords.some((role) => folded.includes(role)) || text.length > 1_000;
}

export function granted(into: Collected, line: string): DecisionSaid {
  const { atOnce, privileges, corrects, roles, days, justifications } = into;
  const names = privileges.map(({ name }) => name);
  if (differ(roles) || differ(days) || new Set(names).size < names.length) return unclear('two', line);
  const free = into.free.join('\n').trim();
  if (holdsBack(free)) return unclear('condition', free);
  const [role = null] = roles;
  if (role !== null && !isAskedRole(role)) return unclear('role', role);
  const justification = justifications[0] ?? (isReason(free) ? cleanLine(free, longestReason) : null);
  return { kind: 'grant', atOnce, role, privileges, until: days[0] ?? null, justification, corrects };
}
