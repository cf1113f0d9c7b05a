import { everyAct } from '../support/acts/every-act.ts';

everyAct({ whole: true });
