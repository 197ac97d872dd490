import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { deleteMarker, type MockS3, mockS3 } from 's3-versioning-mock';
import { findChromium, itWith, type Tool } from '../../support/tools';
import { copiedBy, PagesOfTests } from '../browser';

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
      await page.getByText('3 versions, 1 delete marker, newest on top').waitFor();
      expect((await versionsOf('vault', 'a.txt'))[0]).toMatchObject({ size: 3, contentType: 'image/png' });
    });

    it('puts an object with metadata, tags and a storage class', async () => {
      const page = await open('#buckets?bucket=vault&prefix=reports/');
      await page.getByRole('button', { name: 'Put an object' }).click();
      const form = page.getByRole('form', { name: 'Put' });
      expect(await form.getByLabel('Key').inputValue()).toBe('reports/');
      await form.getByLabel('Key').fill('reports/q3.pdf');
      await form.getByLabel('Storage class').selectOption('STANDARD_IA');
      await form.getByLabel('Metadata').fill('author=ann\nsum = 1=1');
      await form.getByLabel('Tags').fill('team=finance');
      expect(await callIn(page)).toBe(
        "s3.bucket('vault').put('reports/q3.pdf', '', { storageClass: 'STANDARD_IA', metadata: { author: 'ann', sum: '1=1' }, tags: { team: 'finance' } });",
      );
      await form.getByRole('button', { name: 'Put' }).click();
      await page.getByText('1 version, newest on top').waitFor();
      expect((await versionsOf('vault', 'reports/q3.pdf'))[0]).toMatchObject({
        storageClass: 'STANDARD_IA',
        metadata: { author: 'ann', sum: '1=1' },
        tags: { team: 'finance' },
      });
      expect(complaints()).toEqual([]);
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
      ['vault', 'another delete marker on top', 4, '2 versions, 2 delete markers'],
      ['media', 'It is the null version', 1, '1 delete marker'],
      ['drafts', 'gone for good', 0, '0 versions'],
    ])('deletes a key of %s', async (bucket, sentence, left, counts) => {
      const page = await open(`#buckets?bucket=${bucket}&key=a.txt`);
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Delete' });
      await dialog.getByText(sentence).waitFor();
      expect(await callIn(page)).toBe(`s3.bucket('${bucket}').delete('a.txt');`);
      await dialog.getByRole('button', { name: 'Delete the object' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText(`${counts}, newest`).waitFor();
      expect(await versionsOf(bucket, 'a.txt')).toHaveLength(left);
      expect(complaints()).toEqual([]);
    });

    it('restores a former version by a copy, with its media type, metadata and tags', async () => {
      const page = await open('#buckets?bucket=vault&key=a.txt');
      const [, , first] = await versionsOf('vault', 'a.txt');
      await versionRows(page).nth(2).click();
      const dialog = page.getByRole('dialog', { name: 'Version' });
      expect(await callIn(page, 'Restore')).toBe(
        `await client.send(new CopyObjectCommand({ Bucket: 'vault', Key: 'a.txt', CopySource: 'vault/a.txt?versionId=${first?.versionId}' }));`,
      );
      await dialog.getByRole('button', { name: 'Restore this version' }).press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('3 versions, 1 delete marker, newest on top').waitFor();
      expect(await page.evaluate("document.activeElement.closest('li') !== null")).toBe(true);
      expect(await read('vault', 'a.txt')).toBe('first');
      expect((await versionsOf('vault', 'a.txt'))[0]).toMatchObject({
        contentType: 'text/plain',
        metadata: { 'written-by': "ann's" },
        tags: { team: 'a b' },
      });
      expect(complaints()).toEqual([]);
    });

    it('restores a version of a key with all kinds of characters', async () => {
      const key = "a b/ü+%2F?&#'.txt";
      for (const body of ['old', 'new']) await served.mock.ask('POST', 'buckets/vault/put', { key, body });
      const page = await open(`#buckets?${new URLSearchParams({ bucket: 'vault', key })}`);
      await versionRows(page).nth(1).click();
      await page.getByRole('button', { name: 'Restore this version' }).click();
      await page.getByText('3 versions, newest on top').waitFor();
      expect(await read('vault', key)).toBe('old');
    });

    it('says what S3 says if it refuses to restore', async () => {
      await served.mock.ask('POST', 'buckets/vault/put', { key: 'cold', body: 'x', storageClass: 'GLACIER' });
      await served.mock.ask('POST', 'buckets/vault/put', { key: 'cold', body: 'y' });
      const page = await open('#buckets?bucket=vault&key=cold');
      await versionRows(page).nth(1).click();
      await page.getByRole('button', { name: 'Restore this version' }).click();
      await page
        .getByRole('region', { name: 'Restore' })
        .getByRole('alert')
        .getByText('S3 says InvalidObjectState: ')
        .waitFor();
      expect(await versionsOf('vault', 'cold')).toHaveLength(2);
    });

    it('brings a deleted key back by removing the marker, and offers no restore of the marker', async () => {
      const page = await open('#buckets?bucket=vault&key=a.txt');
      await versionRows(page).filter({ hasText: 'delete marker' }).click();
      const dialog = page.getByRole('dialog', { name: 'Delete marker' });
      const [marker] = await versionsOf('vault', 'a.txt');
      expect(await callIn(page, 'Remove the marker')).toBe(
        `await client.send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'a.txt', VersionId: '${marker?.versionId}' }));`,
      );
      expect(await dialog.getByRole('button', { name: /Restore/ }).count()).toBe(0);
      await dialog.getByRole('button', { name: 'Remove the delete marker' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('2 versions, newest on top').waitFor();
      const [current] = await versionsOf('vault', 'a.txt');
      const done = page.getByRole('status').getByText(`a.txt is current again: version ${current?.versionId}.`);
      await done.waitFor();
      expect(await read('vault', 'a.txt')).toBe('second');
      // The sentence goes when it is no longer true.
      await served.mock.ask('POST', 'buckets/vault/put', { key: 'a.txt', body: 'third' });
      await done.waitFor({ state: 'detached' });
      expect(complaints()).toEqual([]);
    });

    it('undeletes a key that is deleted, and no other', async () => {
      const page = await open('#buckets?bucket=vault&key=a.txt');
      const undelete = page.getByRole('button', { name: 'Undelete' });
      await undelete.click();
      const dialog = page.getByRole('dialog', { name: 'Undelete' });
      await dialog.getByRole('button', { name: 'Remove the delete marker' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('2 versions, newest on top').waitFor();
      expect(await read('vault', 'a.txt')).toBe('second');
      expect(await undelete.count()).toBe(0);
      const [current] = await versionsOf('vault', 'a.txt');
      await page.getByRole('status').getByText(`a.txt is current again: version ${current?.versionId}.`).waitFor();
      await page.goto(`${served.mock.url}/_mock/#buckets?bucket=vault`);
      await page.getByRole('button', { name: 'a.txt' }).click();
      await page.getByText('2 versions, newest on top').waitFor();
      expect(await page.getByText('is current again').count()).toBe(0);
    });

    it('says of a key with two delete markers on top that it is still deleted after the removal of one', async () => {
      await served.mock.ask('POST', 'buckets/vault/delete', { key: 'a.txt' });
      const page = await open('#buckets?bucket=vault&key=a.txt');
      await page.getByRole('button', { name: 'Undelete' }).click();
      await page.getByRole('button', { name: 'Remove the delete marker' }).click();
      await page.getByRole('status').getByText('a.txt is still deleted by the delete marker on top.').waitFor();
      await page.getByText('2 versions, 1 delete marker, newest on top').waitFor();
    });

    it('offers no undelete of a key that was written after its delete', async () => {
      await served.mock.ask('POST', 'buckets/vault/put', { key: 'a.txt', body: 'again' });
      const page = await open('#buckets?bucket=vault&key=a.txt');
      await page.getByText('3 versions, 1 delete marker, newest on top').waitFor();
      expect(await page.getByRole('button', { name: 'Undelete' }).count()).toBe(0);
    });

    it.each([
      { status: 'Enabled', says: 'S3 puts another delete marker on top of the one that is there.' },
      { status: 'Suspended', says: 'S3 puts a delete marker on top again.' },
    ])('says before it deletes a key again that it is deleted, versioning $status', async ({ status, says }) => {
      await served.mock.ask('POST', 'buckets', { name: 'other', versioning: status, objects: { k: 'x' } });
      const page = await open('#buckets?bucket=other&key=k');
      const remove = page.getByRole('button', { name: 'Delete', exact: true });
      await remove.click();
      await page.getByRole('dialog').getByText('S3 puts a delete marker on top').waitFor();
      expect(await page.getByText('deleted already').count()).toBe(0);
      await page.getByRole('button', { name: 'Delete the object' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Undelete' }).waitFor();
      await remove.click();
      await page.getByRole('dialog').getByText(`The object is deleted already. ${says}`).waitFor();
    });

    it('deletes the version that is chosen, and no other', async () => {
      const page = await open('#buckets?bucket=vault&key=a.txt');
      const before = await versionsOf('vault', 'a.txt');
      await versionRows(page).nth(1).click();
      const dialog = page.getByRole('dialog', { name: 'Version' });
      await dialog.getByRole('button', { name: 'Delete the version for good' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('1 version, 1 delete marker, newest on top').waitFor();
      const idsOf = (versions: readonly Version[]) => versions.map(({ versionId }) => versionId);
      expect(idsOf(await versionsOf('vault', 'a.txt'))).toEqual(idsOf([before[0], before[2]] as Version[]));
    });

    it('deletes a version that governance retention holds only if it bypasses it', async () => {
      const retention = { Mode: 'GOVERNANCE', RetainUntilDate: '2099-01-01T00:00:00Z' };
      await served.mock.ask('POST', 'buckets', {
        name: 'held',
        objectLock: true,
        objects: { k: { body: 'x', retention } },
      });
      const page = await open('#buckets?bucket=held&key=k');
      await versionRows(page).first().click();
      const remove = page.getByRole('region', { name: 'Delete this version' });
      await remove.getByRole('button', { name: 'Delete the version for good' }).click();
      await remove.getByRole('alert').getByText('S3 says AccessDenied: ').waitFor();
      await remove.getByLabel('Bypass the governance retention').check();
      expect(await callIn(page, 'Delete this version')).toContain('BypassGovernanceRetention: true }');
      await remove.getByRole('button', { name: 'Delete the version for good' }).click();
      await page.getByText('Nothing is left of this key.').waitFor();
    });

    it('deletes a version of a bucket with MFA Delete only with a code, which it sends unless it is told not to', async () => {
      const settings = { versioning: 'Enabled', mfaDelete: 'Enabled', objects: { k: 'x' } };
      await served.mock.ask('POST', 'buckets', { name: 'guarded', ...settings });
      const page = await open('#buckets?bucket=guarded&key=k');
      await versionRows(page).first().click();
      const remove = page.getByRole('region', { name: 'Delete this version' });
      await remove.getByLabel('With a code of the MFA device').uncheck();
      await remove.getByRole('button', { name: 'Delete the version for good' }).click();
      await remove.getByRole('alert').getByText('S3 says AccessDenied: Mfa Authentication must be used').waitFor();
      await remove.getByLabel('With a code of the MFA device').check();
      expect(await callIn(page, 'Delete this version')).toContain('MFA: s3.mfa.header() }');
      await remove.getByRole('button', { name: 'Delete the version for good' }).click();
      await page.getByText('Nothing is left of this key.').waitFor();
    });

    it('copies the id, the URI and a presigned URL of a version', async () => {
      const page = await open('#buckets?bucket=vault&key=a.txt');
      const [, second] = await versionsOf('vault', 'a.txt');
      await versionRows(page).nth(1).click();
      const copies = page.getByRole('region', { name: 'Copy', exact: true });
      const copied = (name: string) => copiedBy(page, () => copies.getByRole('button', { name }).click());
      expect(await copied('Version id')).toBe(second?.versionId);
      expect(await copied('S3 URI')).toBe('s3://vault/a.txt');
      expect(await callIn(page, 'Copy')).toBe(
        `const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: 'vault', Key: 'a.txt', VersionId: '${second?.versionId}' }));`,
      );
      expect(await (await fetch(await copied('Presigned URL'))).text()).toBe('second');
      await page.keyboard.press('Escape');
      await versionRows(page).filter({ hasText: 'delete marker' }).click();
      await copies.getByRole('button', { name: 'S3 URI' }).waitFor();
      expect(await copies.getByRole('button', { name: 'Presigned URL' }).count()).toBe(0);
      expect(complaints()).toEqual([]);
    });

    it('shows calls that a test can write', async () => {
      const objects = { 'a.txt': ['first', { body: 'second', versionId: 'second' }, deleteMarker] };
      const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects } } });
      const client = new S3Client({ region: 'us-east-1' });
      await served.mock.ask('POST', 'buckets/vault/put', { key: 'a.txt', body: 'second', versionId: 'second' });
      const page = await open('#buckets?bucket=vault&key=a.txt');
      for (const name of ['Put a version', 'Delete']) {
        await page.getByRole('button', { name, exact: true }).click();
        await runInTest(await callIn(page), s3, client);
        await page.keyboard.press('Escape');
      }
      await versionRows(page)
        .filter({ hasText: /^second/ })
        .click();
      await runInTest(await callIn(page, 'Delete this version'), s3, client);
      expect(
        s3
          .bucket('vault')
          .versions('a.txt')
          .map(({ deleteMarker }) => deleteMarker),
      ).toEqual([true, false, true, false]);
      expect(s3.bucket('vault').oldest('a.txt', 1).deleteMarker).toBe(true);
      client.destroy();
      await s3.stop();
    });
  });
}

/** Runs the text of a call as the body of a test. */
function runInTest(text: string, s3: MockS3, client: S3Client): Promise<void> {
  const commands = { CopyObjectCommand, DeleteObjectCommand };
  const run = new Function('s3', 'client', ...Object.keys(commands), `return (async () => { ${text} })();`);
  return run(s3, client, ...Object.values(commands));
}

function versionRows(page: Page): Locator {
  return page.getByRole('list', { name: /^Versions of/ }).getByRole('button');
}

/** The call that is shown, or that of a part of the details. */
async function callIn(page: Page, part?: string): Promise<string> {
  const place = part === undefined ? page : page.getByRole('region', { name: part });
  const call: Locator = place.getByRole('region', { name: 'The call in a test' }).locator('pre');
  return (await call.textContent()) ?? '';
}

interface Version {
  readonly versionId: string;
}
