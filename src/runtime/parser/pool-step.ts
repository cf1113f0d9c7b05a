/**
 * Which mail goes to which thread of the parser pool, and when a thread is added, ended or let go. It reaches nothing: every event comes
 * in, every effect goes out. The state is changed in place, since a burst would be copied once a mail otherwise.
 */
import type { PoolEffect, PoolEvent, PoolMail, PoolState, Slot } from './pool-state.ts';

type Effects<M> = readonly PoolEffect<M>[];

/** Waking a thread is the dear part of a small mail: it is given a few at once. */
const atOnce = { mails: 12, bytes: 64 * 1024 };
/** Threads that die before they read anything would be started for ever. */
const mostBarren = 10;
const nothing: readonly never[] = [];

export function poolStep<M extends PoolMail>(state: PoolState<M>, event: PoolEvent<M>): Effects<M> {
  if (state.closed) return event.kind === 'asked' ? [{ kind: 'refuse', mail: event.mail }] : nothing;
  switch (event.kind) {
    case 'opened':
      return [{ kind: 'start', thread: add(state).thread }];
    case 'asked':
      state.waiting.push(event.mail);
      if (state.slots.length > 0 && !freeSlot(state)) return growSoon(state);
      if (state.gathering) return nothing;
      state.gathering = true;
      return [{ kind: 'gather' }];
    case 'turn-over':
      state.gathering = false;
      return state.slots.length > 0 && !freeSlot(state) ? growSoon(state) : giveToAnother(state);
    case 'grow-due': {
      const stillWaits = state.waiting.some(({ id }) => id === state.growingFor);
      state.growingFor = null;
      return stillWaits ? giveToAnother(state) : growSoon(state);
    }
    case 'closed':
      state.closed = true;
      return [
        ...[...state.waiting.splice(0), ...state.slots.flatMap(({ given }) => given.splice(0))].map(refuse),
        ...state.slots.splice(0).map(({ thread }) => ({ kind: 'stop', thread }) as const),
      ];
    default: {
      const slot = state.slots.find(({ thread }) => thread === event.thread);
      // Of a thread whose place another has taken nothing is heard any more.
      return slot ? ofThread(state, slot, event) : nothing;
    }
  }
}

function ofThread<M extends PoolMail>(
  state: PoolState<M>,
  slot: Slot<M>,
  event: Extract<PoolEvent<M>, { thread: number }>,
): Effects<M> {
  const [mail] = slot.given;
  switch (event.kind) {
    case 'online':
      slot.ready = true;
      return nothing;
    case 'answered': {
      const { answer } = event;
      if (mail === undefined || answer.id !== mail.id) return nothing;
      state.barren = 0;
      slot.given.shift();
      const told: PoolEffect<M> =
        'facts' in answer
          ? { kind: 'answer', mail, facts: answer.facts }
          : { kind: 'give-up', mail, reason: 'parser-failed', cause: answer.error };
      if (slot.given.length === 0) return [told, ...give(state, slot)];
      return [told, { kind: 'time', thread: slot.thread, ready: slot.ready }];
    }
    case 'overran':
      if (mail === undefined) return nothing;
      return replace(state, slot, { kind: 'give-up', mail, reason: 'parser-overrun', cause: 'time' });
    case 'fell': {
      const { cause } = event;
      if (mail !== undefined) {
        const reason = cause === 'ERR_WORKER_OUT_OF_MEMORY' ? 'parser-overrun' : 'parser-failed';
        return replace(state, slot, { kind: 'give-up', mail, reason, cause });
      }
      state.barren += 1;
      if (state.barren <= mostBarren) return replace(state, slot, { kind: 'fell-idle', cause });
      return [{ kind: 'fell-idle', cause }, ...remove(state, slot), ...state.waiting.splice(0).map(noThread)];
    }
    case 'leave-due':
      slot.leaving = false;
      return slot.given.length > 0 || slot === state.slots[0] ? nothing : remove(state, slot);
    default:
      return event satisfies never;
  }
}

const freeSlot = <M extends PoolMail>(state: PoolState<M>) => state.slots.find(({ given }) => given.length === 0);
const refuse = <M>(mail: M) => ({ kind: 'refuse', mail }) as const;
const noThread = <M>(mail: M) =>
  ({ kind: 'give-up', mail, reason: 'parser-failed', cause: 'no thread starts' }) as const;

function remove<M extends PoolMail>(state: PoolState<M>, slot: Slot<M>): Effects<M> {
  state.slots.splice(state.slots.indexOf(slot), 1);
  return [{ kind: 'stop', thread: slot.thread }];
}

/** A thread in the place of one that fell or overran; what that one had behind its first mail goes to the front again. */
function replace<M extends PoolMail>(state: PoolState<M>, slot: Slot<M>, told: PoolEffect<M>): Effects<M> {
  const ended = slot.thread;
  state.waiting.unshift(...slot.given.splice(0).slice(1));
  state.lastThread += 1;
  Object.assign(slot, { thread: state.lastThread, ready: false, leaving: false });
  return [{ kind: 'stop', thread: ended }, told, { kind: 'start', thread: slot.thread }, ...give(state, slot)];
}

function add<M extends PoolMail>(state: PoolState<M>): Slot<M> {
  state.lastThread += 1;
  const slot = { thread: state.lastThread, ready: false, leaving: false, given: [] };
  state.slots.push(slot);
  return slot;
}

function giveToAnother<M extends PoolMail>(state: PoolState<M>): Effects<M> {
  const free = freeSlot(state);
  if (free) return give(state, free);
  if (state.slots.length >= state.most) return nothing;
  const slot = add(state);
  return [{ kind: 'start', thread: slot.thread }, ...give(state, slot)];
}

/** To a thread that has nothing: what waits, or its rest. */
function give<M extends PoolMail>(state: PoolState<M>, slot: Slot<M>): Effects<M> {
  const { thread, ready, given } = slot;
  let bytes = 0;
  while (given.length < atOnce.mails) {
    const [mail] = state.waiting;
    if (!mail || (given.length > 0 && bytes + mail.bytes > atOnce.bytes)) break;
    state.waiting.shift();
    bytes += mail.bytes;
    given.push(mail);
  }
  if (given.length > 0) {
    slot.leaving = false;
    return [{ kind: 'give', thread, mails: [...given], ready }, ...growSoon(state)];
  }
  // A thread costs some 40 MB: all but the first go when there is nothing for them.
  if (slot === state.slots[0] || slot.leaving) return [{ kind: 'rest', thread }];
  slot.leaving = true;
  return [
    { kind: 'rest', thread },
    { kind: 'leave-soon', thread },
  ];
}

/** Another thread where mails wait for long, whatever holds the others up. */
function growSoon<M extends PoolMail>(state: PoolState<M>): Effects<M> {
  const [oldest] = state.waiting;
  if (state.growingFor !== null || !oldest) return nothing;
  if (state.slots.length >= state.most && !freeSlot(state)) return nothing;
  state.growingFor = oldest.id;
  return [{ kind: 'grow-soon' }];
}
