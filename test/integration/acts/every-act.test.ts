/** Every act in a third of the states that are made for it; in all of them: long/every-act.test.ts. */
import { everyAct } from '../../support/acts/every-act.ts';

everyAct({ whole: false });
