import { afterAll, beforeAll, expect, it } from 'vitest';
import { mail, registrySql } from '../../support/app.ts';
import { type SimulatedWeek, startWeek } from '../../support/simulated-week.ts';

let week: SimulatedWeek;
beforeAll(async () => {
  week = await startWeek('2026-03-27T08:00:00Z');
  await week.query(registrySql);
});
afterAll(() => week.stop());

it('opens a case, and looks at it when its time has come', async () => {
  await week.arrive('2026-03-27T08:05:00Z', mail({ subject: 'PIN 345 Stopped' }), {
    mailFrom: 'ada@aldous.example',
    rcptTo: ['support@desk.example'],
  });
  const timers = () => week.query<{ due: string; timer_at: Date | null }>('select due, timer_at from cases');
  expect(await timers()).toMatchObject([{ timer_at: new Date('2026-03-27T13:00:00Z') }]);
  await week.pass('2026-03-27T14:00:00Z');
  expect(await timers()).toMatchObject([{ timer_at: null }]);
  expect(week.sink.letters.map(({ rcptTo }) => rcptTo)).toEqual([['ada@aldous.example']]);
}, 60_000);
