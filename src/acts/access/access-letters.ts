/** Letters about a request for access: to the asker, to the people of the site, to client care (POLICY §8). */
import { type Decision, decisionOf, firstGrantOf, firstGrantPlace, turnOf } from '../../access/request.ts';
import type { AccessSaid } from '../../changes/access.ts';
import {
  type AccessAsks,
  type AccessLetter,
  type careReasons,
  decisionCodeToCome,
  decisionToCome,
  type FirstTold,
} from '../../outbound/letters/access.ts';
import type { Granted } from '../../registry/contacts/privileges.ts';
import { type Contact, licenceNumbered, type Site } from '../../registry/site.ts';
import type { ActLetter, Given } from '../act.ts';
import { decidersAt, gradeOf, registers, samePerson } from './on-request.ts';
import type { AccessRecord } from './records.ts';

type To = Pick<ActLetter, 'to' | 'audience' | 'language'>;

/** `once`: with the step that brings it about, so that one step is one letter. */
const letter = (on: AccessRecord, of: AccessLetter, to: To, asks: AccessAsks | null = null): ActLetter => ({
  ...of,
  ...to,
  matter: `access:${on.id}`,
  case: null,
  answers: null,
  followsOwn: false,
  asks,
  fate: { kind: 'send' },
  once: `access:${on.id}:${on.versionNo}`,
  ...(on.mail !== null && { mail: on.mail }),
});

const accessAddress = ({ desk }: Given): string => desk.addresses.access ?? desk.addresses.support;

/** To an address that is not on record, nothing of the mail in it. */
export const verifyLetter = (on: AccessRecord, given: Given): ActLetter =>
  letter(
    on,
    { template: 'access-verify', values: { access: accessAddress(given), days: given.policy.access.tokenDays } },
    { to: on.address, audience: 'stranger', language: on.language },
    { kind: 'verify-access', request: on.id },
  );

export const askerOf = ({ said, address }: AccessRecord) => ({
  name: said.name ?? address,
  address,
  role: roleWished(said),
  justification: said.justification,
  phone: said.phone,
});

/** §8.4: a grant by itself makes an authorized user or less. */
export const roleByItself = ({ role }: AccessSaid): 'authorized user' | 'licence user' =>
  role === 'licence user' ? role : 'authorized user';
const roleWished = ({ role }: AccessSaid): string => role ?? 'authorized user';

export const callerLetter = (on: AccessRecord, site: Site, { desk }: Given): ActLetter =>
  letter(
    on,
    { template: 'access-caller', values: { siteName: site.name, support: desk.addresses.support } },
    { to: on.address, audience: 'contact', language: site.language },
  );

/** The token of the letter is good for one decision; whether its recipient may decide is seen when they answer. */
const asksFor = (on: AccessRecord, { id }: Contact) => ({
  ...({ kind: 'decide-access', request: on.id } as const),
  turn: turnOf(on.steps, `contact ${id}`),
});

/** The first of two who have to grant it: by name, or one of our people. */
export function firstToldOf({ steps, people }: AccessRecord): FirstTold | null {
  const first = firstGrantOf(steps);
  if (!first) return null;
  const { role, until, by, justification: reason, name, phone } = first;
  const privileges = first.privileges as Granted;
  const corrects = [name, phone].filter((one) => one !== undefined);
  const who = people.find(({ id }) => by === `contact ${id}`)?.name ?? null;
  return { who, role, privileges, until, reason, corrects };
}

/**
 * To the deciders, and the first time to the site technical contacts who are none. Whoever has granted it as the first of two has done their part.
 */
export function questionLetters(
  on: AccessRecord,
  site: Site,
  given: Given,
  why: 'first' | 'second' | 'reminder',
): ActLetter[] {
  const reminder = why === 'reminder';
  const granted = firstGrantOf(on.steps)?.by ?? null;
  const shows = firstGrantPlace(on.steps);
  const deciders = decidersAt(on, given);
  const others =
    why !== 'first'
      ? []
      : on.people.filter(
          (one) => one.types.includes('site technical') && !deciders.includes(one) && one.email !== on.address,
        );
  const told = (one: Contact, decides: boolean): ActLetter =>
    letter(
      on,
      {
        template: 'access-question',
        values: {
          ...{ asker: askerOf(on), siteName: site.name, siteNumber: site.number, country: site.country },
          ...{ deciders: deciders.map(({ name }) => name), decides, reminder },
          ...{ undoMinutes: given.policy.access.undoMinutes, first: firstToldOf(on) },
          ...{
            link: decides ? `${given.desk.publicUrl}/access/${decisionToCome}` : null,
            code: decides ? decisionCodeToCome : null,
          },
        },
      },
      { to: one.email, audience: 'contact', language: site.language },
      { ...asksFor(on, one), ...(decides && shows !== null && { first: shows }) },
    );
  const asked = deciders.filter(({ id }) => granted === null || !samePerson(on, granted, `contact ${id}`));
  return [...asked.map((one) => told(one, true)), ...others.map((one) => told(one, false))];
}

