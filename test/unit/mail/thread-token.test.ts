import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  messageIdFor,
  plusAddressFor,
  readPlusAddress,
  readReturnPath,
  readThreadToken,
  returnPathFor,
} from '../../../src/mail/thread-token.ts';

const digits = fc.stringMatching(/^[1-9][0-9]{0,12}$/);

it('tokens come back as they were made, by any key still known, also in upper case', () => {
  fc.assert(
    fc.property(digits, fc.option(digits), (letter, number) => {
      const id = messageIdFor(letter, number, 'd.example', 'old');
      expect(readThreadToken(id, ['new', 'old'])).toEqual({ letter, case: number });
      expect(readThreadToken(id.toUpperCase(), ['old'])).toEqual({ letter, case: number });
      expect(readThreadToken(id, ['new'])).toBeNull();
      expect(readReturnPath(returnPathFor('b@d.example', letter, 'old'), ['old'])).toEqual({ letter });
      expect(readPlusAddress(plusAddressFor('s@d.example', letter, 'old'), ['old'])).toEqual({ case: letter });
    }),
  );
});

it('a token for one purpose or number is none for another', () => {
  const id = messageIdFor('7', '100042', 'd.example', 'k');
  expect(readThreadToken(id.replace('100042', '100043'), ['k'])).toBeNull();
  expect(readReturnPath(plusAddressFor('s@d.example', '7', 'k').replace('+c', '+'), ['k'])).toBeNull();
  expect(readThreadToken('<other@d.example>', ['k'])).toBeNull();
});
