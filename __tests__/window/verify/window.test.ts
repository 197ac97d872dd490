import { DeleteBucketCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { findChromium, itWith, type Tool } from '../../support/tools';
import { copiedBy, type Look, PagesOfTests } from '../browser';
import { scene } from '../scene';

const found = findChromium();

if ('lack' in found) itWith(found, 'the page of a served mock, in a browser', async () => {});
else inBrowser(found);

function inBrowser(tool: Tool): void {
  const served = new PagesOfTests(tool, scene);

  const open = (address?: string, look?: Look): Promise<Page> => served.open(address, look);

  const complaints = () => served.complaints();
  const otherHosts = () =>
    served.asked().filter((url) => !/^data:/.test(url) && !url.startsWith(`${served.mock.url}/`));

  describe('the page of a served mock', () => {
    it('shows a version that a client puts, and the delete marker above it', async () => {
      const page = await open('#buckets?bucket=drafts');
      await page.getByText('The bucket is empty.').waitFor();
      await served.mock.ask('PATCH', 'buckets/drafts', { versioning: 'Enabled' });
      const put = await served.mock
        .client()
        .send(new PutObjectCommand({ Bucket: 'drafts', Key: 'a.txt', Body: 'first' }));
      await page.getByRole('button', { name: 'a.txt' }).click();
      await versionRow(page, put.VersionId).waitFor();
      expect(await rowTexts(page)).toEqual([expect.stringMatching(new RegExp(`^${put.VersionId}5 bytescurrent`))]);

      const deleted = await served.mock.client().send(new DeleteObjectCommand({ Bucket: 'drafts', Key: 'a.txt' }));
      await versionRow(page, deleted.VersionId).waitFor();
      expect(await rowTexts(page)).toEqual([
        expect.stringMatching(new RegExp(`^${deleted.VersionId}delete markercurrent`)),
        expect.stringMatching(new RegExp(`^${put.VersionId}5 bytes`)),
      ]);
      expect({ complaints: complaints(), otherHosts: otherHosts() }).toEqual({ complaints: [], otherHosts: [] });
    });

    it('counts delete markers apart from versions, in the list of keys and above the versions of a key', async () => {
      const page = await open('#buckets?bucket=vault');
      const rowOf = (name: string) => page.getByRole('list', { name: 'Keys of vault' }).getByRole('button', { name });
      await rowOf('notes.txt').getByText('2 versions, 1 delete marker', { exact: true }).waitFor();
      await rowOf('contract.pdf').getByText('1 version', { exact: true }).waitFor();
      await rowOf('notes.txt').click();
      await page.getByText('2 versions, 1 delete marker, newest on top', { exact: true }).waitFor();
      expect(await rows(page).count()).toBe(3);
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
      await expect(served.mock.client().send(read)).rejects.toMatchObject({ name: 'SlowDown' });
      await page.getByText('met 1 request').click();
      await page
        .getByText(/^Requests \d+$/)
        .getByRole('link')
        .click();
      await page.getByRole('dialog', { name: 'GetObject' }).getByText('SlowDown').first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^503 GetObject vault\/contract\.pdf.*SlowDown/ }).click();
      await page.getByRole('dialog').getByText('SlowDown').first().waitFor();
      await page.keyboard.press('Escape');

      await page.getByRole('link', { name: 'Rules' }).click();
      await page.getByRole('switch', { checked: true }).click();
      await page.getByRole('switch', { checked: false }).waitFor();
      expect((await served.mock.client().send(read)).$metadata.httpStatusCode).toBe(200);
      await page.getByRole('switch', { checked: false }).click();
      await page.getByRole('switch', { checked: true }).waitFor();
      await expect(served.mock.client().send(read)).rejects.toMatchObject({ name: 'SlowDown' });
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
      await page.getByText(/^Snapshot .*, at 2026-03-01 12:00:00$/).waitFor();
      await served.mock.ask('POST', 'clock/advance', { days: 10 });
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
      const put = await served.mock
        .client()
        .send(new PutObjectCommand({ Bucket: 'media', Key: 'film.mp4', Body: 'frames' }));
      await page.getByRole('button', { name: /^ObjectCreated:Put media\/film\.mp4/ }).click();
      await page.getByRole('dialog').getByText('"detail-type": "Object Created"').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Plans' }).click();
      await page
        .getByRole('button', { name: new RegExp(`replicate media/film\\.mp4.*to replica, .*${put.VersionId}`) })
        .click();
      await versionRow(page, put.VersionId).filter({ hasText: 'replication PENDING' }).waitFor();
      await page.getByRole('button', { name: '+1 hour' }).click();
      await versionRow(page, put.VersionId).filter({ hasText: 'replication COMPLETED' }).waitFor();
      await page.goto(`${served.mock.url}/_mock/#buckets?bucket=replica&key=film.mp4`);
      await versionRow(page, put.VersionId).filter({ hasText: 'replication REPLICA' }).waitFor();
      expect(complaints()).toEqual([]);
    });

    it('shows that a copy failed and why, and counts it as failed', async () => {
      await served.mock.client().send(new DeleteBucketCommand({ Bucket: 'replica' }));
      const put = await served.mock
        .client()
        .send(new PutObjectCommand({ Bucket: 'media', Key: 'film.mp4', Body: 'frames' }));
      const page = await open('#buckets?bucket=media&key=film.mp4');
      await versionRow(page, put.VersionId).filter({ hasText: 'replication PENDING' }).click();
      const dialog = page.getByRole('dialog', { name: 'Version' });
      await dialog.getByText('to replica: PENDING, copied at 2026-03-01 12:05:00 UTC, in 5 minutes').waitFor();
      await served.mock.ask('POST', 'clock/advance', { minutes: 5 });
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
      for (const Key of keys)
        await served.mock.client().send(new PutObjectCommand({ Bucket: 'drafts', Key, Body: Key }));
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
      await form.getByRole('button').click();
      await form.getByRole('alert').getByText('say what fails').waitFor();
      await form.getByLabel('Bucket', { exact: true }).fill('vault');
      await form.getByLabel(/Everything/).check();
      await form.getByRole('button').click();
      await form.getByRole('alert').getByText('leave out one of both').waitFor();
      await form.getByLabel(/Everything/).uncheck();
      await form.getByLabel('As').selectOption('ServiceUnavailable');
      await form.getByRole('button').click();
      await page.getByText('met nothing').waitFor();
      const read = (Bucket: string) => served.mock.client().send(new GetObjectCommand({ Bucket, Key: 'contract.pdf' }));
      await expect(read('vault')).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
      await expect(read('drafts')).rejects.toMatchObject({ name: 'NoSuchKey' });
      await page.getByText('met 1 request').waitFor();
      await page.getByRole('switch', { checked: true }).click();
      await page.getByRole('switch', { checked: false }).waitFor();
      expect((await read('vault')).$metadata.httpStatusCode).toBe(200);
      await form.getByLabel(/Everything/).check();
      await form.getByRole('button').click();
      await page.getByText("outage({ as: 'SlowDown' })").waitFor();
      await expect(read('drafts')).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
      await page.getByRole('switch', { checked: true }).click();
      await form.getByRole('combobox', { name: /^Service/ }).selectOption('S3 Control');
      await form.getByRole('button').click();
      await page.getByText("outage({ service: 's3-control', as: 'SlowDown' })").waitFor();
      await expect(read('drafts')).rejects.toMatchObject({ name: 'NoSuchKey' });
      const headers = { authorization: 'AWS A:B', 'x-amz-account-id': '000000000000' };
      expect((await fetch(`${served.mock.url}/v20180820/accesspoint`, { headers })).status).toBe(503);
    });

    it('does not call an outage on that is not in force, and removes it', async () => {
      await served.mock.ask('POST', 'outages', { bucket: 'vault', from: '2026-04-01T00:00:00Z' });
      const page = await open('#rules');
      await page.getByText('not at this time').waitFor();
      await page.getByRole('switch').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: /^Remove outage/ }).click();
      await page.getByText('No rule is in force').waitFor();
      expect(await served.mock.ask('GET', 'rules')).toEqual({ rules: [] });
    });

    it('counts what the buckets take, now and after the rules of lifecycle', async () => {
      const page = await open('#costs');
      const vault = page.getByRole('region', { name: 'vault', exact: true });
      const all = vault.getByRole('row', { name: /^all/ }).getByRole('cell');
      await all.first().waitFor();
      expect(await all.allTextContents()).toEqual([
        '184 KB3 versions',
        '344 KB5 versions',
        '527 KB8 versions, 1 other',
        '–',
        '$0.00001',
      ]);
      await vault.getByText('527 KB in us-east-1, $0.00001 a month').waitFor();
      // The bars are the parts of the last row, those of delete markers too.
      const shares = await vault
        .locator('.share')
        .evaluateAll((bars) => bars.map((bar) => Number.parseFloat(bar.getAttribute('style')?.slice(6) ?? '')));
      expect(shares).toHaveLength(3);
      expect(shares.reduce((all, share) => all + share, 0)).toBeCloseTo(100);
      await page.getByLabel('in 90 days').check();
      await page.getByText('What S3 will hold on 2026-05-30').waitFor();
      await vault.getByText('GLACIER').first().waitFor();
      await page.getByText(/^\$0\.00\d+ a month instead of \$0\.00001 now$/).waitFor();
      expect((await all.allTextContents()).slice(0, 2)).toEqual(['184 KB3 versions', '0 bytes0 versions']);
      await vault.getByText('Billed on top: what Amazon S3 bills beyond the bytes of the versions.').waitFor();
      expect(complaints()).toEqual([]);
    });

    it('takes the prices that somebody writes for a region, and keeps them', async () => {
      await served.mock.ask('POST', 'buckets', {
        name: 'abroad',
        region: 'eu-central-1',
        objects: { big: { size: 1024 ** 3 } },
      });
      const page = await open('#costs');
      const abroad = page.getByRole('region', { name: 'abroad', exact: true });
      await abroad.getByText('1.0 GB in eu-central-1, $0.023 a month').waitFor();
      const price = page.getByLabel('Price of STANDARD in eu-central-1');
      await price.fill('2.5');
      await served.mock.ask('POST', 'buckets', { name: 'meanwhile' });
      await page.getByRole('region', { name: 'meanwhile', exact: true }).waitFor();
      await price.press('Enter');
      await abroad.getByText('1.0 GB in eu-central-1, $2.50 a month').waitFor();
      expect(await page.getByLabel('Price of STANDARD in us-east-1').inputValue()).toBe('0.023');
      await page.reload();
      await abroad.getByText('1.0 GB in eu-central-1, $2.50 a month').waitFor();
      await price.fill('-1');
      await price.press('Enter');
      expect(await price.inputValue()).toBe('2.5');
      await page.getByRole('button', { name: 'Take the first ones again' }).click();
      await abroad.getByText('1.0 GB in eu-central-1, $0.023 a month').waitFor();
      expect(await page.evaluate("localStorage.getItem('s3-mock-prices')")).toBeNull();
      expect(complaints()).toEqual([]);
    });

    it('shows the snapshots of others, also after it is loaded anew, and restores the one that is chosen', async () => {
      const page = await open('#mock');
      await page.getByRole('button', { name: 'Take a snapshot' }).waitFor();
      const { id } = (await served.mock.ask('POST', 'snapshot')) as { id: string };
      await page.getByText(`Snapshot ${id}, at 2026-03-01 12:00:00`).waitFor();
      await served.mock.ask('POST', 'clock/advance', { days: 40 });
      await served.mock.ask('POST', 'snapshot');
      await page.reload();
      await page.getByText(/^Snapshot .*, at 2026-04-10 12:00:00$/).waitFor();
      await page.getByRole('button', { name: `Restore snapshot ${id}` }).click();
      await page.getByText('2026-03-01 12:00:00', { exact: true }).waitFor();
    });

    it('resets only if it is asked twice, by the keyboard too', async () => {
      await served.mock.ask('POST', 'clock/advance', { days: 1 });
      const page = await open('#mock');
      await page.getByRole('button', { name: 'Reset the mock' }).press('Enter');
      const again = page.getByRole('button', { name: 'Press again to reset' });
      await again.waitFor();
      expect(await served.mock.ask('GET', 'clock')).toMatchObject({ now: '2026-03-02T12:00:00.000Z' });
      await page.keyboard.press('Enter');
      await page.getByText('2026-03-01 12:00:00').waitFor();
      await page.getByRole('button', { name: 'Reset the mock' }).waitFor();
    });

    it('copies a code of the MFA device, and strikes it out once it is over', async () => {
      const page = await open('#mock');
      await page.getByRole('button', { name: 'Make a code' }).click();
      await page.getByText('until 2026-03-01 12:01:30 UTC').waitFor();
      const header = await page.locator('output .id').textContent();
      const button = page.getByRole('button', { name: 'Copy the header' });
      expect(await copiedBy(page, () => button.click())).toBe(header);
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.locator('output s').count()).toBe(0);
      await served.mock.ask('POST', 'clock/advance', { seconds: 91 });
      await page.getByText('over since 2026-03-01 12:01:30 UTC').waitFor();
      expect(await page.locator('output s').textContent()).toBe(header);
      expect(complaints()).toEqual([]);
    });

    it('shows the requests whose operation, bucket or key has a text, and how many they are', async () => {
      for (const Key of ['contract.pdf', 'lost.pdf', 'notes.txt'])
        await served.mock
          .client()
          .send(new GetObjectCommand({ Bucket: 'vault', Key }))
          .catch(() => {});
      const page = await open('#requests');
      await page.getByText('3 requests', { exact: true }).waitFor();
      await page.getByLabel('failed only').check();
      await page.getByText('2 of 3 requests', { exact: true }).waitFor();
      await page.getByLabel('failed only').uncheck();
      const texts = page.getByRole('list', { name: 'Requests' }).getByRole('button');
      for (const [text, count] of [
        ['LOST', '1 of 3 requests'],
        ['vau', '3 requests'],
        ['getobj', '3 requests'],
        ['PutObject', '0 of 3 requests'],
        ['.txt', '1 of 3 requests'],
      ] as const) {
        await page.getByLabel('Filter').fill(text);
        await page.getByText(count, { exact: true }).waitFor();
      }
      expect(await texts.allTextContents()).toEqual([expect.stringContaining('notes.txt')]);
      await page.getByRole('button', { name: 'Clear' }).click();
      await page.getByText('1 of 3 requests', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Press again to clear' }).click();
      await page.getByText('0 requests', { exact: true }).waitFor();
      expect(complaints()).toEqual([]);
    });

    it('shows the requests with the code of an error, or with a part of its reason', async () => {
      for (const Key of ['contract.pdf', 'lost.pdf', 'notes.txt'])
        await served.mock
          .client()
          .send(new GetObjectCommand({ Bucket: 'vault', Key }))
          .catch(() => {});
      await served.mock
        .client()
        .send(new DeleteBucketCommand({ Bucket: 'vault' }))
        .catch(() => {});
      const page = await open('#requests');
      await page.getByText('4 requests', { exact: true }).waitFor();
      const codes = page.getByRole('combobox', { name: /^Error/ });
      expect(await codes.getByRole('option').allTextContents()).toEqual([
        'any answer',
        'BucketNotEmpty, 1',
        'NoSuchKey, 2',
      ]);
      await codes.selectOption('NoSuchKey');
      await page.getByText('2 of 4 requests', { exact: true }).waitFor();
      await page.getByLabel('Filter').fill('delete marker');
      await page.getByText('1 of 4 requests', { exact: true }).waitFor();
      const rows = page.getByRole('list', { name: 'Requests' }).getByRole('button');
      expect(await rows.allTextContents()).toEqual([expect.stringContaining('notes.txt')]);
      await page.reload();
      await page.getByText('1 of 4 requests', { exact: true }).waitFor();
      expect(await codes.inputValue()).toBe('NoSuchKey');
    });

    it('shows the access points of a bucket, and the public access block of an account', async () => {
      const page = await open('#buckets');
      await served.mock.ask('PATCH', 'buckets/vault', {
        accessPoints: { reports: {}, inside: { vpcId: 'vpc-1', publicAccessBlock: { BlockPublicPolicy: true } } },
      });
      await page.getByRole('link', { name: /vault.*2 access points/ }).click();
      const points = page.getByRole('list', { name: 'Access points' }).getByRole('listitem');
      await points.getByText('arn:aws:s3:us-east-1:000000000000:accesspoint/reports', { exact: true }).waitFor();
      expect(await points.allInnerTexts()).toEqual([
        expect.stringMatching(/^reports\s+blocks public access\s+arn:\S+\s+reports-\w+-s3alias\s+Copy the ARN$/),
        expect.stringMatching(/^inside\s+BlockPublicPolicy\s+from vpc-1 alone\s+arn:/),
      ]);
      await page.getByRole('link', { name: 'Mock' }).click();
      const account = page.getByRole('region', { name: 'Accounts' }).getByRole('listitem');
      expect(await account.allInnerTexts()).toEqual([expect.not.stringContaining('public')]);
      const on = {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      };
      await served.mock.ask('PATCH', 'accounts/default', { publicAccessBlock: on });
      await account.getByText('blocks public access').waitFor();
      await served.mock.ask('PATCH', 'accounts/default', { publicAccessBlock: { BlockPublicAcls: true } });
      await account.getByText('BlockPublicAcls', { exact: true }).waitFor();
      expect(complaints()).toEqual([]);
    });

    it('shows requests to S3 Control and STS with their service and their subject, and those by access points', async () => {
      await served.mock.ask('PATCH', 'buckets/vault', { accessPoints: { reports: {} } });
      const page = await open('#requests');
      const headers = { authorization: 'AWS A:B', 'x-amz-account-id': '000000000000' };
      await fetch(`${served.mock.url}/v20180820/accesspoint/reprts`, { headers });
      const named = page.getByRole('button', {
        name: /^404 GetAccessPoint S3 Control Name reprts, AccountId 000000000000/,
      });
      await named.click();
      await page.getByRole('dialog', { name: 'GetAccessPoint' }).getByText('S3 Control', { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await fetch(served.mock.url, {
        method: 'POST',
        body: new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' }),
        headers,
      });
      await page.getByRole('button', { name: /^403 GetCallerIdentity STS/ }).waitFor();
      const { accessPoints } = (await served.mock.ask('GET', 'buckets/vault/access-points')) as {
        readonly accessPoints: readonly { readonly arn: string; readonly alias: string }[];
      };
      await served.mock.client().send(new GetObjectCommand({ Bucket: accessPoints[0]?.alias, Key: 'contract.pdf' }));
      await page.getByRole('button', { name: /^200 GetObject vault\/contract\.pdf/ }).click();
      await page
        .getByRole('dialog', { name: 'GetObject' })
        .getByText(accessPoints[0]?.arn ?? '?', { exact: true })
        .waitFor();
      await page.keyboard.press('Escape');
      await page.getByLabel('Filter').fill('s3 control');
      await page.getByText('1 of 3 requests').waitFor();
      await page.getByLabel('Filter').fill('accesspoint/rep');
      await page.getByText('1 of 3 requests').waitFor();
      expect(complaints()).toEqual([]);
    });

    it('keeps a text that is typed before the browser says that the details were closed', async () => {
      const page = await open('#requests');
      await fetch(`${served.mock.url}/vault/contract.pdf`, { headers: { authorization: 'AWS A:B' } });
      await page.getByRole('button', { name: /GetObject vault\/contract\.pdf/ }).click();
      await page.getByRole('dialog', { name: 'GetObject' }).waitFor();
      await page.evaluate(`
        document.querySelector('dialog').close();
        const filter = document.querySelector('input[list=operations]');
        filter.value = 'PutObject';
        filter.dispatchEvent(new Event('input', { bubbles: true }));
      `);
      await page.getByText('0 of 1 request').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await page.getByLabel('Filter').inputValue()).toBe('PutObject');
    });

    it('shows the blanks of a key, and forgets the prefix in another bucket', async () => {
      for (const Key of [' report', ' ', 'a  b'])
        await served.mock.client().send(new PutObjectCommand({ Bucket: 'drafts', Key, Body: Key }));
      const page = await open('#buckets?bucket=vault');
      await page.getByLabel('Prefix').fill('reports/');
      await page.getByText('2 keys').waitFor();
      await page.goto(`${served.mock.url}/_mock/#buckets?bucket=drafts`);
      await page.getByText('3 keys').waitFor();
      const names = page.getByRole('list', { name: 'Keys of drafts' }).locator('.name');
      expect(await names.allTextContents()).toEqual(['" "', '" report"', 'a  b']);
    });

    it('follows an address that changes between its first drawing and the moment at which it listens', async () => {
      const page = await open('#buckets');
      await page.addInitScript(`
        new MutationObserver((changes, observer) => {
          if (document.querySelector('main') === null) return;
          observer.disconnect();
          location.hash = '#plans';
        }).observe(document, { childList: true, subtree: true });
      `);
      await page.reload();
      await page.getByRole('list', { name: 'Planned actions' }).waitFor({ timeout: 5000 });
    });

    it('says how many of the keys it shows', async () => {
      const objects = Object.fromEntries(Array.from({ length: 1200 }, (_, at) => [`k${1000 + at}`, 'x']));
      await served.mock.ask('POST', 'buckets', { name: 'many', objects });
      const page = await open('#buckets?bucket=many');
      await page.getByText('500 of 1,200 keys; scroll for more').waitFor();
      await page.getByLabel('Prefix').fill('k');
      await page.getByText('the first 500 keys; scroll for more').waitFor();
    });

    it('shows the keys to the last one as they are scrolled', async () => {
      const objects = Object.fromEntries(Array.from({ length: 1200 }, (_, at) => [`k${1000 + at}`, 'x']));
      await served.mock.ask('POST', 'buckets', { name: 'many', objects });
      const page = await open('#buckets?bucket=many');
      const list = page.locator('.keys .list');
      const keys = page.getByRole('list', { name: 'Keys of many' });
      await keys.getByRole('button').first().waitFor();
      // A reader scrolls on while the next keys are on their way.
      while (!(await keys.getByText('k2199').isVisible()))
        await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
      await page.getByText('1,200 keys', { exact: true }).waitFor();
    });

    it('shows and counts all requests, and finds the oldest by a filter', async () => {
      const put = async (key: string) => {
        const headers = { authorization: 'AWS any:signature' };
        const answer = await fetch(`${served.mock.url}/drafts/${key}`, { method: 'PUT', body: 'x', headers });
        await answer.arrayBuffer();
      };
      await put('oldest');
      for (let at = 0; at < 5200; at += 100)
        await Promise.all(Array.from({ length: 100 }, (_, one) => put(`k${at + one}`)));
      const page = await open('#requests');
      await page.getByText('5,201 requests', { exact: true }).waitFor();
      const limits = served.asked().flatMap((url) => /\/requests\?.*limit=(\d+)/.exec(url)?.[1] ?? []);
      expect(limits).toEqual(['200', '5000', '5000']);
      await page.getByLabel('Filter').fill('oldest');
      await page.getByText('1 of 5,201 requests', { exact: true }).waitFor();
      expect(await page.getByRole('list', { name: 'Requests' }).innerText()).toContain('drafts/oldest');
      expect(complaints()).toEqual([]);
    });

    it('says that a copy takes longer than its rule allows, and does not count it as done', async () => {
      await served.mock.stop();
      const [rule] = scene.buckets.media.replication.Rules;
      const inTime = { Status: 'Enabled', Time: { Minutes: 15 } };
      const metrics = { Status: 'Enabled', EventThreshold: { Minutes: 15 } };
      const Destination = { ...rule?.Destination, ReplicationTime: inTime, Metrics: metrics };
      const media = { versioning: 'Enabled', replication: { Role: role, Rules: [{ ...rule, Destination }] } };
      const buckets = { media, replica: { versioning: 'Enabled' } };
      await served.serve({ now: scene.now, replicationDelay: { minutes: 30 }, buckets });
      await served.mock.client().send(new PutObjectCommand({ Bucket: 'media', Key: 'film.mp4', Body: 'frames' }));
      await served.mock.ask('POST', 'clock/advance', { minutes: 20 });
      const page = await open('#plans');
      await page.getByText('1 action planned, 0 actions done').waitFor();
      await page.getByRole('button', { name: /^replicate media\/film\.mp4.*longer than the 15 minutes/ }).click();
      await rows(page).click();
      await page
        .getByRole('dialog', { name: 'Version' })
        .getByText(/to replica: PENDING, copied at 2026-03-01 12:30:00 UTC, in 10 minutes; it took longer/)
        .waitFor();
      expect(complaints()).toEqual([]);
    });

    it('does not show the plan before a restore as one after it', async () => {
      const { id } = (await served.mock.ask('POST', 'snapshot')) as { id: string };
      await served.mock.ask('POST', 'clock/advance', { days: 8 });
      const page = await open('#mock');
      await page.getByText(/^Next: /).waitFor();
      let answer = () => {};
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route('**/lifecycle/plan', async (route) => {
        await held;
        await route.continue();
      });
      await page.getByRole('button', { name: `Restore snapshot ${id}` }).click();
      await page.getByText('2026-03-01 12:00:00', { exact: true }).waitFor();
      await page.getByText(/^Before the last change: Next: /).waitFor();
      answer();
      await page.getByText(/^Next: remove in 7 days/).waitFor();
    });

    it('says of a plan that it is older than the last change, until there is a newer one', async () => {
      const page = await open('#plans?bucket=vault');
      await page.getByText(/^\d+ planned actions, soonest first$/).waitFor();
      let answer = () => {};
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route('**/lifecycle/plan', async (route) => {
        await held;
        await route.continue();
      });
      await served.mock.ask('PATCH', 'buckets/vault', { lifecycle: null });
      await page.getByText(/^As planned before the last change: \d+ planned actions, soonest first$/).waitFor();
      await page.getByText(/^As planned before the last change: What lifecycle and replication will do/).waitFor();
      answer();
      await page.getByText('S3 plans nothing: no bucket has a lifecycle rule').waitFor();
      expect(await page.getByText('before the last change').count()).toBe(0);
    });

    it('keeps the plan while the mock is gone, and an error of the clock until it is back', async () => {
      const page = await open('#plans');
      await page.getByText(/^Next: remove in /).waitFor();
      const { port } = served.mock;
      await served.mock.stop();
      await page.getByRole('button', { name: '+1 hour' }).click();
      const clock = page.getByRole('region', { name: 'Clock' });
      await clock.getByRole('alert').getByText('nothing answers').waitFor();
      await clock.getByText(/Next: remove in /).waitFor();
      await page.getByRole('list', { name: 'Planned actions' }).getByRole('button').first().waitFor();
      await served.serve(scene, port);
      await page.getByRole('alert').first().waitFor({ state: 'detached' });
      await page.getByText(/^Next: remove in /).waitFor();
    });

    it('forgets what belonged to another process', async () => {
      await served.mock.ask('POST', 'rules', { operation: 'GetObject', fail: 'SlowDown' });
      await served.mock.ask('POST', 'snapshot');
      const page = await open('#rules');
      await page.getByRole('switch', { checked: true }).click();
      await page.getByRole('switch', { checked: false }).waitFor();
      await page.getByRole('link', { name: 'Mock' }).click();
      await page.getByRole('button', { name: 'Make a code' }).click();
      await page.getByRole('button', { name: 'Copy the code' }).waitFor();
      const { port } = served.mock;
      await served.serve(scene, port);
      await page.getByText(/^Snapshot /).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Copy the code' }).waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Rules' }).click();
      await page.getByText('No rule is in force').waitFor();
      await page.getByRole('switch').waitFor({ state: 'detached' });
    });

    it('shows all views, and keys before buckets, where there is little room', async () => {
      await served.mock.client().send(new GetObjectCommand({ Bucket: 'vault', Key: 'contract.pdf' }));
      const page = await open('#requests', { width: 360, height: 740, colours: 'light' });
      const row = page.getByRole('button', { name: /GetObject.*vault\/contract\.pdf/ });
      await row.waitFor();
      const place = (text: string) => row.getByText(text, { exact: true }).boundingBox();
      const [bucket, operation] = [await place('vault/'), await place('GetObject')];
      expect(bucket?.y).toBeGreaterThan((operation?.y ?? 0) + (operation?.height ?? 0) - 4);
      const header = await page.locator('header.top').boundingBox();
      expect(header?.height).toBeLessThan(80);
      const ends = await page
        .getByRole('navigation', { name: 'Views' })
        .getByRole('link')
        .evaluateAll((links) => links.map((link) => Math.round(link.getBoundingClientRect().right)));
      expect(Math.max(...ends)).toBeLessThanOrEqual(360);

      const long = 'reports/'.repeat(40);
      await served.mock.client().send(new PutObjectCommand({ Bucket: 'drafts', Key: long, Body: 'x' }));
      await page.goto(`${served.mock.url}/_mock/#buckets?bucket=drafts&key=${encodeURIComponent(long)}`);
      const title = page.getByRole('heading', { level: 2 }).getByTitle(long);
      await title.waitFor();
      const height = (await title.boundingBox())?.height;
      expect(height).toBeGreaterThan(40);
      expect(height).toBeLessThan(90);
    });

    it('has the acts on a bucket above its keys, and not above a key where there is little room', async () => {
      const look: Look = { width: 390, height: 740, colours: 'light' };
      const page = await open('#buckets?bucket=vault', look);
      const act = page.getByRole('button', { name: 'Delete the bucket' });
      await act.waitFor();
      await page.goto(`${served.mock.url}/_mock/#buckets?bucket=vault&key=contract.pdf`);
      await page.getByRole('button', { name: 'Put a version' }).waitFor();
      expect(await act.isVisible()).toBe(false);
      await page.setViewportSize({ width: 1200, height: 800 });
      await act.waitFor();
    });

    it.each([
      { view: 'buckets', says: 'The mock has no bucket.' },
      { view: 'requests', says: 'No request has come yet.' },
    ])('says in the view $view how a client reaches the mock, if there is nothing to show', async ({ view, says }) => {
      await served.serve({});
      const page = await open(`#${view}`);
      await page.getByText(says).waitFor();
      const { url } = served.mock;
      const copy = () => page.getByRole('button', { name: 'Copy the line' }).click();
      expect(await copiedBy(page, copy)).toBe(
        `export AWS_ENDPOINT_URL_S3=${url} AWS_ENDPOINT_URL_STS=${url} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1; unset AWS_PROFILE AWS_SESSION_TOKEN`,
      );
      await page.getByText('aws s3 ls').waitFor();
      expect(complaints()).toEqual([]);
    });

    it('is what a browser shows that opens the address of the mock', async () => {
      const page = await open('..');
      await page.getByRole('heading', { name: 'Buckets' }).waitFor();
      expect(page.url()).toBe(`${served.mock.url}/_mock/`);
    });

    it.each([1280, 1000, 920, 800, 700])('shows the names of all views at a width of %s', async (width) => {
      await served.mock.client().send(new GetObjectCommand({ Bucket: 'vault', Key: 'contract.pdf' }));
      const page = await open('#mock', { width, height: 740, colours: 'light' });
      await page
        .getByRole('link', { name: 'Requests 1' })
        .or(page.getByRole('link', { name: 'Requests' }))
        .first()
        .waitFor();
      const hidden = await page.evaluate(
        '(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector("header nav"))',
      );
      expect(hidden).toBe(0);
      await page.getByText('Its documents are in the package').waitFor();
      await page.getByRole('link', { name: 'Documents' }).waitFor();
    });

    it('says that the mock is gone, and goes on once it is there again', async () => {
      const page = await open('#buckets');
      await page.getByRole('link', { name: /^vault/ }).waitFor();
      const { port } = served.mock;
      await served.mock.stop();
      await page.getByRole('alert').getByText('The mock does not answer').waitFor();
      await served.serve({ buckets: { another: {} } }, port);
      await page.getByRole('link', { name: /^another/ }).waitFor();
      await page.getByRole('alert').waitFor({ state: 'detached' });
    });
  });

  describe('a key with 10,000 versions', () => {
    const versions = 10_000;

    it('is shown from its first page, with few elements, and to its last version', async () => {
      await served.mock.stop();
      const start = Date.UTC(2026, 0, 1);
      const objects = Array.from({ length: versions }, (_, at) => ({
        body: `${at}`,
        lastModified: new Date(start + at * 60_000).toISOString(),
      }));
      await served.serve({
        now: scene.now,
        buckets: { many: { versioning: 'Enabled', objects: { log: objects } } },
      });
      const page = await open('#buckets?bucket=many&key=log');
      await page.getByText('10,000 versions, newest on top').waitFor();
      await rows(page).first().waitFor();
      const pagesAsked = () => served.asked().filter((url) => url.includes('/versions?')).length;
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

const role = scene.buckets.media.replication.Role;

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

async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error('Tab does not reach it');
}
