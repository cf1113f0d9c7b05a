/**
 * The one reader for PINs (POLICY §3 "The PIN in the subject"): of the subject, of the first line and of answers.
 *
 * Strict forms count for everybody. What is read loosely, beside the word PIN or in an answer to our question, is no more than a
 * candidate: it counts where it is the PIN of a site of the sender (intake/pins/named-site.ts), and is looked up nowhere else.
 */
export { answeredNumbers, numberAlone, numbersBesidePin as besidePin, type PinCandidate, placeOfPin } from './loose.ts';
export { findPinAlone, findPins, locatePins } from './strict.ts';
