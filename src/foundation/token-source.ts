/** Where an adapter of a mail server gets what it signs in with, where that is no password (RFC 6750; XOAUTH2). */
export type TokenSource = {
  /** One that is good for a while yet. Fails with `token-refused` where a person has to do something, and `token-server-away`. */
  accessToken(): Promise<string>;
  /** To be told when a mail server did not take it: the next one is another. */
  refused(token: string): Promise<void>;
};
