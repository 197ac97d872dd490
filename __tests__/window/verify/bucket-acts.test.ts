import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findChromium, itWith, type Tool } from '../../support/tools';
import { PagesOfTests } from '../browser';

const found = findChromium();

const buckets = {
  drafts: {},
  full: { objects: { 'a.txt': 'draft' } },
  guarded: { versioning: 'Enabled', mfaDelete: 'Enabled' },
  locked: { objectLock: true },
};

if ('lack' in found) itWith(found, 'what a person does to buckets, in a browser', async () => {});
else inBrowser(found);

function inBrowser(tool: Tool): void {
  const served = new PagesOfTests(tool, { buckets });
  const open = (address: string): Promise<Page> => served.open(address);
  const callIn = (page: Page) => page.getByRole('region', { name: 'The call in a test' }).locator('pre').textContent();

  async function versioningOf(Bucket: string): Promise<string | undefined> {
    const { Status } = await served.mock.client().send(new GetBucketVersioningCommand({ Bucket }));
    return Status;
  }

  describe('what a person does to buckets', () => {
    it('creates a bucket in a region with object lock, and shows it', async () => {
      const page = await open('#buckets');
      await page.getByRole('button', { name: 'Create a bucket' }).click();
      const form = page.getByRole('form', { name: 'Create a bucket' });
      await form.getByLabel('Name').fill('fresh');
      await form.getByLabel('Region').fill('eu-west-1');
      await form.getByRole('combobox', { name: /^Versioning/ }).selectOption('Suspended');
      expect(await callIn(page)).toBe("s3.createBucket('fresh', { region: 'eu-west-1', versioning: 'Suspended' });");
      await form.getByLabel('Object lock').check();
      expect(await form.getByRole('combobox', { name: /^Versioning/ }).inputValue()).toBe('Enabled');
      expect(await callIn(page)).toBe("s3.createBucket('fresh', { region: 'eu-west-1', objectLock: true });");
      await form.getByRole('button', { name: 'Create' }).click();
      await page.getByRole('heading', { name: 'fresh' }).waitFor();
      expect(await served.mock.ask('GET', 'buckets/fresh')).toMatchObject({
        region: 'eu-west-1',
        versioning: 'Enabled',
        objectLock: true,
      });
      expect(served.complaints()).toEqual([]);
    });

    it('says why a bucket cannot be created', async () => {
      const page = await open('#buckets');
      await page.getByRole('button', { name: 'Create a bucket' }).click();
      const form = page.getByRole('form', { name: 'Create a bucket' });
      for (const [name, reason] of [
        ['No_Name', 'lower-case letters'],
        ['drafts', "already a bucket 'drafts'"],
      ] as const) {
        await form.getByLabel('Name').fill(name);
        await form.getByRole('button', { name: 'Create' }).click();
        await form.getByRole('alert').getByText(reason).waitFor();
      }
    });

    it('deletes an empty bucket, and says what S3 says of another', async () => {
      const page = await open('#buckets?bucket=full');
      await page.getByRole('button', { name: 'Delete the bucket' }).click();
      const form = page.getByRole('form', { name: 'Delete the bucket' });
      expect(await callIn(page)).toBe("await client.send(new DeleteBucketCommand({ Bucket: 'full' }));");
      await form.getByRole('button', { name: 'Delete' }).click();
      await form.getByRole('alert').getByText('S3 says BucketNotEmpty: ').waitFor();
      await page.keyboard.press('Escape');

      await page.goto(`${served.mock.url}/_mock/#buckets?bucket=drafts`);
      await page.getByText('The bucket is empty.').waitFor();
      await page.getByRole('button', { name: 'Delete the bucket' }).click();
      await form.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('link', { name: /^full/ }).waitFor();
      await page.getByRole('link', { name: /^drafts/ }).waitFor({ state: 'detached' });
      const { buckets: left } = (await served.mock.ask('GET', 'buckets')) as { buckets: { name: string }[] };
      expect(left.map(({ name }) => name)).toEqual(['full', 'guarded', 'locked']);
    });

    it('enables versioning, and suspends it', async () => {
      const page = await open('#buckets?bucket=drafts');
      const dialog = page.getByRole('dialog', { name: 'Versioning' });
      for (const status of ['Enabled', 'Suspended']) {
        await page.getByRole('button', { name: 'Versioning' }).click();
        expect(await dialog.getByLabel('Status').inputValue()).toBe(status);
        expect(await callIn(page)).toBe(
          `await client.send(new PutBucketVersioningCommand({ Bucket: 'drafts', VersioningConfiguration: { Status: '${status}' } }));`,
        );
        await dialog.getByRole('button', { name: 'Set' }).click();
        await dialog.waitFor({ state: 'detached' });
        await page.getByText(`versioning ${status}`).waitFor();
        expect(await versioningOf('drafts')).toBe(status);
      }
      expect(served.complaints()).toEqual([]);
    });

    it('suspends versioning of a bucket with MFA Delete only with a code', async () => {
      const page = await open('#buckets?bucket=guarded');
      await page.getByRole('button', { name: 'Versioning' }).click();
      const dialog = page.getByRole('dialog', { name: 'Versioning' });
      await dialog.getByRole('button', { name: 'Set' }).click();
      await dialog.getByRole('alert').getByText('S3 says AccessDenied: Mfa Authentication must be used').waitFor();
      await dialog.getByLabel('With a code of the MFA device').check();
      expect(await callIn(page)).toContain('MFA: s3.mfa.header() }');
      await dialog.getByRole('button', { name: 'Set' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await versioningOf('guarded')).toBe('Suspended');
    });

    it('says that object lock keeps versioning Enabled', async () => {
      const page = await open('#buckets?bucket=locked');
      await page.getByRole('button', { name: 'Versioning' }).click();
      const dialog = page.getByRole('dialog', { name: 'Versioning' });
      await dialog.getByRole('button', { name: 'Set' }).click();
      await dialog.getByRole('alert').getByText('S3 says InvalidBucketState: ').waitFor();
      expect(await versioningOf('locked')).toBe('Enabled');
    });
  });
}
