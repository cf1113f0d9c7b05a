import { receiveBatcher } from '../src/flows/intake/receive-batcher.ts';
import { keepTokens, type TokenKeeper, withOAuth } from '../src/flows/mailboxes/keep-tokens.ts';
import { type Watcher, watchMailbox } from '../src/flows/mailboxes/watch-mailbox.ts';
import { Failure } from '../src/foundation/failure.ts';
import { listenFault } from '../src/foundation/faults/outside-fault.ts';
import type { App } from '../src/runtime/app.ts';
import type { Receiver } from '../src/smtp/receive.ts';
import { mailboxLedger } from '../src/store/mailboxes/mailboxes.ts';
import type { Worker } from './worker.ts';

export type Inbox = Worker & { readonly ports: { lmtp: number | null; smtp: number | null } };

/** Every way in: the mailboxes that are watched, and mail that an MTA hands in by LMTP or SMTP. */
export async function startInbox(app: App): Promise<Inbox> {
  const { settings, log, meter } = app;
  const ledger = mailboxLedger(app.database);
  const watchers: Watcher[] = [];
  const receivers: Receiver[] = [];
  const ports: { lmtp: number | null; smtp: number | null } = { lmtp: null, smtp: null };
  const one = receiveBatcher(app.receive);
  let keeper: TokenKeeper | null = null;
  const close = async () => {
    await keeper?.stop();
    await Promise.all([...receivers.map((receiver) => receiver.close()), ...watchers.map((watcher) => watcher.stop())]);
  };
  try {
    for (const protocol of ['lmtp', 'smtp'] as const) {
      const at = protocol === 'lmtp' ? settings.lmtpListen : settings.smtpListen;
      if (!at) continue;
      // Many processes only watch mailboxes.
      const { openReceiver } = await import('../src/smtp/receive.ts');
      const receiver = await openReceiver({
        protocol,
        ...at,
        addresses: settings.ours,
        receive: async (raw, envelope, arrivedAt) => {
          await one({ raw, arrivedAt, envelope, origin: { kind: protocol, name: protocol } });
        },
        log,
        meter,
      }).catch((error: unknown) => {
        throw new Failure('settings-unusable', listenFault(error, `${protocol.toUpperCase()}_LISTEN`, at));
      });
      receivers.push(receiver);
      ports[protocol] = receiver.port;
    }
  } catch (error) {
    await close();
    throw error;
  }
  for (const mailbox of settings.mailboxes) {
    watchers.push(
      watchMailbox(
        { ...mailbox, account: { ...mailbox, tokens: app.tokensOf(mailbox.name) }, holder: app.worker },
        { ledger, receive: app.receive, log, meter },
      ),
    );
  }
  const lent = withOAuth(settings.mailboxes).flatMap((mailbox) => {
    const tokens = app.tokensOf(mailbox.name);
    return tokens ? [{ mailbox, tokens }] : [];
  });
  keeper = keepTokens(lent, { database: app.database, log, meter });
  const problems = () => watchers.flatMap((watcher) => watcher.state().problem ?? []);
  return { name: 'inbox', ports, problems, close };
}
