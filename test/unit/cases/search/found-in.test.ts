import { describe, expect, it } from 'vitest';
import { foundIn } from '../../../../src/cases/search/found-in.ts';
import { type Searched, senderTerm, type Term, termsOf } from '../../../../src/cases/search/terms.ts';

const on: Searched = {
  number: '100042',
  title: 'Robot arm drifts',
  requester: 'ada@aldous.example',
  messages: [
    { author: 'otto@aldous.example', text: 'Der Lüfter läuft\n\nund läuft.', files: ['trace-of-May.log'] },
    { author: 'kim@desk.example', text: `${'before '.repeat(30)}quota exceeded ${'after '.repeat(30)}`, files: [] },
  ],
};
const of = (typed: string, phrase = false) => foundIn(on, termsOf(typed, { phrase }));

describe('where in a case it was found', () => {
  it('is the text around the first word of it, on one line, in the letters that stand there', () => {
    expect(of('lufter')).toEqual({ where: 'text', before: 'Der ', hit: 'Lüfter', after: ' läuft und läuft.' });
    expect(of('lauf')?.hit).toBe('läuft');
  });
  it('is cut on both sides of a long text', () => {
    const found = of('quota exceeded', true);
    expect(found?.hit).toBe('quota');
    expect(found?.before).toMatch(/^….{10,45}$/);
    expect(found?.after).toMatch(/^ exceeded .{10,80}…$/);
  });
  it('is the letters alone in a script without spaces', () => {
    const text = `${'起動しません'.repeat(20)}助けてください`;
    const found = foundIn(
      { ...on, messages: [{ author: 'ada@aldous.example', text, files: [] }] },
      termsOf('助けて', { phrase: false }),
    );
    expect(found).toMatchObject({ where: 'text', hit: '助けて', after: 'ください' });
    expect(found?.before).toHaveLength(41);
  });
  it('is who wrote, or what is attached', () => {
    expect(of('otto')).toMatchObject({ where: 'sender', hit: 'otto@aldous.example' });
    expect(foundIn(on, [senderTerm('otto@aldous') as Term])).toMatchObject({ where: 'sender' });
    expect(of('trace')).toMatchObject({ where: 'file', hit: 'trace-of-May.log' });
  });
  it('is not said of what the row of a case shows, nor of what is nowhere', () => {
    for (const typed of ['robot', '100042', 'ada', 'nowhere']) expect(of(typed), typed).toBeNull();
    expect(of('robot lüfter')).toMatchObject({ where: 'text', hit: 'Lüfter' });
  });
});
