/** Which site a mail names (POLICY §3 "The PIN in the subject"). It routes and never authorises (§11.3). */
import type { SiteId } from '../../foundation/ids.ts';
import { answeredNumbers, besidePin, numberAlone, type PinCandidate } from '../../mail/pin-reader/pin-reader.ts';
import { goodPin, type Pin } from '../../registry/pin.ts';
import type { Facts, MailAtHand } from '../facts.ts';
import type { Policy } from '../policy.ts';

export type NamedSite =
  | {
      readonly kind: 'site';
      readonly site: SiteId;
      readonly by: 'pin' | 'licence' | 'release' | 'renewal';
      /** Null where it was no PIN. */
      readonly pin: string | null;
    }
  /** More than one PIN, or licence numbers of several sites. */
  | { readonly kind: 'several' }
  /** A contact of several sites has written a PIN of one of them, but not so that it can only be meant. */
  | { readonly kind: 'unclear'; readonly pin: string }
  | { readonly kind: 'unknown'; readonly pin: string }
  | { readonly kind: 'retired'; readonly pin: string; readonly site: SiteId; readonly replacedAt: string }
  | { readonly kind: 'none' };

type Known = Pick<Facts, 'pins' | 'licences'>;

/** The sites whose PINs are the sender's own, and what is known of the others. */
type Whose = {
  readonly own: readonly SiteId[];
  /** Nothing of others is looked at (§3 "Guessing"). */
  readonly onlyOwn: boolean;
  /** The mail answers our question for a PIN. */
  readonly asked: boolean;
};

const isSupportPin = (pin: string): boolean => /^[0-9]{3,10}$/.test(pin);

/** The sender's own PIN goes before somebody else's of the same digits, a retired one too. */
function byPin(pin: string, facts: Known, whose: Whose, arrivedAt: string, policy: Policy): NamedSite {
  const known = facts.pins.filter((one) => one.pin === pin);
  const own = known.filter((one) => whose.own.includes(one.siteId));
  for (const some of [own, ...(whose.onlyOwn || own.length > 0 ? [] : [known])]) {
    const good = goodPin(some, arrivedAt, policy);
    if (good) return { kind: 'site', site: good.pin.siteId, by: 'pin', pin };
    const retired = lastReplaced(some);
    if (retired) return retired;
  }
  return { kind: 'unknown', pin };
}

function lastReplaced(pins: readonly Pin[]): Extract<NamedSite, { kind: 'retired' }> | null {
  const [last] = pins
    .flatMap((one) => (one.replacedAt === null ? [] : [{ ...one, replacedAt: one.replacedAt }]))
    .sort((a, b) => Date.parse(b.replacedAt) - Date.parse(a.replacedAt));
  return last ? { kind: 'retired', pin: last.pin, site: last.siteId, replacedAt: last.replacedAt } : null;
}

/** Each site once, with the first PIN that names it. */
export function sitesNamed(
  digits: readonly string[],
  pins: readonly Pin[],
  among: readonly SiteId[],
  arrivedAt: string,
  policy: Policy,
): Map<SiteId, string> {
  const found = new Map<SiteId, string>();
  for (const pin of digits) {
    const good = goodPin(
      pins.filter((one) => one.pin === pin && among.includes(one.siteId)),
      arrivedAt,
      policy,
    );
    if (good && !found.has(good.pin.siteId)) found.set(good.pin.siteId, pin);
  }
  return found;
}

/** A contact of several sites has to be clear about the one that is meant. */
export const candidatesFor = (candidates: readonly PinCandidate[], sites: readonly SiteId[]): string[] =>
  candidates.filter((one) => sites.length === 1 || one.clear).map((one) => one.digits);

/** Of a contact the PINs of the own sites, beside the word PIN; null where there is none. */
function byOwn(
  candidates: readonly PinCandidate[],
  facts: Known,
  whose: Whose,
  arrivedAt: string,
  policy: Policy,
): NamedSite | null {
  const { own } = whose;
  const named = sitesNamed(candidatesFor(candidates, own), facts.pins, own, arrivedAt, policy);
  const [first] = named;
  if (first) return named.size > 1 ? { kind: 'several' } : { kind: 'site', site: first[0], by: 'pin', pin: first[1] };
  const all = candidates.map((one) => one.digits);
  const [pin] = sitesNamed(all, facts.pins, own, arrivedAt, policy).values();
  return pin === undefined ? null : { kind: 'unclear', pin };
}

/** What is said of numbers that were meant for a PIN and are none of the sender's good ones. */
function noneOfThem(candidates: readonly PinCandidate[], facts: Known, whose: Whose): NamedSite {
  const clear = candidates.filter((one) => one.clear);
  const meant = clear.length > 0 ? clear : candidates;
  const retired = lastReplaced(
    facts.pins.filter((one) => whose.own.includes(one.siteId) && meant.some(({ digits }) => digits === one.pin)),
  );
  if (retired) return retired;
  const [only, ...more] = meant;
  return only === undefined
    ? { kind: 'none' }
    : more.length > 0
      ? { kind: 'several' }
      : { kind: 'unknown', pin: only.digits };
}

function byLicence(licences: readonly string[], facts: Known, whose: Whose): NamedSite {
  const found = facts.licences.filter(
    (one) => licences.includes(one.number) && (!whose.onlyOwn || whose.own.includes(one.site)),
  );
  const sites = new Set(found.map((licence) => licence.site));
  const [site] = sites;
  if (site === undefined) return { kind: 'none' };
  return sites.size === 1 ? { kind: 'site', site, by: 'licence', pin: null } : { kind: 'several' };
}

/**
 * Strict forms first, and only where there is none the own PIN beside the word PIN; a privileged PIN counts as none. A licence number,
 * service tag or site number counts only where there is no PIN.
 */
export function namedSite(
  { facts: mail, arrivedAt }: Pick<MailAtHand, 'facts' | 'arrivedAt'>,
  facts: Known,
  whose: Whose,
  policy: Policy,
): NamedSite {
  const strict = mail.pins.filter(isSupportPin);
  if (strict.length > 1) return { kind: 'several' };
  if (strict[0] !== undefined) return byPin(strict[0], facts, whose, arrivedAt, policy);
  const beside = whose.own.length > 0 ? besidePin(mail) : [];
  const own = byOwn(beside, facts, whose, arrivedAt, policy);
  if (own) return own;
  const alone =
    whose.asked || whose.own.length === 0 ? null : byOwn(numberAlone(mail), facts, whose, arrivedAt, policy);
  if (alone?.kind === 'site') return alone;
  const licence = byLicence(mail.licenceNumbers, facts, whose);
  const itIsOwn = licence.kind === 'site' && whose.own.includes(licence.site);
  if (whose.own.length === 0 || itIsOwn || (licence.kind !== 'none' && beside.length === 0)) return licence;
  if (beside.length > 0 || !whose.asked) return noneOfThem(beside, facts, whose);
  // Asked for a PIN, somebody has sent numbers without the word: one of them can only be meant, of more nothing is said.
  const answered = answeredNumbers(mail);
  const ofOwn = byOwn(answered, facts, whose, arrivedAt, policy);
  if (ofOwn && ofOwn.kind !== 'site') return ofOwn;
  const meant = noneOfThem(answered, facts, whose);
  return meant.kind === 'several' ? { kind: 'none' } : meant;
}
