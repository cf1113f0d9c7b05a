/** Each kind of hostile text once; behind each end of what it may stand in: long/console-payloads.test.ts. */
import { payloadsAreHarmless } from '../../support/console/payloads.ts';

payloadsAreHarmless({ whole: false });
