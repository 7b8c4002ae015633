// Stands in for `npm start`: owns servers in the folder given, says which, and stops them in order when its input ends.
import { startServers } from '../../bootstrap/servers.mjs';

const said = [];
const servers = await startServers({ dataDir: process.argv[2], testMode: process.argv[3] === 'test', say: (text) => said.push(text) });
const { databaseUrl, redisUrl, postgres, redis, keeper } = servers;
process.stdout.write(
  `${JSON.stringify({ databaseUrl, redisUrl, said, how: postgres.how, ports: [postgres.port, redis.port], pids: { postgres: postgres.pid, redis: redis.pid, keeper: keeper.pid } })}\n`,
);
process.stdin.resume();
process.stdin.on('end', async () => {
  await servers.stop();
  process.exit(0);
});
