import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Tool } from '../support/tools';
import { ServedMock } from './served-mock';

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly colours: 'light' | 'dark';
}

export const wide: Look = { width: 1200, height: 800, colours: 'light' };

export interface OpenedPage {
  readonly page: Page;
  /** What the console got as a warning or an error, and errors that nothing caught. */
  readonly complaints: string[];
  readonly asked: string[];
}

export class Pages {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start({ program }: Tool): Promise<Pages> {
    // A container often has one user, as whom Chromium starts only without its sandbox.
    return new Pages(await chromium.launch({ executablePath: program, args: ['--no-sandbox'] }));
  }

  async open(url: string, { width, height, colours }: Look = wide): Promise<OpenedPage> {
    const page = await this.#browser.newPage({ viewport: { width, height }, colorScheme: colours, locale: 'en' });
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error.stack)));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(url);
    return { page, complaints, asked };
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** One browser for the tests of a file, and a mock for each of them, whose pages are closed after it. */
export class PagesOfTests {
  #mock: ServedMock | undefined;
  #pages: Pages | undefined;
  readonly #opened: OpenedPage[] = [];

  constructor(tool: Tool, options: Parameters<typeof ServedMock.start>[0]) {
    beforeAll(async () => {
      this.#pages = await Pages.start(tool);
    });
    beforeEach(() => this.serve(options));
    afterEach(async () => {
      await Promise.all(this.#opened.splice(0).map(({ page }) => page.close()));
      await this.#mock?.stop();
      this.#mock = undefined;
    });
    afterAll(() => this.#pages?.close());
  }

  get mock(): ServedMock {
    if (this.#mock === undefined) throw new Error('a mock is there within a test');
    return this.#mock;
  }

  /** Serves another mock, at a port of its own or at that of one that was stopped. */
  async serve(...options: Parameters<typeof ServedMock.start>): Promise<void> {
    await this.#mock?.stop();
    this.#mock = await ServedMock.start(...options);
  }

  /** Opens an address below that of the page: `#buckets`. */
  async open(address = '', look: Look = wide): Promise<Page> {
    if (this.#pages === undefined) throw new Error('a browser is there within a test');
    const one = await this.#pages.open(`${this.mock.url}/_mock/${address}`, look);
    this.#opened.push(one);
    return one.page;
  }

  complaints(): readonly string[] {
    return this.#opened.flatMap((one) => one.complaints);
  }

  asked(): readonly string[] {
    return this.#opened.flatMap((one) => one.asked);
  }
}

/** What a click brings into the clipboard: a button may still say "Copied" after the click before, and a text may be made first. */
export async function copiedBy(page: Page, click: () => Promise<void>): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const read = () => page.evaluate<string>('navigator.clipboard.readText()');
  await page.evaluate("navigator.clipboard.writeText('')");
  await click();
  const end = performance.now() + 10_000;
  for (let text = await read(); performance.now() < end; text = await read()) {
    if (text !== '') return text;
  }
  throw new Error('nothing was copied within 10 seconds');
}
