import type { Browser, BrowserContextOptions } from 'playwright-core';
import { startMeriden, type Meriden } from '../../e2e/support/meriden.js';
import { SMALL_REGION, type RegionSize } from '../../support/migrated-database.js';
import { launchChromium } from './chromium.js';
import { Person } from './person.js';

type AccountName = Parameters<Meriden['account']>[0];
type Kept = Awaited<ReturnType<Person['context']['storageState']>>;

const STEP_MS = 30_000;

/**
 * One region, one browser, many people: what all journeys share. Starting a region for each took longer than the journeys. Whoever came in
 * by the front door once can be met again with the same cookie, because a code of the second factor works once.
 */
export class Stage {
  #meriden: Meriden | undefined;
  #browser: Browser | undefined;
  readonly #cookies = new Map<AccountName, Kept>();
  readonly #steps = new Map<AccountName, number>();

  constructor(private readonly size: RegionSize = SMALL_REGION) {}

  async open(flags: readonly string[] = []): Promise<void> {
    // One after the other: where the region does not start, no browser stays behind.
    this.#meriden = await startMeriden(this.size);
    this.#browser = await launchChromium(flags);
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.#meriden?.end();
  }

  get meriden(): Meriden {
    if (this.#meriden === undefined) throw new Error('the stage is not open');
    return this.#meriden;
  }

  get origin(): string {
    return this.meriden.origin;
  }

  /** The same under its name: a passkey belongs to a name, never to a number. */
  get namedOrigin(): string {
    return this.origin.replace('127.0.0.1', 'localhost');
  }

  /** Somebody at the door, signed out. */
  async visitor(options: BrowserContextOptions = {}, origin = this.origin): Promise<Person> {
    if (this.#browser === undefined) throw new Error('the stage is not open');
    return Person.arrive(this.#browser, origin, options);
  }

  /** In by the front door; waits for another code of the second factor where this one was used. */
  async signIn(person: Person, name: AccountName): Promise<void> {
    const account = this.meriden.account(name);
    if (account.totpSecret !== undefined) {
      while (this.#steps.get(name) === step()) await new Promise((resolve) => setTimeout(resolve, STEP_MS - (Date.now() % STEP_MS)));
      this.#steps.set(name, step());
    }
    await person.signIn(account, this.meriden.password);
    this.#cookies.set(name, await person.context.storageState());
  }

  /** A client of the API for setting the stage, before a journey begins. */
  async client(name: AccountName): Promise<Awaited<ReturnType<Meriden['as']>>> {
    const client = await this.meriden.as(name);
    if (!this.#steps.has(name)) this.#steps.set(name, step());
    return client;
  }

  /** The path of the link that somebody was sent. */
  async linkFor(address: string): Promise<string> {
    for (let looks = 0; looks < 600; looks++) {
      const letter = this.meriden.letters().find((text) => text.includes(`To: ${address}`));
      // A long line goes on after a sign of equality.
      const link = letter?.replace(/=\n/g, '').match(/https?:\/\/[^/\s]+(\/(?:accept|reset)\/[\w-]+)/)?.[1];
      if (link !== undefined) return link;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`no letter came to ${address}:\n${this.meriden.workerLog()}`);
  }

  /** Somebody who is signed in: with the cookie of before, or by the front door. */
  async signedIn(name: AccountName, options: BrowserContextOptions = {}): Promise<Person> {
    const kept = this.#cookies.get(name);
    if (this.#browser !== undefined && kept !== undefined) return Person.arrive(this.#browser, this.origin, { ...options, storageState: kept });
    const person = await this.visitor(options);
    await this.signIn(person, name);
    return person;
  }
}

/** Which code the authenticator shows now. */
const step = (): number => Math.floor(Date.now() / STEP_MS);
