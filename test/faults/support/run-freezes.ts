import { Clients } from './clients.js';
import { Dice } from './dice.js';
import { type Freeze, Rounds } from './rounds.js';
import { type OwnServers, Site } from './site.js';

export type FreezeReport = Readonly<{ seed: string; freezes: number; takenOver: number; stale: number; overfilled: number; lost: number; doubled: number; seconds: number }>;

/** So many holders of a round frozen past their lock, one after the other; what the late ones still published is counted. */
export async function runFreezes(servers: OwnServers, { count, seed, onFreeze }: Readonly<{ count: number; seed: string; onFreeze?: (done: number, freeze: Freeze) => void }>): Promise<FreezeReport> {
  const began = performance.now();
  const site = await Site.start(servers, { learners: 80, vacancies: 30, workers: 2, lockMs: 1_000 });
  try {
    const clients = new Clients(new Dice(seed), 100, () => false, 0);
    const rounds = new Rounds(site, await site.as('operator'), clients, new Dice(seed));
    const freezes: Freeze[] = [];
    for (let n = 0; n < count; n++) {
      const freeze = await rounds.freezeByTurns(n);
      freezes.push(freeze);
      onFreeze?.(freezes.length, freeze);
    }
    await site.eventually('every command is closed', async () => (await site.ledger.undone()) === 0, 120_000);
    const { lost, doubled } = await site.ledger.verdict(clients.acknowledged);
    return {
      seed,
      freezes: freezes.length,
      takenOver: freezes.filter((freeze) => freeze.takenOver).length,
      stale: freezes.filter((freeze) => freeze.stale).length,
      overfilled: freezes.reduce((sum, freeze) => sum + freeze.overfilled, 0),
      lost,
      doubled,
      seconds: Math.round((performance.now() - began) / 100) / 10,
    };
  } finally {
    await site.end();
  }
}
