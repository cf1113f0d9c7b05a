/**
 * The people of a site: who is added, who goes, and what becomes otherwise of one of them (POLICY §1, §8.8, §8.9, §9). Each holds the
 * version of the site's people that it was judged on: where that has moved on, nothing of the act is written.
 */
import type { ContactId, SiteId } from '../../foundation/ids.ts';
import type { Granted, PrivilegeName } from '../../registry/contacts/privileges.ts';
import type { ContactDetails, ContactType, Role } from '../../registry/site.ts';
import type { By } from '../by.ts';
import { type ChangeRow, none } from '../row.ts';

type AtSite = {
  readonly site: SiteId;
  readonly siteNumber: string;
  readonly peopleVersion: number;
  readonly at: string;
  readonly by: By;
};
export type ContactAdded = AtSite & {
  readonly kind: 'contact-added';
  readonly name: string;
  readonly address: string;
  readonly role: Role;
  readonly types: readonly ContactType[];
  /** What they may otherwise than their role. */
  readonly privileges: Granted;
  readonly details: ContactDetails;
  /** The last day of their access, in the site's time zone. */
  readonly until: string | null;
  /** When they showed that the address is theirs; null where they have not. */
  readonly verifiedAt: string | null;
  /** Their row, once it is written. */
  readonly contact?: ContactId;
};

type OfContact = AtSite & {
  readonly contact: ContactId;
  /** The one on record, for sentences: people stand in the audit by id. */
  readonly address: string;
};
export type ContactRemoved = OfContact & {
  readonly kind: 'contact-removed';
  /** Whose their cases are from now on. */
  readonly heir: ContactId;
  /** The open ones, once they are handed over. */
  readonly cases?: readonly string[];
};
/** They may follow no case any more: whose theirs are from now on, and the open ones, once they are handed over. */
type LeavesCases = { readonly heir?: ContactId; readonly cases?: readonly string[] };
export type RoleSet = OfContact & LeavesCases & { readonly kind: 'role-set'; readonly role: Role; readonly was: Role };
/** `value` null: as the role has it. */
export type PrivilegeSet = OfContact &
  LeavesCases & {
    readonly kind: 'privilege-set';
    readonly name: PrivilegeName;
    readonly value: string | null;
    readonly was: string | null;
  };
/** §11.7: they get the proofs of entitlement from now on, or no more. */
export type DocumentsSet = OfContact & { readonly kind: 'documents-set'; readonly gets: boolean };
export type ContactDetailsSet = OfContact & {
  readonly kind: 'contact-details-set';
  /** Only what is said; null takes it away. */
  readonly set: { readonly name?: string } & { readonly [name in keyof ContactDetails]?: string | null };
  /** Where letters go from now on; the one before is theirs no more. */
  readonly newAddress: string | null;
};
/** Somebody who may change it says that the list is right (POLICY §9). */
export type ContactsConfirmed = {
  readonly kind: 'contacts-confirmed';
  readonly site: SiteId;
  readonly siteNumber: string;
  readonly at: string;
  readonly by: By;
};
/** Nothing names the person any more but the audit, by id (POLICY §11.5). What names them elsewhere is emptied behind it. */
export type PersonErased = {
  readonly kind: 'person-erased';
  readonly address: string;
  readonly addresses: readonly string[];
  /** Of these, whose plus parts are theirs as well. */
  readonly wide: readonly string[];
  readonly names: readonly string[];
  /** Where they were on record: a name of theirs is looked for there. */
  readonly sites: readonly SiteId[];
  /** Who they were at their sites. */
  readonly contacts: readonly ContactId[];
  readonly mails: number;
  readonly letters: number;
  readonly at: string;
  readonly by: By;
  /** Its row, once it is written. */
  readonly erasure?: string;
};
/** What stands in the list of letters of who was erased. */
export const recipientErased = { reason: 'its recipient was erased' } as const;

/** What stands in the list of letters of who was removed. */
export const recipientRemoved = { reason: 'its recipient was removed from the site' } as const;
export const recipientLeft = { reason: 'its recipient may follow no cases any more' } as const;

export type PeopleChange = ContactAdded | ContactRemoved | RoleSet | PrivilegeSet | DocumentsSet | ContactDetailsSet;
export type ContactsChange = PeopleChange | ContactsConfirmed | PersonErased;

const noEvent = none('it is about a person, and no case changes');
const onContact = ({ kind, siteNumber, contact }: PeopleChange, detail: Readonly<Record<string, unknown>>) =>
  ({
    action: kind,
    subjectKind: 'contact',
    subjectId: contact ?? '',
    detail: { site: siteNumber, ...detail },
  }) as const;
