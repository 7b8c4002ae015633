import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '@meriden/platform';
import { REFUSED, type GraphqlClient } from '../../e2e/support/graphql-client.js';
import { Clients } from '../support/clients.js';
import { Dice } from '../support/dice.js';
import { type Freeze, Rounds } from '../support/rounds.js';
import type { Site } from '../support/site.js';

const FREEZES = 20;

export function roundsUnderFaults(ready: () => Promise<Site>): void {
  describe('rounds under faults', () => {
    let site: Site;
    let operator: GraphqlClient;
    let second: typeof operator;
    let clients: Clients;
    let rounds: Rounds;

    beforeAll(async () => {
      site = await ready();
      operator = await site.as('operator');
      second = await site.as('operator2');
      clients = new Clients(new Dice('rounds'), 100, () => false, 0);
      rounds = new Rounds(site, operator, clients, new Dice('rounds'));
    });

    it('a worker killed in mid round: the next one solves it, one result is published, and its certificate holds', async () => {
      const { roundId, post } = await rounds.caught();
      const held = await rounds.state(roundId);
      expect(held.state).toBe('SOLVING');
      await post.kill();
      await rounds.solved(roundId);
      const { attempt, version } = await rounds.state(roundId);
      expect(attempt).toBeGreaterThan(held.attempt);
      expect((await rounds.published(roundId)).solved).toBe(1);

      const nodeId = Buffer.from(`Round:${roundId}`).toString('base64url');
      const publish = `mutation ($input: PublishRoundInput!) { publishRound(input: $input) { ... on PublishRoundSuccess { round { state matched } } ${REFUSED} } }`;
      const input = { roundId: nodeId, version, reason: 'Solved by the second worker in the fault tests.' };
      const { round } = await second.do<{ round: { state: string; matched: number } }>(publish, { input });
      expect(round.state).toBe('PUBLISHED');
      expect(round.matched).toBeGreaterThan(0);
      const [proposals] = await site.ledger.sql<{ n: number }>('select count(*)::int as n from proposal where round_id = $1', [roundId]);
      expect(proposals?.n).toBe(round.matched);

      const response = await fetch(`${site.origin}/rounds/${roundId}/file`, { headers: { authorization: `Bearer ${operator.token}` } });
      const file = join(site.dataDir, 'round.json');
      writeFileSync(file, await response.text());
      const { stdout } = await promisify(execFile)(process.execPath, [join(projectRoot(), 'dist/apps/cli/src/main.js'), 'verify', file, file]);
      expect(JSON.parse(stdout)).toEqual({ ok: true, violations: [] });
    });

    it('a holder frozen in the midst of saving, with the round locked: PostgreSQL ends its session, and another solves the round', async () => {
      const freeze = await rounds.freeze('in the midst of saving', 'after the other saved');
      expect(freeze).toMatchObject({ takenOver: true, stale: false, overfilled: 0 });
    });

    it(`${FREEZES} holders of a round frozen past their lock: another solves it, and the late one publishes nothing`, async () => {
      const freezes: Freeze[] = [];
      for (let n = 0; n < FREEZES; n++) freezes.push(await rounds.freezeByTurns(n));
      expect(freezes.filter(({ takenOver }) => takenOver)).toHaveLength(FREEZES);
      expect(freezes.filter(({ stale, overfilled }) => stale || overfilled > 0)).toEqual([]);
      await site.eventually('every command is closed', async () => (await site.ledger.undone()) === 0, 120_000);
      const { lost, doubled, findings } = await site.ledger.verdict(clients.acknowledged);
      expect({ lost, doubled, findings }).toEqual({ lost: 0, doubled: 0, findings: [] });
    });
  });
}
