/**
 * A failure of the outside world, with a code that says what to do about it.
 * `retry`: the same again later · `stop`: trying again cannot help · `ask`: a person has to look.
 */
export const failures = {
  'database-away': 'retry',
  'queue-away': 'retry',
  'imap-away': 'retry',
  'imap-login-refused': 'ask',
  'imap-command-refused': 'retry',
  'smtp-away': 'retry',
  'smtp-login-refused': 'ask',
  'parser-overrun': 'stop',
  'parser-crashed': 'stop',
  'claim-lost': 'stop',
  'facts-stale': 'retry',
  'lease-lost': 'stop',
  'settings-unusable': 'ask',
  'database-held': 'ask',
  'seal-key-missing': 'ask',
  'seal-broken': 'ask',
  'token-server-away': 'retry',
  'token-refused': 'ask',
  'provider-away': 'retry',
  'provider-refused': 'stop',
  'not-found': 'stop',
  'bad-input': 'stop',
  conflict: 'stop',
} as const satisfies Record<string, 'retry' | 'stop' | 'ask'>;

export type FailureCode = keyof typeof failures;

export class Failure extends Error {
  readonly code: FailureCode;
  readonly remedy: 'retry' | 'stop' | 'ask';
  constructor(code: FailureCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'Failure';
    this.code = code;
    this.remedy = failures[code];
  }
}

export const isFailure = (error: unknown, code?: FailureCode): error is Failure =>
  error instanceof Failure && (code === undefined || error.code === code);
