import { readFileSync } from 'node:fs';
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { findChromium, itWith, type Tool } from '../../support/tools';
import { type Look, Pages } from '../browser';
import { scene } from '../scene';
import { ServedMock } from '../served-mock';

const found = findChromium();
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const looks: readonly Look[] = (['light', 'dark'] as const).flatMap((colours) => [
  { width: 1280, height: 800, colours },
  { width: 360, height: 740, colours },
  { width: 390, height: 844, colours },
]);

const views: readonly (readonly [address: string, text: string])[] = [
  ['buckets', '2 objects'],
  ['buckets?bucket=vault', 'accesspoint/reports'],
  ['buckets?bucket=vault&key=notes.txt', 'delete marker, newest on top'],
  ['requests', 'S3 Control'],
  ['events', 'No event was sent'],
  ['plans', 'old-versions'],
  ['rules', 'GetObject'],
  ['costs', 'STANDARD_IA'],
  ['mock', 'BlockPublicPolicy'],
  ['buckets?bucket=vault&key=notes.txt&at=2026-03-01T11:00:00.000Z', 'at 2026-03-01 11:00:00 UTC'],
  ['plans?bucket=vault&until=2026-03-08', 'until 2026-03-08'],
  ['mock?account=default', 'canonicalId'],
];

if ('lack' in found) itWith(found, 'the looks of the page of a served mock, in a browser', async () => {});
else inBrowser(found);

function inBrowser(tool: Tool): void {
  let pages: Pages;
  let mock: ServedMock;
  let snapshot: { readonly id: string };

  beforeAll(async () => {
    pages = await Pages.start(tool);
    mock = await ServedMock.start(scene);
    await mock.client().send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'reports/quarter.pdf' }));
    const lost = mock.client().send(new GetObjectCommand({ Bucket: 'vault', Key: 'reports/quarter.pdf' }));
    await expect(lost).rejects.toMatchObject({ name: 'NoSuchKey' });
    await mock.ask('POST', 'rules', { operation: 'GetObject', fail: 'SlowDown' });
    await mock.ask('PATCH', 'buckets/vault', { accessPoints: { reports: {}, inside: { vpcId: 'vpc-1' } } });
    await mock.ask('PATCH', 'accounts/default', { publicAccessBlock: { BlockPublicPolicy: true } });
    const headers = { authorization: 'AWS A:B', 'x-amz-account-id': '000000000000' };
    await fetch(`${mock.url}/v20180820/accesspoint/reports`, { headers });
    snapshot = (await mock.ask('POST', 'snapshot')) as { readonly id: string };
  });
  afterAll(async () => {
    await pages.close();
    await mock.stop();
  });

  describe.each(looks)('the page at $width x $height, $colours', (look) => {
    it.each(views)('has no finding of axe, and fits its width: %s', async (address, text) => {
      const { page, complaints } = await pages.open(`${mock.url}/_mock/#${address}`, look);
      await page.getByText(text).first().waitFor();
      expect(await findings(page)).toEqual([]);
      expect(await tooWide(page)).toBe(0);
      expect(complaints).toEqual([]);
      await page.close();
    });

    it('has the same margin at both sides, and fills its height with a list that is longer', async () => {
      const { page } = await pages.open(`${mock.url}/_mock/#plans`, look);
      await page.getByRole('list', { name: 'Planned actions' }).waitFor();
      for (const address of ['plans', 'costs', 'buckets', 'buckets?bucket=vault&key=reports/annual.pdf']) {
        await page.goto(`${mock.url}/_mock/#${address}`);
        await page.locator('.view > *').nth(1).waitFor();
        expect(await margins(page)).toEqual({ left: look.width > 700 ? 20 : 16, right: look.width > 700 ? 20 : 16 });
      }
      const objects = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`k${at}`, 'x']));
      await mock.ask('POST', 'buckets', { name: 'many', objects });
      await page.goto(`${mock.url}/_mock/#buckets?bucket=many&key=k0`);
      await page.getByText('1 version, newest on top').waitFor();
      const bottom = async (part: string) => {
        const { y = 0, height = 0 } = (await page.locator(part).boundingBox()) ?? {};
        return y + height;
      };
      if (look.width > 700) expect((await bottom('main')) - (await bottom('.keys'))).toBeLessThan(24);
      const { id } = snapshot;
      await mock.ask('POST', 'restore', { id });
      await page.close();
    });

    it('cuts nothing off: the fields of the clock, tables and lists end within the window', async () => {
      const { page } = await pages.open(`${mock.url}/_mock/#mock`, look);
      await page.getByText(/^Next: /).waitFor();
      for (const [address, text] of views) {
        await page.goto(`${mock.url}/_mock/#${address}`);
        await page.getByText(text).first().waitFor();
        expect({ address, beyond: await beyondWindow(page) }).toEqual({ address, beyond: [] });
      }
      await page.close();
    });

    it('shows the words of a row whole and side by side: chips, time, author and end of a version', async () => {
      const { page } = await pages.open(`${mock.url}/_mock/#buckets?bucket=vault`, look);
      for (const key of ['contract.pdf', 'notes.txt', 'reports/annual.pdf', 'reports/quarter.pdf']) {
        await page.goto(`${mock.url}/_mock/#buckets?bucket=vault&key=${key}`);
        await page.getByRole('list', { name: `Versions of ${key}` }).waitFor();
        expect({ key, hidden: await hiddenWords(page) }).toEqual({ key, hidden: [] });
      }
      await page.getByRole('button', { name: /delete marker.*by root in request 1/ }).waitFor();
      await page.close();
    });

    it('has no finding of axe in the acts on buckets', async () => {
      const { page } = await pages.open(`${mock.url}/_mock/#buckets`, look);
      await page.getByRole('button', { name: 'Create a bucket' }).click();
      await page.getByRole('region', { name: 'The call in a test' }).waitFor();
      expect([await findings(page), await cutOff(page)]).toEqual([[], []]);
      await page.keyboard.press('Escape');
      await page.goto(`${mock.url}/_mock/#buckets?bucket=vault`);
      for (const name of ['Versioning', 'Delete the bucket', 'Put an object']) {
        await page.getByRole('button', { name, exact: true }).click();
        await page.getByRole('region', { name: 'The call in a test' }).waitFor();
        expect([await findings(page), await cutOff(page)]).toEqual([[], []]);
        await page.keyboard.press('Escape');
      }
      await page.close();
    });

    it('has no finding of axe in the details of a version and of a request', async () => {
      const { page } = await pages.open(`${mock.url}/_mock/#buckets?bucket=vault&key=reports/annual.pdf`, look);
      await page.getByRole('button', { name: /STANDARD_IA/ }).click();
      await page.getByRole('dialog', { name: 'Version' }).waitFor();
      await page
        .getByText(/^The first byte that differs is number 1\./)
        .or(page.getByText(/added/))
        .first()
        .waitFor();
      expect(await findings(page)).toEqual([]);
      expect(await cutOff(page)).toEqual([]);
      await page.keyboard.press('Escape');
      for (const name of ['Put a version', 'Delete']) {
        await page.getByRole('button', { name, exact: true }).click();
        await page.getByRole('region', { name: 'The call in a test' }).waitFor();
        expect(await findings(page)).toEqual([]);
        expect(await cutOff(page)).toEqual([]);
        await page.keyboard.press('Escape');
      }
      await page.getByRole('button', { name: 'Who changed this key' }).click();
      await page.getByText('All requests about it').waitFor();
      expect([await findings(page), await cutOff(page)]).toEqual([[], []]);
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Requests' }).click();
      await page.getByRole('button', { name: /NoSuchKey/ }).click();
      await page.getByRole('dialog').getByText('user-agent').waitFor();
      expect(await findings(page)).toEqual([]);
      expect(await tooWide(page)).toBe(0);
      await page.close();
    });
  });
}

