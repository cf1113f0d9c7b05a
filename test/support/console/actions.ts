/** Every action of the console's first pages: what has to be there, its button, what that sends, how one sees that it was done, and who may. */
import type { Page } from 'playwright-core';
import { openConsole } from '../../../workers/console.ts';
import { mail } from '../app.ts';
import { people, type Somebody, type TestConsole } from '../console.ts';
import { heldMail, outcomeOf } from '../held-mails.ts';
import { putLetter } from '../put-letter-rows.ts';

/** What is there before, and how one sees that it was done. */
export type Given = {
  readonly path: string;
  /** What the button sends. */
  readonly form: readonly [path: string, fields: Readonly<Record<string, string | readonly string[]>>];
  readonly done: () => Promise<boolean>;
};
export type Action = {
  readonly page: string;
  readonly does: string;
  readonly who: readonly Somebody[];
  readonly given: () => Promise<Given>;
  /** On its page: the button, or what opens its fields. */
  readonly button: RegExp;
  /** What is typed behind it, by name. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Within this part of the page. */
  readonly within?: string;
};

export const everybody = Object.keys(people) as readonly Somebody[];
/** By right, as the table of rights has it for an admin, an engineer, a renewal representative and a viewer. */
const may = {
  'mail: settle': ['nia', 'kim'],
  'senders: block': ['nia', 'kim'],
  'letters: settle': ['nia', 'kim'],
  'letters: pause': ['nia', 'kim'],
  'system: operate': ['nia', 'kim'],
  'cases: work': ['nia', 'kim'],
  'staff: manage': ['nia'],
  'console: view': everybody,
} as const satisfies Record<string, readonly Somebody[]>;

