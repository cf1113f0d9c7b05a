/** POLICY §4.4: a case is opened for a caller by the rules, and with the letters, of a mail. */
import { describe, expect, it } from 'vitest';
import { openCase, openInput } from '../../../src/acts/cases/opening/open-case.ts';
import type { CallerRecords } from '../../../src/acts/cases/opening/records.ts';
import type { WorkedCase } from '../../../src/acts/cases/records.ts';
import type { By } from '../../../src/changes/by.ts';
import { asking, givenFor, kim, lea, workedCase } from '../../support/worked-case.ts';
import { contacts, pins, policy, products, sites, versions } from '../../support/world.ts';

const aldous = sites.find(({ site }) => `${site.number}` === '1000345');
if (!aldous) throw new Error('the world has no such site');
const own = contacts.filter(({ siteId }) => siteId === aldous.site.id);
const primary = own.find(({ role }) => role === 'primary');
const pin = pins.find((one) => one.siteId === aldous.site.id && one.replacedAt === null)?.pin ?? '';
const other = pins.find((one) => one.siteId !== aldous.site.id)?.pin ?? '';

type Asked = Partial<Record<'pin' | 'identified' | 'contact' | 'title' | 'text' | 'kind', string>> & {
  severity?: number;
};
function ask(
  asked: Asked,
  { by = asking(lea.email), of = aldous, worked = [] }: { by?: By; of?: typeof aldous; worked?: WorkedCase[] } = {},
) {
  const input = openInput.parse({ site: '1000345', title: 'The vault is shut', ...asked });
  const said = pins.filter((one) => one.pin === input.pin);
  const caller = { of, contacts: own, pins: said, products, versions } as CallerRecords['caller'];
  const given = givenFor(by, { people: [kim, lea] });
  return openCase.judge(input, { cases: [], letters: [], worked, ...(caller && { caller }) }, given);
}
const says = (judged: ReturnType<typeof ask>) => (judged.kind === 'refused' ? judged.says : judged.changes);
const letters = (judged: ReturnType<typeof ask>) => (judged.kind === 'done' ? judged.letters : []);

describe('a call', () => {
  it('becomes a case by the PIN, and its caller is sent the acknowledgement of a mail', () => {
    const judged = ask({ pin, text: 'It does not open.' });
    expect(says(judged)).toMatchObject([
      {
        kind: 'case-entered',
        identified: 'PIN',
        text: 'It does not open.',
        opens: { title: 'The vault is shut', severity: 3, contact: primary?.id, contactAddress: primary?.email },
      },
    ]);
    expect(letters(judged)).toMatchObject([
      { template: 'acknowledgement', to: primary?.email, values: { severity: 3, assumed: true } },
    ]);
  });

  it.each([
    ['the PIN of another site', { pin: other }, /not the one of site 1000345/],
    ['neither a PIN nor words of a manager', {}, /Give the PIN/],
    ['words of somebody who is no manager', { identified: 'by voice' }, /may not/],
    ['a caller who is not on record', { pin, contact: 'Nobody' }, /nobody on record as "Nobody"/],
  ])('is refused with %s', (_, asked, why) => {
    expect(says(ask(asked))).toMatch(why);
  });

  it('is refused for a caller who may only follow cases', () => {
    expect(ask({ pin, contact: 'wilma@aldous.example' })).toMatchObject({ kind: 'refused', why: 'no-right' });
    expect(says(ask({ pin, contact: 'wilma@aldous.example' }))).toMatch(/may not open cases/);
  });

  it('without a PIN is entered by a manager, in whose words it stands how the caller was identified', () => {
    const judged = ask({ identified: 'called back on record' }, { by: asking(kim.email) });
    expect(says(judged)).toMatchObject([{ kind: 'case-entered', identified: 'called back on record' }]);
    expect(says(ask({ identified: 'x' }, { by: asking(null) }))).toMatch(/a manager has to be named/);
  });

  it('at severity 1 alerts our people, and names whom to phone', () => {
    const judged = ask({ pin, severity: 1 });
    expect(letters(judged).map(({ template }) => template)).toContain('staff-notice');
    expect(letters(judged)[0]?.values).toMatchObject({ severity: 1 });
  });

  it('joins the case of severity 1 that is open since today, and is acknowledged by nothing', () => {
    const worked = [workedCase({ severity: 1 })];
    const judged = ask({ pin, severity: 1, text: 'Still shut.' }, { worked });
    expect(says(judged)).toMatchObject([{ kind: 'call-added', case: '100042', text: 'Still shut.' }]);
    expect(letters(judged)).toEqual([]);
    expect(says(ask({ pin, severity: 2 }, { worked }))).toMatchObject([{ kind: 'case-entered' }]);
  });

  it('that joins a case has the effects of a reply: it waits no more, and what was proposed has not solved it', () => {
    const waits = { events: [{ kind: 'clock-paused', at: '2026-05-11T09:30:00Z', detail: { until: null } }] };
    const joins = (more: Partial<WorkedCase>) => {
      const changes = says(ask({ pin, severity: 1 }, { worked: [workedCase({ severity: 1, ...more })] }));
      return typeof changes === 'string' ? changes : changes.map(({ kind }) => kind);
    };
    expect(joins({})).toEqual(['call-added']);
    expect(joins(waits)).toEqual(['call-added', 'clock-resumed']);
    expect(joins({ ...waits, proposedAt: '2026-05-11T09:30:00Z' })).toEqual([
      'call-added',
      'solution-answered',
      'clock-resumed',
    ]);
  });

  it('from a site without support becomes none: the caller and the renewal team are told', () => {
    const judged = ask({ pin }, { of: { ...aldous, plans: [], licences: [] } });
    expect(says(judged)).toEqual([]);
    expect(letters(judged).map(({ template, to }) => `${template} ${to}`)).toEqual([
      `support-lapsed ${primary?.email}`,
      ...policy.desk.renewalTeam.map((to) => `staff-notice ${to}`),
    ]);
  });

  it('about licences is of kind licensing, and any other kind is as it was named', () => {
    expect(says(ask({ pin, kind: 'licensing' }))).toMatchObject([{ opens: { kind: 'licensing' } }]);
    expect(says(ask({ pin, kind: 'question' }))).toMatchObject([{ opens: { kind: 'question' } }]);
  });
});
