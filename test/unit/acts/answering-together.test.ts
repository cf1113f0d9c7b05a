/** Two of our people at one case: what was written meanwhile is read first, and who is answering is said before a case is taken. */
import { describe, expect, it } from 'vitest';
import type { AnyAct } from '../../../src/acts/act.ts';
import type { CaseMessage, WorkedCase } from '../../../src/acts/cases/records.ts';
import { addParticipant } from '../../../src/acts/cases/working/add-participant.ts';
import { takeCase } from '../../../src/acts/cases/working/take-case.ts';
import { writeOnCase } from '../../../src/acts/cases/working/write-on-case.ts';
import { eventsOf, sentenceOf } from '../../../src/changes/change.ts';
import { asking, givenFor, kim, lea, recordsOf, workedCase } from '../../support/worked-case.ts';

const judge = (act: AnyAct, input: object, on: WorkedCase = workedCase(), more: object = {}) =>
  act.judge(act.input.parse({ case: on.number, ...input }), { ...recordsOf(on), ...more }, givenFor(asking(kim.email)));
const says = (judged: ReturnType<typeof judge>) =>
  judged.kind === 'refused' ? judged.says : judged.changes.map(sentenceOf).join(' ');
const message = (id: string, more: Partial<CaseMessage> = {}): CaseMessage => ({
  ...{ id, mail: null, letter: null, direction: 'in', author: 'ada@aldous.example', contact: null, automatic: false },
  ...{ messageId: null, at: '2026-05-11T09:30:00Z', text: 'x', attachments: [], ...more },
});

describe('an answer that names the newest message its writer has seen', () => {
  const write = (seen: string | undefined, ...messages: CaseMessage[]) =>
    says(judge(writeOnCase, { text: 'Turn the handle.', ...(seen && { seen }) }, workedCase({ messages })));
  const goesOut = /A message to the customer is put on case \d+ by kim@desk.example/;

  it('goes out where nobody has written since', () => {
    expect(write('7', message('7'))).toMatch(goesOut);
    expect(write('10', message('9'), message('10'))).toMatch(goesOut);
  });
  it('goes out whatever came, where none is named: by mail and by calls of before', () =>
    expect(write(undefined, message('8'))).toMatch(goesOut));
  it('does not where the customer or a colleague has', () => {
    expect(write('9', message('10'))).toMatch(/^ada@aldous.example has written on it meanwhile/);
    expect(write('9', message('10', { direction: 'out', author: lea.email }))).toMatch(/^Lea Brandt was faster/);
    expect(write('9', message('10', { direction: 'note', author: lea.email }))).toMatch(
      /^Lea Brandt has put a note on it/,
    );
  });
  it('is not stopped by a machine, nor by its own writer', () => {
    expect(write('7', message('8', { automatic: true }))).toMatch(goesOut);
    expect(write('7', message('8', { direction: 'out', author: kim.email }))).toMatch(goesOut);
  });
  it('is no note: that goes to nobody', () =>
    expect(
      says(judge(writeOnCase, { text: 'x', note: true, seen: '1' }, workedCase({ messages: [message('2')] }))),
    ).toMatch(/^A note/));
});

describe('a case that somebody is answering', () => {
  const taken = judge(takeCase, {}, workedCase({ typing: [lea.email, kim.email] }));
  it('is taken with a word of who is, so that whoever did not see that is asked once more', () => {
    expect(says(taken)).toBe("Case 100042 is kim@desk.example's, while Lea Brandt is answering it.");
    expect(says(judge(takeCase, {}, workedCase({ typing: [kim.email] })))).toBe("Case 100042 is kim@desk.example's.");
  });
  it('does not keep that', () => {
    if (taken.kind === 'refused') throw new Error(taken.says);
    expect(JSON.stringify(taken.changes.flatMap((one) => eventsOf(one)))).not.toContain('Lea');
  });
});

describe('add-participant', () => {
  const max = { onSite: { contact: '2', name: 'Max Ernst' } };
  const add = (on: WorkedCase = workedCase(), more: object = max) =>
    says(judge(addParticipant, { address: 'Max@aldous.example' }, on, more));

  it('lets somebody of the site hear of it', () =>
    expect(add()).toBe(
      'max@aldous.example takes part in case 100042 from now on, and gets what is written to the customer.',
    ));
  it.each([
    ['somebody who is not on record there', workedCase(), { onSite: null }, /not on record at site/],
    [
      'whoever takes part, by any address',
      workedCase({ participants: [{ address: 'm@x.example', contact: '2' as never }] }),
      max,
      /already/,
    ],
    ['whoever asked for it', workedCase({ contact: { id: '2' as never, name: 'Max', phone: null } }), max, /already/],
    ['a closed case', workedCase({ status: 'closed' }), max, /is closed/],
  ])('is refused for %s', (_, on, more, why) => expect(add(on, more)).toMatch(why));
});
