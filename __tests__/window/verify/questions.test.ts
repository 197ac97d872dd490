import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { mockS3 } from 's3-versioning-mock';
import { findChromium, itWith, type Tool } from '../../support/tools';
import { copiedBy, PagesOfTests } from '../browser';
import { scene } from '../scene';

const found = findChromium();
const readOnly = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::drafts/*' }] };

if ('lack' in found)
  itWith(found, 'the questions of each day on the page of a served mock, in a browser', async () => {});
else inBrowser(found);

type Keys = Readonly<Record<'accessKeyId' | 'secretAccessKey' | 'sessionToken', string>>;

function inBrowser(tool: Tool): void {
  const served = new PagesOfTests(tool, {
    ...scene,
    users: { ann: {}, 'division/ben': { policy: readOnly } },
    roles: { deploy: { trust: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] } } },
    accounts: { partner: { credentials: { accessKeyId: 'AKIAPARTNER', secretAccessKey: 'of-the-partner' } } },
  });
  const clients: Partial<Record<'ann' | 'ben', S3Client>> = {};

  beforeEach(async () => {
    for (const name of ['ann', 'ben'] as const) {
      const path = `accounts/default/users/${name}`;
      const session = (await served.mock.ask('POST', `${path}/sessions`, {})) as { readonly credentials: Keys };
      const { accessKeyId, secretAccessKey, sessionToken } = session.credentials;
      const endpoint = served.mock.url;
      clients[name] = new S3Client({
        endpoint,
        region: 'us-east-1',
        forcePathStyle: true,
        maxAttempts: 1,
        credentials: { accessKeyId, secretAccessKey, sessionToken },
      });
    }
  });

  const as = (name: 'ann' | 'ben'): S3Client => {
    const client = clients[name];
    if (client === undefined) throw new Error('a client is made before each test');
    return client;
  };
  const put = (name: 'ann' | 'ben', Bucket: string, Key: string, Body = 'text') =>
    as(name).send(new PutObjectCommand({ Bucket, Key, Body }));
  const remove = (name: 'ann' | 'ben', Bucket: string, Key: string) =>
    as(name).send(new DeleteObjectCommand({ Bucket, Key }));

  async function clipboardAfter(page: Page, name: string): Promise<string> {
    const text = await copiedBy(page, () => page.getByRole('button', { name }).click());
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    return text;
  }

  describe('a question of each day, on the page of a served mock', () => {
    it('is who deleted a key: its delete marker says it, and leads to the request', async () => {
      await put('ann', 'vault', 'a.txt');
      const { VersionId } = await remove('ann', 'vault', 'a.txt');
      const page = await served.open('#buckets?bucket=vault&key=a.txt');
      const rows = page.getByRole('list', { name: 'Versions of a.txt' }).getByRole('button');
      await rows.first().getByText('by ann in request 2').waitFor();
      await rows.nth(1).getByText('by ann in request 1').waitFor();
      await rows.first().click();
      const dialog = page.getByRole('dialog', { name: 'Delete marker' });
      await dialog.getByText('ann, DeleteObject, request 2').waitFor();
      await dialog.getByRole('link', { name: 'request 2' }).click();
      await page
        .getByRole('dialog', { name: 'DeleteObject' })
        .getByText(VersionId ?? '')
        .first()
        .waitFor();
      expect(served.complaints()).toEqual([]);
    });

    it('is who deleted a key of which nothing is left: one click on its bucket', async () => {
      await put('ann', 'drafts', 'gone.txt');
      await remove('ann', 'drafts', 'gone.txt');
      const page = await served.open('#buckets?bucket=drafts');
      await page.getByText('The bucket is empty.').waitFor();
      await page.getByRole('button', { name: 'Who changed it' }).click();
      const dialog = page.getByRole('dialog', { name: 'Who changed drafts' });
      await dialog.getByRole('listitem').nth(1).waitFor();
      expect(await dialog.getByRole('listitem').allTextContents()).toEqual([
        'Removed for good by ann, DeleteObject, request 2gone.txt2026-03-01 12:00:00 UTC, version null',
        'Written by ann, PutObject, request 1gone.txt2026-03-01 12:00:00 UTC, version null',
      ]);
      await dialog.getByRole('link', { name: 'gone.txt' }).first().click();
      await page.getByText('Nothing is left of this key.').waitFor();
      await page.getByRole('button', { name: 'Who changed this key' }).click();
      await page.getByRole('dialog', { name: 'Who changed gone.txt' }).getByText('Removed for good').waitFor();
      await page.getByRole('link', { name: 'All requests about it' }).click();
      await page.getByText('2 requests', { exact: true }).waitFor();
    });

    it('is what a rule of lifecycle did: the history of the key says so', async () => {
      await served.mock.ask('POST', 'clock/advance', { days: 40 });
      const page = await served.open('#buckets?bucket=vault&key=notes.txt');
      await page.getByRole('button', { name: 'Who changed this key' }).click();
      await page
        .getByRole('dialog')
        .getByText("Removed for good by S3 itself by rule 'old-versions', S3.EXPIRE.OBJECT")
        .first()
        .waitFor();
    });

    it('is what was here at noon: one click on its bucket, with what is gone since', async () => {
      await put('ann', 'drafts', 'kept.txt', 'as it was');
      await put('ann', 'drafts', 'gone.txt', 'gone');
      await served.mock.ask('POST', 'clock/advance', { hours: 3 });
      await remove('ann', 'drafts', 'gone.txt');
      await put('ann', 'vault', 'late.txt');
      const page = await served.open('#buckets?bucket=drafts');
      await page.getByRole('button', { name: 'kept.txt' }).waitFor();
      await page.getByRole('button', { name: 'gone.txt' }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'At noon' }).click();
      await page.getByText('keys as of 2026-03-01 12:00:00 UTC').waitFor();
      expect(await page.getByRole('button', { name: 'Put an object' }).count()).toBe(0);
      await page.getByRole('button', { name: /^gone\.txt 4 bytes removed since/ }).click();
      await page.getByText('1 version, newest on top, at 2026-03-01 12:00:00 UTC').waitFor();
      expect(await page.getByRole('button', { name: /^(?:Put a version|Delete)$/ }).count()).toBe(0);
      await page.getByRole('list', { name: 'Versions of gone.txt' }).getByRole('button').click();
      const dialog = page.getByRole('dialog', { name: 'Version' });
      await dialog.getByText('2026-03-01 15:00:00 UTC, by ann, DeleteObject, request 3').waitFor();
      expect(await dialog.getByRole('button').allTextContents()).toEqual(['Close']);
      await page.keyboard.press('Escape');
      await page.goto(`${served.mock.url}/_mock/#buckets?bucket=vault&at=2026-03-01T12:00:00.000Z`);
      await page.getByRole('button', { name: 'contract.pdf' }).waitFor();
      expect(await page.getByRole('button', { name: 'late.txt' }).count()).toBe(0);
      await page.getByLabel('As of, UTC').fill('2026-01-25T00:00');
      await page.getByText('1 key', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Now' }).click();
      await page.getByRole('button', { name: 'late.txt' }).waitFor();
      expect(served.complaints()).toEqual([]);
    });

    it('is why S3 refused: the row says it, and one click leads to what decides', async () => {
      const read = new GetObjectCommand({ Bucket: 'vault', Key: 'contract.pdf' });
      await expect(as('ben').send(read)).rejects.toMatchObject({ name: 'AccessDenied' });
      const page = await served.open('#requests');
      await page
        .getByRole('button', { name: /^403 GetObject.* 12:00:00 AccessDenied nothing allows .* ben in request \d+$/ })
        .waitFor();
      await served.mock.ask('POST', 'clock/advance', { days: 1 });
      await page
        .getByRole('button', {
          name: /^403 GetObject.* 2026-03-01 12:00 AccessDenied nothing allows .* ben in request \d+$/,
        })
        .click();
      const dialog = page.getByRole('dialog', { name: 'GetObject' });
      await dialog.getByText('What decides: the policies of ben').waitFor();
      await dialog.getByRole('link', { name: 'ben' }).first().click();
      const documents = page.getByRole('dialog', { name: 'User ben' });
      await documents.getByText('Allows s3:GetObject on drafts/*.').waitFor();
      expect(served.complaints()).toEqual([]);
    });

    it('is which statement denied: it comes first, with a link to its policy', async () => {
      await put('ann', 'drafts', 'a.txt');
      const deny = (Sid?: string) => ({
        ...(Sid !== undefined && { Sid }),
        ...{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::drafts/*' },
      });
      const allow = { ...deny('ReadAll'), Effect: 'Allow' };
      await served.mock.ask('PATCH', 'buckets/drafts', { policy: { Statement: [allow, deny('KeepSecret')] } });
      const read = new GetObjectCommand({ Bucket: 'drafts', Key: 'a.txt' });
      await expect(as('ann').send(read)).rejects.toMatchObject({ name: 'AccessDenied' });
      const { Principal: _, ...own } = deny();
      await served.mock.ask('PATCH', 'accounts/default/users/ann', { policy: { Statement: [own] } });
      await expect(as('ann').send(read)).rejects.toMatchObject({ name: 'AccessDenied' });
      const page = await served.open('#requests');
      const denials = page.getByRole('button', { name: /^403 GetObject/ });

      await denials.last().click();
      const dialog = page.getByRole('dialog', { name: 'GetObject' });
      await dialog.getByText('Denies everybody s3:GetObject on drafts/*.').waitFor();
      expect(await dialog.locator('.why').allInnerTexts()).toEqual([
        expect.stringMatching(/^Denied by statement KeepSecret of the bucket policy of drafts\n+Denies everybody/),
        expect.stringMatching(/^denied by statement KeepSecret/),
      ]);
      expect(await dialog.getByText('What decides').count()).toBe(0);
      await dialog.getByRole('link', { name: 'the bucket policy of drafts' }).click();
      await page.getByRole('heading', { name: 'drafts' }).waitFor();
      await page.goBack();
      await dialog.waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });

      await denials.first().click();
      await dialog.getByText('Denied by statement 1', { exact: true }).waitFor();
      await dialog.getByText('Denies s3:GetObject on drafts/*.').waitFor();
      await dialog.getByRole('link', { name: 'the policy of user ann' }).click();
      await page.getByRole('dialog', { name: 'User ann' }).waitFor();
      expect(served.complaints()).toEqual([]);
    });

    it('is what lifecycle will do until a date: one click on its bucket, and one for the date', async () => {
      const page = await served.open('#buckets?bucket=vault');
      await page.getByRole('link', { name: 'What lifecycle will do' }).click();
      await page.getByText(/^\d+ planned actions, soonest first$/).waitFor();
      const all = await page.getByRole('list', { name: 'Planned actions' }).getByRole('button').count();
      await page.getByRole('button', { name: 'Next 7 days' }).click();
      await page.getByText('1 planned action until 2026-03-08, soonest first').waitFor();
      expect(all).toBeGreaterThan(1);
      await page.getByLabel('Until').fill('2026-03-05');
      await page.getByText('S3 does nothing of this kind until then.').waitFor();
      await page.getByLabel('Until').fill('2026-03-13');
      await page.getByText('2 planned actions until 2026-03-13, soonest first').waitFor();
      await page.getByRole('figure', { name: 'Time line from 2026-03-01 to 2026-03-13' }).waitFor();
      await page.getByRole('button', { name: 'Of vault alone' }).click();
      expect(new URL(page.url()).hash).toBe('#plans?until=2026-03-13');
      expect(served.complaints()).toEqual([]);
    });
  });

  describe('the filter of requests', () => {
    it('takes words that are all in a request: operation, bucket, key, status, caller and code', async () => {
      await put('ann', 'drafts', 'a.txt');
      await put('ann', 'vault', 'a.txt');
      await expect(put('ben', 'vault', 'a.txt')).rejects.toThrow();
      const page = await served.open('#requests');
      await page.getByText('3 requests', { exact: true }).waitFor();
      const filter = page.getByRole('combobox', { name: 'Filter' });
      for (const [words, count] of [
        ['putobject vault', '2 of 3 requests'],
        ['vault ANN', '1 of 3 requests'],
        ['403', '1 of 3 requests'],
        ['accessdenied ben a.txt', '1 of 3 requests'],
        ['ann 403', '0 of 3 requests'],
        ['  ', '3 requests'],
      ] as const) {
        await filter.fill(words);
        await page.getByText(count, { exact: true }).waitFor();
      }
      await filter.fill('');
      await page.getByLabel('Caller').selectOption('ben');
      await page.getByText('1 of 3 requests', { exact: true }).waitFor();
      expect(await page.getByLabel('Caller').locator('option').allTextContents()).toEqual([
        'anyone',
        'ann, 2',
        'ben, 1',
      ]);
      await page.getByLabel('Error').selectOption('AccessDenied');
      await page.getByText('1 of 3 requests', { exact: true }).waitFor();
    });
  });

  describe('what the page copies', () => {
    it('is a fixture of the mock and of a bucket, which make the same buckets, without keys', async () => {
      await put('ann', 'vault', "it's <b>new</b>.txt", 'line\nline');
      const page = await served.open('#buckets');
      const state = (await served.mock.ask('GET', 'state')) as { readonly buckets: Readonly<Record<string, object>> };
      const whole = await clipboardAfter(page, 'Copy as fixture');
      expect((await evaluate(whole)).buckets).toEqual(state.buckets);
      expect(whole).not.toMatch(/AKIA|of-the-partner|secret/i);
      await page.goto(`${served.mock.url}/_mock/#buckets?bucket=vault`);
      await page.getByRole('heading', { name: 'vault' }).waitFor();
      const one = await clipboardAfter(page, 'Copy as fixture');
      expect((await evaluate(one)).buckets).toEqual({ vault: state.buckets['vault'] });
      expect(served.complaints()).toEqual([]);
    });

    it('is a test of the requests that are shown', async () => {
      await put('ann', 'drafts', 'a.txt', 'first');
      await expect(put('ben', 'vault', 'a.txt')).rejects.toThrow();
      const page = await served.open('#requests?text=drafts');
      await page.getByText('1 of 2 requests', { exact: true }).waitFor();
      expect(await clipboardAfter(page, 'Copy as test')).toMatch(
        /^expect\(s3\)\.toHaveReceived\('PutObject', \{\s+Bucket: 'drafts',\s+Key: 'a\.txt',[^;]*Body: 'first'[^;]*\}\);$/,
      );
      await page.getByRole('combobox', { name: 'Filter' }).fill('');
      await page.getByText('2 requests', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Copied' }).waitFor({ state: 'detached' });
      expect(await clipboardAfter(page, 'Copy as test')).toMatch(/^expect.*toHaveReceived[\s\S]*toHaveRefused/);
    });

    it('is shown if the browser has no clipboard', async () => {
      const page = await served.open('#buckets');
      await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
      await page.getByRole('button', { name: 'Copy as fixture' }).click();
      await page.getByRole('dialog', { name: 'Copy as fixture' }).getByText('const s3 = mockS3({').waitFor();
    });
  });

  describe('policies, users and roles', () => {
    it('are opened as their documents, and no secret is among them', async () => {
      await served.mock.ask('PATCH', 'buckets/vault', {
        policy: {
          Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: 'arn:aws:s3:::vault' }],
        },
      });
      const page = await served.open('#mock');
      const accounts = page.getByRole('region', { name: 'Accounts' });
      await accounts.getByRole('link', { name: 'ann' }).click();
      await page.getByRole('dialog', { name: 'User ann' }).getByText('It has no policy').waitFor();
      await page.keyboard.press('Escape');
      await accounts.getByRole('link', { name: 'division/ben' }).click();
      await page
        .getByRole('dialog', { name: 'User division/ben' })
        .getByText('Allows s3:GetObject on drafts/*.')
        .waitFor();
      await page.keyboard.press('Escape');
      await accounts.getByRole('link', { name: 'deploy' }).click();
      await page.getByRole('dialog', { name: 'Role deploy' }).getByText('Allows everybody sts:AssumeRole.').waitFor();
      await page.keyboard.press('Escape');
      await accounts.getByRole('link', { name: 'partner' }).click();
      const partner = page.getByRole('dialog', { name: 'Account partner' });
      await partner.getByText('"canonicalId"').waitFor();
      await accounts.page().keyboard.press('Escape');
      await served.mock.ask('POST', 'mfa/code');
      await page.goto(`${served.mock.url}/_mock/#mock?account=default`);
      const own = page.getByRole('dialog', { name: 'Account default' });
      await own.getByText('arn:aws:iam::000000000000:mfa/').waitFor();
      expect(await own.textContent()).not.toMatch(/secret/i);
      await page.goto(`${served.mock.url}/_mock/#buckets?bucket=vault`);
      await page.getByRole('heading', { name: 'Policy', level: 2 }).waitFor();
      await page.getByText(/^Denies .*s3:DeleteBucket on vault\.$/).waitFor();
      expect(served.complaints()).toEqual([]);
    });

    it('is what a policy says: a sentence for each statement, above its document', async () => {
      const allow = (statement: object) => ({ Effect: 'Allow', Resource: '*', ...statement });
      const policy = {
        Statement: [
          allow({ Sid: 'All', Action: '*' }),
          { Effect: 'Deny', NotAction: ['s3:GetObject', 's3:PutObject'], NotResource: 'arn:aws:s3:::drafts/*' },
          allow({
            Action: 's3:GetObject',
            Condition: { Bool: { 'aws:SecureTransport': 'true' }, Null: { 's3:authType': 'false' } },
          }),
          allow({ Action: 's3:ListBucket', Condition: { StringEquals: { 's3:prefix': ['', 'a/'] } } }),
          allow({ Action: 's3:*', Condition: { IpAddressIfExists: { 'aws:SourceIp': '10.0.0.0/8' } } }),
        ],
      };
      await served.mock.ask('PATCH', 'accounts/default/users/ann', { policy });
      const reader = { AWS: ['arn:aws:iam::000000000000:root', 'arn:aws:iam::000000000000:user/ann'] };
      const Statement = [
        { Effect: 'Allow', Principal: reader, Action: 's3:GetObject', Resource: 'arn:aws:s3:::drafts/*' },
      ];
      await served.mock.ask('PATCH', 'buckets/drafts', { policy: { Statement } });
      const page = await served.open('#mock?account=default&user=ann');
      await page.getByText('Allows every action on everything. All').waitFor();
      expect(await page.locator('.statement').allTextContents()).toEqual([
        'Allows every action on everything. All',
        'Denies every action except s3:GetObject and s3:PutObject on everything except drafts/*.',
        'Allows s3:GetObject on everything if aws:SecureTransport is true and s3:authType is present.',
        'Allows s3:ListBucket on everything if s3:prefix is empty or a/.',
        'Allows s3:* on everything if aws:SourceIp is in 10.0.0.0/8 (or missing).',
      ]);
      await page.getByText('As JSON').click();
      await page.getByText('"NotResource"').waitFor();
      await page.goto(`${served.mock.url}/_mock/#buckets?bucket=drafts`);
      await page
        .getByText('Allows account 000000000000 and arn:aws:iam::000000000000:user/ann s3:GetObject on drafts/*.')
        .waitFor();
      expect(served.complaints()).toEqual([]);
    });
  });

  describe('on a phone', () => {
    it('the clock takes little room until somebody wants to move it', async () => {
      const page = await served.open('#buckets', { width: 390, height: 844, colours: 'light' });
      await page.getByText(/^Next: /).waitFor();
      const height = async () => (await page.getByRole('region', { name: 'Clock' }).boundingBox())?.height ?? 0;
      expect(await height()).toBeLessThan(90);
      await page.getByRole('button', { name: '+1 day' }).waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Move', exact: true, expanded: false }).click();
      await page.getByRole('button', { name: '+1 day' }).click();
      await page.getByText('2026-03-02 12:00:00').waitFor();
      expect(await height()).toBeGreaterThan(120);
    });
  });
}

/** Evaluates the lines of a fixture as a test file would, and returns the state that they make. */
async function evaluate(lines: string): Promise<{ readonly buckets?: object }> {
  const make = (options: object) => mockS3({ ...options, hosts: { only: [] } });
  const made = new Function('mockS3', `${lines}\nreturn s3;`)(make);
  const state = JSON.parse(JSON.stringify(made));
  await made.stop();
  return state;
}
