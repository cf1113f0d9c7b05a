import { queuesLostWhole } from '../../support/queue-lost.ts';

queuesLostWhole({ inFullLength: false });
