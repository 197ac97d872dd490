import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { findChromium, itWith, type Tool } from '../../support/tools';
import { type Look, PagesOfTests, wide } from '../browser';

const found = findChromium();

/** Marks the page in which it runs. */
const script = "document.documentElement.setAttribute('data-ran', origin)";
const markup = `<script>${script}</script><img src="x" onerror="${script}">`;
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"><script>${script}</script></svg>`;
const point = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const dots = { base64: point };
const hostileKey = 'a/<b onclick="x">\u202egpj.exe"; filename=evil.html';

const buckets = {
  vault: {
    versioning: 'Enabled',
    objects: {
      'page.html': { body: markup, contentType: 'text/html' },
      'drawing.svg': { body: drawing, contentType: 'image/svg+xml' },
      'lie.png': { body: drawing, contentType: 'image/png' },
      'type.txt': { body: markup, contentType: 'text/html; charset="><script>' },
      [hostileKey]: { body: markup, contentType: 'text/html' },
      'dot.png': { body: dots, contentType: 'text/html' },
      'broken.png': { body: { base64: point.slice(0, 40) }, contentType: 'image/png' },
      'data.json': ['{"a":1,"b":[true,12345678901234567890],"c":{}}', '{ "a": 2, "b": [true], "c": {} }'],
      'notes.txt': [
        Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n'),
        Array.from({ length: 41 }, (_, at) => (at === 20 ? 'changed' : `line ${at}`)).join('\n'),
        'deleteMarker',
      ],
      bytes: [{ body: { base64: 'AAEC/w==' } }, { body: { base64: 'AAED//4=' } }],
      empty: [''],
      'long.txt': `${'0123456789\n'.repeat(30_000)}end`,
      huge: { size: 80 * 1024 * 1024 },
      same: ['one', 'one'],
      'turned.txt': 'a\u202eb\tc\u0000',
      'turned-text.txt': 'a\u202eb\tc',
    },
  },
};

if ('lack' in found) itWith(found, 'the bytes of a version, in a browser', async () => {});
else inBrowser(found);

