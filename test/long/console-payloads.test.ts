import { payloadsAreHarmless } from '../support/console/payloads.ts';

payloadsAreHarmless({ whole: true });
