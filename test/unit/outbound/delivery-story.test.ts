import { describe, expect, it } from 'vitest';
import { deliveryStory } from '../../../src/outbound/delivery-story.ts';

const at = '2026-11-29T10:00:00Z';

describe('what became of a letter', () => {
  it('is told step by step, with what the server answered and who asked', () => {
    const story = deliveryStory([
      { at, actor: 'mail:7', action: 'letter-queued', detail: {} },
      { at, actor: 'outbound', action: 'letter-again', detail: { response: '451 4.7.1 later' } },
      { at, actor: 'outbound', action: 'letter-failed', detail: { response: '550 5.1.1 nobody' } },
      { at, actor: 'console for kim@desk.example', action: 'letter-sent-again', detail: { was: 'failed' } },
      { at, actor: 'console for kim@desk.example', action: 'letter-retried', detail: {} },
      { at, actor: 'outbound', action: 'letter-sent', detail: { response: '250 taken' } },
      { at, actor: 'mail:9', action: 'letter-returned-hard', detail: {} },
      { at, actor: 'console for kim@desk.example', action: 'letter-marked', detail: { as: 'reached' } },
    ]);
    expect(story.map(({ says, response, tone, tried }) => [says, response, tone, tried])).toEqual([
      ['Written, and on its way', null, null, false],
      ['Not taken; it is tried again', '451 4.7.1 later', 'warn', true],
      ['Given up', '550 5.1.1 nobody', 'bad', true],
      ['Asked to be sent again, under the same Message-ID', null, null, false],
      ['Tried again at once, ahead of its time', null, null, false],
      ['The mail server took it', '250 taken', 'good', true],
      ['It came back: nobody is reached there', null, 'bad', false],
      ['Dealt with: told by another way', null, null, false],
    ]);
    expect(story.map(({ by }) => by.way)).toEqual([
      ...['mail', 'itself', 'itself', 'console', 'console', 'itself', 'mail', 'console'],
    ]);
    expect(story[0]?.by.mail).toBe('7');
  });
  it('names what a later Postern writes by its own words', () => {
    expect(deliveryStory([{ at, actor: 'outbound', action: 'letter-turned-blue', detail: {} }])[0]?.says).toBe(
      'letter turned blue',
    );
  });
});
