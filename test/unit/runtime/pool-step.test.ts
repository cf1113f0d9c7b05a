import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MailFacts } from '../../../src/mail/parsed-mail.ts';
import { emptyPool, type PoolEffect, type PoolEvent, type PoolMail } from '../../../src/runtime/parser/pool-state.ts';
import { poolStep } from '../../../src/runtime/parser/pool-step.ts';

const facts = {} as MailFacts;
const mail = (id: number, bytes = 100): PoolMail => ({ id, bytes });
const answered = (thread: number, id: number) => ({ kind: 'answered', thread, answer: { id, facts } }) as const;

/** A pool that has seen these events; every call hands in more of them and has the effects of those. */
function poolAfter(most: number, ...events: PoolEvent<PoolMail>[]) {
  const state = emptyPool<PoolMail>(most);
  const step = (...more: PoolEvent<PoolMail>[]) => more.flatMap((event) => poolStep(state, event)).map(inShort);
  step({ kind: 'opened' }, ...events);
  return step;
}

/** `give 1: 1 2`, `give-up 3 parser-failed` and the like. */
function inShort(effect: PoolEffect<PoolMail>): string {
  const words: (string | number)[] = [effect.kind];
  if ('thread' in effect) words.push(effect.thread);
  if ('mails' in effect) words.push(':', ...effect.mails.map(({ id }) => id));
  if ('mail' in effect) words.push(effect.mail.id);
  if ('reason' in effect) words.push(effect.reason);
  if ('ready' in effect && !effect.ready) words.push('(starting)');
  return words.join(' ');
}

const ask = (id: number, bytes?: number) => ({ kind: 'asked', mail: mail(id, bytes) }) as const;
const turn = { kind: 'turn-over' } as const;
const grow = { kind: 'grow-due' } as const;
const online = (thread: number) => ({ kind: 'online', thread }) as const;