type Decided = Extract<AccessLetter, { template: 'access-decided' }>['values'];

export function decidedLetter(
  on: AccessRecord,
  site: Site | null,
  given: Given,
  result: Decided['result'],
  decision: Decision | null = decisionOf(on.steps),
): ActLetter {
  const granted = decision?.kind === 'granted' ? decision : null;
  const denied = decision?.kind === 'denied' ? decision : null;
  const values: Decided = {
    ...{ result, siteName: site?.name ?? null, support: given.desk.addresses.support, registers: registers(on) },
    ...{ role: granted?.role ?? null, until: granted?.until ?? null },
    ...{ reason: denied?.reason ?? null, words: denied?.words || null },
  };
  return letter(
    on,
    { template: 'access-decided', values },
    { to: on.address, audience: 'contact', language: site?.language ?? on.language },
  );
}

type Settled = Extract<AccessLetter, { template: 'access-settled' }>['values'];

/** To a decider. */
export function settledLetter(
  on: AccessRecord,
  site: Site,
  given: Given,
  { contact, to }: { readonly contact: Contact; readonly to: string },
  {
    result,
    said = null,
    decision = decisionOf(on.steps),
  }: Pick<Settled, 'result'> & { said?: string | null; decision?: Decision | null },
): ActLetter {
  const decider = on.people.find(({ id }) => decision?.by === `contact ${id}`);
  const values: Settled = {
    ...{ result, said, name: on.said.name ?? on.address, address: on.address, siteName: site.name },
    role: decision?.kind === 'granted' ? decision.role : null,
    until: decision?.kind === 'granted' ? decision.until : null,
    reason: decision?.kind === 'denied' ? decision.reason : null,
    atOnce: decision?.atOnce ?? false,
    undoMinutes: given.policy.access.undoMinutes,
    who: decider?.name ?? null,
  };
  const told = letter(
    on,
    { template: 'access-settled', values },
    { to, audience: 'contact', language: site.language },
    asksFor(on, contact),
  );
  // What was done and what was not understood are limited each by itself.
  return { ...told, matter: `${told.matter}:${result.startsWith('unclear') ? 'unclear' : result}` };
}

export const licenceOf = ({ registers: site, said }: AccessRecord) =>
  licenceNumbered(site?.licences ?? [], said.licence ?? '') ?? null;

const licenceTold = (on: AccessRecord) => {
  const licence = licenceOf(on);
  const number = licence?.number ?? on.said.licence ?? null;
  return number === null ? null : { number, product: licence?.product ?? null };
};

/** Of two who had to decide the first hears what the second has made of it. */
export function firstHears(on: AccessRecord, site: Site, given: Given, decision: Decision): ActLetter[] {
  const before = on.steps.slice(0, on.steps.indexOf(decision));
  const first = firstGrantOf(before);
  const contact = on.people.find(({ id }) => first?.by === `contact ${id}`);
  if (!contact || first?.by === decision.by) return [];
  const result = decision.kind === 'granted' ? 'second-granted' : 'second-denied';
  return [settledLetter(on, site, given, { contact, to: contact.email }, { result, decision })];
}

export function careLetters(
  on: AccessRecord,
  { desk }: Given,
  of: { why: (typeof careReasons)[number]; due: string; timezone: string },
): ActLetter[] {
  const values = {
    ...of,
    ...{ request: on.id, asker: askerOf(on), countryNamed: on.said.country },
    ...{
      siteNamed: registers(on) ? (on.site?.number ?? null) : on.said.site,
      licence: licenceTold(on),
      first: firstToldOf(on),
    },
    siteName: on.site?.name ?? null,
    grade: registers(on) ? gradeOf(on) : null,
  };
  const told = desk.care.length > 0 ? desk.care : desk.staff;
  return told.map((to) =>
    letter(
      on,
      {
        template: 'access-with-care',
        values: { ...values, decider: desk.people.some(({ email }) => email === to) ? to : null },
      },
      { to, audience: 'staff', language: desk.languages[0] ?? 'en' },
    ),
  );
}
