/** How far back letters on a schedule look. What POLICY §10 leaves open, and an operator has no use for changing. */
export const noticeSpans = {
  /** Days behind its sending for which a renewal letter may still be on its way, or comes back and goes to the next reader. */
  returnDays: 14,
  /** Days behind the end of a group for which it is asked who was told of it, and somebody still told that it was renewed. */
  askedDays: 60,
  /** Days behind the end of a group for which its steps count in the ladder. */
  settledDays: 400,
  /** Days for which the version that a case has named says what a site runs. */
  versionDays: 365,
} as const;
