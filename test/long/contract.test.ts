import { queueBackendContract } from '../contract/queue-backend.ts';
import { onPostgres, onRedis } from '../contract/queue-servers.ts';

queueBackendContract('Redis', onRedis, { inFull: true });
queueBackendContract('PostgreSQL', onPostgres, { inFull: true });