describe('the parser pool', () => {
  it('gives what comes in within a turn to one thread, together', () => {
    const step = poolAfter(2, online(1));
    expect(step(ask(1), ask(2))).toEqual(['gather']);
    expect(step(turn)).toEqual(['give 1 : 1 2']);
  });

  it('gives no more than twelve at once, and none behind 64 KB', () => {
    const step = poolAfter(1, online(1), ...Array.from({ length: 14 }, (_, at) => ask(at + 1)));
    expect(step(turn)[0]).toBe('give 1 : 1 2 3 4 5 6 7 8 9 10 11 12');
    const large = poolAfter(1, online(1), ask(1, 60_000), ask(2, 6_000));
    expect(large(turn)[0]).toBe('give 1 : 1');
    expect(large(answered(1, 1))).toEqual(['answer 1', 'give 1 : 2']);
  });

  it('counts the time of each mail from the answer before', () => {
    const step = poolAfter(1, ask(1), ask(2));
    expect(step(turn)).toEqual(['give 1 : 1 2 (starting)']);
    expect(step(online(1), answered(1, 1))).toEqual(['answer 1', 'time 1']);
    expect(step(answered(1, 2))).toEqual(['answer 2', 'rest 1']);
  });

  it('holds the mail whose time is over, and reads those behind it in another thread', () => {
    const step = poolAfter(1, online(1), ask(1), ask(2), ask(3), turn, ask(4));
    expect(step({ kind: 'overran', thread: 1 })).toEqual([
      'stop 1',
      'give-up 1 parser-overrun',
      'start 2',
      'give 2 : 2 3 4 (starting)',
    ]);
    expect(step(answered(1, 1), answered(1, 2), { kind: 'fell', thread: 1, cause: 'Error' })).toEqual([]);
  });

  it.each([
    ['Error', 'parser-failed'],
    ['ERR_WORKER_OUT_OF_MEMORY', 'parser-overrun'],
  ])('holds the mail that a thread falls over with %s as %s', (cause, reason) => {
    const step = poolAfter(1, online(1), ask(1), turn);
    expect(step({ kind: 'fell', thread: 1, cause })).toEqual(['stop 1', `give-up 1 ${reason}`, 'start 2', 'rest 2']);
  });

  it('adds a thread where a mail waits for long, and no more than it may', () => {
    const step = poolAfter(2, online(1), ask(1), turn);
    expect(step(ask(2))).toEqual(['grow-soon']);
    expect(step(ask(3))).toEqual([]);
    expect(step(grow)).toEqual(['start 2', 'give 2 : 2 3 (starting)']);
    expect(step(ask(4))).toEqual([]);
  });

  it('adds none where the mail has been given meanwhile', () => {
    const step = poolAfter(2, online(1), ask(1), turn, ask(2));
    expect(step(answered(1, 1))).toEqual(['answer 1', 'give 1 : 2']);
    expect(step(grow)).toEqual([]);
  });

  it('turns to an idle thread where a burst waits behind a slow mail', () => {
    const step = poolAfter(2, online(1), ask(1), turn, ask(2), grow, online(2), answered(2, 2), answered(1, 1));
    const burst = Array.from({ length: 13 }, (_, at) => ask(at + 3));
    expect(step(...burst, turn).at(-1)).toBe('grow-soon');
    expect(step(grow)).toEqual(['give 2 : 15']);
  });

  it('lets go of a thread beside the first that has nothing to do for a time', () => {
    const step = poolAfter(2, online(1), ask(1), turn, ask(2), grow, online(2));
    expect(step(answered(2, 2))).toEqual(['answer 2', 'rest 2', 'leave-soon 2']);
    expect(step({ kind: 'leave-due', thread: 2 })).toEqual(['stop 2']);
    expect(step({ kind: 'leave-due', thread: 1 })).toEqual([]);
  });

  it('ends with threads that die before they read anything, and tries again when a mail comes', () => {
    const step = poolAfter(1);
    const fall = (thread: number) => ({ kind: 'fell', thread, cause: 'Error' }) as const;
    for (let thread = 1; thread <= 10; thread += 1)
      expect(step(fall(thread))).toEqual([`stop ${thread}`, 'fell-idle', `start ${thread + 1}`, `rest ${thread + 1}`]);
    expect(step(ask(1), fall(11))).toEqual(['gather', 'fell-idle', 'stop 11', 'give-up 1 parser-failed']);
    expect(step(turn, ask(2), turn)).toEqual(['start 12', 'rest 12', 'gather', 'give 12 : 2 (starting)']);
  });

  it('refuses whatever it has, and all that comes, once it is closed', () => {
    const step = poolAfter(1, online(1), ask(1), turn, ask(2));
    expect(step({ kind: 'closed' })).toEqual(['refuse 2', 'refuse 1', 'stop 1']);
    expect(step(ask(3), turn, { kind: 'fell', thread: 1, cause: 'Error' })).toEqual(['refuse 3']);
  });
});

