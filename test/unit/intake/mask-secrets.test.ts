import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/intake/facts.ts';
import { questionOf } from '../../../src/intake/facts.ts';
import { maskSecrets } from '../../../src/intake/mask-secrets.ts';
import { answer, read } from '../../support/world.ts';

const hash = (code: string) => [`hash of ${code}`];
const facts = async (story: string): Promise<Facts> => answer(questionOf(await read(story), hash));

describe('§11.2 what a mail quotes of our codes', () => {
  it('is masked in every text that is stored, and its bytes are sealed', async () => {
    const mail = await read('code-only-in-the-quote');
    const concealed = maskSecrets(mail, await facts('code-only-in-the-quote'), hash);
    expect(concealed.seal).toBe(true);
    expect(JSON.stringify(mail)).toContain('7KQ2-M9XW');
    expect(JSON.stringify(concealed.mail)).not.toContain('7KQ2');
    expect(JSON.stringify(concealed.mail)).toContain('••••-••••');
    expect(concealed.mail.facts.threads).toEqual(mail.facts.threads);
    expect(concealed.mask({ title: 'about 7kq2 m9xw' })).toEqual({ title: 'about ••••-••••' });
  });
  it('leaves a mail alone that only looks like it', async () => {
    const mail = await read('pin-in-the-subject');
    const other = { ...mail, facts: { ...mail.facts, text: 'Part 7KQ2-M9XW is broken' } };
    const concealed = maskSecrets(other, await facts('pin-in-the-subject'), hash);
    expect(concealed).toMatchObject({ seal: false, mail: other });
  });
  it('seals an answer to a sealed letter even where no code was read in it, and masks what looks like one', async () => {
    const mail = await read('code-wrong');
    const given = await facts('code-wrong');
    const sealed = { ...given, confirmations: [], letters: given.letters.map((one) => ({ ...one, sealed: true })) };
    const concealed = maskSecrets(mail, sealed, hash);
    expect(concealed.seal).toBe(true);
    expect(JSON.stringify(concealed.mail)).not.toContain('7KQ2-M9XX');
  });
});

describe('§11 what a mail quotes of privileged PINs', () => {
  it('I9 is masked in every text that is stored, and its bytes are sealed', async () => {
    const mail = await read('privileged-pin-in-the-subject');
    const concealed = maskSecrets(mail, await facts('privileged-pin-in-the-subject'), hash);
    expect(concealed.seal).toBe(true);
    expect(JSON.stringify(concealed.mail).toUpperCase()).not.toContain('7KQ2M9XWY');
    expect(concealed.mask({ reason: 'about p7kq2m9xwy' })).toEqual({ reason: 'about p*********' });
  });
  it('leaves words alone, and numbers that do not check', async () => {
    const mail = await read('pin-in-the-subject');
    const text = 'Permission processing: preference, p123456789, p7KQ2M9XWX, planetwide postscript';
    const other = { ...mail, facts: { ...mail.facts, text } };
    expect(maskSecrets(other, await facts('pin-in-the-subject'), hash)).toMatchObject({ seal: false, mail: other });
  });
});
