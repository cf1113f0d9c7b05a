import { Redis } from 'ioredis';
import { queueBackendContract } from './queue-backend.ts';
import { ownRedis } from './servers.ts';

queueBackendContract('Redis', async () => {
  const server = await ownRedis();
  return {
    server,
    urls: (port) => ({ redisUrl: `redis://127.0.0.1:${port}`, databaseUrl: 'postgres://127.0.0.1:1/unused' }),
    async lose() {
      const redis = new Redis(server.port, '127.0.0.1');
      await redis.flushall();
      redis.disconnect();
    },
  };
});
