/** Every act there is. The API, the commands and the commit take this list as an argument. */
import type { AnyAct } from './act.ts';
import { closeCase } from './cases/close-case.ts';
import { releaseLetter, suppressLetter } from './letters/settle-letter.ts';
import { answerMail } from './mail/answer-mail.ts';
import { blockSender, unblockSender } from './mail/block-sender.ts';
import { careDone } from './mail/care-done.ts';
import { expireHeld } from './mail/expire-held.ts';
import { refuseMail } from './mail/refuse-mail.ts';
import { releaseMail } from './mail/release-mail.ts';
import { renewLapsed } from './mail/renew-lapsed.ts';
import { replayMail } from './mail/replay-mail.ts';

export const acts: readonly AnyAct[] = [
  closeCase,
  releaseLetter,
  suppressLetter,
  releaseMail,
  refuseMail,
  answerMail,
  careDone,
  replayMail,
  blockSender,
  unblockSender,
  expireHeld,
  renewLapsed,
];