function inBrowser(tool: Tool): void {
  const served = new PagesOfTests(tool, { buckets });

  const open = (key: string, look: Look = wide): Promise<Page> =>
    served.open(`#buckets?${new URLSearchParams({ bucket: 'vault', key })}`, look);

  /** The details of a version of the key, by its place in the stack. */
  async function details(key: string, place = 0): Promise<Locator> {
    const page = await open(key);
    const rows = page.getByRole('list', { name: /^Versions of/ }).getByRole('button');
    await rows.nth(place).click();
    return page.getByRole('dialog');
  }

  const complaints = () => served.complaints();
  const ran = (place: Locator) => place.page().evaluate("document.querySelector('[data-ran]') !== null");
  const textOf = async (place: Locator) =>
    (await place.getByRole('region', { name: 'Bytes' }).locator('pre').textContent())?.trim();

  describe('the bytes of a version', () => {
    it.each([
      ['page.html', markup],
      ['drawing.svg', drawing],
      ['lie.png', drawing],
      ['type.txt', markup],
      [hostileKey, markup],
    ])('of %j are text, and nothing of them runs', async (key, text) => {
      const place = await details(key);
      await place.locator('pre').first().waitFor();
      expect(await textOf(place)).toBe(text);
      expect(await place.locator('img, svg, script, iframe, object, embed').count()).toBe(0);
      expect({ ran: await ran(place), complaints: complaints() }).toEqual({ ran: false, complaints: [] });
    });

    it('are a picture if they begin as one, whatever their media type is', async () => {
      const place = await details('dot.png');
      const picture = place.getByRole('img');
      await picture.waitFor();
      expect(await picture.getAttribute('src')).toMatch(/^blob:/);
      expect(await picture.page().evaluate('document.querySelector("dialog img").naturalWidth')).toBe(1);
      expect(complaints()).toEqual([]);
    });

    it('are digits if no browser can draw them, or if they are no text', async () => {
      const broken = await details('broken.png');
      await broken.getByText('00000000  89 50 4e 47').waitFor();
      const binary = await details('bytes', 1);
      await binary.getByText('No text. The bytes in hexadecimal digits.').waitFor();
      expect(await textOf(binary)).toMatch(/^00000000 {2}00 01 02 ff {2,}\.\.\.\.$/);
      expect(await textOf(await details('turned.txt'))).toMatch(/^00000000 {2}61 e2 80 ae/);
    });

    it('are JSON with line breaks, and each number as it was written', async () => {
      const place = await details('data.json', 1);
      await place.getByText('JSON, with line breaks that it does not have.').waitFor();
      expect(await textOf(place)).toBe(
        '{\n  "a": 1,\n  "b": [\n    true,\n    12345678901234567890\n  ],\n  "c": {}\n}',
      );
    });

    it('have no character that turns the text', async () => {
      const place = await details('turned-text.txt');
      await place.locator('pre').first().waitFor();
      expect(await textOf(place)).toBe('a\\u202eb\tc');
    });

    it('are shown from their beginning if they are many, or not at all, and the page says so', async () => {
      const long = await details('long.txt');
      await long.getByText('The first 256 KB of 322 KB. Download it for the rest.').waitFor();
      expect((await textOf(long))?.length).toBe(256 * 1024);
      const huge = await details('huge');
      await huge.getByRole('alert').getByText('the door only shows').waitFor();
      const empty = await details('empty');
      await empty.getByText('The object is empty.').waitFor();
    });

    it('are compared with those of the version before it, line by line', async () => {
      const place = await details('notes.txt', 1);
      await place.getByText('2 lines added, 1 line removed').waitFor();
      const changes = place.getByRole('region', { name: 'Difference to the version before it' }).locator('pre');
      expect((await changes.textContent())?.trimEnd().split('\n')).toEqual([
        '17 lines as before',
        ...['  line 17', '  line 18', '  line 19', '- line 20', '+ changed', '  line 21', '  line 22', '  line 23'],
        '13 lines as before',
        ...['  line 37', '  line 38', '  line 39', '+ line 40'],
      ]);
    });

    it('are compared as JSON with line breaks, as bytes, and by their sizes', async () => {
      const json = await details('data.json');
      await json.getByText('2 lines added, 3 lines removed').waitFor();
      const bytes = await details('bytes');
      await bytes.getByText('The first byte that differs is number 3. 4 bytes became 5.').waitFor();
      const same = await details('same');
      await same.getByText('The bytes are the same.').waitFor();
    });

    it('are compared across a delete marker, and those of the oldest version with none', async () => {
      await served.mock.ask('POST', 'buckets/vault/put', { key: 'notes.txt', body: 'new' });
      const place = await details('notes.txt');
      await place.getByText(/^1 line added, 41 lines removed$/).waitFor();
      const oldest = await details('notes.txt', 3);
      await oldest.getByText('line 39').waitFor();
      expect(await oldest.getByRole('region', { name: /^Difference/ }).count()).toBe(0);
    });

    it.each([
      ['page.html', 'page.html', markup],
      [hostileKey, '_b onclick=_x__', markup],
    ])('of %j are a file to store, which opens nothing', async (key, name, text) => {
      const place = await details(key);
      const page = place.page();
      const before = page.url();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        place.getByRole('link', { name: 'Download' }).click(),
      ]);
      expect(download.suggestedFilename()).toContain(name);
      expect(download.suggestedFilename()).not.toMatch(/[\u202e"<>:/\\]/);
      expect(readFileSync(await download.path(), 'utf8')).toBe(text);
      expect({ url: page.url(), pages: page.context().pages().length, ran: await ran(place) }).toEqual({
        url: before,
        pages: 1,
        ran: false,
      });
    });

    it('are a file also for who opens their address, or shows it in the page of the mock', async () => {
      const page = await open('page.html');
      const [version] = ((await served.mock.ask('GET', 'buckets/vault/versions?key=page.html')) as Versions).versions;
      const address = `${served.mock.url}/_mock/buckets/vault/download?key=page.html&versionId=${version?.versionId}`;
      const [download] = await Promise.all([page.waitForEvent('download'), page.goto(address).catch(() => {})]);
      expect(download.suggestedFilename()).toBe('page.html');
      await page.evaluate(`for (const [name, place] of [['iframe', 'src'], ['embed', 'src'], ['object', 'data'], ['script', 'src'], ['img', 'src']])
        document.body.append(Object.assign(document.createElement(name), { [place]: '${address}' }))`);
      await page.waitForTimeout(300);
      const states = page.frames().map((frame) => frame.evaluate("document.querySelector('[data-ran]') !== null"));
      expect(await Promise.all(states)).not.toContain(true);
    });
  });
}

interface Versions {
  readonly versions: readonly { readonly versionId: string }[];
}
