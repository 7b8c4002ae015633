import { Controller, Get, Inject, Res } from '@nestjs/common';
import { HealthRegistry, Metrics } from '@meriden/platform';
import type { FastifyReply } from 'fastify';

/** For whoever restarts, routes to and watches this process. */
@Controller()
export class HealthController {
  constructor(
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** The process answers, and which it is. Says nothing about the database: restarting would not mend that. */
  @Get('/health/live')
  live(@Res() reply: FastifyReply): void {
    void reply.send({ live: true, pid: process.pid });
  }

  @Get('/health/ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const report = await this.health.report();
    await reply.code(report.ready ? 200 : 503).send(report);
  }

  @Get('/metrics')
  async figures(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(this.metrics.contentType).send(await this.metrics.text());
  }
}
