import { expect, it } from 'vitest';
import { pauseFollows, resumeFollows, type SendingState, sendingSays } from '../../../src/outbound/sending-words.ts';

const going: SendingState = {
  stopped: null,
  queueStopped: null,
  restSeconds: 0,
  restReason: null,
  queued: 0,
  held: 0,
  waiting: 0,
};
const stopped = { at: '2026-11-29T10:00:00Z', by: 'console for kim@desk.example', reason: 'the relay is moved' };

it('says whether letters go, why not, and how many wait', () => {
  expect(sendingSays(going)).toBe('Letters go out; none waits.');
  expect(sendingSays({ ...going, queued: 1 })).toBe('Letters go out; 1 letter is on the way.');
  expect(sendingSays({ ...going, queued: 3, stopped })).toBe(
    'No letter goes out: paused by console for kim@desk.example, the relay is moved. 3 letters wait.',
  );
  expect(sendingSays({ ...going, queued: 1, queueStopped: stopped })).toBe(
    'No letter goes out: the queue outbound is paused by console for kim@desk.example, the relay is moved. 1 letter waits.',
  );
  expect(sendingSays({ ...going, restSeconds: 12.2, restReason: 'the server refused the login' })).toBe(
    'The way out rests for another 13 seconds: the server refused the login.',
  );
});

it('says before what stopping them and letting them go comes to', () => {
  expect(pauseFollows({ ...going, queued: 2 }).join(' ')).toContain('wait with the 2 letters that are not out yet');
  expect(pauseFollows({ ...going, stopped })[0]).toContain('the new reason counts');
  expect(resumeFollows({ ...going, queued: 2, stopped })[0]).toBe('Letters go out again, 2 letters that wait first.');
  expect(resumeFollows(going)).toEqual(['They are not paused: nothing changes.']);
});