/** `desk` is there by the time that something is asked of an action. */
export function consoleActions(desk: () => TestConsole) {
  async function goOn(): Promise<void> {
    await desk().query("delete from channels where name like 'queue:%'");
    for (const queue of ['intake', 'outbound', 'upkeep'] as const) await desk().app.queues.resume(queue);
    // Whatever a queue was emptied of, or a failure left, would come back with the sweeper.
    await desk().query("update mails set state = 'dead', claimed_by = null where state = 'new'");
    // One that no button has let go would keep every test behind it waiting.
    await desk().query(
      "update letters set state = 'failed' where state = 'queued' and due_at > now() + interval '1 day'",
    );
  }
  const query = <T extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
    desk().query<T>(text, values);
  const some = async (text: string, values: unknown[] = []): Promise<boolean> => (await query(text, values)).length > 0;
  const zoe = () => heldMail(desk(), 'zoe@aldous.example', `PIN 345 Robot arm drifts`, { name: 'Zoe Hart' });
  const pest = () => heldMail(desk(), 'pest@elsewhere.example', 'Buy arms');
  const asNia = async (act: string, input: unknown, fields = {}) => (await desk().as('nia')).act(act, input, fields);
  const seen = (path: string, what: RegExp) =>
    desk().until(`${path} shows ${what}`, async () => what.test(await (await desk().as('nia')).page(path)), 20);

  const act = (name: string, input: unknown, fields: Record<string, string> = {}): Given['form'] => [
    `/do/${name}`,
    { input: JSON.stringify(input), sure: 'yes', back: '/', ...fields },
  ];
  const ofHeld = (
    does: string,
    button: RegExp,
    name: string,
    more: Partial<Action> & { readonly becomes: string; readonly input?: object },
  ): Action => ({
    ...{ page: 'held mail', does, button, who: may['mail: settle'], within: '#opened' },
    ...more,
    given: async () => {
      const id = await zoe();
      return {
        path: `/held?row=${id}`,
        form: act(name, { mail: id, ...more.input }, more.fields),
        done: async () => (await outcomeOf(desk(), id)) === more.becomes,
      };
    },
  });
  const ofLetter = (
    does: string,
    button: RegExp,
    name: string,
    put: Record<string, unknown>,
    done: string,
    more = {},
  ): Action => ({
    ...{ page: 'letters', does, button, who: may['letters: settle'] },
    given: async () => {
      const id = await putLetter(desk().query, put);
      return {
        path: `/letters/${id}`,
        form: act(name, { letter: id, ...more }),
        done: () => some(`select from letters where id = $1 and ${done}`, [id]),
      };
    },
  });
  const failed = { state: 'failed', response: '550 5.1.1 no such user here', attempts: 6 };
  const isPaused = () => some("select from channels where name = 'queue:intake' and stopped_at is not null");

  const actions: readonly Action[] = [
    ofHeld('registers and releases', /^Register and release/, 'release-mail', {
      ...{ becomes: 'case-opened', input: { register: {} } },
    }),
    ofHeld('releases once', /^Release once/, 'release-mail', { becomes: 'case-opened' }),
    ofHeld('refuses', /^Refuse/, 'refuse-mail', { becomes: 'refused', fields: { reason: 'An advertisement' } }),
    {
      ...{ page: 'held mail', does: 'answers', button: /^Answer/, who: may['mail: settle'], within: '#opened' },
      fields: { text: 'Which arm is it?' },
      given: async () => {
        const id = await zoe();
        return {
          path: `/held?row=${id}`,
          form: act('answer-mail', { mail: id }, { text: 'Which arm is it?' }),
          done: () => some("select from letters where template = 'held-answer'"),
        };
      },
    },
    {
      ...{ page: 'held mail', does: 'holds again', button: /^Hold again/, who: may['mail: settle'], within: '#opened' },
      given: async () => {
        const id = await zoe();
        await asNia('refuse-mail', { mail: id });
        return {
          path: `/held?reason=refused&row=${id}`,
          form: act('hold-again', { mail: id }),
          done: async () => (await outcomeOf(desk(), id)) === 'held-unregistered',
        };
      },
    },
    {
      ...{
        page: 'held mail',
        does: 'blocks',
        button: /^Block the sender/,
        who: may['senders: block'],
        within: '#opened',
      },
      given: async () => ({
        path: `/held?row=${await pest()}`,
        form: act('block-sender', { sender: 'pest@elsewhere.example' }),
        done: () => some('select from blocked_senders where lifted_at is null'),
      }),
    },
    {
      ...{
        page: 'held mail',
        does: 'unblocks',
        button: /^Unblock the sender/,
        who: may['senders: block'],
        within: '#opened',
      },
      given: async () => {
        const id = await pest();
        await asNia('block-sender', { sender: 'pest@elsewhere.example' });
        return {
          path: `/held?row=${id}`,
          form: act('unblock-sender', { sender: 'pest@elsewhere.example' }),
          done: () => some('select from blocked_senders where lifted_at is not null'),
        };
      },
    },
    {
      ...{ page: 'held mail', does: 'refuses many', button: /^Refuse 1/, who: may['mail: settle'] },
      given: async () => {
        const id = await zoe();
        return {
          path: `/held/many?do=refuse&mail=${id}`,
          form: ['/held/many', { do: 'refuse', mail: [id], expect: [''], back: '/held' }],
          done: async () => (await outcomeOf(desk(), id)) === 'refused',
        };
      },
    },
    {
      ...{ page: 'held mail', does: 'lets in what is mended', button: /^Let it in/, who: may['mail: settle'] },
      given: async () => {
        const id = await zoe();
        await asNia('add-contact', {
          ...{ site: '1000345', address: 'zoe@aldous.example', name: 'Zoe Hart', role: 'authorized user' },
        });
        await seen('/held/let-in', /Let it in/);
        return {
          path: '/held/let-in',
          form: ['/held/let-in', { count: '1' }],
          done: async () => (await outcomeOf(desk(), id)) === 'case-opened',
        };
      },
    },
    {
      ...{ page: 'mails', does: 'decides again', button: /^Decide again/, who: may['mail: settle'] },
      given: async () => {
        const id = await zoe();
        // What would be decided as before is not decided again.
        await query(
          `with one as (
           insert into contacts (site_id, name, role, types, position)
           values (1, 'Zoe Hart', 'authorized user', '{}', 99) returning id, site_id)
         insert into contact_addresses (site_id, contact_id, address, main)
         select site_id, id, 'zoe@aldous.example', true from one`,
        );
        return {
          path: `/mails/${id}`,
          form: act('replay-mail', { mail: id }),
          done: () => some("select from audit where action = 'mail-replayed'"),
        };
      },
    },
    ofLetter('releases', /^Release/, 'release-letter', { state: 'waiting' }, "state in ('queued', 'sent')"),
    ofLetter('never sends', /^Never send it/, 'suppress-letter', { state: 'waiting' }, "state = 'suppressed'"),
    ofLetter('sends again', /^Send again/, 'send-letter-again', failed, "state in ('queued', 'sent')"),
    ofLetter('marks', /^Told by another way/, 'mark-letter', failed, "marked_as = 'reached'", { as: 'reached' }),
    ofLetter(
      'unmarks',
      /^Not dealt with after all/,
      'unmark-letter',
      { ...failed, marked_as: 'reached' },
      'marked_as is null',
    ),
    {
      ...{ page: 'letters', does: 'pauses all', button: /^Pause all letters/, who: may['letters: pause'] },
      fields: { reason: 'the relay is moved' },
      given: async () => ({
        path: '/letters/sending',
        form: ['/letters/pause', { reason: 'the relay is moved' }],
        done: () => some("select from channels where name = 'smtp' and stopped_at is not null"),
      }),
    },
    {
      ...{ page: 'letters', does: 'lets all go', button: /^Let them go again/, who: may['letters: pause'] },
      given: async () => {
        await (await desk().as('nia')).post('/letters/pause', { reason: 'the relay is moved' });
        return {
          path: '/letters/sending',
          form: ['/letters/resume', {}],
          done: async () => !(await some("select from channels where name = 'smtp' and stopped_at is not null")),
        };
      },
    },
    {
      ...{ page: 'queues', does: 'pauses', button: /^Pause/, who: may['system: operate'], within: '#intake .turning' },
      fields: { reason: 'a new parser' },
      given: async () => {
        await seen('/queues', /action="\/queues\/intake\/pause"/);
        return { path: '/queues', form: ['/queues/intake/pause', { reason: 'a new parser' }], done: isPaused };
      },
    },
    {
      ...{
        page: 'queues',
        does: 'resumes',
        button: /^Resume/,
        who: may['system: operate'],
        within: '#intake .turning',
      },
      given: async () => {
        await (await desk().as('nia')).post('/queues/intake/pause', { reason: 'a new parser' });
        await seen('/queues', /action="\/queues\/intake\/resume"/);
        return { path: '/queues', form: ['/queues/intake/resume', {}], done: async () => !(await isPaused()) };
      },
    },
    {
      ...{
        page: 'queues',
        does: 'empties',
        button: /^Throw 1 job away/,
        who: may['system: operate'],
        within: '#intake .turning',
      },
      given: async () => {
        await (await desk().as('nia')).post('/queues/intake/pause', { reason: 'a flood' });
        await desk().handIn(mail({ subject: 'PIN 345 In the flood' }));
        await seen('/queues', /Throw 1 job away/);
        return {
          path: '/queues',
          form: ['/queues/intake/empty', {}],
          done: () => some("select from audit where action = 'queue-emptied'"),
        };
      },
    },
    {
      ...{
        page: 'queues',
        does: 'tries mails again',
        button: /^Try it now/,
        who: may['mail: settle'],
        within: '#intake',
      },
      given: async () => {
        await query(
          `insert into mails (arrived_at, door, door_name, sha256, size, state, tries, last_failure, due_at)
         values (now(), 'hand', 'x', sha256('x'), 1, 'dead', 5, 'parser-crashed', now() + interval '1 hour')`,
        );
        await seen('/queues', /Try it now/);
        return {
          path: '/queues',
          form: act('retry-mails', { cause: 'parser-crashed' }),
          done: () => some("select from audit where action = 'mail-retried'"),
        };
      },
    },
    {
      ...{
        page: 'queues',
        does: 'tries letters again',
        button: /^Try it now/,
        who: may['letters: settle'],
        within: '#outbound',
      },
      given: async () => {
        const response = '451 4.3.0 come back later';
        await putLetter(desk().query, {
          state: 'queued',
          attempts: 2,
          response,
          due_at: '2036-01-01',
          give_up_at: '2037-01-01',
        });
        // Not what the page still has of mails.
        await seen('/queues', /id="outbound".*Try it now/s);
        return {
          path: '/queues',
          form: act('retry-letters', { cause: response }),
          done: () => some("select from audit where action = 'letter-retried'"),
        };
      },
    },
    {
      ...{ page: 'mailboxes', does: 'fetches again', button: /^Fetch UIDs again/, who: may['system: operate'] },
      fields: { from: '100', to: '110' },
      given: async () => {
        await query(
          `insert into mailboxes (name, epoch, uid_validity, watermark, seen, stored) values ('support', 1, '7', 120, 12, 10)`,
        );
        return {
          path: '/queues/mailboxes/support',
          form: act('fetch-again', { mailbox: 'support' }, { from: '100', to: '110' }),
          done: () => some('select from mailbox_refetches'),
        };
      },
    },
    {
      ...{ page: 'overview', does: 'takes a case', button: /^Take it/, who: may['cases: work'] },
      given: async () => {
        await query(
          `insert into cases (number, site_id, title, severity, kind, status, opened_at, contact_address, language)
         values ('500001', 1, 'The arm drifts', 1, 'incident', 'open', now(), 'ada@aldous.example', 'en')`,
        );
        await seen('/', /Case 500001/);
        return {
          path: '/',
          form: act('take-case', { case: '500001' }),
          done: () => some("select from cases where number = '500001' and owner is not null"),
        };
      },
    },
    {
      ...{ page: 'staff', does: 'adds somebody', button: /^Add somebody/, who: may['staff: manage'] },
      fields: { name: 'Zoe Hart', email: 'zoe@desk.example', roles: 'viewer' },
      given: async () => ({
        path: '/staff',
        form: act('add-staff', {}, { name: 'Zoe Hart', email: 'zoe@desk.example', roles: 'viewer' }),
        done: () => some("select from staff where email = 'zoe@desk.example'"),
      }),
    },
    {
      ...{ page: 'staff', does: 'takes somebody off', button: /^Take Zoe Hart off/, who: may['staff: manage'] },
      given: async () => {
        await desk().add('Zoe Hart', 'zoe@desk.example', ['engineer']);
        return {
          path: '/staff/zoe%40desk.example',
          form: act('remove-staff', { email: 'zoe@desk.example' }),
          done: async () => !(await some("select from staff where email = 'zoe@desk.example'")),
        };
      },
    },
    {
      ...{ page: 'staff', does: 'signs somebody out', button: /^Sign out everywhere/, who: may['staff: manage'] },
      given: async () => {
        await desk().add('Zoe Hart', 'zoe@desk.example', ['engineer']);
        await desk().as({ email: 'zoe@desk.example' });
        return {
          path: '/staff/zoe%40desk.example',
          form: act('end-sessions', { email: 'zoe@desk.example' }),
          done: async () =>
            !(await some("select from staff_sessions where staff = 'zoe@desk.example' and ended_at is null")),
        };
      },
    },
    {
      ...{ page: 'many at once', does: 'takes a run back', button: /^Undo 1/, who: may['senders: block'] },
      given: async () => {
        const { bulk } = openConsole(desk().app);
        const id = await bulk.start({
          ...{ act: 'block-sender', says: 'Block', back: '/', staff: 'nia@desk.example' },
          items: [{ label: 'one', input: { sender: 'one@elsewhere.example' } }],
        });
        await bulk.settled();
        return {
          path: `/bulk/${id}`,
          form: [`/bulk/${id}/undo`, {}],
          done: async () => !(await some('select from blocked_senders where lifted_at is null')),
        };
      },
    },
  ];

  /** One window a role, which signs in anew for each action: a new one each time costs most of the time. */
  const windows = new Map<Somebody, Page>();
  async function windowOf(who: Somebody, path: string): Promise<Page> {
    const { session } = await desk().as(who);
    let page = windows.get(who);
    if (!page) {
      const first = await desk().open(who, { path: '/keys' });
      const context = await first
        .context()
        .browser()
        ?.newContext({ viewport: { width: 1280, height: 900 } });
      if (!context) throw new Error('there is no browser');
      page = await context.newPage();
      windows.set(who, page);
      await first.context().close();
    }
    await page
      .context()
      .addCookies([{ name: 'postern', value: session, url: desk().address, httpOnly: true, sameSite: 'Lax' }]);
    await page.goto(`${desk().address}${path}`);
    return page;
  }

  const buttons = (page: Page, { button, within = 'main' }: Action) =>
    page.locator(within).locator('button:enabled, summary').filter({ hasText: button });

  async function press(page: Page, action: Action): Promise<void> {
    const { fields, within = 'main' } = action;
    const part = page.locator(within);
    const first = buttons(page, action).first();
    // Behind what opens it.
    if (!(await first.isVisible()))
      for (const folded of await part.locator('details:not([open]) > summary').all()) await folded.click();
    if (!fields) return first.click();
    if (await first.evaluate((one) => (one as unknown as { matches(s: string): boolean }).matches('summary')))
      await first.click();
    const form = part
      .locator('form')
      .filter({ has: page.locator(`[name="${Object.keys(fields)[0]}"]`) })
      .first();
    for (const [name, value] of Object.entries(fields)) {
      const box = form.locator(`input[type="checkbox"][name="${name}"][value="${value}"]`);
      if ((await box.count()) > 0) await box.check();
      else await form.locator(`[name="${name}"]`).first().fill(value);
    }
    if ((await form.locator('.will[hx-post]').count()) > 0) await form.locator('.will p').first().waitFor();
    await form.locator('button').last().click();
  }

  return { actions, goOn, query, some, zoe, windowOf, press, buttons };
}
