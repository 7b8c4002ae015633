import { isMainThread } from 'node:worker_threads';
import { CommandStore } from '@meriden/persistence';
import { Logger } from '@meriden/platform';
import { JobOutbox, RedisLink } from '@meriden/queue';

// Control: the usual way. The command is written, and after the commit it is added to the queue; no row remembers to.
if (isMainThread) {
  const { REDIS_URL = '', MERIDEN_REDIS_PREFIX = 'meriden' } = process.env;
  const link = new RedisLink(REDIS_URL, 'send', Logger.create('control', 'silent'));
  // Ready before anybody can ask: what is lost is then lost to faults, not to a slow start.
  await link.whenReady(60_000);
  const outbox = new JobOutbox(link, MERIDEN_REDIS_PREFIX);

  CommandStore.prototype.acceptMany = async function (tx, commands) {
    for (const { id, kind, payload, organisationId, personId } of commands) {
      await tx.manager.query(
        `insert into command (id, kind, payload, organisation_id, person_id, state, attempts) values ($1, $2, $3, $4, $5, 'ACCEPTED', 0)`,
        [id, kind, payload, organisationId, personId],
      );
    }
    tx.afterCommit(async () => void (await outbox.send(commands)));
  };
}
