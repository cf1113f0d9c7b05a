import { lettersAreKnown } from '../support/mails/known-letters.ts';

lettersAreKnown({ whole: true });
