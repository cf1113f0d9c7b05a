import { describe, expect, it } from 'vitest';
import { readLicenceNumbers, readReport } from '../../../../src/mail/report/report-fields.ts';
import { readSeverity } from '../../../../src/mail/severity/severity-value.ts';

describe('labelled lines', () => {
  it.each([
    ['Product: Pump 5\nSeverity: 2\nPhone: +49 30 1', { product: 'Pump 5', severity: '2', phone: '+49 30 1' }],
    ['Produkt: Pumpe\nSchweregrad: kritisch\nBetriebssystem: Linux', { product: 'Pumpe', severity: '1', os: 'Linux' }],
    ['Produit : Pompe\nGravité : élevée\nTéléphone : 01', { product: 'Pompe', severity: '2', phone: '01' }],
    ['Producto: Bomba\nGravedad: baja\nTeléfono: 91', { product: 'Bomba', severity: '4', phone: '91' }],
    ['製品：ポンプ\n重大度：２\n電話番号：03', { product: 'ポンプ', severity: '2', phone: '03' }],
    ['**Product:** Pump\n- OS: Linux', { product: 'Pump', os: 'Linux' }],
  ])('are read from %j', (text, report) => expect(readReport(text, '')).toEqual(report));
  it('go on for symptoms until an empty line', () => {
    expect(readReport('Symptoms:\nit hums\nand stops\n\nBye', '')).toEqual({ symptoms: 'it hums\nand stops' });
  });
  it('give way to nothing in the subject, which counts where there is none', () => {
    expect(readReport('Severity: 3', 'SEV2 x').severity).toBe('3');
    expect(readReport('', 'Broken SEV2').severity).toBe('2');
    expect(readReport('', '[S2] broken').severity).toBe('2');
    expect(readReport('', 'Samsung S2 broken').severity).toBeUndefined();
  });
  it('name licences and service tags', () => {
    expect(readLicenceNumbers('Licence: abc-123 (annual)\nService tag: X9Y8Z7\nLicence: unknown')).toEqual([
      'ABC-123',
      'X9Y8Z7',
    ]);
  });
});

it('a severity is 1 to 4 or nothing', () => {
  expect(['1', 'Sev 2', 'S3', '4 - low', 'critical', 'normal', '5', '12', 'whatever', '2.5'].map(readSeverity)).toEqual(
    ['1', '2', '3', '4', '1', '3', null, null, null, null],
  );
});

describe('a severity beside another label, in a drawn row, or below its word', () => {
  it.each([
    'Severity/Priority: 2',
    'Severity / Impact: 2',
    'Priorität/Schweregrad: 2',
    'Gravité/Priorité : 2',
    '|Severity|2|',
    '| Severity: | 2 |',
    '| Schweregrad | **2** |',
    '[Severity] 2',
    '【重大度】2',
    '■重大度　2',
    'a) Severity 2',
    'Severity [1-4]: 2',
    'Severity => 2',
    'Severity → 2',
    'Severity: II',
    'Severity\n2',
    'Severity:\n\n2',
    'Gravité\n\n2',
    'Schweregrad\n2 (erheblich)',
  ])('is read in %j', (text) => expect(readReport(text, '').severity).toBe('2'));
  it.each([
    'Severity / Colour: 2',
    'Severity\n\n\n2',
    'Severity\n2 users are affected',
    'Severity:\n\n2 users are affected',
    '| Severity | 2 | 3 |',
    '| 2 | Severity |',
    'Severity: in doubt',
    'Severity: I do not know',
  ])('and not in %j', (text) => expect(readReport(text, '').severity).toBeUndefined());
});
