/** For `doctor`: the server that takes our letters, as the settings name it. */
import type { TokenSource } from '../../foundation/token-source.ts';
import { type SmtpTry, trySmtp } from '../../smtp/try-server.ts';

type Given = {
  readonly smtpUrl: string;
  readonly smtp: { readonly name: string; readonly own: string };
  readonly reading: { readonly addresses: { readonly support: string } };
  readonly bounces: string | null;
};

/** `signIn` where `smtp: { mailbox }` lends its tokens. */
export const tryLetterServer = (
  settings: Given,
  signIn?: { readonly user: string; readonly tokens: TokenSource },
): Promise<SmtpTry> =>
  trySmtp({
    url: settings.smtpUrl,
    name: settings.smtp.name,
    own: settings.smtp.own,
    support: settings.reading.addresses.support,
    bounces: settings.bounces,
    ...(signIn ? { signIn } : {}),
  });
