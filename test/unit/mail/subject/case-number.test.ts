import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareCaseNumber, titleWithoutNumber } from '../../../../src/mail/subject/case-number.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

describe('the case number without brackets', () => {
  it.each([
    ['Case 100012 still locked', 'still locked'],
    ['Case 100042: worse now', 'worse now'],
    ['RE: Case #100012 - still locked', 'still locked'],
    ['CASE-100012', ''],
    ['case no. 100012', ''],
    ['Case number 100012', ''],
    ['#100012', ''],
    ['＃１００１０２', ''],
    ['[EXTERNAL] Case 100012', ''],
    ['Ticket 100012', ''],
    ['Fall 100012', ''],
    ['AW: Fall Nr. 100012 - immer noch', 'immer noch'],
    ['Vorgang 100012: geht wieder', 'geht wieder'],
    ['Dossier n° 100012 : toujours bloqué', 'toujours bloqué'],
    ['TR: Cas 100012', ''],
    ['Caso número 100012', ''],
    ['Caso 100012 sigue igual', 'sigue igual'],
    ['ケース100012の件', ''],
    ['ケース番号100012', ''],
    ['ケース 100012：再発しました', '再発しました'],
    ['PIN 345: Case 100012', ''],
    ['Case 100012 (PIN 345)', ''],
  ])('opens the subject or is all of it: %s', (subject, rest) => {
    expect(bareCaseNumber(subject)).toEqual({ number: expect.stringMatching(/^100(?:012|042|102)$/), rest });
  });

  it.each([
    'similar to case 100012',
    'Like case 100012, but on the other reader',
    'Wie Fall 100012',
    'Même problème que le dossier 100012',
    'Igual que el caso 100012',
    'ログイン不可（ケース100012と同じ）',
    'Order #100045',
    '#100045: our order is late',
    '#100045 Bestellung fehlt',
    '#100045 commande incomplète',
    '#100045 pedido sin entregar',
    '＃１０００４５　注文の件',
    '#100045/2',
    '#100012-45',
    'Case 100012.5',
    'Case 100012A',
    'Case 100012/100013',
    'Case 2026-05 numbers',
    'Caseload 100012',
    'Case study 100012',
    'Fall 2026 plans',
    'In case 100012 users log in',
    '100012',
    'Falls 100012 nicht geht',
  ])('is none in: %s', (subject) => {
    expect(bareCaseNumber(subject)).toBeNull();
  });

  it('is left out of the title of a case of its own', () => {
    const title = (subject: string, newText: string) => titleWithoutNumber({ subject, newText, title: subject });
    expect(title('Case 100012: printer prints twice', 'It does.')).toBe('printer prints twice');
    expect(title('#100012', 'Severity: 2\n\nNo badge works.')).toBe('No badge works.');
    expect(title('Case 100012', '')).toBe('Case 100012');
    expect(title('Printer prints twice', 'It does.')).toBe('Printer prints twice');
  });

  it('takes any subject, in time linear in it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void bareCaseNumber(text)));
    const started = cpuTime();
    bareCaseNumber(`Case ${'1'.repeat(200_000)} ${'# '.repeat(100_000)}`);
    expect(cpuTime() - started).toBeLessThan(500);
  });
});

describe('a number behind the marks of Spanish and Portuguese', () => {
  it.each(['Caso n.º 100026', 'Caso N.º100026 sigue', 'Caso nº 100026', 'Dossier n.° 100026'])(
    'is read in %j',
    (subject) => expect(bareCaseNumber(subject)?.number).toBe('100026'),
  );
  it.each(['Pedido n.º 100026', 'Caso n. 10', 'Caso perdido n.º 100026'])('is none in %j', (subject) =>
    expect(bareCaseNumber(subject)).toBeNull(),
  );
});