const own = { event: noEvent, batched: false } as const;

const shownDetails = ({ set, newAddress }: ContactDetailsSet): string =>
  [
    ...Object.entries(set).map(([name, value]) => `${name} ${value ?? 'is taken away'}`),
    ...(newAddress === null ? [] : [`letters go to ${newAddress}`]),
  ].join(', ');

/** On each open case of theirs that is somebody else's from now on. */
const handedOver = ({ cases = [], contact, heir }: Pick<OfContact, 'contact'> & LeavesCases) =>
  cases.map((caseId) => ({ kind: 'requester-set', detail: { was: contact, contact: heir ?? null }, caseId }) as const);
const leavesSays = ({ heir }: LeavesCases): string =>
  heir === undefined ? '' : ' They hear of cases no more; their open cases go to the primary.';

export const contactsChanges = {
  'contact-added': {
    ...own,
    audit: (change) => {
      const { role, types, privileges, until } = change;
      return onContact(change, { role, types, privileges, ...(until !== null && { until }) });
    },
    says: ({ name, address, siteNumber, role, until }) =>
      `${name} (${address}) becomes a contact of site ${siteNumber}: ${role}${until === null ? '' : `, until ${until}`}.`,
    topic: 'contact.added',
  },
  'contact-removed': {
    ...own,
    audit: (change) => onContact(change, { heir: change.heir }),
    event: handedOver,
    says: ({ address, siteNumber }) =>
      `${address} is no contact of site ${siteNumber} any more, and hears of its cases no more; their open cases go to the primary.`,
    topic: 'contact.removed',
  },
  'role-set': {
    ...own,
    audit: (change) => onContact(change, { role: change.role, was: change.was }),
    event: handedOver,
    says: (change) => {
      const { address, siteNumber, role, was } = change;
      return `${address} of site ${siteNumber}: role ${was} → ${role}.${leavesSays(change)}`;
    },
    topic: 'contact.changed',
  },
  'privilege-set': {
    ...own,
    audit: (change) => onContact(change, { privilege: change.name, value: change.value, was: change.was }),
    event: handedOver,
    says: (change) => {
      const { address, siteNumber, name, value, was } = change;
      return `${address} of site ${siteNumber}: ${name} ${was ?? 'by the role'} → ${value ?? 'by the role'}.${leavesSays(change)}`;
    },
    topic: 'contact.changed',
  },
  'documents-set': {
    ...own,
    audit: (change) => onContact(change, { gets: change.gets }),
    says: ({ address, siteNumber, gets }) =>
      `${address} of site ${siteNumber} gets ${gets ? 'the proofs of entitlement from now on' : 'no proofs of entitlement any more'}.`,
    topic: 'contact.changed',
  },
  'contact-details-set': {
    ...own,
    audit: (change) =>
      onContact(change, { changes: [...Object.keys(change.set), ...(change.newAddress === null ? [] : ['address'])] }),
    says: (change) => `${change.address} of site ${change.siteNumber}: ${shownDetails(change)}.`,
    topic: 'contact.changed',
  },
  'contacts-confirmed': {
    ...own,
    audit: ({ siteNumber }) => ({
      action: 'contacts-confirmed',
      subjectKind: 'site',
      subjectId: siteNumber,
      detail: {},
    }),
    says: ({ siteNumber }) => `The contacts of site ${siteNumber} are confirmed to be right.`,
    topic: 'contacts.confirmed',
  },
  'person-erased': {
    ...own,
    audit: ({ erasure = '', contacts, mails, letters }) => ({
      action: 'person-erased',
      subjectKind: 'erasure',
      subjectId: erasure,
      detail: { contacts, mails, letters },
    }),
    says: ({ address, mails, letters }) =>
      `What is held of ${address} is erased: ${mails} of their mails and ${letters} letters to them are sealed and emptied, and what else names them is emptied; the audit stays, by id.`,
    topic: 'contact.erased',
  },
} as const satisfies { [kind in ContactsChange['kind']]: ChangeRow<Extract<ContactsChange, { kind: kind }>> };

const isOfPeople = (change: object): change is AtSite => 'peopleVersion' in change;

/** The sites whose people change, each as it was judged on. */
export const peopleSeen = (changes: readonly object[]): ReadonlyMap<SiteId, number> =>
  new Map(changes.filter(isOfPeople).map(({ site, peopleVersion }) => [site, peopleVersion]));
