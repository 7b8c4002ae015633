import { startTestServers } from '#bootstrap/servers.mjs';
import { Stage } from './stage.js';

/** A stage with servers of its own, for programs that no test runner gives any: benchmarks and photographs. */
export async function ownStage(size?: Readonly<{ learners: number; vacancies: number }>): Promise<Readonly<{ stage: Stage; end: () => Promise<void> }>> {
  const servers = await startTestServers();
  process.env['DATABASE_URL'] = servers.databaseUrl;
  process.env['REDIS_URL'] = servers.redisUrl;
  const stage = new Stage(size);
  const end = async (): Promise<void> => {
    await stage.close();
    await servers.stop();
  };
  try {
    await stage.open();
  } catch (error) {
    await end();
    throw error;
  }
  return { stage, end };
}
