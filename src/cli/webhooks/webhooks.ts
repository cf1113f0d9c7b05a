/** Where other programs hear what happens: `postern webhook …`. */
import { type Command, Option } from 'commander';
import { addWebhook, changeWebhook } from '../../acts/webhooks/add-webhook.ts';
import { deliveryStates } from '../../acts/webhooks/records.ts';
import { resendWebhook, resendWebhookSince, testWebhook } from '../../acts/webhooks/send-again.ts';
import {
  removeWebhook,
  rotateWebhookSecret,
  showWebhookSecret,
  switchWebhookOff,
  switchWebhookOn,
} from '../../acts/webhooks/turn-webhook.ts';
import { hookTopics } from '../../changes/webhooks/topics.ts';
import { perform } from '../../flows/acts/perform.ts';
import { type DeliveriesAsked, openWebhooks, type Webhooks } from '../../flows/webhooks/webhooks.ts';
import type { App } from '../../runtime/app.ts';
import { actCommand, comesTo } from '../acts/act-command.ts';
import { withApp } from '../open.ts';
import { fail, print, printJson, table } from '../output/terminal.ts';
import { utc } from '../output/times.ts';

const opened = (app: App): Webhooks =>
  openWebhooks({ ...app, perform: (act, input, how) => perform(app, { act, input, ...how }) });

const more = (one: string, before: readonly string[] = []): string[] => [...before, one];

async function list({ json }: { json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const all = await opened(app).list();
    if (json) for (const one of all) printJson(one);
    else if (all.length === 0) print('No other program hears anything: postern webhook add https://…');
    else
      print(
        table(
          ['id', 'state', 'waits', 'took one', 'address', 'topics'],
          all.map((one) => [
            ...[one.id, one.on ? 'on' : one.offBecause === null ? 'off' : `off: ${one.offBecause}`, `${one.waiting}`],
            ...[one.tookAt === null ? 'never' : utc(one.tookAt), one.url, one.topics.join(', ')],
          ]),
        ),
      );
  });
}

async function topics({ json }: { json?: boolean }): Promise<void> {
  const all = Object.entries(hookTopics);
  if (json) for (const [topic, { says, carries }] of all) printJson({ topic, says, carries });
  else
    print(
      table(
        ['topic', 'when'],
        all.map(([topic, { says }]) => [topic, says]),
      ),
    );
}

type Log = { state?: DeliveriesAsked['state']; before?: string; json?: boolean };

async function deliveries(webhook: string, { state, before, json }: Log): Promise<void> {
  await withApp(async (app) => {
    const webhooks = opened(app);
    if (!(await webhooks.one(webhook))) return fail(`There is no webhook ${webhook}.`);
    const { items, next } = await webhooks.deliveries({ webhook, state, before, limit: 100 });
    if (json) for (const one of items) printJson(one);
    else {
      print(
        table(
          ['delivery', 'state', 'happened', 'topic', 'tries', 'last answer', 'event'],
          items.map((one) => [...[one.id, one.state, utc(one.at), one.topic, `${one.tries}`, one.says ?? '', one.uid]]),
        ),
      );
      if (next !== null) print(`Older ones: --before ${next}`);
    }
  });
}

async function secret(webhook: string, { as, json }: { as?: string; json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const shown = await opened(app).secrets(webhook, { kind: 'command', staff: as ?? null });
    if (shown.kind === 'refused') return fail(shown.says);
    for (const one of shown.secrets)
      if (json) printJson(one);
      else print(one.endsAt === null ? one.secret : `${one.secret}  until ${utc(one.endsAt)}`);
  });
}

const topic = () =>
  new Option('--topic <topic>', 'such as case.opened; may be given again; "*" is all of them').argParser(more);
const about = () => new Option('--about <words>', 'what it is for');

type Said = { topic?: string[]; url?: string; about?: string; hours?: string; since?: string };

export function webhookCommands(program: Command): void {
  const group = program.command('webhook').description('where other programs hear what happens');
  const asJson = (command: Command) => command.option('--json', 'one line of JSON each');
  asJson(group.command('list')).description('every endpoint, and how it is').action(list);
  asJson(group.command('topics')).description('what can be heard of').action(topics);
  actCommand(group, addWebhook, {
    name: 'add',
    arguments: ['<url>'],
    options: [topic().makeOptionMandatory(), about()],
    read: ([url], said: Said) => ({ url, topics: said.topic, about: said.about }),
    tell: async (app, { made }) => {
      const id = made.flatMap((one) => (one.kind === 'webhook-added' ? [one.webhook] : []))[0] ?? '';
      const one = await opened(app).one(id);
      return { json: one, says: `Webhook ${id} is on. Its secret: npx postern webhook secret ${id}` };
    },
  });
  actCommand(group, changeWebhook, {
    name: 'change',
    arguments: ['<webhook>'],
    options: [new Option('--url <url>', 'another address'), topic(), about()],
    read: ([webhook], said: Said) => ({ webhook, url: said.url, topics: said.topic, about: said.about }),
  });
  for (const [name, act] of [
    ['off', switchWebhookOff],
    ['on', switchWebhookOn],
    ['test', testWebhook],
    ['remove', removeWebhook],
  ] as const)
    actCommand(group, act, { name, arguments: ['<webhook>'], read: ([webhook]) => ({ webhook }) });
  actCommand(group, rotateWebhookSecret, {
    name: 'rotate',
    arguments: ['<webhook>'],
    options: [new Option('--hours <hours>', 'so long the secret before signs, too; left out: 24')],
    read: ([webhook], { hours }: Said) => ({ webhook, hours }),
  });
  comesTo(
    group
      .command('secret')
      .argument('<webhook>')
      .option('--as <address>', 'for whom of our people')
      .option('--json', 'as JSON')
      .description('shows with what its events are signed; the audit says to whom')
      .action(secret),
    showWebhookSecret,
  );
  asJson(group.command('deliveries').argument('<webhook>'))
    .addOption(new Option('--state <state>').choices(deliveryStates))
    .option('--before <delivery>', 'those before this one')
    .description('what it was sent, newest first, and what came of it')
    .action(deliveries);
  actCommand(group, resendWebhook, {
    name: 'resend',
    arguments: ['<webhook>', '<delivery>'],
    read: ([webhook, delivery]) => ({ webhook, delivery }),
  });
  actCommand(group, resendWebhookSince, {
    name: 'resend-since',
    arguments: ['<webhook>', '<moment>'],
    read: ([webhook, since]) => ({ webhook, since }),
  });
}
