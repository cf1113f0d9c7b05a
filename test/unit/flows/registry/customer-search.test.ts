import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerSearch } from '../../../../src/flows/registry/customer-search.ts';

const search = (q: string, pins = true) => customerSearch(q, { graceDays: 7, pins });

describe('what is typed to find a customer', () => {
  it('is a part of the name, a number, a PIN, an address or a licence', () => {
    expect(search('aldous').sought).toEqual([{ name: 'aldous', licence: 'aldous' }]);
    expect(search('1000345').sought).toEqual([
      { name: '1000345', licence: '1000345', number: '1000345', pin: { digits: '1000345', graceDays: 7 } },
    ]);
    expect(search('0345').sought).toEqual([{ name: '0345', licence: '0345', pin: { digits: '0345', graceDays: 7 } }]);
    expect(search('Ada@Aldous.example').sought).toEqual([{ address: 'ada@aldous.example' }]);
    expect(search('@Aldous.example').sought).toEqual([{ address: '@aldous.example' }]);
    expect(search('"aldous robotics" S-1').sought).toEqual([
      { name: 'aldous robotics', licence: 'aldous robotics' },
      { name: 'S-1', licence: 'S-1' },
    ]);
  });
  it('says by its key what it is, and how it was understood', () => {
    expect(search('name:345 site:1000345 pin:345 from:ada@aldous.example licence:345')).toEqual({
      sought: [
        { name: '345' },
        { number: '1000345' },
        { pin: { digits: '345', graceDays: 7 } },
        { address: 'ada@aldous.example' },
        { licence: '345' },
      ],
      understood: [
        '“345” in the name',
        'site 1000345',
        'PIN 345',
        'somebody with the address ada@aldous.example',
        'licence or service tag 345',
      ],
      faults: [],
    });
    expect(search('site:12 pin:x ada@').faults).toHaveLength(3);
  });
  it('tells nobody whose PIN it is who may not have one', () => {
    expect(search('345', false).sought).toEqual([{ name: '345', licence: '345' }]);
    expect(search('pin:345', false)).toMatchObject({ sought: [], faults: [expect.stringContaining('PIN')] });
  });
  it('never fails, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.boolean(), (q, pins) => {
        const { sought, understood, faults } = search(q, pins);
        expect(sought).toHaveLength(understood.length);
        expect(sought.length + faults.length).toBeLessThanOrEqual(20);
        if (!pins) expect(JSON.stringify(sought)).not.toContain('"digits"');
      }),
    );
  });
});
