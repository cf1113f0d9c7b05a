/** The values of a letter as its template sees them: what is to be read is written out in the letter's language. */
import type { ResponseTarget } from '../../cases/policy.ts';
import { cleanLine } from '../../foundation/clean-text.ts';
import type { LicenceShown } from '../../registry/licences/proofs.ts';
import type { CaseContract, CaseInList, CaseNotice, Letter } from '../letter.ts';
import { accessValues } from './access-values.ts';
import { renewalValues } from './renewal-values.ts';

/** Every name that a template may use is there, `null` where it holds nothing: an unknown name is a fault of the template. */
export type View = Readonly<Record<string, unknown>>;

const titleLength = 160;
const caseTag = /\[\s{0,3}case\s{0,3}[0-9]{1,20}\s{0,3}\]/gi;

/** A customer's title: short, and without a tag that would lead an answer to another case. */
function titleOf(title: string): string {
  const line = cleanLine(cleanLine(title).replace(caseTag, ''));
  const letters = Array.from(line);
  return letters.length <= titleLength
    ? line
    : `${letters
        .slice(0, titleLength - 1)
        .join('')
        .trimEnd()}…`;
}

const base = (language: string): string => language.split('-')[0] ?? language;

/** What the tables of the runtime leave out: French counts the first of a month, Spanish says a time within a sentence, Japanese sets full-width brackets. */
function asWritten(date: string, language: string): string {
  if (base(language) === 'fr') return date.replace(/(^|\s)1(?=\s\p{L}{3,9}\s\d{4})/u, '$11er');
  if (base(language) === 'es') return date.replace(/^(\p{L}+), (.{8,40}), (?=\d)/u, '$1 $2 a las ');
  if (base(language) === 'ja') return date.replace(/\((\p{L})\)\s?/u, '（$1）');
  return date;
}

/** British English writes times in 24 hours, which nobody misreads. */
const locale = (language: string): string => (language === 'en' ? 'en-GB' : language);

