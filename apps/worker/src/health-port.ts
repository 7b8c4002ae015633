import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HealthRegistry, Metrics } from '@meriden/platform';
import { Inject, Injectable } from '@nestjs/common';

/** /health/live, /health/ready and /metrics of the worker, for whoever restarts and watches it. Nothing else, and no input. */
@Injectable()
export class HealthPort {
  private server: Server | null = null;

  constructor(
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** @returns the port it got */
  async open(host: string, port: number): Promise<number> {
    const server = createServer((request, response) => {
      void this.answer(request.method === 'GET' ? request.url : undefined).then(({ status, type, text }) => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
      });
    });
    server.requestTimeout = 5_000;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    this.server = server;
    return (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const { server } = this;
    if (server === null) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private async answer(path: string | undefined): Promise<{ status: number; type: string; text: string }> {
    const json = 'application/json';
    if (path === '/health/live') return { status: 200, type: json, text: '{"live":true}' };
    if (path === '/health/ready') {
      const report = await this.health.report();
      return { status: report.ready ? 200 : 503, type: json, text: JSON.stringify(report) };
    }
    if (path === '/metrics') return { status: 200, type: this.metrics.contentType, text: await this.metrics.text() };
    return { status: 404, type: json, text: '{"error":"no such page"}' };
  }
}
