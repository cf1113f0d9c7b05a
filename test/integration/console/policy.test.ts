/** The policy in the console: numbers with their meaning, and what others would have done. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkPolicyText } from '../../../src/config/policy-check.ts';
import { mail } from '../../support/app.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
});
afterAll(() => postern.stop());
beforeEach(() => postern.anew());

type Who = Awaited<ReturnType<TestConsole['as']>>;
async function tried(who: Who, numbers: Record<string, string>): Promise<string> {
  const fields = Object.fromEntries(Object.entries(numbers).map(([path, value]) => [`n.${path}`, value]));
  const answer = await who.post('/policy', fields);
  expect(answer.status).toBe(303);
  const path = answer.headers.get('location') ?? '';
  let page = await who.page(path);
  await postern.until('it was tried', async () => {
    page = await who.page(path);
    return !page.includes('id="trial"');
  });
  return page;
}
const decided = async (many: number) => {
  for (let i = 0; i < many; i += 1) await postern.handIn(mail({ subject: `PIN 345 It stops, ${i}` }));
  await postern.until(
    'all are decided',
    async () => (await postern.query("select from mails where outcome = 'case-opened'")).length === many,
  );
};

describe('/policy', () => {
  it('has every number with its meaning, as it is and as it would be', async () => {
    const page = await (await postern.as('vic')).page('/policy');
    for (const text of [
      'pinGraceDays',
      'days for which the PIN before stays good',
      'response.premier',
      'letters.retryMinutes',
      'retention.mailMonths',
      'alerts.noFetchMinutes',
      'all of them the default',
    ])
      expect(page).toContain(text);
  });
  it('says what cannot be used beside its number, and keeps what was typed', async () => {
    const answer = await (await postern.as('kim')).post('/policy', { 'n.pinDigits': 'eleven', 'n.heldDays': '30' });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toMatch(/value="eleven"[^>]*aria-invalid="true"/);
    expect(page).toMatch(/One number cannot be used/);
    expect(page).toContain('value="30"');
  });
  it('has nothing to try where nothing is changed', async () => {
    const answer = await (await postern.as('kim')).post('/policy', { 'n.heldDays': '90' });
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('Nothing was changed')]);
  });
  it('tries it on the mails of the last days, writes nothing, and gives the lines for the file', async () => {
    await decided(3);
    const rows = async () =>
      postern.query(
        'select (select count(*) from decisions) as d, (select count(*) from letters) as l, (select count(*) from cases) as c',
      );
    const kim = await postern.as('kim');
    const before = await rows();
    const page = await tried(kim, {
      'response.standard': '{ 1: { minutes: 30 }, 2: { minutes: 60 }, 3: { minutes: 60 }, 4: { businessDays: 1 } }',
      askFor: '[ version ]',
    });
    expect(await rows()).toEqual(before);
    expect(page).toContain('3 mails of 3 would have been decided otherwise');
    expect(page).toMatch(/3 with another deadline/);
    expect(page).toMatch(/href="\/mails\/\d+"/);
    const yaml = (/<pre class="mail source"[^>]*>([\s\S]*?)<\/pre>/.exec(page)?.[1] ?? '').replaceAll('&quot;', '"');
    const checked = checkPolicyText(yaml);
    expect(checked.faults).toEqual([]);
    expect(checked.policy?.response.standard[3]).toEqual({ minutes: 60 });
    expect(parse(yaml)).toMatchObject({ policy: { askFor: ['version'] } });
    expect(checked.policy?.response.premier).toEqual(postern.settings.policy.response.premier);
    expect(await tried(kim, { heldDays: '30' })).toContain('Nothing would have been decided otherwise, of 3 mails');
  });
  it('is stopped by whoever started it, or who runs the system, and by nobody else', async () => {
    const [robin, kim, vic] = [await postern.as('robin'), await postern.as('kim'), await postern.as('vic')];
    const { headers } = await robin.post('/policy', { 'n.heldDays': '31' });
    const stop = `${headers.get('location')}/stop`;
    const answer = await vic.post(stop, {});
    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining('robin@desk.example has started'),
    ]);
    expect((await kim.post(stop, {})).status).toBe(303);
    expect((await robin.post(stop, {})).status).toBe(303);
  });
  it('knows no trial of before a start', async () => {
    expect((await (await postern.as('kim')).get('/policy/tried/1')).status).toBe(404);
  });
});
