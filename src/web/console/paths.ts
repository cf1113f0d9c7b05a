/** Where the console answers: known without loading it, which the first request below one of these does. */
export const consolePaths: readonly string[] = [
  '/',
  '/assets/*',
  '/do/*',
  '/live',
  '/keys',
  '/theme',
  '/bulk',
  '/bulk/*',
  '/sign-in',
  '/sign-in/*',
  '/sign-out',
  '/staff',
  '/staff/*',
  '/queues',
  '/queues/*',
];
