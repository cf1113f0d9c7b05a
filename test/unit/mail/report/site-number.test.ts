import { describe, expect, it } from 'vitest';
import { readSiteNumbers } from '../../../../src/mail/report/site-number.ts';

describe('the number of a site in a labelled line', () => {
  it.each([
    'Account: 1000345',
    'Site number: 1000345',
    'Hello,\n\n* Site no.: 1000345 (head office)\n',
    'Kundennummer: 1000345',
    'Standortnummer = 1000345',
    'Numéro de client : 1000345',
    'N° de site : 1000345',
    'Número de cliente: 1000345',
    'サイト番号：１０００３４５',
    '**Account number:** 1000345',
  ])('is read from %j', (text) => expect(readSiteNumbers(text)).toEqual(['1000345']));
  it.each([
    '1000345',
    'Account 1000345 is locked',
    'Phone: 1000345',
    'Account: 10003456',
    'Account: 100034',
    'Order: 1000345',
    'Bank account of our customer: 1000345',
    'Account: 1000345a',
  ])('is none in %j', (text) => expect(readSiteNumbers(text)).toEqual([]));
  it('is each once, three at most', () => {
    expect(readSiteNumbers('Site: 1000345\nAccount: 1000345\nSite: 1000512\nSite: 1000513\nSite: 1000514')).toEqual([
      '1000345',
      '1000512',
      '1000513',
    ]);
  });
});
