import { describe, expect, test } from 'vitest';
import { isOneLetterOff } from '../../../../src/foundation/nearest-word.ts';
import {
  kindWords,
  type StaffCommandName,
  staffCommandNames,
  staffWords,
} from '../../../../src/intake/commands/staff-words.ts';
import { readCommandLine } from '../../../../src/intake/staff/command-line.ts';

const argument: Partial<Record<StaffCommandName, string>> = { ASSIGN: ' Jan Vos', SEVERITY: ' 2', KIND: ' defect D-7' };
const everyWord = staffCommandNames.flatMap((name) =>
  Object.values(staffWords[name])
    .flat()
    .map((word) => [word, name] as const),
);

describe('the words of the staff', () => {
  test.each(everyWord)('%s is the command %s, however it is written', (word, name) => {
    const line = `${word}${argument[name] ?? ''}`;
    for (const spelled of [
      line,
      line.toLowerCase(),
      ` *${line}* `,
      `${line}.`,
      `${line}：`,
      line.replace(/ /g, '\u3000'),
    ]) {
      expect(readCommandLine(spelled)).toMatchObject({ kind: 'command', command: { name } });
    }
  });
  test('no word belongs to two commands, and none is one letter off another', () => {
    const names = new Map<string, StaffCommandName>();
    for (const [word, name] of everyWord) {
      expect([undefined, name]).toContain(names.get(word));
      names.set(word, name);
      for (const [other, otherName] of everyWord)
        if (otherName !== name) expect(isOneLetterOff(word, other)).toBe(false);
    }
  });
  test.each(
    Object.entries(kindWords).flatMap(([kind, words]) =>
      Object.values(words)
        .flat()
        .map((word) => [word, kind] as const),
    ),
  )('KIND %s is %s', (word, caseKind) => {
    expect(readCommandLine(`KIND ${word}`)).toEqual({ kind: 'command', command: { name: 'KIND', caseKind, id: null } });
  });
});

describe('what stands behind the word', () => {
  test.each([
    ['WAIT', { name: 'WAIT', days: null }],
    ['wait 14', { name: 'WAIT', days: 14 }],
    ['WARTEN: 2 Werktage', { name: 'WAIT', days: 2 }],
    ['待機　３日間', { name: 'WAIT', days: 3 }],
    ['Severity - 1', { name: 'SEVERITY', severity: 1 }],
    ['重大度2', { name: 'SEVERITY', severity: 2 }],
    ['KIND: Fehler, #D-47/2', { name: 'KIND', caseKind: 'defect', id: 'D-47/2' }],
    ["ASSIGN Mary O'Brien", { name: 'ASSIGN', to: "Mary O'Brien" }],
    ['ASSIGN Ludwig van der Berg', { name: 'ASSIGN', to: 'Ludwig van der Berg' }],
    ['ASSIGN jan@desk.example<mailto:jan@desk.example>', { name: 'ASSIGN', to: 'jan@desk.example' }],
    ['割り当て 田中様へ', { name: 'ASSIGN', to: '田中' }],
  ])('%s', (line, command) => {
    expect(readCommandLine(line)).toEqual({ kind: 'command', command });
  });
});

describe('what was meant as a command, or may have been', () => {
  test.each([
    ['TAKE it', 'TAKE'],
    ['Take care', 'TAKE'],
    ['TKAE', 'TAKE'],
    ['TAKEE', 'TAKE'],
    ['NOTES', 'NOTE'],
    ['WAIT 0', 'WAIT'],
    ['WAIT two days', 'WAIT'],
    ['SEVERITY', 'SEVERITY'],
    ['SEVERTY 2', 'SEVERITY'],
    ['SEVERITY two', 'SEVERITY'],
    ['KIND defect that crashes', 'KIND'],
    ['KNID defect', 'KIND'],
    ['ASSIGN', 'ASSIGN'],
    ['Assign the licence to Jan', 'ASSIGN'],
    ['ASIGN jan@desk.example', 'ASSIGN'],
    ['Close the window first', 'CLOSE'],
    ['Warten Sie bitte noch', 'WAIT'],
    ['MERGE 100041', null],
    ['status', null],
    ['解決しました', 'SOLVED'],
  ] as const)('%s is asked back', (line, near) => {
    expect(readCommandLine(line)).toEqual({ kind: 'mistyped', near });
  });
});

describe('prose', () => {
  test.each([
    'Please close the window.',
    'What version do you run?',
    'Not yet.',
    'Taken together, both logs say the same.',
    'Hi Ada,',
    'Want 3 more?',
    'Status: we have found the cause.',
    'PIN and number are on the card.',
    'Type this into the console:',
    'Notepad shows it, too.',
    'Solving this takes a day.',
    'Bitte schließen Sie das Fenster.',
    'Abbrechende Verbindungen sind der Grund.',
    'Cerramos el caso cuando nos lo diga.',
    'Prenez la version 11.6.2.',
    'メモリを確認してください。',
    'メモ帳で開いてください。',
    '終了コードは何でしょうか。',
    '解決策をお送りします。',
    'お世話になっております。',
  ])('%s', (line) => {
    expect(readCommandLine(line)).toEqual({ kind: 'text' });
  });
});
