/** Announcements and releases (POLICY §10.6): what an announcement is, and who of a site gets it. Pure: sites are handed in. */

import { judgeEntitlement, type SupportMaterial } from '../registry/entitlement.ts';
import { contactMay } from '../registry/permissions.ts';
import type { RegistryPolicy } from '../registry/policy.ts';
import { sameProduct } from '../registry/product.ts';
import type { ContactType } from '../registry/site.ts';
import { type OptionalKind, optionalKinds, type Reader, standingOf } from './kinds.ts';

/** `security` warns, so that nobody can end it. */
export const announcementKinds = [...optionalKinds, 'security'] as const;
export type AnnouncementKind = (typeof announcementKinds)[number];
export const isOptional = (kind: AnnouncementKind): kind is OptionalKind => kind !== 'security';

export const announcementStates = ['ready', 'running', 'paused', 'finished', 'cancelled'] as const;
export type AnnouncementState = (typeof announcementStates)[number];

/** One language of it; `body` is Markdown. */
export type AnnouncementText = { readonly language: string; readonly subject: string; readonly body: string };
/** An empty list limits nothing. */
export type Announcement = {
  readonly name: string;
  readonly kind: AnnouncementKind;
  /** Sites that are covered for one of these. */
  readonly products: readonly string[];
  /** Sites that have named one of these versions in a case within a year. */
  readonly versions: readonly string[];
  readonly contactTypes: readonly ContactType[];
  /** Ids of defects that a release resolves: the contacts of their cases are told, with the numbers of these. */
  readonly resolves: readonly string[];
  /** It goes by itself, and its letter is that about the end of full support. */
  readonly supportEnd?: { readonly product: string; readonly version: string; readonly fullUntil: string };
  /** The first is for everybody whose language is not among them. */
  readonly texts: readonly [AnnouncementText, ...AnnouncementText[]];
};

/** `doubtful`: one letter came back, and nobody has said since that the address is right; they are still written to. */
export type AudiencePerson = Reader & { readonly id: string; readonly unreachable?: boolean; readonly doubtful?: boolean };
/** Of one address: whom its row names, null where they are on record no more, and whoever else has it. */
type People = { readonly person: AudiencePerson | null; readonly others: readonly AudiencePerson[] };
export type AudienceSite = SupportMaterial & {
  readonly id: string;
  readonly number: string;
  readonly language: string;
  readonly people: readonly AudiencePerson[];
  /** Product and version as they were named in cases of theirs within a year. */
  readonly named: readonly { readonly product: string | null; readonly version: string }[];
  /** Cases about defects that are resolved now, by whom they were asked for. */
  readonly resolved: readonly { readonly case: string; readonly contact: string }[];
};

/** Why somebody who would be written to is not. */
export const leftOut = ['unreachable', 'ended', 'gone'] as const;
export type LeftOut = (typeof leftOut)[number];

export type Recipient = {
  readonly address: string;
  readonly contact: string;
  readonly site: string;
  readonly siteNumber: string;
  readonly language: string;
  /** Of theirs, that are resolved. */
  readonly cases: readonly string[];
  readonly leftOut: LeftOut | null;
};

const foldVersion = (version: string): string =>
  version
    .trim()
    .toLowerCase()
    .replace(/^v(?=\d)/, '');

/** Support counts there today, for one of the products where some are named. */
function isEntitled(site: AudienceSite, products: readonly string[], at: string, policy: RegistryPolicy): boolean {
  const counts = (product: string | null): boolean => {
    const { kind, productUnknown } = judgeEntitlement(site, at, product, policy);
    return !productUnknown && (kind === 'entitled' || kind === 'under-covered' || kind === 'trial');
  };
  return products.length === 0 ? counts(null) : products.some(counts);
}

const runsVersion = ({ named }: AudienceSite, { versions, products }: Announcement): boolean =>
  versions.length === 0 ||
  named.some(
    ({ product, version }) =>
      versions.some((one) => foldVersion(one) === foldVersion(version)) &&
      (products.length === 0 || product === null || products.some((one) => sameProduct(one, product))),
  );

