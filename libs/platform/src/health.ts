export type HealthReport = Readonly<{
  /** False while draining, or when a critical part does not answer. */
  ready: boolean;
  draining: boolean;
  parts: readonly Readonly<{ name: string; ok: boolean; critical: boolean; ms: number; reason: string | null }>[];
}>;

type Part = Readonly<{ check: () => Promise<void>; critical: boolean }>;

/** The parts a process stands on, each with a question that throws when the part is not well. */
export class HealthRegistry {
  private readonly parts = new Map<string, Part>();
  private draining = false;

  constructor(private readonly timeoutMs = 2_000) {}

  /** @param critical false = the process still serves without it (Redis for the api, say), so readiness stays true. */
  register(name: string, check: () => Promise<void>, critical = true): void {
    this.parts.set(name, { check, critical });
  }

  /** First act of a clean stop: readiness fails before anything else does. */
  beginDrain(): void {
    this.draining = true;
  }

  async report(): Promise<HealthReport> {
    const parts = await Promise.all([...this.parts].map(([name, part]) => this.ask(name, part)));
    return { ready: !this.draining && parts.every((part) => part.ok || !part.critical), draining: this.draining, parts };
  }

  private async ask(name: string, { check, critical }: Part): Promise<HealthReport['parts'][number]> {
    const started = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${this.timeoutMs} ms`)), this.timeoutMs);
    });
    let reason: string | null = null;
    try {
      await Promise.race([check(), late]);
    } catch (error) {
      // The class or code of the fault only: an address or a user name in a message is nobody's business at this door.
      const fault = error as Error & { code?: unknown };
      reason = typeof fault.code === 'string' ? fault.code : /^no answer/.test(fault.message) ? fault.message : fault.name;
    } finally {
      clearTimeout(timer);
    }
    return { name, ok: reason === null, critical, ms: Math.round(performance.now() - started), reason };
  }
}
