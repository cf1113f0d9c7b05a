import { expect, it } from 'vitest';
import { withoutSecrets } from '../../../src/foundation/clean-text.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

it('cuts a password out of what a server says, in clear and as it is signed in with', () => {
  const said = `535 no: p@ss-word ${base64('p@ss-word')} ${base64('\0ada\0p@ss-word')} p%40ss-word`;
  expect(withoutSecrets(said, ['p@ss-word'], 'ada')).toBe('535 no: … … … …');
});

it('leaves what is said where there is no password, or one too short to be told from a word', () => {
  expect(withoutSecrets('535 no', ['', '535'])).toBe('535 no');
});
