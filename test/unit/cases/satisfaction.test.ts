import { describe, expect, it } from 'vitest';
import { mayAnswer, type SatisfactionAnswer, satisfactionOf } from '../../../src/cases/satisfaction.ts';

const at = (time: string, score: number, by: 'page' | 'mail' = 'page') =>
  ({ at: `2026-03-0${time}Z`, score, by }) as SatisfactionAnswer;

describe('§6.1: of the answers to how it was', () => {
  it('the last within a day of the first counts', () => {
    expect(satisfactionOf([])).toBeNull();
    expect(satisfactionOf([at('2T10:00:00', 2), at('2T18:00:00', 4)])?.score).toBe(4);
    expect(satisfactionOf([at('2T18:00:00', 4), at('2T10:00:00', 2)])?.score).toBe(4);
    expect(satisfactionOf([at('2T10:00:00', 2), at('3T10:00:00', 4)])?.score).toBe(4);
    expect(satisfactionOf([at('2T10:00:00', 2), at('3T10:00:01', 4)])?.score).toBe(2);
  });

  it('two different ones on the page within a minute are a scanner’s, and a later one is a person’s', () => {
    const scanner = [1, 2, 3, 4, 5].map((score) => at(`2T10:00:0${score}`, score));
    expect(satisfactionOf(scanner)).toBeNull();
    expect(satisfactionOf([...scanner, at('2T10:30:00', 5)])?.score).toBe(5);
    // Beyond a day after the scanner, which is no first answer.
    expect(satisfactionOf([...scanner, at('5T10:30:00', 5)])?.score).toBe(5);
    expect(satisfactionOf([at('2T10:00:00', 4), at('2T10:00:30', 4)])?.score).toBe(4);
    expect(satisfactionOf([at('2T10:00:00', 4), at('2T10:01:00', 2)])?.score).toBe(2);
  });

  it('those by mail are a person’s', () => {
    expect(satisfactionOf([at('2T10:00:00', 1), at('2T10:00:10', 5, 'mail')])?.score).toBe(5);
  });

  it('one more is taken within that day', () => {
    expect(mayAnswer([], '2026-03-02T10:00:00Z')).toBe(true);
    expect(mayAnswer([at('2T10:00:00', 4)], '2026-03-03T10:00:00Z')).toBe(true);
    expect(mayAnswer([at('2T10:00:00', 4)], '2026-03-03T10:00:01Z')).toBe(false);
  });
});
