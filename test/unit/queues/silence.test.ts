import { expect, it } from 'vitest';
import { isSilent } from '../../../src/queues/consumer.ts';

it('takes a worker for silent only where no job comes and it has stopped asking, or no heartbeat comes anywhere', () => {
  const well = { heard: 95, answered: 1, heart: 10 };
  expect(isSilent(well, 90)).toBe(false);
  expect(isSilent({ ...well, answered: 30 }, 90)).toBe(true);
  expect(isSilent({ ...well, heart: 90 }, 90)).toBe(true);
  expect(isSilent({ heard: 89, answered: 89, heart: 500 }, 90)).toBe(false);
});
