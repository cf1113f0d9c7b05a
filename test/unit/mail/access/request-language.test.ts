import { describe, expect, it } from 'vitest';
import { languageAsked } from '../../../../src/mail/access/request-language.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

const asked: readonly [string | null, string, string][] = [
  ['en', 'ACCESS 1000345', 'Name: Nora Eck\nCountry: GB\nRole: authorized user'],
  ['en', 'Access please', 'I run the label printers.'],
  ['en', 'access request site 1000345', ''],
  ['de', 'Zugang 1000345', 'Land: Deutschland\nRolle: Benutzer\nBegründung: Ich betreue die Druckserver.'],
  ['de', 'Antrag auf Zugriff', 'Guten Tag,\nich brauche das für die Drucker.'],
  ['de', 'ACCESS 1000345', 'Ich und Herr Lehr betreuen die Drucker. Bitte um Zugang.'],
  ['fr', 'Accès 1000345', 'Bonjour,\nje gère les imprimantes.\nPays : France'],
  ['fr', 'Demande d’accès', 'Merci d’avance'],
  ['es', 'Acceso 1000345', 'Hola,\nllevo las impresoras.\nPaís: España'],
  ['es', 'Solicitud de acceso', ''],
  ['ja', 'アクセス 1000345', '氏名：山田\n国：日本'],
  ['ja', 'ACCESS 1000345', 'よろしくお願いいたします'],
  [null, '1000345', ''],
  [null, 'Prego', 'Grazie'],
];

describe('the language in which access is asked for', () => {
  it.each(asked)('%s: %s', (language, subject, newText) => {
    expect(languageAsked({ subject, newText })).toBe(language);
  });
  it('is read in linear time', () => {
    const began = cpuTime();
    languageAsked({ subject: 'und '.repeat(10_000), newText: 'y '.repeat(500_000) });
    expect(cpuTime() - began).toBeLessThan(200);
  });
});
