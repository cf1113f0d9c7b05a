import { describe, expect, it } from 'vitest';
import { blockKey } from '../../../src/acts/mail/block-sender.ts';
import { blockKeys } from '../../../src/mail/address/guess-keys.ts';

describe('a block', () => {
  it('stands under the address, the domain, or a domain above it', () => {
    expect(blockKeys('pat+x@mail.pest.example')).toEqual([
      'pat@mail.pest.example',
      '@mail.pest.example',
      '@pest.example',
    ]);
    expect(blockKeys('pat@localhost')).toEqual(['pat@localhost']);
  });
  it.each([
    ['Pat@Pest.Example', 'Pat@pest.example'.toLowerCase()],
    ['pat+news@pest.example', 'pat@pest.example'],
    ['pest.example', '@pest.example'],
    ['@Pest.example', '@pest.example'],
    ['bücher.example', '@xn--bcher-kva.example'],
  ])('%j is kept as %j', (given, key) => expect(blockKey(given)).toBe(key));
  it.each(['', 'pest', 'a b.example', '@', 'pat@', 'https://pest.example', '*'])('%j is none', (given) =>
    expect(blockKey(given)).toBeNull(),
  );
});
