/** Each page in one look, in turn; in all of them: long/console-pages.test.ts. */
import { consolePages } from '../../support/console/pages.ts';

consolePages({ whole: false });
