import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { root } from '../../house/files';
import { findChromium } from '../../support/tools';
import { Pages } from '../browser';
import { scene } from '../scene';
import { ServedMock } from '../served-mock';

/** The pictures of the page in the documents: `npm run generate window` makes them. */
const pictures = ['versions', 'plans'] as const;
const folder = 'docs/window';
const heaviest = 40 * 1024;

const doesWrite = process.env['WRITE_WINDOW'] !== undefined;

describe('the pictures of the page', () => {
  if (doesWrite) it('are made', makePictures);

  it.each(pictures)('are there, weigh little, and are those that the guide shows: %s', (name) => {
    expect(statSync(join(root, folder, `${name}.webp`)).size).toBeLessThan(heaviest);
    expect(readFileSync(join(root, 'docs/guides/window.md'), 'utf8')).toContain(`](../window/${name}.webp)`);
  });
});

async function makePictures(): Promise<void> {
  const chromium = findChromium();
  if ('lack' in chromium) throw new Error(chromium.lack);
  const pages = await Pages.start(chromium);
  const mock = await ServedMock.start(scene);
  try {
    await takePictures(pages, mock);
  } finally {
    await pages.close();
    await mock.stop();
  }
}

async function takePictures(pages: Pages, mock: ServedMock): Promise<void> {
  const client = mock.client();
  const report = { Bucket: 'vault', Key: 'reports/quarter.pdf' };
  await client.send(new PutObjectCommand({ ...report, Body: 'e'.repeat(150_000) }));
  await client.send(new DeleteObjectCommand(report));
  await client.send(new GetObjectCommand(report)).catch(() => {});
  const look = { width: 920, height: 640 };
  const stack = `${mock.url}/_mock/#buckets?bucket=vault&key=reports/annual.pdf`;
  const light = await pages.open(stack, { ...look, colours: 'light' });
  await light.page.getByText('removed on 2026-03-08').waitFor();
  await picture(light.page, 'versions');
  const dark = await pages.open(`${mock.url}/_mock/#plans`, { ...look, colours: 'dark' });
  await dark.page.getByText('cold-reports').first().waitFor();
  await mock.ask('POST', 'clock/advance', { days: 8 });
  await dark.page.getByText(/actions planned, 1 action done/).waitFor();
  await picture(dark.page, 'plans');
}

async function picture(page: Page, name: (typeof pictures)[number]): Promise<void> {
  await page.getByText(/^Next: /).waitFor();
  const png = await page.screenshot({ animations: 'disabled' });
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, `${name}.webp`), await withoutWeight(page, png));
}

/** The same picture as WebP, a third of the weight: the package has it. The page itself must not make pictures, by its policy. */
async function withoutWeight(page: Page, png: Buffer): Promise<Buffer> {
  await page.goto('about:blank');
  const url = await page.evaluate<string>(`new Promise((resolve) => {
    const image = new Image();
    image.onload = () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      canvas.getContext('2d').drawImage(image, 0, 0);
      resolve(canvas.toDataURL('image/webp', 0.7));
    };
    image.src = 'data:image/png;base64,${png.toString('base64')}';
  })`);
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
