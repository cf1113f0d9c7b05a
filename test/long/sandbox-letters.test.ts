import { hostileLetters } from '../support/sandbox/hostile-letters.ts';

hostileLetters({ whole: true });
