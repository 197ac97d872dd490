import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Frame, Page } from 'playwright-core';
import { findChromium, itWith, type Tool } from '../../support/tools';
import { Pages } from '../browser';
import { ServedMock } from '../served-mock';

/** Marks its document at once, and then uses the door if it may. */
const script = `document.documentElement.setAttribute('data-ran', origin);
  fetch('/_mock/accounts', { method: 'POST', body: '{ "name": "stranger" }' });`;
const html = `<!doctype html><title>stored</title><script>${script}</script>`;
const markup = `<script><![CDATA[${script}]]></script>`;
const sheet = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><html>${markup}</html></xsl:template></xsl:stylesheet>`;
const objects = {
  'page.html': { body: html, contentType: 'text/html' },
  'picture.svg': { body: `<svg xmlns="http://www.w3.org/2000/svg">${markup}</svg>`, contentType: 'image/svg+xml' },
  'page.xhtml': {
    body: `<html xmlns="http://www.w3.org/1999/xhtml">${markup}</html>`,
    contentType: 'application/xhtml+xml',
  },
  'sheet.xsl': { body: sheet, contentType: 'text/xsl' },
  'page.xml': { body: '<?xml-stylesheet type="text/xsl" href="sheet.xsl"?><data/>', contentType: 'text/xml' },
};
const policy = {
  Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' },
};
const cors = { CORSRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }] };
const vault = { objects, policy, cors, publicAccessBlock: null };

interface Versions {
  readonly versions: readonly { readonly versionId: string }[];
}

const found = findChromium();

if ('lack' in found) itWith(found, 'a page of another origin, in a browser', async () => {});
else inBrowser(found);

function inBrowser(tool: Tool): void {
  let pages: Pages;
  let mock: ServedMock;
  let evil: http.Server;
  let evilPage = '';
  let page: Page;

  beforeAll(async () => {
    pages = await Pages.start(tool);
    evil = http.createServer((_, response) => response.setHeader('content-type', 'text/html').end(evilPage));
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(async () => {
    mock = await ServedMock.start({ buckets: { vault } });
  });
  afterEach(async () => {
    await page.close();
    await mock.stop();
  });
  afterAll(async () => {
    evil.closeAllConnections();
    evil.close();
    await pages.close();
  });

  async function visitEvil(content: string): Promise<void> {
    evilPage = `<!doctype html><body>${content}</body>`;
    ({ page } = await pages.open(`http://localhost:${(evil.address() as AddressInfo).port}/`));
  }

  /** Whether the scripts of a document ran, and its origin, once it is loaded. */
  async function stateOf(frame: Frame): Promise<object> {
    await frame.waitForLoadState('load');
    return frame.evaluate(
      "({ ran: document.querySelector('[data-ran]')?.getAttribute('data-ran') ?? null, origin: self.origin })",
    );
  }

  async function isOwned(): Promise<boolean> {
    const { accounts } = (await mock.ask('GET', 'accounts')) as { accounts: { name: string }[] };
    return accounts.some(({ name }) => name === 'stranger');
  }

  const nobody = { ran: null, origin: 'null' };
  /** Of another site, and of another port of the same one. */
  const sites = () => [mock.url, mock.url.replace('127.0.0.1', 'localhost')];
  const shownFrame = async (url: string) => {
    for (;;) {
      const shown = page.frames().find((frame) => frame.url() === url);
      if (shown !== undefined) return shown;
      await page.waitForEvent('framenavigated');
    }
  };

  describe('a page of another origin', () => {
    it('runs the script of its own page, which a sandbox would not', async () => {
      await visitEvil(html);
      expect(await stateOf(page.mainFrame())).toMatchObject({ ran: expect.stringMatching(/^http:\/\/localhost:/) });
    });

    it.each(Object.keys(objects).filter((key) => key !== 'sheet.xsl'))('opens %s, which has no origin', async (key) => {
      for (const site of sites()) {
        await visitEvil('');
        await page.goto(`${site}/vault/${key}`);
        expect(await stateOf(page.mainFrame())).toEqual(nobody);
        await page.close();
      }
      expect(await isOwned()).toBe(false);
    });

    it('stores a page by a form and is led to it, and that page has no origin', async () => {
      const to = `${mock.url}/vault/form.html`;
      const conditions = [
        { bucket: 'vault' },
        ...['key', 'Content-Type', 'success_action_redirect'].map((name) => ['starts-with', `$${name}`, '']),
      ];
      const fields = {
        key: 'form.html',
        'Content-Type': 'text/html',
        AWSAccessKeyId: 'any',
        policy: btoa(JSON.stringify({ expiration: '2099-01-01T00:00:00Z', conditions })),
        signature: 'any',
        success_action_redirect: to,
        file: html,
      };
      await visitEvil(`<form method="post" enctype="multipart/form-data" action="${mock.url}/vault"></form><script>
        for (const [name, value] of Object.entries(${JSON.stringify(fields).replaceAll('</', '<\\/')})) document.forms[0].append(Object.assign(document.createElement('input'), { name, value }));
        document.forms[0].submit();
      </script>`);
      await page.waitForURL(`${to}*`);
      expect(await stateOf(page.mainFrame())).toEqual(nobody);
      expect(await isOwned()).toBe(false);
    });

    it.each(['iframe src', 'embed src', 'object data'])(
      'shows stored pages by <%s>, and they have no origin',
      async (element) => {
        for (const site of sites()) {
          const url = `${site}/vault/page.html`;
          await visitEvil(`<${element}="${url}">`);
          expect(await stateOf(await shownFrame(url))).toEqual(nobody);
          await page.close();
        }
        expect(await isOwned()).toBe(false);
      },
    );

    it('opens a stored page in a window, or as a page that it fetched before, and it has no origin', async () => {
      for (const site of sites()) {
        const url = `${site}/vault/cached.html`;
        await mock.client().send(
          new PutObjectCommand({
            Bucket: 'vault',
            Key: 'cached.html',
            Body: html,
            ContentType: 'text/html',
            CacheControl: 'max-age=3600',
          }),
        );
        await visitEvil(`<script>
          fetch('${url}').then((answer) => answer.text()).then(() => { open('${url}'); location = '${url}'; });
        </script>`);
        await page.waitForURL(url);
        expect(await stateOf(page.mainFrame())).toEqual(nobody);
        for (const other of page.context().pages())
          if (other !== page) expect(await stateOf(other.mainFrame())).toEqual(nobody);
        await page.close();
      }
      expect(await isOwned()).toBe(false);
    });

    it('cannot show the page of the door, nor an answer of it', async () => {
      for (const path of ['', 'mock', 'requests']) {
        await visitEvil(`<iframe src="${mock.url}/_mock/${path}"></iframe>`);
        await page.waitForLoadState('load');
        const [shown] = page.frames().slice(1);
        const showsMock = "document.body.innerText.includes('vault') || document.title.includes('mock')";
        expect(await shown?.evaluate(showsMock)).toBe(false);
        await page.close();
      }
    });

    it('cannot put, delete, read or include an object through the door, however it asks', async () => {
      const [version] = ((await mock.ask('GET', 'buckets/vault/versions?key=page.html')) as Versions).versions;
      const named = `key=page.html&versionId=${version?.versionId}`;
      const before = await mock.ask('GET', 'state');
      for (const site of sites()) {
        const door = `${site}/_mock/buckets/vault`;
        const file = `${door}/download?${named}`;
        await visitEvil(`<script src="${file}"></script><img src="${file}"><iframe src="${file}"></iframe><embed src="${file}"><script>
          const asked = ['put', 'delete'].flatMap((verb) => [{}, { mode: 'no-cors' }, { mode: 'no-cors', referrerPolicy: 'no-referrer' }]
            .map((given) => fetch('${door}/' + verb, { method: 'POST', body: '{ "key": "page.html", "body": "x" }', ...given })));
          const read = ['bytes', 'download'].flatMap((what) => [{}, { mode: 'no-cors' }].map((given) => fetch('${door}/' + what + '?${named}', given)));
          for (const verb of ['put', 'delete']) {
            const frame = Object.assign(document.createElement('iframe'), { name: verb });
            const form = Object.assign(document.createElement('form'), { method: 'post', enctype: 'text/plain', action: '${door}/' + verb, target: verb });
            form.append(Object.assign(document.createElement('input'), { name: '{ "key": "page.html", "body": "', value: '" }' }));
            document.body.append(frame, form);
            form.submit();
            asked.push(new Promise((resolve) => { frame.onload = resolve; }));
          }
          Promise.allSettled([...asked, ...read])
            .then((results) => Promise.all(results.map(async ({ value }) => value?.text ? value.text() : '')))
            .then((texts) => { document.title = 'read ' + texts.join('').length; });
        </script>`);
        await page.waitForFunction("document.title.startsWith('read')");
        expect(await page.title()).toBe('read 0');
        for (const frame of page.frames())
          expect(await frame.evaluate("document.querySelector('[data-ran]') !== null")).toBe(false);
        await page.close();
      }
      expect(await mock.ask('GET', 'state')).toEqual(before);
      expect(await isOwned()).toBe(false);
    });

    it('leads to an object as a file to store, which runs nothing', async () => {
      const [version] = ((await mock.ask('GET', 'buckets/vault/versions?key=page.html')) as Versions).versions;
      const file = `${mock.url}/_mock/buckets/vault/download?key=page.html&versionId=${version?.versionId}`;
      await visitEvil(`<a href="${file}">a picture of a cat</a>`);
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link').click()]);
      expect(download.suggestedFilename()).toBe('page.html');
      expect(await isOwned()).toBe(false);
    });

    it('cannot use the door, however it asks', async () => {
      const body = '{ "name": "stranger" }';
      await visitEvil(`<script>
        const url = '${mock.url}/_mock/accounts';
        const asked = [{}, { mode: 'no-cors' }, { headers: { 'content-type': 'application/json' } }, { referrerPolicy: 'no-referrer', mode: 'no-cors' }]
          .map((given) => fetch(url, { method: 'POST', body: '${body}', ...given }));
        const read = [fetch(url), fetch(url, { mode: 'no-cors' })];
        const frame = Object.assign(document.createElement('iframe'), { name: 'frame' });
        const form = Object.assign(document.createElement('form'), { method: 'post', enctype: 'text/plain', action: url, target: 'frame' });
        form.append(Object.assign(document.createElement('input'), { name: '${body.slice(0, -2).replaceAll('"', '\\"')}, "x": "', value: '" }' }));
        document.body.append(frame, form);
        form.submit();
        Promise.allSettled([...asked, ...read, new Promise((resolve) => { frame.onload = resolve; })])
          .then((results) => Promise.all(results.map(async ({ value }) => value?.text ? value.text() : '')))
          .then((texts) => { document.title = 'read ' + texts.join('').length; });
      </script>`);
      await page.waitForFunction("document.title.startsWith('read')");
      expect(await page.title()).toBe('read 0');
      expect(await isOwned()).toBe(false);
    });
  });
}
