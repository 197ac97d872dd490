import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { findChromium, itWith, type Tool } from '../../support/tools';
import { PagesOfTests } from '../browser';

const found = findChromium();
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const objects = {
  'a.txt': ['first', 'second'],
  'reports/': '',
  'reports/2026/q1.pdf': ['draft', 'final'],
  'reports/2026/q2.pdf': 'draft',
  'reports/all.pdf': 'all',
};
const buckets = { vault: { versioning: 'Enabled', objects } };

if ('lack' in found) itWith(found, 'the folders of a bucket, in a browser', async () => {});
else inBrowser(found);

function inBrowser(tool: Tool): void {
  const served = new PagesOfTests(tool, { buckets });
  const open = (address: string): Promise<Page> => served.open(address);
  const keys = (page: Page, bucket = 'vault') => page.getByRole('list', { name: `Keys of ${bucket}` });
  const namesIn = (list: Locator) => list.locator('.name').allTextContents();
  const trail = (page: Page) => page.getByRole('navigation', { name: 'Where you are' });

  describe('the folders of a bucket', () => {
    it('are opened one after the other, and left by the trail', async () => {
      const page = await open('#buckets?bucket=vault');
      await page.getByText('1 folder, 1 key').waitFor();
      expect(await namesIn(keys(page))).toEqual(['a.txt', 'reports/']);
      await keys(page)
        .getByRole('button', { name: /^reports\/\s*folder 4 keys/ })
        .click();
      await page.getByText('1 folder, 2 keys').waitFor();
      expect(await namesIn(keys(page))).toEqual(['reports/', '2026/', 'all.pdf']);
      await keys(page)
        .getByRole('button', { name: /^2026\// })
        .click();
      await page.getByText('2 keys', { exact: true }).waitFor();
      await keys(page)
        .getByRole('button', { name: /^q1\.pdf/ })
        .click();
      await page.getByText('2 versions, newest on top').waitFor();
      expect((await trail(page).innerText()).replace(/\s+/g, ' ')).toBe('Buckets / vault / reports / 2026 / q1.pdf');
      await trail(page).getByRole('link', { name: 'reports' }).click();
      await page.getByText('1 folder, 2 keys').waitFor();
      await trail(page).getByRole('link', { name: 'vault' }).click();
      await page.getByText('1 folder, 1 key').waitFor();
      expect(served.complaints()).toEqual([]);
    });

    it('are in the address: a reload, Back and a link show the same folder and version', async () => {
      const page = await open('#buckets?bucket=vault');
      await keys(page)
        .getByRole('button', { name: /^reports\// })
        .click();
      await keys(page)
        .getByRole('button', { name: /^2026\// })
        .click();
      await keys(page)
        .getByRole('button', { name: /^q1\.pdf/ })
        .click();
      const versions = page.getByRole('list', { name: /^Versions of/ }).getByRole('button');
      await versions.nth(1).click();
      const dialog = page.getByRole('dialog', { name: 'Version' });
      await dialog.getByText('noncurrent').waitFor();
      await page.reload();
      await dialog.getByText('noncurrent').waitFor();
      const link = page.url();
      await page.goBack();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('2 versions, newest on top').waitFor();
      await page.goBack();
      await page.goBack();
      await page.getByText('1 folder, 2 keys').waitFor();
      await page.goForward();
      await page.getByText('2 keys', { exact: true }).waitFor();

      const other = await open(new URL(link).hash);
      await other.getByRole('dialog', { name: 'Version' }).getByText('noncurrent').waitFor();
      await other.keyboard.press('Escape');
      await other.getByRole('dialog').waitFor({ state: 'detached' });
      // The address follows the screen.
      await other.waitForURL(({ href }) => !href.includes('version='));
      expect(await namesIn(keys(other))).toEqual(['q1.pdf', 'q2.pdf']);
      expect(served.complaints()).toEqual([]);
    });

    it('are those of a key whose address names no folder', async () => {
      const page = await open('#buckets?bucket=vault&key=reports/2026/q2.pdf');
      await page.getByText('2 keys', { exact: true }).waitFor();
      expect(await namesIn(keys(page))).toEqual(['q1.pdf', 'q2.pdf']);
    });

    it('say that a version in the address is gone', async () => {
      const page = await open('#buckets?bucket=vault&key=a.txt&version=lost');
      await page.getByRole('dialog').getByText('This key has no version lost any more.').waitFor();
    });

    it('are missing with their bucket: the page says which buckets there are', async () => {
      const page = await open('#buckets?bucket=valut');
      await page.getByText('There is no bucket valut. The mock has: vault').waitFor();
      await served.serve({});
      await (await open('#buckets?bucket=valut')).getByText('There is no bucket valut. The mock has none.').waitFor();
    });

    it('show 10,000 keys in folders, with few elements', async () => {
      const name = (at: number) => `folder-${String(Math.floor(at / 20)).padStart(3, '0')}/file-${at}.txt`;
      const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [name(at), 'x']));
      const wide = Object.fromEntries(
        Array.from({ length: 600 }, (_, at) => [`wide/${String(at).padStart(4, '0')}`, 'x']),
      );
      await served.mock.ask('POST', 'buckets', { name: 'many', objects: { ...many, ...wide } });
      const page = await open('#buckets?bucket=many');
      await page.getByText('the first 500 folders and keys; scroll for more').waitFor();
      await keys(page, 'many')
        .getByRole('button', { name: /^folder-000\/\s*folder 20 keys/ })
        .waitFor();
      expect(await page.evaluate<number>('document.querySelectorAll("*").length')).toBeLessThan(400);
      const list = page.locator('.keys .list');
      while (!(await keys(page, 'many').getByText('wide/').isVisible()))
        await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
      await page.getByText('501 folders', { exact: true }).waitFor();
      await keys(page, 'many')
        .getByRole('button', { name: /^wide\/\s*folder 600 keys/ })
        .click();
      await page.getByText('the first 500 keys; scroll for more').waitFor();
      await page.getByLabel('Prefix').fill('folder-49');
      await page.getByText('10 folders', { exact: true }).waitFor();
      await keys(page, 'many')
        .getByRole('button', { name: /^folder-499\// })
        .click();
      await page.getByText('20 keys', { exact: true }).waitFor();
      await page.evaluate(axe);
      const { violations } = await page.evaluate<AxeResults>('axe.run()');
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
      expect(served.complaints()).toEqual([]);
    });
  });
}
