/** What a grant makes of the people of the site, and what is left of that when it is taken back (POLICY §8.4, §8.5). */
import type { OwnChange } from '../../changes/change.ts';
import type { Granted, PrivilegeName } from '../../registry/contacts/privileges.ts';
import { leavesCases } from '../../registry/permissions.ts';
import type { Contact, Role, Site } from '../../registry/site.ts';
import type { Given } from '../act.ts';
import { askerAt, primaryAt } from './on-request.ts';
import type { AccessRecord } from './records.ts';

export type Grant = {
  readonly kind: 'grant';
  readonly site: Site;
  readonly role: Exclude<Role, 'primary' | 'provisional caller'>;
  readonly privileges: Granted;
  readonly until: string | null;
  readonly justification: string;
  readonly atOnce: boolean;
  /** Of the asker, set right. */
  readonly name: string | null;
  readonly phone: string | null;
};

const atSite = (on: AccessRecord, site: Site, { by, now: at }: Given) => ({
  ...{ site: site.id, siteNumber: site.number, peopleVersion: on.peopleVersion, at, by },
});

const verifiedAt = (on: AccessRecord): string | null => on.steps.find(({ kind }) => kind === 'verified')?.at ?? null;

/** Whoever verified the address is put on record with what they said. */
export const added = (
  on: AccessRecord,
  site: Site,
  given: Given,
  as: { role: Role; privileges?: Granted; until?: string | null; name?: string | null; phone?: string | null },
): OwnChange => {
  const phone = as.phone ?? on.said.phone;
  return {
    ...{ kind: 'contact-added', ...atSite(on, site, given), address: on.address, role: as.role, types: [] },
    name: as.name ?? on.said.name ?? on.address,
    privileges: as.privileges ?? {},
    details: phone === null ? {} : { phone },
    ...{ until: as.until ?? null, verifiedAt: verifiedAt(on) },
  };
};

/** The role and the privileges of somebody on record, as they are to be. */
function standing(on: AccessRecord, site: Site, given: Given, one: Contact, role: Role, next: Granted): OwnChange[] {
  const of = { ...atSite(on, site, given), contact: one.id, address: one.email };
  const had: Granted = one.privileges ?? {};
  const names = [...new Set([...Object.keys(had), ...Object.keys(next)])] as PrivilegeName[];
  const set = names.flatMap((name): OwnChange[] => {
    const [was, value] = [had[name] ?? null, next[name] ?? null];
    return was === value ? [] : [{ kind: 'privilege-set', ...of, name, value, was }];
  });
  const all: OwnChange[] = [
    ...(one.role === role ? [] : [{ kind: 'role-set', ...of, role, was: one.role } as const]),
    ...set,
  ];
  // The last of them: what was theirs as a caller is the primary's once they may follow no case.
  const heir = primaryAt(on)?.id;
  const leaves = heir !== undefined && leavesCases(one, { role, privileges: next }, given.policy);
  return leaves ? all.map((change, i) => (i === all.length - 1 ? ({ ...change, heir } as OwnChange) : change)) : all;
}

export function granted(on: AccessRecord, grant: Grant, given: Given): OwnChange[] {
  const { site, role, privileges, until, name, phone } = grant;
  const one = askerAt(on);
  if (!one) return [added(on, site, given, { role, privileges, until, name, phone })];
  const set = { ...(name !== null && { name }), ...(phone !== null && { phone }) };
  const details: OwnChange[] =
    Object.keys(set).length === 0
      ? []
      : [
          {
            ...{ kind: 'contact-details-set', ...atSite(on, site, given), contact: one.id, address: one.email },
            ...{ set, newAddress: null },
          },
        ];
  return [...standing(on, site, given, one, role, privileges), ...details];
}

/** A caller again, until somebody decides. */
export function ungranted(on: AccessRecord, site: Site, given: Given): OwnChange[] {
  const one = askerAt(on);
  return one ? standing(on, site, given, one, 'provisional caller', {}) : [];
}

/** Their cases go to the primary. Nobody removes a primary by this, or whoever has no heir. */
export function removed(on: AccessRecord, site: Site, given: Given): OwnChange[] {
  const [one, heir] = [askerAt(on), primaryAt(on)];
  if (!one || !heir || one.id === heir.id) return [];
  return [{ kind: 'contact-removed', ...atSite(on, site, given), contact: one.id, address: one.email, heir: heir.id }];
}
