/** Each page in each language, at one width and in one theme in turn; at all of them: long/customer-pages.test.ts. */
import { customerPages } from '../../support/customers/pages.ts';

customerPages({ whole: false });
