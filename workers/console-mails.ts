/** Mails in the console: what their pages ask. */
import { sayFileFault } from '../src/config/file-faults.ts';
import { checkPolicyText, policyOf } from '../src/config/policy-check.ts';
import { mailAttachment } from '../src/flows/intake/mail-attachment.ts';
import { type MailPages, openMailPages, type PastedPolicy } from '../src/flows/mail/mail-pages.ts';
import type { App } from '../src/runtime/app.ts';
import { cutInThread, partsInThread } from '../src/runtime/parser/ask-mail.ts';

function readPolicy({ policy }: App, text: string): PastedPolicy {
  const checked = checkPolicyText(text);
  if (checked.faults.length === 0) return { policy: policyOf(checked, policy) };
  return {
    faults: checked.faults.map((one) => `${one.line === null ? '' : `line ${one.line}: `}${sayFileFault(one)}`),
  };
}

export const mailsOf = (app: App): MailPages =>
  openMailPages({
    ...{ database: app.database, policy: app.policy },
    reading: () => app.intake(),
    readPolicy: (text) => readPolicy(app, text),
    partsOf: partsInThread,
    attachment: (id, index) => mailAttachment({ ...app, cut: cutInThread }, id, index),
  });
