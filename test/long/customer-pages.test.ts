import { customerPages } from '../support/customers/pages.ts';

customerPages({ whole: true });
