/** Where pages for customers answer: known without loading them, which the first request for one of them does. */
export const customerSheetPath = '/assets/customer-pages.css';

/** Links for a decision about access hold a dot, and no place of the console does. */
export const customerPaths: readonly string[] = [
  customerSheetPath,
  '/case/*',
  '/rate/*',
  '/preferences/*',
  '/access/:token{[^/]*\\.[^/]*}',
];