/** What stands around the pool: threads that run, what each was given and has not answered, what is set to happen. */
function world(most: number) {
  const state = emptyPool<PoolMail>(most);
  const running = new Map<number, PoolMail[]>();
  const due: PoolEvent<PoolMail>[] = [];
  const settled: number[] = [];
  const ended: number[] = [];
  const log: { readonly event: PoolEvent<PoolMail>; readonly effects: readonly PoolEffect<PoolMail>[] }[] = [];

  let asked = 0;

  function apply(event: PoolEvent<PoolMail>): void {
    if (event.kind === 'asked') asked += 1;
    if ('thread' in event && event.kind === 'fell') running.set(event.thread, []);
    const effects = poolStep(state, event);
    log.push({ event, effects });
    for (const effect of effects) {
      if (effect.kind === 'gather') due.push({ kind: 'turn-over' });
      if (effect.kind === 'grow-soon') due.push({ kind: 'grow-due' });
      if (effect.kind === 'leave-soon') due.push({ kind: 'leave-due', thread: effect.thread });
      if (effect.kind === 'start') {
        expect(running.has(effect.thread) || ended.includes(effect.thread)).toBe(false);
        running.set(effect.thread, []);
        expect(running.size).toBeLessThanOrEqual(most);
      }
      if (effect.kind === 'stop') {
        expect(running.delete(effect.thread)).toBe(true);
        ended.push(effect.thread);
      }
      if (effect.kind === 'give') {
        expect(running.get(effect.thread)).toEqual([]);
        expect(effect.mails.length).toBeGreaterThan(0);
        running.set(effect.thread, [...effect.mails]);
      }
      if ('mail' in effect) {
        expect(settled).not.toContain(effect.mail.id);
        settled.push(effect.mail.id);
      }
    }
    // No mail waits for a thread that may hang where another may be had.
    const inHand = [...running.values()];
    const waits = asked > settled.length + inHand.flat().length;
    if (waits && (inHand.length < most || inHand.some((mails) => mails.length === 0)))
      expect(due.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining([expect.stringMatching(/turn-over|grow-due/)]),
      );
  }

  /** A thread answers in the order in which it was given its mails. */
  const answer = (thread: number): void => {
    const first = running.get(thread)?.shift();
    if (!first) return;
    const before = settled.length;
    apply(answered(thread, first.id));
    expect(settled.slice(before)).toEqual([first.id]);
  };
  return { apply, answer, running, due, settled, ended, log };
}

const moves = fc.array(
  fc.record({
    what: fc.constantFrom('ask', 'ask', 'ask', 'due', 'due', 'answer', 'answer', 'online', 'overran', 'fell', 'late'),
    which: fc.nat(20),
    bytes: fc.nat(40_000),
  }),
  { maxLength: 120 },
);

function play(most: number, all: Iterable<{ what: string; which: number; bytes: number }>) {
  const around = world(most);
  let asked = 0;
  around.apply({ kind: 'opened' });
  for (const { what, which, bytes } of all) {
    const threads = [...around.running.keys()];
    const thread = threads[which % Math.max(1, threads.length)] ?? 0;
    if (what === 'ask') {
      for (let left = which; left >= 0; left -= 1) {
        asked += 1;
        around.apply(ask(asked, bytes));
      }
    } else if (what === 'due') {
      const [event] = around.due.splice(which % Math.max(1, around.due.length), 1);
      if (event) around.apply(event);
    } else if (what === 'answer') around.answer(thread);
    else if (what === 'late') {
      const gone = around.ended[which % Math.max(1, around.ended.length)] ?? 0;
      const id = 1 + (bytes % (asked + 1));
      around.apply(answered(gone, id));
      around.apply({ kind: 'overran', thread: gone });
      if (around.running.get(thread)?.[0]?.id !== id) around.apply(answered(thread, id));
    } else if (what === 'overran' && around.running.get(thread)?.length === 0) continue;
    else if (thread > 0) around.apply({ kind: what as 'online' | 'overran', thread, cause: 'Error' } as never);
  }
  return { ...around, asked };
}

describe('over any order of events the parser pool', () => {
  it('loses no mail and settles none twice, with no more threads than it may', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), moves, (most, all) => {
        const { apply, answer, running, due, settled, asked } = play(most, all);
        for (let left = 5_000; left > 0 && settled.length < asked; left -= 1) {
          const event = due.shift();
          if (event) apply(event);
          for (const thread of [...running.keys()]) answer(thread);
        }
        expect(settled.toSorted((a, b) => a - b)).toEqual(Array.from({ length: asked }, (_, at) => at + 1));
      }),
      { numRuns: 400 },
    );
  });

  it('refuses all that is left when it is closed, and stops every thread', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), moves, (most, all) => {
        const { apply, running, settled, asked } = play(most, all);
        apply({ kind: 'closed' });
        expect(settled.length).toBe(asked);
        expect([...running.keys()]).toEqual([]);
      }),
    );
  });

  it('does the same for the same events', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), moves, (most, all) => {
        const { log } = play(most, all);
        const again = emptyPool<PoolMail>(most);
        for (const { event, effects } of log) expect(poolStep(again, event)).toEqual(effects);
      }),
    );
  });
});
