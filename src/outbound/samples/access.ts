/** Every letter about access, in each of its variants; shown and checked with the others. */
import { siteNumber } from '../../foundation/ids.ts';
import { type AccessLetter, accessDecisions, accessResults, careReasons, type FirstTold } from '../letters/access.ts';

const site = { siteName: 'Aldous Robotics', siteNumber: siteNumber('1000345') };
const asker = {
  ...{ name: 'Max Ernst', address: 'max@aldous.example', role: 'authorized user' },
  ...{ justification: 'I run the print servers', phone: '+44 20 7946 0000' },
};
const bare = { ...asker, justification: null, phone: null };
const sampleToken = 'k2m8q0zt1c.3f9a61c07be24d5890aa17e4c2d6b853';
const access = 'access@desk.example';
const support = 'support@desk.example';

const first: FirstTold = {
  ...{ who: null, role: 'secondary', until: '2026-12-31', reason: 'Runs the print servers' },
  ...{ privileges: { 'manage access': 'update', downloads: 'software and media' } },
  corrects: ['Max Ernst', '+44 20 7946 0001'],
};
const second: AccessLetter = {
  template: 'access-question',
  values: {
    ...{ ...site, asker, country: 'GB', decides: true, reminder: false, undoMinutes: 60, deciders: ['Ada Byron'] },
    ...{ link: `https://desk.example/access/${sampleToken}`, code: '7KQ2-M9XW' },
    first: { ...first, who: null, role: 'technical contact', until: null, corrects: ['Max Ernst'] },
  },
};
const questions = ([true, false] as const).flatMap((decides) =>
  ([true, false] as const).map(
    (reminder): AccessLetter => ({
      template: 'access-question',
      values: {
        ...{ ...site, asker: reminder ? bare : asker, country: 'GB', decides, reminder, undoMinutes: 60 },
        ...{ link: decides ? `https://desk.example/access/${sampleToken}` : null, code: decides ? '7KQ2-M9XW' : null },
        deciders: decides || reminder ? ['Ada Byron', 'Kay Bell'] : [],
        first: decides && reminder ? { ...first, who: 'Kay Bell', privileges: {}, corrects: [] } : null,
      },
    }),
  ),
);

const settled = accessResults.flatMap((result) =>
  ([true, false] as const).map(
    (more): AccessLetter => ({
      template: 'access-settled',
      values: {
        ...{ result, name: asker.name, address: asker.address, siteName: site.siteName, atOnce: more, undoMinutes: 60 },
        ...{ role: 'technical contact', until: more || result === 'ends' ? '2026-12-31' : null, reason: 2 },
        ...{ who: more ? 'Kay Bell' : null, said: more ? 'until Friday' : null },
      },
    }),
  ),
);

const decided = accessDecisions.flatMap((result) =>
  ([1, 2, 3] as const).map(
    (reason): AccessLetter => ({
      template: 'access-decided',
      values: {
        ...{ result, siteName: site.siteName, role: 'authorized user', reason, support, registers: false },
        ...{
          until: reason === 1 || result === 'ends' ? '2026-12-31' : null,
          words: reason === 1 ? 'Ask Kay first.' : null,
        },
      },
    }),
  ),
);

const wrongNumberDenied: AccessLetter = {
  template: 'access-decided',
  values: {
    ...{ result: 'denied', siteName: null, role: null, reason: 3, support, until: null, words: null },
    registers: false,
  },
};

const registrations = (['granted', 'denied', 'taken-back'] as const).map(
  (result): AccessLetter => ({
    template: 'access-decided',
    values: {
      ...{ result, siteName: result === 'granted' ? site.siteName : null, support, registers: true, until: null },
      ...{ role: 'authorized user', reason: 3, words: result === 'denied' ? 'Your reseller has this licence.' : null },
    },
  }),
);

const ofAccess: readonly string[] = ['wrong-number', 'no-decider', 'no-answer', 'second-decider', 'taken-back'];
const grades: Readonly<Partial<Record<string, 'verified' | 'unverified' | 'failed'>>> = {
  ...{ registration: 'verified', 'no-such-licence': 'failed', 'site-has-people': 'unverified' },
};
const withCare = careReasons.map(
  (why): AccessLetter => ({
    template: 'access-with-care',
    values: {
      ...{ request: '17', why, asker: why === 'no-answer' ? asker : bare, timezone: 'Europe/London' },
      siteNamed: why.includes('number') || why === 'no-such-licence' ? null : '1000345',
      countryNamed: ofAccess.includes(why) && why !== 'wrong-number' ? 'GB' : null,
      siteName: why.includes('number') || why === 'no-such-licence' ? null : site.siteName,
      licence: ofAccess.includes(why)
        ? null
        : { number: 'U-2001', product: why === 'no-such-licence' ? null : 'Vault' },
      first: why === 'second-decider' ? { ...first, who: 'Ada Byron' } : null,
      grade: grades[why] ?? null,
      decider: why === 'taken-back' ? null : 'kim@desk.example',
      due: '2026-03-04T17:00:00Z',
    },
  }),
);

export const accessSamples: readonly AccessLetter[] = [
  { template: 'access-verify', values: { access, days: 40 } },
  { template: 'access-next', values: { access, registers: false } },
  { template: 'access-next', values: { access, registers: true } },
  { template: 'access-caller', values: { siteName: site.siteName, support } },
  ...questions,
  second,
  ...settled,
  ...decided,
  wrongNumberDenied,
  ...registrations,
  ...withCare,
];
