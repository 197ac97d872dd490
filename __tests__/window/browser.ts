import { type Browser, chromium, type Page } from 'playwright-core';
import type { Tool } from '../support/tools';

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
