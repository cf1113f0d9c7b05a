import { describe, expect, it } from 'vitest';
import { mostSearchWords, searchWords } from '../../../src/cases/search-words.ts';

const words = (said: string) => searchWords(said).map(({ forms, begins }) => `${forms[0]}${begins ? '…' : ''}`);

describe('what is looked for in cases', () => {
  it.each([
    ['vault', ['vault…']],
    ['Vault  door', ['vault', 'door…']],
    ['vault door ', ['vault', 'door']],
    ['ada@aldous.example', ['ada', 'aldous', 'example…']],
    ['"[Case 100042]"', ['case', '100042']],
    ["l'imprimante n’imprime", ['l', 'imprimante', 'n', 'imprime…']],
    ['Größe', ['größe…']],
    ['金庫 が開かない', ['金庫', 'が開かない…']],
    ["'; drop table cases; --", ['drop', 'table', 'cases']],
    ['\u0000 & | ! :* <->', []],
    ['', []],
  ])('of %j is %j', (said, expected) => {
    expect(words(said)).toEqual(expected);
  });

  it('is found with capital letters that the database may not know', () => {
    expect(searchWords('ölung')[0]?.forms).toEqual(
      ['ölung', 'Ölung', 'Ölung'].filter((one, i, all) => all.indexOf(one) === i),
    );
    expect(searchWords('größe')[0]?.forms).toContain('größe');
    expect(searchWords('vault')[0]?.forms).toEqual(['vault']);
  });

  it('is found anywhere where a script writes no spaces', () => {
    expect(searchWords('金庫 vault').map(({ anywhere }) => anywhere)).toEqual([true, false]);
  });

  it('is no more than some words', () => {
    expect(searchWords('a '.repeat(500))).toHaveLength(mostSearchWords);
  });
});
