import { describe, expect, it } from 'vitest';
import { watched } from '../../../src/flows/overview/parts.ts';

describe('what is looked at now and then', () => {
  const given = (look: () => Promise<number>) => {
    const time = { now: 1_000 };
    return { time, part: watched(look, { everyMs: 100, limitMs: 50, clock: () => time.now }) };
  };

  it('is looked at once however many ask, and not again too soon', async () => {
    let looks = 0;
    const { time, part } = given(async () => {
      looks += 1;
      return looks;
    });
    await Promise.all([part.refresh(), part.refresh()]);
    await part.refresh();
    expect(looks).toBe(1);
    time.now += 100;
    await part.refresh();
    expect(part.part()).toMatchObject({ seen: 2, fault: null });
  });

  it('keeps what was seen and says since when it is not seen any more', async () => {
    let fails = false;
    const { time, part } = given(async () => {
      if (fails) throw new Error('away');
      return 7;
    });
    await part.refresh();
    fails = true;
    for (const _ of [1, 2]) {
      time.now += 1_000;
      await part.refresh();
    }
    expect(part.part()).toEqual({
      seen: 7,
      at: new Date(1_000).toISOString(),
      fault: { says: 'away', since: new Date(2_000).toISOString() },
    });
    fails = false;
    time.now += 1_000;
    await part.refresh();
    expect(part.part()).toMatchObject({ seen: 7, fault: null });
  });

  it('is looked at anew once something was done, and what had begun before does not count', async () => {
    const answers: ((seen: number) => void)[] = [];
    const { part } = given(() => new Promise((done) => answers.push(done)));
    const before = part.refresh();
    part.forget();
    const after = part.refresh();
    answers[0]?.(1);
    await before;
    for (let turn = 0; turn < 50 && answers.length < 2; turn += 1) await Promise.resolve();
    answers[1]?.(2);
    await after;
    expect(part.part().seen).toBe(2);
    await part.refresh();
    expect(answers).toHaveLength(2);
    part.forget();
    expect(part.age()).toBe(Number.POSITIVE_INFINITY);
  });

  it('has failed where no answer comes', async () => {
    const { part } = given(() => new Promise(() => {}));
    await part.refresh();
    expect(part.part().fault?.says).toMatch(/no answer within/);
  });
});
