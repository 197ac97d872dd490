import { GetObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { deleteMarker, mockS3 } from 's3-versioning-mock';
import { findChromium, itWith, type Tool } from '../../support/tools';
import { PagesOfTests } from '../browser';

const found = findChromium();

const buckets = {
  vault: {
    versioning: 'Enabled',
    objects: {
      'a.txt': [
        { body: 'first', contentType: 'text/plain', metadata: { 'written-by': "ann's" }, tags: { team: 'a b' } },
        'second',
        'deleteMarker',
      ],
    },
  },
  drafts: { objects: { 'a.txt': 'draft' } },
  media: { versioning: 'Suspended', objects: { 'a.txt': { body: 'film', versionId: 'null' } } },
};

if ('lack' in found) itWith(found, 'what a person does to a bucket, in a browser', async () => {});
else inBrowser(found);

function inBrowser(tool: Tool): void {
  const served = new PagesOfTests(tool, { buckets });

  const open = (address: string): Promise<Page> => served.open(address);

  const complaints = () => served.complaints();

  async function versionsOf(bucket: string, key: string): Promise<readonly Version[]> {
    const { versions } = (await served.mock.ask('GET', `buckets/${bucket}/versions?key=${key}`)) as {
      readonly versions: readonly Version[];
    };
    return versions;
  }

  async function read(bucket: string, key: string): Promise<string | undefined> {
    const { Body } = await served.mock.client().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Body?.transformToString();
  }

  describe('what a person does to a bucket', () => {
    it('puts a text under a new key, and shows it', async () => {
      const page = await open('#buckets?bucket=vault');
      await page.getByRole('button', { name: 'Put an object' }).click();
      const form = page.getByRole('form', { name: 'Put' });
      await form.getByLabel('Key').fill("it's.txt");
      await form.getByLabel('Text').fill('two\nlines');
      await form.getByLabel('Media type').fill('text/plain');
      expect(await callIn(page)).toBe(
        "s3.bucket('vault').put('it\\'s.txt', 'two\\nlines', { contentType: 'text/plain' });",
      );
      await form.getByRole('button', { name: 'Put' }).click();
      await page.getByText('1 version, newest on top').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await read('vault', "it's.txt")).toBe('two\nlines');
      expect(complaints()).toEqual([]);
    });

    it('puts a file as a version, with its media type', async () => {
      const page = await open('#buckets?bucket=vault&key=a.txt');
      await page.getByRole('button', { name: 'Put a version' }).click();
      const form = page.getByRole('form', { name: 'Put' });
      const buffer = Buffer.from([0, 255, 10]);
      await form.getByLabel('Or a file').setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer });
      expect(await form.getByLabel('Text').isDisabled()).toBe(true);
      expect(await callIn(page)).toBe(
        "s3.bucket('vault').put('a.txt', readFileSync('dot.png'), { contentType: 'image/png' });",
      );
      await form.getByRole('button', { name: 'Put' }).click();
      await page.getByText('4 versions, newest on top').waitFor();
      expect((await versionsOf('vault', 'a.txt'))[0]).toMatchObject({ size: 3, contentType: 'image/png' });
    });

    it('says what the library refuses', async () => {
      const page = await open('#buckets?bucket=vault');
      await page.getByRole('button', { name: 'Put an object' }).click();
      const form = page.getByRole('form', { name: 'Put' });
      await form.getByLabel('Key').fill('k'.repeat(1025));
      await form.getByRole('button', { name: 'Put' }).click();
      await form
        .getByRole('alert')
        .getByText(/1,?02[45]/)
        .waitFor();
    });

    it.each([
      ['vault', 'a delete marker on top of the versions', 4],
      ['media', 'It is the null version', 1],
      ['drafts', 'gone for good', 0],
    ])('deletes a key of %s', async (bucket, sentence, left) => {
      const page = await open(`#buckets?bucket=${bucket}&key=a.txt`);
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Delete' });
      await dialog.getByText(sentence).waitFor();
      expect(await callIn(page)).toBe(`s3.bucket('${bucket}').delete('a.txt');`);
      await dialog.getByRole('button', { name: 'Delete the object' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText(left === 1 ? '1 version, newest' : `${left} versions, newest`).waitFor();
      expect(await versionsOf(bucket, 'a.txt')).toHaveLength(left);
      expect(complaints()).toEqual([]);
    });

    it('restores a former version, with its media type, metadata and tags', async () => {
      const page = await open('#buckets?bucket=vault&key=a.txt');
      await page.getByText('3 versions, newest on top').waitFor();
      const rows = page.getByRole('list', { name: 'Versions of a.txt' }).getByRole('button');
      await rows.nth(2).click();
      const dialog = page.getByRole('dialog', { name: 'Version' });
      const details = `{ contentType: 'text/plain', metadata: { 'written-by': 'ann\\'s' }, tags: { team: 'a b' } }`;
      const text = `const { body } = s3.bucket('vault').newest('a.txt', 2);\ns3.bucket('vault').put('a.txt', body, ${details});`;
      expect(await callIn(page)).toBe(text);
      await dialog.getByRole('button', { name: 'Restore this version' }).press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('4 versions, newest on top').waitFor();
      expect(await page.evaluate("document.activeElement.closest('li') !== null")).toBe(true);
      expect(await read('vault', 'a.txt')).toBe('first');
      expect((await versionsOf('vault', 'a.txt'))[0]).toMatchObject({
        contentType: 'text/plain',
        metadata: { 'written-by': "ann's" },
        tags: { team: 'a b' },
      });
      expect(complaints()).toEqual([]);
    });

    it('shows the call that deletes a marker, and offers no restore of what is current', async () => {
      const page = await open('#buckets?bucket=vault&key=a.txt');
      await page.getByRole('button', { name: /delete marker/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Delete marker' });
      const [marker] = await versionsOf('vault', 'a.txt');
      expect(await callIn(page)).toBe(
        `await client.send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'a.txt', VersionId: '${marker?.versionId}' }));`,
      );
      expect(await dialog.getByRole('button', { name: /Restore/ }).count()).toBe(0);
    });

    it('shows calls that a test can write', async () => {
      const s3 = mockS3({
        buckets: { vault: { ...buckets.vault, objects: { 'a.txt': ['first', 'second', deleteMarker] } } } as never,
      });
      const page = await open('#buckets?bucket=vault&key=a.txt');
      for (const name of ['Put a version', 'Delete']) {
        await page.getByRole('button', { name, exact: true }).click();
        new Function('s3', await callIn(page))(s3);
        await page.keyboard.press('Escape');
      }
      await page.getByRole('list', { name: 'Versions of a.txt' }).getByRole('button').nth(1).click();
      new Function('s3', await callIn(page))(s3);
      expect(s3.bucket('vault').versions('a.txt')).toHaveLength(6);
      expect(s3.bucket('vault').object('a.txt').text()).toBe('');
      await s3.stop();
    });
  });
}

async function callIn(page: Page): Promise<string> {
  const call: Locator = page.getByRole('region', { name: 'The call in a test' }).locator('pre');
  return (await call.textContent()) ?? '';
}

interface Version {
  readonly versionId: string;
}
