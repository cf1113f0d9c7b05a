import { queuesLostWhole } from '../../support/processes/queue-lost.ts';

queuesLostWhole({ inFullLength: false });
