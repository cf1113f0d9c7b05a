/** What every mail and its letter write into the trail: in no index but that of its subject, so that a mail costs no more for it (decision 0070). */
export const busyActions: readonly string[] = [
  ...['mail-stored', 'case-opened', 'case-updated', 'mail-decided', 'letter-queued', 'letter-sent'],
  'letter-suppressed',
];
