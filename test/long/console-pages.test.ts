import { consolePages } from '../support/console/pages.ts';

consolePages({ whole: true });
