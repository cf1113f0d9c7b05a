/** Text parts of letters of ours that mails of test/fixtures/mail answer, as they were sent. */

const acknowledgement = `Hello,

Thank you for your message. We have opened a case for it, and an engineer will look into it.

  Case 100001: Workflow stopped
  Severity: 3 (minimal)
  First answer by: Wednesday, 13 May 2026, 14:30

We answer within 4 business hours. The time above is in your time zone (Europe/London).

To add anything, simply reply to this message. When the problem is solved, write this word alone in the first line:

CLOSE

Kind regards
Your support team
`;

const eingang = `Guten Tag,

vielen Dank für Ihre Nachricht. Wir haben einen Fall dazu eröffnet; unsere Technik sieht ihn sich an.

  Fall 100009: Dienst startet neu
  Schweregrad: 2 (erheblich)

Um etwas hinzuzufügen, antworten Sie einfach auf diese Nachricht.

Mit freundlichen Grüßen
Ihr Support-Team
`;

const question = `Hello,

Somebody who is not on our records has written to us about Aldous Robotics. Please tell us whether we may let this person in.

  S41: nora@elsewhere.example
  Received: Wednesday, 13 May 2026, 10:20

Reply to this message with one of these lines:

- YES S41: the person is registered as an authorized user, and the case is opened
- NO S41: the message is refused, and the person is not told

One line for each person is enough. The first answer from your site counts.

Kind regards
Your support team
`;

const code = `Hello,

We have received a request in your name, from a message that we could not verify.

It asks us to show the support PIN of Aldous Robotics.

If it was you, please reply to this message with this code in the first line:

  7KQ2-M9XW

The code works once and for 48 hours. We do what was asked as soon as your answer is here.

Kind regards
Your support team
`;

/** The letter that each of these mails answers. */
export const quotedLetters: Readonly<Record<string, string>> = {
  'close-below-our-letter-without-marks': acknowledgement,
  'close-above-our-letter-without-marks': acknowledgement,
  'close-only-in-our-letter-without-marks': acknowledgement,
  'close-below-our-letter-in-german-without-marks': eingang,
  'code-only-in-our-letter-without-marks': code,
  'decider-leaves-one-line-of-the-quote': question,
  'decider-sends-back-the-question-without-marks': question,
};
