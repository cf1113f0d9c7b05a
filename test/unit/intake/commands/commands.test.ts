import { describe, expect, it } from 'vitest';
import { commandNames, commandWords, readCommand } from '../../../../src/intake/commands/commands.ts';

const given = (subject: string, newText = '', pins: string[] = []) => readCommand({ subject, newText, pins });

describe('§7 a self-service command', () => {
  it('is every word of the table, in any case, as subject and as first line', () => {
    for (const name of commandNames)
      for (const words of Object.values(commandWords[name]))
        for (const said of words) {
          // Nothing without its value.
          const word = name === 'SEVERITY' ? `${said} 2` : said;
          expect(given(word)?.name, word).toBe(name);
          expect(given(`Re: ${word.toLowerCase()} [Case 100042]`)?.name, word).toBe(name);
          expect(given('A question', `\n${word.toLowerCase()}\n\nThank you`)).toMatchObject({
            name,
            rest: 'Thank you',
          });
        }
  });
  it('is the whole line and not its beginning', () => {
    for (const text of [
      'CASES of fire',
      'Help me',
      'STATUS quo',
      'PIN code problem',
      'LICENCES?',
      'my cases',
      'CLOSE dialog hangs',
    ])
      expect([given(text), given('x', text)], text).toEqual([null, null]);
  });
  it('names a case or a site behind the word', () => {
    for (const line of [
      'STATUS 100042',
      'status #100042',
      'Status Case 100042',
      'STATUT dossier 100042',
      'Stand Fall 100042',
      '状況 100042',
    ])
      expect(given('x', line), line).toMatchObject({ name: 'STATUS', argument: '100042' });
    expect(given('CASES 1000345')).toMatchObject({ name: 'CASES', argument: '1000345' });
    expect(given('CASES PIN 345', '', ['345'])).toMatchObject({ name: 'CASES', argument: '' });
  });
  it('is a PIN and no command where digits stand behind PIN, unless they name a site', () => {
    expect(given('PIN 345')).toMatchObject({ name: 'PIN', maybePin: true });
    expect(given('PIN 345 Workflow stopped')).toBeNull();
  });
  it('is no command where a PIN and a report come with the word', () => {
    const report = 'Since this morning none of our forty stations can reach the server and production stands.';
    expect(given('PIN 345 Help', report, ['345'])).toBeNull();
    expect(given('PIN 345 Help', 'Thank you', ['345'])).toMatchObject({ name: 'HELP' });
    expect(given('PIN 345 x', `HELP\n\n${report}`, ['345'])).toMatchObject({ name: 'HELP', rest: report });
  });
  it('is not read out of a quote that was kept', () => {
    expect(readCommand({ subject: 'x', newText: 'PIN', pins: [], nothingOwn: true })).toBeNull();
  });
});

describe('PIN with a number on the line below', () => {
  const read = (newText: string) => readCommand({ subject: 'Hello', newText, pins: [] });
  it.each([
    ['PIN\n345', '345'],
    ['PIN\n\n*512*\nDrucker', '512'],
    ['PIN番号\n７７７７', '7777'],
  ])('may name it: %j', (text, argument) =>
    expect(read(text)).toMatchObject({ name: 'PIN', argument, maybePin: true }),
  );
  it.each(['PIN', 'PIN\nThank you', 'PIN\n345 labels are missing', 'PIN\nTel. 345'])('is the command: %j', (text) =>
    expect(read(text)).toMatchObject({ name: 'PIN', argument: '', maybePin: false }),
  );
});
