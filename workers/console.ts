/** What the console is handed, put together with the first request for one of its pages. */
import { checkPolicyText, policyOf } from '../src/config/policy-check.ts';
import { sayFileFault } from '../src/config/file-faults.ts';
import { perform } from '../src/flows/acts/perform.ts';
import { letterSender } from '../src/flows/letters/send-letter.ts';
import { mailAttachment } from '../src/flows/intake/mail-attachment.ts';
import { openMailPages, type PastedPolicy } from '../src/flows/mail/mail-pages.ts';
import { openSignIn } from '../src/flows/sign-in/sign-in.ts';
import { openStaffPages } from '../src/flows/staff/staff-pages.ts';
import type { App } from '../src/runtime/app.ts';
import { cutInThread, partsInThread } from '../src/runtime/parser/ask-mail.ts';
import { openProvider } from '../src/sign-in/provider.ts';
import type { ConsoleDeps } from '../src/web/console/deps.ts';

function signInOf(app: App): ConsoleDeps['signIn'] {
  const { publicUrl, loginProvider, demo } = app.settings;
  let send: ReturnType<typeof letterSender> | null = null;
  return openSignIn({
    ...app,
    publicUrl,
    provider: loginProvider && openProvider(loginProvider),
    isDemo: demo,
    sendNow: (letter) => {
      send ??= letterSender(app.outbound());
      return send({ letter, fence: '1' });
    },
  });
}

function readPolicy(app: App, text: string): PastedPolicy {
  const checked = checkPolicyText(text);
  if (checked.faults.length === 0) return { policy: policyOf(checked, app.policy) };
  return {
    faults: checked.faults.map((one) => `${one.line === null ? '' : `line ${one.line}: `}${sayFileFault(one)}`),
  };
}

const mailsOf = (app: App): ConsoleDeps['mails'] =>
  openMailPages({
    ...{ database: app.database, policy: app.policy },
    reading: () => app.intake(),
    readPolicy: (text) => readPolicy(app, text),
    partsOf: partsInThread,
    attachment: (id, index) => mailAttachment({ ...app, cut: cutInThread }, id, index),
  });

export function openConsole(app: App): ConsoleDeps {
  const { publicUrl, trustedProxies } = app.settings;
  const { acts, log, queues } = app;
  const mails = mailsOf(app);
  return {
    perform: (act, input, how) => perform(app, { act, input, ...how }),
    ...{ acts, log, queues, publicUrl, trustedProxies },
    zone: app.policy.desk.timezone,
    signIn: signInOf(app),
    staff: openStaffPages(app),
    mails,
    figures: [async () => ({ 'mails.newest': `m${await mails.newest()}` })],
  };
}
