/**
 * Letters that go to many, and that their readers may end (POLICY §7 `UNSUBSCRIBE`, §10.6): which kinds there are, who gets which
 * by default, and where it goes. What is not among them is never ended: it answers somebody, decides something, or warns.
 */
import { contactMay } from '../registry/permissions.ts';
import type { RegistryPolicy } from '../registry/policy.ts';
import type { Contact, ContactType, Role } from '../registry/site.ts';

export const optionalKinds = ['announcements', 'releases', 'media', 'end-of-support'] as const;
export type OptionalKind = (typeof optionalKinds)[number];

/** What people may want to end and cannot; named, so that the answer can say so. */
export const fixedKinds = ['answers', 'security', 'access', 'contacts', 'contracts'] as const;
export type FixedKind = (typeof fixedKinds)[number];

type Defaults = Pick<RegistryPolicy, 'roleDefaults'>;

/** What somebody has said of one kind; its address is its own, and stays where that of the contact becomes another. */
export type OwnSubscription = {
  readonly kind: OptionalKind;
  readonly wanted: boolean;
  readonly address: string;
  /** Letters came back from there, where it is the address of no contact. */
  readonly unreachable?: boolean;
};
/** Of a contact what counts here. */
export type Reader = Pick<Contact, 'email' | 'role' | 'types' | 'privileges'> & {
  readonly subscriptions?: readonly OwnSubscription[] | undefined;
};

type Rule = {
  /** Who may have it at all. */
  readonly may: (reader: Reader, policy: Defaults) => boolean;
  /** Of those, who gets it without having asked. */
  readonly byDefault: (reader: Reader) => boolean;
};

const isCaller = ({ role }: Reader): boolean => role === 'provisional caller';
const holds = ({ types }: Reader, ...any: readonly ContactType[]): boolean => any.some((one) => types.includes(one));
const is = ({ role }: Reader, ...any: readonly Role[]): boolean => any.includes(role);
const always = () => true;

/** §1, §11.7: *downloads* opens letters about releases and media; *media shipping* contacts get both. */
const rules: Readonly<Record<OptionalKind, Rule>> = {
  announcements: {
    may: (reader) => !isCaller(reader),
    byDefault: (reader) => !is(reader, 'licence user'),
  },
  releases: {
    may: (reader, policy) => contactMay('downloads: software', reader, policy) || holds(reader, 'media shipping'),
    byDefault: always,
  },
  media: {
    may: (reader, policy) => contactMay('downloads: media', reader, policy) || holds(reader, 'media shipping'),
    byDefault: always,
  },
  'end-of-support': {
    may: (reader) => !isCaller(reader),
    byDefault: (reader) =>
      is(reader, 'primary', 'secondary', 'technical contact') || holds(reader, 'site technical', 'renewal'),
  },
};

/** How it stands with one kind and one person. `own`: they have said so themselves. */
export type Standing = {
  readonly kind: OptionalKind;
  readonly may: boolean;
  readonly wanted: boolean;
  readonly address: string;
  readonly own: boolean;
};

export function standingOf(kind: OptionalKind, reader: Reader, policy: Defaults): Standing {
  const said = reader.subscriptions?.find((one) => one.kind === kind);
  const may = rules[kind].may(reader, policy);
  return {
    ...{ kind, may, own: said !== undefined },
    wanted: may && (said ? said.wanted : rules[kind].byDefault(reader)),
    address: said?.address ?? reader.email,
  };
}

export const standingsOf = (reader: Reader, policy: Defaults): Standing[] =>
  optionalKinds.map((kind) => standingOf(kind, reader, policy));

/** The kinds that they get. */
export const kindsFor = (reader: Reader, policy: Defaults): OptionalKind[] =>
  standingsOf(reader, policy).flatMap(({ kind, wanted }) => (wanted ? [kind] : []));
