import { describe, expect, it } from 'vitest';
import { guessKeys } from '../../../../src/mail/address/guess-keys.ts';

describe('§3 Guessing: what wrong PINs are counted by', () => {
  it('names below a domain are counted with it: whoever has the domain makes as many as they like', () => {
    expect(guessKeys('g@d1.many.example')[1]).toBe('@many.example');
    expect(guessKeys('g@a.b.many.example')[1]).toBe(guessKeys('h@many.example')[1]);
    expect(guessKeys('g@mail.shop.co.uk')[1]).toBe('@shop.co.uk');
  });

  it('customers of one provider of domains are not counted together', () => {
    expect(guessKeys('g@one.github.io')[1]).not.toBe(guessKeys('g@two.github.io')[1]);
    expect(guessKeys('g@one.co.uk')[1]).not.toBe(guessKeys('g@two.co.uk')[1]);
    expect(guessKeys('g@github.io')[1]).toBe('@github.io');
  });

  it('an address is counted without what stands behind its plus, with its whole domain', () => {
    expect(guessKeys('g+1@d1.many.example')[0]).toBe('g@d1.many.example');
  });
});
