import { DeleteBucketCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { findChromium, itWith, type Tool } from '../../support/tools';
import { type Look, type OpenedPage, Pages, wide } from '../browser';
import { scene } from '../scene';
import { ServedMock } from '../served-mock';

const found = findChromium();

if ('lack' in found) itWith(found, 'the page of a served mock, in a browser', async () => {});
else inBrowser(found);

function inBrowser(tool: Tool): void {
  let pages: Pages;
  let mock: ServedMock;
  const opened: OpenedPage[] = [];

  beforeAll(async () => {
    pages = await Pages.start(tool);
  });
  beforeEach(async () => {
    mock = await ServedMock.start(scene);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ page }) => page.close()));
    await mock.stop();
  });
  afterAll(() => pages.close());

  async function open(address = '', look: Look = wide): Promise<Page> {
    const one = await pages.open(`${mock.url}/_mock/${address}`, look);
    opened.push(one);
    return one.page;
  }

  const complaints = () => opened.flatMap((one) => one.complaints);
  const otherHosts = () =>
    opened.flatMap(({ asked }) => asked.filter((url) => !/^data:/.test(url) && !url.startsWith(`${mock.url}/`)));

  describe('the page of a served mock', () => {
    it('shows a version that a client puts, and the delete marker above it', async () => {
      const page = await open('#buckets?bucket=drafts');
      await page.getByText('The bucket is empty.').waitFor();
      await mock.ask('PATCH', 'buckets/drafts', { versioning: 'Enabled' });
      const put = await mock.client().send(new PutObjectCommand({ Bucket: 'drafts', Key: 'a.txt', Body: 'first' }));
      await page.getByRole('button', { name: 'a.txt' }).click();
      await versionRow(page, put.VersionId).waitFor();
      expect(await rowTexts(page)).toEqual([expect.stringMatching(new RegExp(`^${put.VersionId}5 bytescurrent`))]);

      const deleted = await mock.client().send(new DeleteObjectCommand({ Bucket: 'drafts', Key: 'a.txt' }));
      await versionRow(page, deleted.VersionId).waitFor();
      expect(await rowTexts(page)).toEqual([
        expect.stringMatching(new RegExp(`^${deleted.VersionId}delete markercurrent`)),
        expect.stringMatching(new RegExp(`^${put.VersionId}5 bytes`)),
      ]);
      expect({ complaints: complaints(), otherHosts: otherHosts() }).toEqual({ complaints: [], otherHosts: [] });
    });

    it('lets the clock be moved, and shows the version that goes', async () => {
      const page = await open('#buckets?bucket=vault&key=reports/annual.pdf');
      await page.getByText('4 versions, newest on top').waitFor();
      expect(await rowTexts(page)).toEqual([
        expect.stringContaining('STANDARD_IA'),
        expect.stringMatching(/2 tags.*removed on 2026-03-28/),
        expect.stringContaining('removed on 2026-03-17'),
        expect.stringContaining('removed on 2026-03-08'),
      ]);
      await page.getByRole('button', { name: '+1 day' }).click();
      await page.getByText('2026-03-02 12:00:00').waitFor();
      await waitForCount(rows(page), 4);
      // Six midnights later the oldest one is due.
      const slider = page.getByRole('slider', { name: 'Move the clock on' });
      await slider.focus();
      for (let day = 3; day <= 8; day += 1) {
        await page.keyboard.press('ArrowRight');
        await page.getByText(`2026-03-0${day} 00:00:00`).waitFor();
      }
      await page.locator('.gone').waitFor();
      await page.getByText('3 versions, newest on top').waitFor();
      await waitForCount(rows(page), 3);
      // It does not go back.
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Home');
      await page.getByRole('button', { name: '+30 days' }).click();
      await page.getByText('2026-04-07 00:00:00').waitFor();
      await waitForCount(rows(page), 1);
      expect(complaints()).toEqual([]);
    });

    it('shows a request that a rule makes fail, with its reason, until the rule is switched off', async () => {
      const page = await open('#rules');
      const form = page.getByRole('form', { name: 'Add a rule' });
      await form.getByLabel('Operation, or * for each').fill('GetObject');
      await form.getByLabel('Input that it has to have').fill('{ "Key": "contract.pdf" }');
      await form.getByLabel('Code', { exact: true }).fill('SlowDwn');
      await form.getByRole('button').click();
      await form.getByRole('alert').getByText('SlowDown').waitFor();
      await form.getByLabel('Code', { exact: true }).fill('SlowDown');
      await form.getByRole('button').click();
      await page.getByText('met nothing').waitFor();

      const read = new GetObjectCommand({ Bucket: 'vault', Key: 'contract.pdf' });
      await expect(mock.client().send(read)).rejects.toMatchObject({ name: 'SlowDown' });
      await page.getByText('met 1 request').waitFor();
      await page.getByRole('link', { name: 'Requests' }).click();
      await page.getByRole('button', { name: /^503 GetObject vault\/contract\.pdf.*SlowDown/ }).click();
      await page.getByRole('dialog').getByText('SlowDown').first().waitFor();
      await page.keyboard.press('Escape');

      await page.getByRole('link', { name: 'Rules' }).click();
      await page.getByRole('switch', { checked: true }).click();
      await page.getByRole('switch', { checked: false }).waitFor();
      expect((await mock.client().send(read)).$metadata.httpStatusCode).toBe(200);
      await page.getByRole('switch', { checked: false }).click();
      await page.getByRole('switch', { checked: true }).waitFor();
      await expect(mock.client().send(read)).rejects.toMatchObject({ name: 'SlowDown' });
      expect(complaints()).toEqual([
        'Failed to load resource: the server responded with a status of 400 (Bad Request)',
      ]);
    });

    it('opens a version by the keyboard alone, and returns to it', async () => {
      const page = await open('#buckets?bucket=vault&key=reports/annual.pdf');
      await waitForCount(rows(page), 4);
      await tabTo(page, rows(page).first());
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Version' });
      await dialog.getByText('removed on 2026-03-08').first().waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      expect(await page.evaluate('document.activeElement.textContent')).toContain('removed on 2026-03-08');
    });

    it('shows what S3 did by itself between the requests, and undoes it by a snapshot', async () => {
      const page = await open('#mock');
      await page.getByRole('button', { name: 'Take a snapshot' }).click();
      await page.getByText('Snapshot 1, at 2026-03-01 12:00:00').waitFor();
      await mock.ask('POST', 'clock/advance', { days: 10 });
      await page.getByText('2026-03-11 12:00:00').waitFor();
      await page.getByRole('link', { name: 'Requests' }).click();
      await page.getByRole('button', { name: /S3\.EXPIRE\.OBJECT vault\/reports\/annual\.pdf/ }).waitFor();
      await page.getByRole('link', { name: 'Mock' }).click();
      await page.getByRole('button', { name: 'Restore' }).click();
      await page.getByText('2026-03-01 12:00:00', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Make a code' }).click();
      await page
        .getByRole('status')
        .getByText(/ \d{6}$/)
        .waitFor();
      expect(complaints()).toEqual([]);
    });

    it('shows the event of a change, and the copy that the clock brings', async () => {
      const page = await open('#events');
      const put = await mock.client().send(new PutObjectCommand({ Bucket: 'media', Key: 'film.mp4', Body: 'frames' }));
      await page.getByRole('button', { name: /^ObjectCreated:Put media\/film\.mp4/ }).click();
      await page.getByRole('dialog').getByText('"detail-type": "Object Created"').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Plans' }).click();
      await page
        .getByRole('button', { name: new RegExp(`replicate media/film\\.mp4.*${put.VersionId}, to replica`) })
        .click();
      await versionRow(page, put.VersionId).filter({ hasText: 'replication PENDING' }).waitFor();
      await page.getByRole('button', { name: '+1 hour' }).click();
      await versionRow(page, put.VersionId).filter({ hasText: 'replication COMPLETED' }).waitFor();
      await page.goto(`${mock.url}/_mock/#buckets?bucket=replica&key=film.mp4`);
      await versionRow(page, put.VersionId).filter({ hasText: 'replication REPLICA' }).waitFor();
      expect(complaints()).toEqual([]);
    });

    it('shows that a copy failed and why, and counts it as failed', async () => {
      await mock.client().send(new DeleteBucketCommand({ Bucket: 'replica' }));
      const put = await mock.client().send(new PutObjectCommand({ Bucket: 'media', Key: 'film.mp4', Body: 'frames' }));
      const page = await open('#buckets?bucket=media&key=film.mp4');
      await versionRow(page, put.VersionId).filter({ hasText: 'replication PENDING' }).click();
      const dialog = page.getByRole('dialog', { name: 'Version' });
      await dialog.getByText('to replica: PENDING, copied at 2026-03-01 12:05:00 UTC, in 5 minutes').waitFor();
      await mock.ask('POST', 'clock/advance', { minutes: 5 });
      await dialog.getByText(/to replica: FAILED at 2026-03-01 12:05:00 UTC, DstBucketNotFound: .*replica/).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Plans' }).click();
      await page.getByText('0 actions planned, 0 actions done 1 failed').waitFor();
      await page
        .getByRole('region', { name: 'Copies that failed' })
        .getByRole('button', { name: /^FAILED media\/film\.mp4.*DstBucketNotFound: / })
        .waitFor();
      expect(complaints()).toEqual([]);
    });

    it('shows a key that pretends to be another one as what it is, and never as markup', async () => {
      const keys = ['<img src=x onerror=alert(1)>', 'invoice\u202Efdp.exe'];
      for (const Key of keys) await mock.client().send(new PutObjectCommand({ Bucket: 'drafts', Key, Body: Key }));
      const page = await open('#buckets?bucket=drafts');
      await page.getByText('invoice\\u202efdp.exe').waitFor();
      await page.getByRole('button', { name: '<img src=x onerror=alert(1)>' }).click();
      await page.getByText('1 version, newest on top').waitFor();
      expect(await page.title()).toBe('<img src=x onerror=alert(1)> · drafts · Buckets · S3 mock');
      expect(await page.locator('img').count()).toBe(0);
      expect({ complaints: complaints(), otherHosts: otherHosts() }).toEqual({ complaints: [], otherHosts: [] });
    });

    it('begins an outage and ends it', async () => {
      const page = await open('#rules');
      const form = page.getByRole('form', { name: 'Begin an outage' });
      await form.getByLabel('Bucket').fill('vault');
      await form.getByRole('button').click();
      await page.getByText('met nothing').waitFor();
      const read = (Bucket: string) => mock.client().send(new GetObjectCommand({ Bucket, Key: 'contract.pdf' }));
      await expect(read('vault')).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
      await expect(read('drafts')).rejects.toMatchObject({ name: 'NoSuchKey' });
      await page.getByText('met 1 request').waitFor();
      await page.getByRole('switch', { checked: true }).click();
      await page.getByRole('switch', { checked: false }).waitFor();
      expect((await read('vault')).$metadata.httpStatusCode).toBe(200);
    });

    it('counts what the buckets take, now and after the rules of lifecycle', async () => {
      const page = await open('#costs');
      const vault = page.getByRole('region', { name: 'vault', exact: true });
      const all = vault.getByRole('row', { name: /^all/ }).getByRole('cell');
      await all.first().waitFor();
      const sizes = async () => (await all.allTextContents()).map((text) => text.replace(/ [\d,]+$/, ''));
      expect(await sizes()).toEqual(['184 KB', '344 KB', '527 KB', '–']);
      await page.getByLabel('in 90 days').check();
      await page.getByText('What S3 will hold on 2026-05-30').waitFor();
      await vault.getByText('GLACIER').waitFor();
      expect((await sizes()).slice(0, 2)).toEqual(['184 KB', '0 bytes']);
      expect(complaints()).toEqual([]);
    });

    it('says that the mock is gone, and goes on once it is there again', async () => {
      const page = await open('#buckets');
      await page.getByRole('link', { name: /^vault/ }).waitFor();
      const { port } = mock;
      await mock.stop();
      await page.getByRole('alert').getByText('The mock does not answer').waitFor();
      mock = await ServedMock.start({ buckets: { another: {} } }, port);
      await page.getByRole('link', { name: /^another/ }).waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
    });
  });

  describe('a key with 10,000 versions', () => {
    const versions = 10_000;

    it('is shown from its first page, with few elements, and to its last version', async () => {
      await mock.stop();
      const start = Date.UTC(2026, 0, 1);
      const objects = Array.from({ length: versions }, (_, at) => ({
        body: `${at}`,
        lastModified: new Date(start + at * 60_000).toISOString(),
      }));
      mock = await ServedMock.start({
        now: scene.now,
        buckets: { many: { versioning: 'Enabled', objects: { log: objects } } },
      });
      const page = await open('#buckets?bucket=many&key=log');
      await page.getByText('10,000 versions, newest on top').waitFor();
      await rows(page).first().waitFor();
      const pagesAsked = () => opened.flatMap(({ asked }) => asked.filter((url) => url.includes('/versions?'))).length;
      expect(pagesAsked()).toBeLessThanOrEqual(2);
      expect(await elements(page)).toBeLessThan(400);

      const list = page.locator('.versions .list');
      await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
      await versionRowBy(page, '2026-01-01 00:00:00').waitFor();
      expect(pagesAsked()).toBeLessThanOrEqual(versions / 500 + 2);
      expect(await elements(page)).toBeLessThan(400);
      expect(complaints()).toEqual([]);
    });
  });
}

/** The rows of the stack. */
function rows(page: Page): Locator {
  return page.getByRole('list', { name: /^Versions of/ }).getByRole('button');
}

function versionRow(page: Page, versionId: string | undefined): Locator {
  return versionRowBy(page, versionId ?? 'no id');
}

function versionRowBy(page: Page, text: string): Locator {
  return rows(page).filter({ hasText: text });
}

function rowTexts(page: Page): Promise<readonly string[]> {
  return rows(page).allTextContents();
}

async function waitForCount(locator: Locator, count: number): Promise<void> {
  await locator.nth(count - 1).waitFor();
  await locator.nth(count).waitFor({ state: 'detached' });
}

function elements(page: Page): Promise<number> {
  return page.evaluate<number>('document.querySelectorAll("*").length');
}

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error('Tab does not reach it');
}