/** Making one costs more than the rest of a letter. Time zones and languages are few. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const known = formats.get(key) ?? make();
  formats.set(key, known);
  return known;
}

function day(iso: string | null, language: string): string | null {
  if (iso === null) return null;
  const format = formatOf(
    `day ${language}`,
    () => new Intl.DateTimeFormat(locale(language), { dateStyle: 'long', timeZone: 'UTC' }),
  );
  return asWritten(format.format(Date.parse(`${iso}T00:00:00Z`)), language);
}

/** `2026-12` as `December 2026`. */
const month = (iso: string, language: string): string =>
  formatOf(
    `month ${language}`,
    () => new Intl.DateTimeFormat(locale(language), { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  ).format(Date.parse(`${iso}-01T00:00:00Z`));

const countryName = (code: string, language: string): string =>
  new Intl.DisplayNames([locale(language)], { type: 'region' }).of(code) ?? code;

/** The day on which a moment is at that place. */
const dayIn = (iso: string, timeZone: string): string =>
  Temporal.Instant.from(iso).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** A moment with its zone, as the letters write it. */
export function time(iso: string, timeZone: string, language: string): string {
  const parts = formatOf(
    `time ${language} ${timeZone}`,
    () =>
      new Intl.DateTimeFormat(locale(language), {
        weekday: base(language) === 'ja' ? 'short' : 'long',
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZone,
        timeZoneName: 'short',
      }),
  );
  return asWritten(parts.format(Date.parse(iso)), language).replace(/(GMT|UTC)\+0$/, '$1');
}

const zonePart = (style: 'longGeneric' | 'long', timeZone: string, language: string, at: string): string =>
  formatOf(
    `zone ${style} ${language} ${timeZone}`,
    () => new Intl.DateTimeFormat(locale(language), { timeZone, timeZoneName: style }),
  )
    .formatToParts(Date.parse(at))
    .find((part) => part.type === 'timeZoneName')?.value ?? timeZone;

/**
 * The zone as people of that language write it: `Central European Time`, `hora de Europa central`. Where the tables know no
 * name for the whole year (`heure : Royaume-Uni`), that of the moment at hand.
 */
function zoneName(timeZone: string, language: string, at: string): string {
  // Parts cost more than a whole date. No zone changes its clocks twice within ten minutes.
  const key = `${language} ${timeZone} ${at.slice(0, 15)}`;
  const known = zoneNames.get(key);
  if (known !== undefined) return known;
  const all = zonePart('longGeneric', timeZone, language, at);
  // Nobody in Britain says `United Kingdom Time`.
  const name = /[:(]|^(?:GMT|UTC|United Kingdom)/.test(all) ? zonePart('long', timeZone, language, at) : all;
  if (zoneNames.size >= mostZoneNames) zoneNames.clear();
  zoneNames.set(key, name);
  return name;
}

const zoneNames = new Map<string, string>();
const mostZoneNames = 500;

/** In a letter without any time. */
const noMoment = '2000-01-01T00:00:00Z';

function span(target: ResponseTarget): { unit: 'minutes' | 'hours' | 'business days'; count: number } {
  if ('businessDays' in target) return { unit: 'business days', count: target.businessDays };
  return target.minutes % 60 === 0
    ? { unit: 'hours', count: target.minutes / 60 }
    : { unit: 'minutes', count: target.minutes };
}

/** The one of today first; that of then only where it was another. */
function contractsOf({ opened, today }: CaseNotice['contract'], language: string) {
  const shown = (one: CaseContract, when: 'now' | 'then') => ({ ...one, when, until: day(one.until, language) });
  return [shown(today ?? opened, 'now'), ...(today ? [shown(opened, 'then')] : [])];
}

/** Bytes as people say them. */
function sizeOf(bytes: number, language: string): string {
  const [unit, size] =
    bytes >= 1_000_000
      ? (['megabyte', bytes / 1_000_000] as const)
      : (['kilobyte', Math.max(1, bytes / 1_000)] as const);
  return new Intl.NumberFormat(locale(language), {
    style: 'unit',
    unit,
    maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
  }).format(size);
}

const caseView = <T extends CaseInList>(one: T, timezone: string, language: string) => ({
  ...one,
  title: titleOf(one.title),
  due: one.due === null ? null : time(one.due, timezone, language),
});

const phoneLinkOf = (phone: string | null): string | null => (phone === null ? null : phone.replace(/[^+0-9]/g, ''));

/** Only what may lead somewhere; the case's title or anything else of a mail never does. */
export const linkNames: readonly string[] = [
  'link',
  'support',
  'access',
  'security',
  'care',
  'renewals',
  'phoneLink',
  'callUsLink',
  'offer.link',
];

/** `language` is that of the template in use, not that which was wished for. */
export function viewOf(letter: Letter, language: string): View {
  switch (letter.template) {
    case 'acknowledgement': {
      const { values } = letter;
      const target = span(values.target);
      return {
        ...values,
        title: titleOf(values.title),
        targetUnit: target.unit,
        targetCount: target.count,
        due: time(values.due, values.timezone, language),
        timezone: zoneName(values.timezone, language, values.due),
        graceSince: day(values.graceSince, language),
        phoneLink: phoneLinkOf(values.phone),
      };
    }
    case 'opened-summary': {
      const { cases, timezone, renewed } = letter.values;
      const lines = cases.map((one) => ({
        ...one,
        title: titleOf(one.title),
        due: time(one.due, timezone, language),
      }));
      const zone = zoneName(timezone, language, cases[0]?.due ?? noMoment);
      return { cases: lines, count: cases.length, timezone: zone, renewed };
    }
    case 'neutral-receipt':
    case 'security-receipt':
    case 'care-receipt':
    case 'test-letter':
    case 'sign-in-code':
      return letter.values;
    case 'alert': {
      const { causes, link } = letter.values;
      const shown = causes.map((one) => ({
        ...one,
        since: time(one.since, 'UTC', language),
        why: one.why === null ? null : cleanLine(one.why, 400),
      }));
      return { link, causes: shown, wrong: causes.filter(({ state }) => state !== 'over').length };
    }
    case 'sender-question': {
      const { siteName, timezone, lines } = letter.values;
      const shown = lines.map((one) => ({
        ...one,
        title: titleOf(one.title),
        arrivedAt: time(one.arrivedAt, timezone, language),
      }));
      const zone = zoneName(timezone, language, lines[0]?.arrivedAt ?? noMoment);
      return { siteName, timezone: zone, lines: shown, count: lines.length };
    }
    case 'sender-settled':
      return { ...letter.values, count: letter.values.lines.length };
    case 'held-answer':
      return { support: letter.values.support, paragraphs: paragraphsOf(letter.values.text) };
    case 'case-message': {
      const { text, title, ...values } = letter.values;
      return { ...values, title: titleOf(title), paragraphs: paragraphsOf(text) };
    }
    case 'answer-not-understood':
      return { person: '', ...letter.values };
    case 'added-to-case':
    case 'reply-received':
    case 'work-by-mail':
    case 'case-left':
    case 'case-merged':
    case 'case-split':
    case 'case-progress':
    case 'out-of-scope':
      return { ...letter.values, title: titleOf(letter.values.title) };
    case 'pin-needed': {
      const { values } = letter;
      const on = (iso: string) => day(dayIn(iso, 'timezone' in values ? values.timezone : 'UTC'), language);
      return {
        pin: 'pin' in values ? values.pin : null,
        replacedOn: 'replacedAt' in values ? on(values.replacedAt) : null,
        notSince: 'goodUntil' in values ? on(values.goodUntil) : null,
        sites: 'sites' in values ? values.sites : [],
        cause: values.cause,
        title: titleOf(values.title),
      };
    }
    case 'support-lapsed': {
      const { values } = letter;
      return {
        ...values,
        title: titleOf(values.title),
        endedOn: day(values.endedOn, language),
        beginsOn: day(values.beginsOn, language),
      };
    }
    case 'confirm-code':
    case 'command-pin':
    case 'command-refused':
    case 'subscriptions':
    case 'may-only-follow':
    case 'command-help':
      return letter.values;
    case 'privileged-pin':
    case 'privileged-pin-accepted':
    case 'privileged-pin-used': {
      const { values } = letter;
      const { until, timezone } = values;
      return { ...values, until: time(until, timezone, language), timezone: zoneName(timezone, language, until) };
    }
    case 'command-cases': {
      const { values } = letter;
      const moment = values.cases.find((one) => one.due !== null)?.due ?? noMoment;
      return {
        ...values,
        timezone: zoneName(values.timezone, language, moment),
        cases: values.cases.map((one) => caseView(one, values.timezone, language)),
      };
    }
    case 'command-status': {
      const { values } = letter;
      const at = (iso: string) => time(iso, values.timezone, language);
      return {
        ...values,
        ...caseView(values, values.timezone, language),
        timezone: zoneName(values.timezone, language, values.due ?? values.openedAt),
        openedAt: at(values.openedAt),
        closedAt: values.closedAt === null ? null : at(values.closedAt),
        proposedAt: values.proposedAt === null ? null : at(values.proposedAt),
        waitsSince: values.waits === null ? null : at(values.waits.since),
        waitsUntil: values.waits?.until ? at(values.waits.until) : null,
        proposal: values.proposal && { ...values.proposal, until: at(values.proposal.until) },
        events: values.events.map((event) => ({ kind: event.kind, at: at(event.at) })),
      };
    }
    case 'case-notice': {
      const { values } = letter;
      const { timezone } = values;
      return {
        ...values,
        title: titleOf(values.title),
        due: values.due === null ? null : time(values.due, timezone, language),
        answeredAt: values.answeredAt === null ? null : time(values.answeredAt, timezone, language),
        contracts: contractsOf(values.contract, language),
        timezone: zoneName(timezone, language, values.due ?? noMoment),
        messages: values.messages.map(({ direction, author, at, text, attachments }) => ({
          direction,
          author,
          at: time(at, timezone, language),
          paragraphs: paragraphsOf(text),
          attachments: attachments.map(({ name, size }) => ({ name, size: sizeOf(size, language) })),
        })),
      };
    }
    case 'staff-answer': {
      const { text, refusal, ...values } = letter.values;
      const { timezone, goesAt, since, done } = values;
      const at = (iso: string | null | undefined) => (iso ? time(iso, timezone, language) : null);
      return {
        ...values,
        title: titleOf(values.title),
        goesAt: at(goesAt),
        done: done.map((one) => ({ ...one, until: at(one.until) })),
        stays: done.some((one) => !one.later),
        refusal: {
          why: refusal?.why ?? null,
          what: refusal?.what ?? null,
          more: refusal?.more ?? null,
          at: at(refusal?.at),
          day: day(refusal?.day ?? null, language),
        },
        since: since.map((one) => ({ ...one, at: time(one.at, timezone, language) })),
        paragraphs: paragraphsOf(text),
      };
    }
    case 'severity-proposal': {
      const { values } = letter;
      return {
        ...values,
        title: titleOf(values.title),
        until: time(values.until, values.timezone, language),
        timezone: zoneName(values.timezone, language, values.until),
        phoneLink: phoneLinkOf(values.phone),
      };
    }
    case 'case-escalated': {
      const { plan, until, title, ...values } = letter.values;
      const paragraphs = plan === null ? [] : paragraphsOf(plan);
      return { ...values, title: titleOf(title), paragraphs, until: day(until, language) };
    }
    case 'solution-proposed':
    case 'case-closed': {
      const { values } = letter;
      return { ...values, title: titleOf(values.title), paragraphs: paragraphsOf(values.text ?? '') };
    }
    case 'solution-reminder': {
      const { values } = letter;
      const on = (iso: string | null) => (iso === null ? null : day(dayIn(iso, values.timezone), language));
      return { ...values, title: titleOf(values.title), proposedAt: on(values.proposedAt), closes: on(values.closes) };
    }
    case 'wait-reminder': {
      const { text, title, since, ...values } = letter.values;
      const on = day(dayIn(since, values.timezone), language);
      return { ...values, title: titleOf(title), since: on, paragraphs: paragraphsOf(text ?? '') };
    }
    case 'severity-set': {
      const { values } = letter;
      const at = (iso: string | null) => (iso === null ? null : time(iso, values.timezone, language));
      return {
        ...values,
        title: titleOf(values.title),
        due: at(values.due),
        before: at(values.before),
        timezone: zoneName(values.timezone, language, values.due ?? noMoment),
        phoneLink: phoneLinkOf(values.phone),
      };
    }
    case 'command-changed':
      return { ...letter.values, title: titleOf(letter.values.title) };
    case 'command-licences': {
      const { values } = letter;
      const ends = <T extends { endsOn: string | null }>(one: T) => ({ ...one, endsOn: day(one.endsOn, language) });
      return { ...values, licences: values.licences.map(ends), plans: values.plans.map(ends) };
    }
    case 'licence-registered': {
      const { values } = letter;
      return { ...values, registeredOn: day(values.registeredOn, language), endsOn: day(values.endsOn, language) };
    }
    case 'proof-of-entitlement': {
      const { values } = letter;
      const from = (one: { readonly from: string; readonly endsOn: string }) => ({
        ...one,
        from: day(one.from, language),
        endsOn: day(one.endsOn, language),
      });
      return {
        ...values,
        day: day(values.day, language),
        licences: licencesOf(values.licences, language),
        plans: values.plans.map(from),
      };
    }
    case 'licence-issued': {
      const { licences, open, ...values } = letter.values;
      return { ...values, licences: licencesOf(licences, language), open: licencesOf(open, language) };
    }
    case 'upgrade-requested': {
      const { plans, ...values } = letter.values;
      return { ...values, plans: plansOf(plans, language) };
    }
    case 'announcement': {
      const { body: _, page: __, ...values } = letter.values;
      return { ...values, cases: values.cases.map((one) => ({ ...one, title: titleOf(one.title) })) };
    }
    case 'support-end': {
      const { page: _, endsOn, from, ...values } = letter.values;
      return { ...values, endsOn: day(endsOn, language), from: day(from, language) };
    }
    case 'contacts-changed':
      return { ...letter.values, lines: letter.values.lines.map((one) => ({ stays: [], ...one })) };
    case 'contacts-list': {
      const { timezone, people, confirmedAt, ...values } = letter.values;
      return {
        ...values,
        confirmedAt: confirmedAt === null ? null : time(confirmedAt, timezone, language),
        people: withLastSeen(people, timezone, language),
      };
    }
    case 'contacts-monthly':
      return { ...letter.values, month: month(letter.values.month, language) };
    case 'contacts-quarterly': {
      const { timezone, people, ...values } = letter.values;
      return { ...values, people: withLastSeen(people, timezone, language) };
    }
    case 'contact-unreached':
    case 'contacts-attested':
    case 'contact-erased':
    case 'site-welcome':
      return letter.values;
    case 'technical-welcome':
      return { ...letter.values, country: countryName(letter.values.country, language) };
    case 'contact-welcome':
      return { ...letter.values, until: day(letter.values.until, language) };
    case 'access-verify':
    case 'access-next':
    case 'access-caller':
    case 'access-question':
    case 'access-settled':
    case 'access-decided':
    case 'access-with-care':
      return accessValues(letter, language, { day, time });
    case 'renewal-notice':
    case 'renewal-settled':
    case 'renewal-digest':
      return renewalValues(letter, language, { day, paragraphsOf });
    case 'staff-notice':
      return { ...emptyNotice, ...letter.values, ...noticeTexts(letter.values, language) };
    default:
      return letter satisfies never;
  }
}

const licencesOf = (licences: readonly LicenceShown[], language: string) =>
  licences.map((one) => ({
    ...one,
    from: day(one.from, language),
    endsOn: day(one.endsOn, language),
    registeredOn: day(one.registeredOn, language),
  }));
const withLastSeen = <T extends { readonly lastSeen: string | null }>(
  people: readonly T[],
  timezone: string,
  language: string,
) => people.map((one) => ({ ...one, lastSeen: one.lastSeen === null ? null : time(one.lastSeen, timezone, language) }));

const plansOf = (plans: readonly { readonly kind: string; readonly endsOn: string }[], language: string) =>
  plans.map(({ kind, endsOn }) => ({ kind, endsOn: day(endsOn, language) }));

/** What a person has typed: paragraphs of lines, so that a line stays one. */
const paragraphsOf = (text: string): string[][] =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .filter((paragraph) => paragraph.length > 0);

const emptyNotice = {
  renewal: null,
  beginsOn: null,
  from: null,
  team: null,
  plan: null,
  plans: [],
  has: false,
  lacksBase: false,
  covered: false,
  receipt: null,
  days: null,
  mails: [],
  cases: [],
  sites: [],
  tries: [],
  more: 0,
  count: 0,
  why: null,
  letter: null,
  to: null,
  site: null,
  siteName: null,
  contact: null,
  title: null,
  case: null,
  endedOn: null,
  product: null,
  users: null,
  support: null,
  due: null,
  most: null,
  begins: [],
  phone: null,
  phoneOnRecord: false,
};

function noticeTexts(values: Extract<Letter, { template: 'staff-notice' }>['values'], language: string): View {
  return {
    ...(values.kind === 'held-refused'
      ? {
          count: values.mails.length + values.more,
          mails: values.mails.map((one) => ({ ...one, arrivedAt: day(one.arrivedAt.slice(0, 10), language) })),
        }
      : {}),
    ...(values.kind === 'care-overdue'
      ? {
          count: values.mails.length + values.more,
          mails: values.mails.map((one) => ({ ...one, due: time(one.due, values.timezone, language) })),
        }
      : {}),
    ...(values.kind === 'cases-overdue'
      ? {
          count: values.cases.length + values.more,
          cases: values.cases.map((one) => ({
            ...one,
            title: titleOf(one.title),
            due: time(one.due, values.timezone, language),
          })),
        }
      : {}),
    ...(values.kind === 'attestation-unanswered' ? { count: values.sites.length + values.more } : {}),
    ...(values.kind === 'privileged-pin-refused' ? { count: values.tries.length + values.more } : {}),
    ...(values.kind === 'upgrade-wanted' ? { plans: plansOf(values.plans, language) } : {}),
    ...('title' in values ? { title: titleOf(values.title) } : {}),
    ...('endedOn' in values ? { endedOn: day(values.endedOn, language) } : {}),
    ...('beginsOn' in values ? { beginsOn: day(values.beginsOn, language) } : {}),
    ...('due' in values
      ? {
          due: time(values.due, values.timezone, language),
          timezone: zoneName(values.timezone, language, values.due),
        }
      : {}),
  };
}
