/** Every act there is. The API, the commands and the commit take this list as an argument. */
import type { AnyAct } from './act.ts';
import { closeCase } from './cases/close-case.ts';
import { releaseLetter, suppressLetter } from './letters/settle-letter.ts';

export const acts: readonly AnyAct[] = [closeCase, releaseLetter, suppressLetter];
