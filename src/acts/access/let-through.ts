/**
 * A registration that client care lets through (POLICY §8.11): whoever asks comes on record at the site of the licence, the first there as its
 * primary, the product is registered, and the welcome goes out. All of it at once: a site is never without a primary, so that nothing of
 * this is taken back.
 */
import { contactOf } from '../../changes/by.ts';
import { dayAt } from '../../registry/entitlement.ts';
import { type ActLetter, type Given, type Judged, refused } from '../act.ts';
import { siteWelcome } from '../schedule/welcome-site.ts';
import { decidedLetter, licenceOf, roleByItself } from './access-letters.ts';
import { added, type Grant } from './granted.ts';
import { askerAt, gradeOf, refusedTo, rightSite, stepped, whoDecides } from './on-request.ts';
import type { AccessRecord } from './records.ts';
import { careDone } from './with-care.ts';

type Asked = { readonly [name in keyof Omit<Grant, 'kind' | 'site' | 'atOnce'>]?: Grant[name] | undefined };

export function letThrough(on: AccessRecord, asked: Asked, given: Given): Judged {
  const { now: at, by, desk } = given;
  const [site, licence] = [rightSite(on), licenceOf(on)];
  if (contactOf(by) !== null) return refusedTo('no-right', 'A registration is for client care.', 'no-right');
  if (!site || !licence)
    return refused(
      'conflict',
      'No licence has this number or service tag: answer the mail that asks, or deny the request.',
    );
  const first = on.people.length === 0;
  if (first && asked.role)
    return refused('bad-input', `Whoever is the first at site ${site.number} is its primary: leave out the role.`);
  if (first && asked.until)
    return refused('bad-input', 'A site is never without a primary: leave out the day on which the access ends.');
  const { privileges = {}, until = null } = asked;
  const role = first ? 'primary' : (asked.role ?? roleByItself(on.said));
  const justification = asked.justification ?? on.said.justification ?? `registers licence ${licence.number}`;
  const step = { ...({ kind: 'granted', atOnce: true } as const), role, privileges, until, justification };
  const made = stepped(
    on,
    [
      { ...step, at, by: whoDecides(by) },
      { kind: 'asker-told', at, by: whoDecides(by) },
    ],
    given,
  );
  if (made.kind === 'not-taken') return refused('conflict', 'This registration is decided.');
  const there = askerAt(on);
  const { name = null, phone = null } = asked;
  const day = dayAt(at, site.timezone);
  const of = { site: site.number, licence: licence.number, on: day, contact: there?.id ?? null };
  const registered = { kind: 'licence-registered', ...of, at, by } as const;
  // A number that anybody may have written in their name would be called back, and believed.
  const shown = gradeOf(on) === 'verified' ? on : { ...on, said: { ...on.said, phone: null } };
  const decided: AccessRecord = { ...on, steps: [...on.steps, ...made.change.steps] };
  const welcome: ActLetter = first
    ? siteWelcome({ site }, { email: on.address }, on.registers ?? { pin: null, licences: [] }, [], desk)
    : decidedLetter(decided, site, given, 'granted');
  return {
    kind: 'done',
    changes: [
      made.change,
      // Whoever came on record meanwhile stays as they are.
      ...(there ? [] : [added(shown, site, given, { role, privileges, until, name, phone })]),
      ...(licence.registeredOn === null ? [registered] : []),
      ...careDone(on, given),
    ],
    letters: [welcome],
  };
}
