import { Logger, Metrics } from '@meriden/platform';
import { AuditService, EventsService, ProposalService, ReconcilerService, RelayService, RetentionService, ScoringService } from '@meriden/services';
import { Inject, Injectable } from '@nestjs/common';
import { Loop } from './loop.js';

const RELAY_IDLE_MS = 100;
/** Its bell rings when there is something; this long, at most, for what a lost bell announced. */
const RELAY_CALM_MS = 1_000;
const SWEEP_MS = 2_000;
const EXPIRY_MS = 30_000;
const PURGE_MS = 600_000;
/** A worker that has just started does first what waits for it. */
const READY_AFTER_MS = 3_000;
/** Nothing is left to do most times; a new edition of the scoring has everybody to read. */
const READY_AGAIN_MS = 60_000;

/** What a worker does besides jobs: carries the outbox to the queue, repairs what the queue forgot, expires proposals, makes ready what edits need. */
@Injectable()
export class Duties {
  private readonly relay: Loop;
  private readonly others: readonly Loop[];
  private readonly hearing = new AbortController();
  private readiness: NodeJS.Timeout | undefined;

  constructor(
    @Inject(RelayService) relay: RelayService,
    @Inject(ReconcilerService) reconciler: ReconcilerService,
    @Inject(ProposalService) proposals: ProposalService,
    @Inject(AuditService) audit: AuditService,
    @Inject(RetentionService) retention: RetentionService,
    @Inject(ScoringService) private readonly scoring: ScoringService,
    @Inject(EventsService) private readonly events: EventsService,
    @Inject(Metrics) metrics: Metrics,
    @Inject(Logger) private readonly logger: Logger,
  ) {
    const moved = metrics.counter('meriden_outbox_rows_total', 'Rows handed to the queue: for the first time, or again', ['way']);
    const expired = metrics.counter('meriden_proposals_expired_total', 'Proposals that nobody answered in time');
    const undone = metrics.gauge('meriden_commands', 'Commands by state: accepted and not done, or parked', ['state']);
    const oldest = metrics.gauge('meriden_oldest_undone_seconds', 'Age of the oldest command accepted and not done; 0 = none');
    this.relay = new Loop(
      {
        name: 'relay',
        idleMs: RELAY_IDLE_MS,
        calmMs: RELAY_CALM_MS,
        longestMs: 5_000,
        turn: async () => {
          const rows = await relay.tick();
          moved.inc({ way: 'first' }, rows);
          return rows;
        },
      },
      logger,
    );
    const sweep = async (): Promise<number> => {
      // The figures first: they matter most while Redis is away, when the sweep itself fails.
      const backlog = await reconciler.backlog();
      undone.set({ state: 'accepted' }, backlog.accepted);
      undone.set({ state: 'dead' }, backlog.dead);
      oldest.set(backlog.oldestSeconds ?? 0);
      const rows = await reconciler.sweep();
      moved.inc({ way: 'again' }, rows);
      // At its own pace whatever it found: a row just sent is not due again.
      return 0;
    };
    const expire = async (): Promise<number> => {
      const count = await proposals.expireDue();
      expired.inc(count);
      return count;
    };
    const purge = async (): Promise<number> => {
      await reconciler.purgeAnswers();
      await reconciler.purgeImports();
      return 0;
    };
    const forget = async (): Promise<number> => {
      const counts = await retention.runToday();
      if (counts !== null) logger.info('deleted by schedule', { counts });
      return 0;
    };
    const sign = async (): Promise<number> => {
      await audit.signHeads();
      return 0;
    };
    this.others = [
      new Loop({ name: 'reconciler', idleMs: SWEEP_MS, longestMs: 30_000, turn: sweep }, logger),
      new Loop({ name: 'purge', idleMs: PURGE_MS, longestMs: PURGE_MS, turn: purge }, logger),
      new Loop({ name: 'retention', idleMs: PURGE_MS, longestMs: PURGE_MS, turn: forget }, logger),
      new Loop({ name: 'audit heads', idleMs: PURGE_MS, longestMs: PURGE_MS, turn: sign }, logger),
      new Loop({ name: 'expiry', idleMs: EXPIRY_MS, longestMs: 300_000, turn: expire }, logger),
    ];
  }

  start(): void {
    this.relay.start();
    for (const loop of this.others) loop.start();
    void this.listen();
    this.readiness = setTimeout(() => void this.makeReady(), READY_AFTER_MS);
  }

  /** Resolves when the turns that run now are over. */
  async stop(): Promise<void> {
    this.hearing.abort();
    clearTimeout(this.readiness);
    await Promise.all([this.relay, ...this.others].map((loop) => loop.stop()));
  }

  /** Again and again, and no stop waits for it: an edit that comes meanwhile waits for the same reading. */
  private async makeReady(): Promise<void> {
    const began = performance.now();
    try {
      await this.scoring.makeReady();
      this.logger.debug('ready for edits', { ms: Math.round(performance.now() - began) });
    } catch (error) {
      if (!this.hearing.signal.aborted) this.logger.warn('not made ready for edits', { error });
    }
    if (!this.hearing.signal.aborted) this.readiness = setTimeout(() => void this.makeReady(), READY_AGAIN_MS);
  }

  /** Whoever writes to the outbox rings; the relay's own rhythm covers the bells that get lost. */
  private async listen(): Promise<void> {
    for await (const _bell of this.events.watchOutbox(this.hearing.signal)) this.relay.nudge();
  }
}
