import { HealthRegistry } from './health.js';

const well = async (): Promise<void> => {};

describe('health', () => {
  it('is ready when every critical part answers', async () => {
    const health = new HealthRegistry();
    health.register('postgres', well);
    health.register('redis', () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })), false);
    const report = await health.report();
    expect(report.ready).toBe(true);
    expect(report.parts.map((p) => [p.name, p.ok, p.reason])).toEqual([
      ['postgres', true, null],
      ['redis', false, 'ECONNREFUSED'],
    ]);
  });

  it('is not ready when a critical part fails or says nothing in time', async () => {
    const health = new HealthRegistry(20);
    health.register('postgres', () => new Promise(() => {}));
    const report = await health.report();
    expect(report.ready).toBe(false);
    expect(report.parts[0]?.reason).toBe('no answer within 20 ms');
  });

  it('is not ready while draining, however well', async () => {
    const health = new HealthRegistry();
    health.register('postgres', well);
    health.beginDrain();
    expect(await health.report()).toMatchObject({ ready: false, draining: true });
  });
});
