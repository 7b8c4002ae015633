import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { codeOf, type Account } from '../../e2e/support/graphql-client.js';

/**
 * Somebody at the console. Every click, key and filled field is counted, because the journeys have a number of interactions to
 * keep to; looking is free. There is no way here to call the API or to run a script in the page.
 */
export class Person {
  interactions = 0;
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly origin: string,
  ) {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    // What the policy of the page forbids is written there too.
    page.on('console', (message) => void (message.type() === 'error' && !/401|Failed to load resource/.test(message.text()) && this.complaints.push(message.text())));
  }

  static async arrive(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Person> {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(20_000);
    return new Person(context, await context.newPage(), origin);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.origin}${path}`);
  }

  /** From the front door: address, password, and the second factor where the account has one. */
  async signIn(account: Account, password: string): Promise<void> {
    await this.open('/sign-in');
    await this.fill(this.page.getByLabel('E-mail address'), account.email);
    await this.fill(this.page.getByLabel('Password', { exact: true }), password);
    await this.press('Enter');
    if (account.totpSecret !== undefined) {
      await this.fill(this.page.getByLabel('Code from your authenticator app'), codeOf(account.totpSecret));
      await this.press('Enter');
    }
    await this.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  }

  async click(target: Locator): Promise<void> {
    this.interactions++;
    await target.click();
  }

  async fill(target: Locator, text: string): Promise<void> {
    this.interactions++;
    await target.fill(text);
  }

  async choose(target: Locator, value: string | { label: string }): Promise<void> {
    this.interactions++;
    await target.selectOption(value);
  }

  async press(key: string): Promise<void> {
    this.interactions++;
    await this.page.keyboard.press(key);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole('link', { name });
  }

  /** The heading of the page, once it stands there. */
  async heading(name: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