async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

/** The distances of what is shown from both sides of the window. */
function margins(page: Page): Promise<{ readonly left: number; readonly right: number }> {
  return page.evaluate<{ left: number; right: number }>(`(() => {
    const { left, right } = document.querySelector('.view').getBoundingClientRect();
    return { left: Math.round(left), right: Math.round(innerWidth - right) };
  })()`);
}

/** The parts of the open details that are wider than these. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const dialog = document.querySelector('dialog');
    const { right } = dialog.getBoundingClientRect();
    return [...dialog.querySelectorAll('*')].filter((one) => !one.closest('pre > *') && one.getBoundingClientRect().right > right + 1).map((one) => one.outerHTML.slice(0, 100));
  })()`);
}

/** The parts of the page that end beyond the right side of the window. */
function beyondWindow(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`[...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().width > 1 && one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 100))`);
}

/** The words of the versions' rows that lie above others, or are cut off below or at a side. */
function hiddenWords(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`[...document.querySelectorAll('.versions .row')].flatMap((row) => {
    const words = [...row.querySelectorAll('.line > :not(.chips, .id), .chip')].filter((one) => one.textContent !== '');
    const placed = words.map((one) => ({ text: one.textContent, ...one.getBoundingClientRect().toJSON() }));
    const { right, bottom } = row.getBoundingClientRect();
    const isAbove = (one, other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 2 && other.top < one.bottom - 2;
    const cut = [...row.querySelectorAll('.chips')].filter((one) => one.scrollWidth > one.clientWidth);
    return [
      ...cut.map((one) => 'cut: ' + one.textContent),
      ...placed.filter((one) => one.right > right || one.bottom > bottom).map(({ text }) => 'beyond its row: ' + text),
      ...placed.flatMap((one, at) => placed.slice(at + 1).filter((other) => isAbove(one, other)).map((other) => one.text + ' above ' + other.text)),
    ];
  })`);
}

function tooWide(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}
