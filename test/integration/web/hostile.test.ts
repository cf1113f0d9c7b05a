/** Each hostile letter in one wrapping, in turn; in all of them: long/sandbox-letters.test.ts. */
import { hostileLetters } from '../../support/sandbox/hostile-letters.ts';

hostileLetters({ whole: false });