type OneLetter = { readonly kind: AnnouncementKind; readonly cases: readonly string[]; readonly address: string };
type Defaults = Pick<RegistryPolicy, 'roleDefaults'>;

const addressFor = (kind: AnnouncementKind, reader: Reader, policy: Defaults): string =>
  isOptional(kind) ? standingOf(kind, reader, policy).address : reader.email;

/** What came back from the address on record says nothing of one that somebody has named for these letters, and the other way round. */
const comesBack = (reader: Reader & { readonly unreachable?: boolean }, address: string): boolean =>
  address === reader.email
    ? reader.unreachable === true
    : reader.subscriptions?.some((said) => said.address === address && said.unreachable === true) === true;

/** Whether one person still is to be written to at that address, as they stand; asked again when the letter is written. */
export function wants(
  reader: Reader & { readonly unreachable?: boolean },
  { kind, cases, address }: OneLetter,
  policy: Defaults,
): LeftOut | null {
  if (comesBack(reader, address)) return 'unreachable';
  // What resolves a case of theirs answers it.
  if (!isOptional(kind) || cases.length > 0) return null;
  return standingOf(kind, reader, policy).wanted ? null : 'ended';
}

/**
 * Who of an address is written to, or why nobody is. Somebody on record at two sites who has gone from one of them, or is marked as
 * unreachable there alone, is still written to as the other one.
 */
export function readerAt(
  { person, others, address }: { readonly address: string } & People,
  { kind, cases }: Pick<OneLetter, 'kind' | 'cases'>,
  policy: RegistryPolicy,
): AudiencePerson | LeftOut {
  const letter = { kind, cases, address };
  const why = person ? wants(person, letter, policy) : 'gone';
  if (person && why === null) return person;
  if (why === 'ended') return why;
  const other = others.find(
    (one) =>
      addressFor(kind, one, policy) === address &&
      contactMay('own details: update', one, policy) &&
      wants(one, letter, policy) === null,
  );
  return other ?? why ?? 'gone';
}

/** Who of a site is written to, and who of them cannot be reached. Those who want none of it are not among them. */
export function recipientsOf(
  site: AudienceSite,
  announcement: Announcement,
  at: string,
  policy: RegistryPolicy,
): Recipient[] {
  const { kind, contactTypes, products } = announcement;
  if (!isEntitled(site, products, at, policy)) return [];
  const reaches = runsVersion(site, announcement);
  return site.people.flatMap((person): Recipient[] => {
    const cases = site.resolved.filter(({ contact }) => contact === person.id).map((one) => one.case);
    const chosen = reaches && (contactTypes.length === 0 || contactTypes.some((type) => person.types.includes(type)));
    if (!chosen && cases.length === 0) return [];
    // A provisional caller is told of nothing but their own cases.
    if (cases.length === 0 && !contactMay('own details: update', person, policy)) return [];
    const address = addressFor(kind, person, policy);
    const why = wants(person, { kind, cases, address }, policy);
    if (why === 'ended') return [];
    return [
      {
        ...{ address, contact: person.id, site: site.id, siteNumber: site.number, language: site.language },
        ...{ cases, leftOut: why },
      },
    ];
  });
}

/** The text in that language, of its base, or the first. */
export function textFor({ texts }: Pick<Announcement, 'texts'>, language: string): AnnouncementText {
  const base = (tag: string) => tag.split('-')[0]?.toLowerCase();
  return (
    texts.find((one) => one.language.toLowerCase() === language.toLowerCase()) ??
    texts.find((one) => base(one.language) === base(language)) ??
    texts[0]
  );
}

/** Of the last letters so many came back: it pauses by itself (§10.6). */
export const bouncesTooOften = (
  { bounced }: { readonly bounced: number },
  { pauseOf, pausePercent }: { readonly pauseOf: number; readonly pausePercent: number },
): boolean => bounced * 100 > pauseOf * pausePercent;
