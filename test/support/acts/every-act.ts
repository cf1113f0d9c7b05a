/** Of every act, in the states that are made for it: what was shown is what is written, and nothing else is. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyAct } from '../../../src/acts/act.ts';
import { type ActName, actsByName } from '../../../src/acts/list.ts';
import { actorOf, type By } from '../../../src/changes/by.ts';
import { auditOf, changeRows, eventsOf } from '../../../src/changes/change.ts';
import { readSettings } from '../../../src/config/settings.ts';
import type { ActRequest, CommitOutcome } from '../../../src/flows/acts/commit.ts';
import { commit } from '../../../src/flows/acts/commit.ts';
import { loadAll, perform } from '../../../src/flows/acts/perform.ts';
import { letterId } from '../../../src/foundation/ids.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { type App, openApp } from '../../../src/runtime/app.ts';
import { staffMemberSchema } from '../../../src/staff/staff.ts';
import { openWeb, type TestWeb } from '../../integration/web/support.ts';
import { key, registrySql } from '../app.ts';
import { remove, scratch } from '../process.ts';
import { emptyTables } from '../servers/postgres.ts';
import { inputs } from './act-inputs.ts';
import { everyRow, notAsListed, ofEveryTable } from './touched-rows.ts';

/** `whole`: in every state; else in a third of them. */
export function everyAct({ whole }: { readonly whole: boolean }): void {
  const folder = scratch('every-act');
  const people = (
    [
      ['Kim Oster', 'kim@desk.example', 'engineer', 'manager', 'admin'],
      ['Lea Brandt', 'lea@desk.example', 'engineer'],
      ['Gus Ahr', 'gus@desk.example', 'engineer'],
      ['Rita Voss', 'rita@desk.example', 'renewal representative'],
      ['Li Wen', 'li@desk.example', 'licensing'],
    ] as const
  ).map(([name, email, ...roles]) =>
    staffMemberSchema.parse({
      name,
      email,
      roles,
      absent: email.startsWith('gus') ? [{ from: '2020-01-01', to: '2099-12-31' }] : [],
    }),
  );
  let web: TestWeb;
  let app: App;
  let n = 0;

  beforeAll(async () => {
    web = await openWeb({ actions: { perform: (act, input, how) => perform(app, { act, input, ...how }) } });
    const env = {
      DATABASE_URL: web.url,
      SUPPORT_ADDRESS: 'support@desk.example',
      SECRET_KEY: key,
      AUTHSERV_ID: 'mx.desk.example',
      DNS_SERVERS: 'off',
    };
    const settings = readSettings('work', { folder, env });
    app = await openApp({
      settings: {
        ...settings,
        policy: { ...settings.policy, desk: { ...settings.policy.desk, staff: ['kim@desk.example'], people } },
      },
      log: silentLog,
      meter: silentMeter,
      hold: 'join',
      say() {},
      threads: 1,
    });
  });
  afterAll(async () => {
    await app.close();
    await web.close();
    remove(folder);
  });

  /** Every row of every table, save what is on its way to a queue, and what a process notes of its letters twice a minute. */
  async function everything(): Promise<Record<string, string>> {
    const row = 'md5(coalesce(string_agg(t::text, chr(124) order by t::text), chr(32)))';
    return Object.fromEntries(
      (await ofEveryTable(web.sql, row, ['outbox', 'letter_values'])).map(({ name, is }) => [name, is]),
    );
  }
  const last = async (table: string): Promise<string> =>
    (await web.sql(`select coalesce(max(id), 0)::text as id from ${table}`))[0].id;

  type Done = Extract<CommitOutcome, { kind: 'done' }>;
  /** The audit rows, letters and listed sentences of what was done agree. */
  async function writtenAsShown(
    { done, made, wrote }: Done,
    by: By,
    before: Record<'audit' | 'letters' | 'events', string>,
  ): Promise<void> {
    const audit = await web.sql(
      'select action, subject_kind, subject_id from audit where id > $1 and actor = $2 order by id',
      [before.audit, actorOf(by)],
    );
    const letters = await web.sql(
      `select template, to_address as to, subject, case when state = 'suppressed' then state_reason end as "heldBack"
     from letters where id > $1 order by id`,
      [before.letters],
    );
    expect(letters).toEqual(done.letters);
    const told = audit.filter((row) => row.subject_kind !== 'letter' || !wrote.includes(row.subject_id));
    const listed = made.flatMap((change) => auditOf(change) ?? []);
    const line = ({ action, subject_kind, subject_id }: (typeof told)[number]) =>
      `${action} ${subject_kind} ${subject_id}`;
    const lines = listed.map((cell) => `${cell.action} ${cell.subjectKind} ${cell.subjectId}`);
    // What a statement writes into the audit by itself is not known before.
    const itself = made.filter((change) => 'within' in changeRows[change.kind].audit);
    if (itself.length === 0) expect(told.map(line).toSorted()).toEqual(lines.toSorted());
    else expect(told.map(line)).toEqual(expect.arrayContaining(lines));
    const events = await web.sql('select case_id, kind from case_events where id > $1 order by id', [before.events]);
    expect(events).toEqual(made.flatMap(eventsOf).map(({ caseId, kind }) => ({ case_id: caseId, kind })));
    expect(audit.length - told.length).toBe(done.letters.length);
  }

  describe.each((Object.keys(actsByName) as ActName[]).map((name, place) => [name, place] as const))(
    '%s',
    (name, place) => {
      const act: AnyAct = actsByName[name];
      const asWhom: By = act.right === 'none' ? { kind: 'clock' } : { kind: 'api', staff: 'kim@desk.example' };
      // Shown to nobody by name: whoever confirms it sees the same. A caller without a PIN is identified by a manager by name.
      const named = act.right === 'none' || act.forStaff || name === 'open-case';
      const seen = new Set<string>();

      // What the acts before have left would be read again and again.
      beforeAll(async () => {
        await emptyTables(web.sql);
        await web.sql(registrySql);
      });

      it('writes what its preview listed, nothing where it was refused, and only what was shown', async () => {
        const runs = fc.asyncProperty(fc.nat({ max: 20 }), async (pick) => {
          n += 1;
          const input = await inputs[name](web, { n, pick });
          // What only a page hands in is of whom its letter went to.
          const by: By =
            act.right === 'none' && act.byPage ? { kind: 'page', letter: letterId(Object(input).letter) } : asWhom;
          const asked = { act: name as string, input, by };
          const before = await everything();
          const shown = await perform(app, { ...asked, by: named ? by : { kind: 'api', staff: null }, preview: true });
          expect(await everything()).toEqual(before);
          seen.add(shown.kind);
          if (shown.kind === 'refused') {
            expect(await perform(app, asked)).toEqual(shown);
            expect(await everything()).toEqual(before);
            return;
          }
          if (shown.kind !== 'preview') throw new Error(`not shown: ${shown.kind}`);
          const { changes, letters, fingerprint } = shown.preview;
          for (const { change } of changes) expect(act.gives.changes).toContain(change);
          for (const { template } of letters) expect(act.gives.letters).toContain(template);
          expect(await perform(app, { ...asked, expect: '0'.repeat(32) })).toMatchObject({ kind: 'moved' });
          if (act.right !== 'none') {
            const body = JSON.stringify({ input, expect: '0'.repeat(32), by: 'kim@desk.example' });
            const headers = { 'content-type': 'application/json' };
            expect((await web.ask(`/api/v1/acts/${name}`, { method: 'POST', body, headers })).status).toBe(409);
          }
          expect(await everything()).toEqual(before);
          const ids = { audit: await last('audit'), letters: await last('letters'), events: await last('case_events') };
          // What follows in other commits, such as the mails put back, is looked at by the tests of those.
          const load: ActRequest['load'] = (needs, database) => loadAll({ ...app, database }, needs);
          const rows = await everyRow(web.sql);
          const done = await commit(app, { ...asked, expect: fingerprint, load });
          if (done.kind !== 'done') throw new Error(`not done: ${JSON.stringify(done)}`);
          const { changes: asDone, letters: asSent } = done.done;
          // A number is drawn once a case is opened.
          const drawn = done.made.find((change) => change.kind === 'case-entered')?.case ?? '\u0000';
          // A deadline that is counted from now goes on until then.
          const lasting = (one: object) =>
            JSON.stringify(one)
              .replaceAll(drawn, '(new)')
              .replaceAll(/due by \d{4}-\d\d-\d\dT[\d:.+Z-]+/g, 'due by');
          expect(lasting({ changes: asDone, letters: asSent })).toEqual(lasting({ changes, letters }));
          await writtenAsShown(done, by, ids);
          expect(notAsListed(rows, await everyRow(web.sql), done)).toEqual({ rows: [], changes: [] });
          if (changes.length === 0 && letters.length === 0) expect(await everything()).toEqual(before);
          else expect(await everything()).not.toEqual(before);
        });
        // Every state that a pick chooses, and some again in another order; or a third of them, another one for the next act, and whatever it takes
        // to see the act done.
        const picks = (count: number) => Array.from({ length: count }, (_, pick): [number] => [pick]);
        const inTurn = picks(10).filter(([pick]) => pick % 3 === place % 3);
        if (whole) await fc.assert(runs, { numRuns: 14, examples: picks(10) });
        else await fc.assert(runs, { numRuns: inTurn.length, examples: inTurn });
        // In steps, so that what goes by `n` and what goes by `pick` meet in other pairs.
        for (const [turn] of picks(63))
          if (!seen.has('preview')) await fc.assert(runs, { numRuns: 1, examples: [[(turn * 5) % 21]] });
        expect([...seen]).toContain('preview');
      }, 120_000);
    },
  );
}
