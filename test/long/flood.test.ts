/** POLICY §3 "Letters, how many": what a flood of strangers costs the customers, and that its numbers hold with two intakes at once. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startIntake } from '../../workers/intake.ts';
import { mail, registrySql, startApp } from '../support/app.ts';

let running: Awaited<ReturnType<typeof startApp>>;
beforeEach(async () => {
  running = await startApp();
  await running.query(registrySql);
});
afterEach(() => running.stop());

const incoming = (raw: string, from: string) => ({
  raw: Buffer.from(raw.replaceAll('\n', '\r\n')),
  arrivedAt: new Date(),
  envelope: { mailFrom: from, rcptTo: ['support@desk.example'] },
  origin: { kind: 'smtp' as const, name: 'smtp' },
});

const floods = {
  'without a PIN': () => 'Good offers',
  'with a wrong PIN each': (n: number) => `PIN ${20_000 + n} help`,
};

it.each(Object.entries(floods))(
  '§3 2,000 mails of strangers %s: 20 receipts, and contacts are acknowledged meanwhile',
  async (_, subject) => {
    const second = await startIntake(running.app, () => {});
    const count = 2000;
    const from = performance.now();
    for (let n = 0; n < count; n += 100) {
      const batch = Array.from({ length: 100 }, (_each, i) => {
        const sender = `s${n + i}@d${n + i}.example`;
        return incoming(mail({ subject: subject(n + i), from: sender, body: `Number ${n + i}.` }), sender);
      });
      await running.app.receive(batch);
    }
    const stored = performance.now() - from;
    const waits: number[] = [];
    for (let n = 1; n <= 10; n += 1) {
      const at = performance.now();
      await running.handIn(mail({ subject: `PIN 345 Request ${n}`, body: `Request ${n}.` }));
      await running.until(
        'acknowledged',
        async () =>
          (await running.query(`select from letters where template = 'acknowledgement' and state = 'sent'`)).length >=
          n,
        120,
      );
      waits.push(Math.round(performance.now() - at));
    }
    await running.until(
      'decided',
      async () => (await running.query(`select from mails where state = 'new' limit 1`)).length === 0,
      120,
    );
    const whole = performance.now() - from;
    await running.until(
      'sent',
      async () => (await running.query(`select from letters where state = 'queued' limit 1`)).length === 0,
    );
    await second.close();
    console.log(
      `stored in ${Math.round(stored)} ms, decided in ${Math.round(whole)} ms; contacts waited ${waits.join(', ')} ms`,
    );
    const strangers = running.sink.letters.filter((one) => !one.rcptTo.includes('ada@aldous.example'));
    expect(strangers.length).toBe(20);
    expect(Math.max(...waits)).toBeLessThan(30_000);
  },
  300_000,
);
