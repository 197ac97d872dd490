import { expect } from 'expect';
import type { VersioningStatus } from 's3-versioning-mock';
import { mfaMissing } from './mfa-stories';
import type { Story } from './story';

const codeInvalid = {
  name: 'Refusal',
  code: 'TokenCodeInvalidError',
  message: 'The serial number and/or token code you provided is not valid.',
};

export const versioningStories: readonly Story[] = [
  {
    title: 'versioning that was never set is read as empty',
    column: 'unset',
    async play({ s3, client }) {
      s3.createBucket('plain');
      expect(await client.getVersioning('plain')).toEqual({});
      expect(s3.requests.last()).toMatchObject({ operation: 'GetBucketVersioning', output: {}, status: 200 });
    },
  },
  changed('Enabled', 'Suspended', {
    title: 'versioning is enabled after it was never set and after it was suspended',
    column: 'enable',
  }),
  changed('Suspended', 'Enabled', {
    title: 'versioning is suspended after it was never set and after it was enabled',
    column: 'suspend',
  }),
  {
    title: 'each of the three states that a test sets up is read',
    column: 'read',
    async play({ s3, client }) {
      for (const versioning of [undefined, 'Enabled', 'Suspended'] as const) {
        const { name } = s3.createBucket(`bucket-${versioning ?? 'unset'}`.toLowerCase(), { versioning });
        expect(await client.getVersioning(name)).toEqual({ Status: versioning });
      }
    },
  },
  {
    title: 'MFA Delete is turned on with a valid code, and is read',
    column: 'MFA on',
    needs: 'mfa',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled' });
      const header = s3.mfa.header();
      await client.putVersioning('vault', { Status: 'Enabled', MFADelete: 'Enabled' }, header);
      expect(vault.mfaDelete).toBe('Enabled');
      expect(await client.getVersioning('vault')).toEqual({ Status: 'Enabled', MFADelete: 'Enabled' });
      const VersioningConfiguration = { Status: 'Enabled', MFADelete: 'Enabled' } as const;
      s3.requests.expect('PutBucketVersioning', { Bucket: 'vault', MFA: header, VersioningConfiguration });
    },
  },
  {
    title: 'a wrong code is refused and changes nothing',
    column: 'wrong',
    needs: 'mfa',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled', mfaDelete: 'Enabled' });
      const mfa = `${s3.mfa.serial} ${s3.mfa.wrongCode()}`;
      await expect(client.putVersioning('vault', { Status: 'Suspended' }, mfa)).rejects.toMatchObject(codeInvalid);
      expect({ versioning: vault.versioning, mfaDelete: vault.mfaDelete }).toEqual({
        versioning: 'Enabled',
        mfaDelete: 'Enabled',
      });
      expect(s3.requests.last()).toMatchObject({ status: 400, why: expect.stringContaining('does not show the code') });
    },
  },
  {
    title: 'a code works once',
    column: 'reused',
    needs: 'mfa',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled', mfaDelete: 'Enabled' });
      const mfa = s3.mfa.header();
      await client.putVersioning('vault', { Status: 'Suspended' }, mfa);
      await expect(client.putVersioning('vault', { Status: 'Enabled' }, mfa)).rejects.toMatchObject(codeInvalid);
      expect(vault.versioning).toBe('Suspended');
      expect(s3.requests.last()).toMatchObject({ status: 400, why: expect.stringContaining('already accepted') });
    },
  },
  {
    title: 'a change without a code is refused while MFA Delete is on',
    column: 'no code',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled', mfaDelete: 'Enabled' });
      for (const Status of ['Suspended', 'Enabled'] as const) {
        await expect(client.putVersioning('vault', { Status })).rejects.toMatchObject(mfaMissing);
      }
      expect({ versioning: vault.versioning, mfaDelete: vault.mfaDelete }).toEqual({
        versioning: 'Enabled',
        mfaDelete: 'Enabled',
      });
    },
  },
  {
    title: 'MFA Delete is not turned on without a code',
    column: 'on, no code',
    needs: 'mfa',
    async play({ s3, client }) {
      const plain = s3.createBucket('plain');
      const change = { Status: 'Enabled', MFADelete: 'Enabled' } as const;
      await expect(client.putVersioning('plain', change)).rejects.toMatchObject(mfaMissing);
      expect({ versioning: plain.versioning, mfaDelete: plain.mfaDelete }).toEqual({
        versioning: undefined,
        mfaDelete: undefined,
      });
    },
  },
  {
    title: 'MFA Delete is turned off with a valid code, and no code is needed then',
    column: 'MFA off',
    needs: 'mfa',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled', mfaDelete: 'Enabled' });
      await client.putVersioning('vault', { Status: 'Enabled', MFADelete: 'Disabled' }, s3.mfa.header());
      expect(vault.mfaDelete).toBe('Disabled');
      expect(await client.getVersioning('vault')).toEqual({ Status: 'Enabled', MFADelete: 'Disabled' });
      await client.putVersioning('vault', { Status: 'Suspended' });
      expect(vault.versioning).toBe('Suspended');
    },
  },
  {
    title: 'a bucket that does not exist is an error',
    column: 'no bucket',
    async play({ s3, client, dialect }) {
      const message = `The specified bucket does not exist${dialect === 'ibm-cos' ? '.' : ''}`;
      const missing = { name: 'Refusal', code: 'NoSuchBucket', message };
      await expect(client.putVersioning('missing', { Status: 'Enabled' })).rejects.toMatchObject(missing);
      // minio looks up the region of a bucket before all else.
      expect(s3.requests.last()).toMatchObject({
        bucket: 'missing',
        status: 404,
        error: { code: 'NoSuchBucket', message },
      });
    },
  },
  {
    title: 'a new bucket has no versioning',
    column: 'create',
    async play({ s3, client, location }) {
      await client.createBucket('fresh');
      const { versioning, region, owner } = s3.bucket('fresh');
      expect({ versioning, region, owner }).toEqual({
        versioning: undefined,
        region: location ?? 'us-east-1',
        owner: s3.account.id,
      });
      s3.requests.expect('CreateBucket', { Bucket: 'fresh' });
    },
  },
  {
    title: 'a bucket is found if it exists',
    column: 'head',
    async play({ s3, client }) {
      s3.createBucket('vault');
      expect({ vault: await client.headBucket('vault'), missing: await client.headBucket('missing') }).toEqual({
        vault: true,
        missing: false,
      });
      s3.requests.expect('HeadBucket', { Bucket: 'vault' });
    },
  },
  {
    title: "the account's buckets are listed, and nobody else's",
    column: 'list',
    needs: 'list',
    async play({ s3, client }) {
      const owner = s3.createAccount('partner');
      s3.createBucket('vault');
      s3.createBucket('archive', { versioning: 'Suspended' });
      s3.createBucket('theirs', { owner });
      expect(await client.listBuckets?.()).toEqual(['archive', 'vault']);
    },
  },
  {
    title: 'the region of a bucket is read',
    column: 'locate',
    needs: 'locate',
    async play({ s3, client, location }) {
      s3.createBucket('vault', { region: location });
      expect(await client.locate?.('vault')).toBe(location);
      s3.requests.expect('GetBucketLocation', { Bucket: 'vault' });
    },
  },
  {
    title: 'a bucket is deleted',
    column: 'delete',
    needs: 'delete',
    async play({ s3, client }) {
      s3.createBucket('vault');
      await client.deleteBucket?.('vault');
      expect(s3.buckets).toEqual([]);
      await expect(client.deleteBucket?.('vault')).rejects.toMatchObject({ code: 'NoSuchBucket' });
    },
  },
  {
    title: 'a body that is not a configuration is refused',
    column: 'bad XML',
    needs: 'anyBody',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled' });
      for (const body of ['<VersioningConfiguration><Status>Suspended</Status>', 'Suspended']) {
        await expect(client.putBody?.('vault', body)).rejects.toMatchObject({ code: 'MalformedXML' });
      }
      await expect(client.putBody?.('vault', '')).rejects.toMatchObject({ code: 'MissingRequestBodyError' });
      expect(vault.versioning).toBe('Enabled');
    },
  },
];

function changed(to: VersioningStatus, from: VersioningStatus, told: Pick<Story, 'title' | 'column'>): Story {
  return {
    ...told,
    async play({ s3, client }) {
      const buckets = [s3.createBucket('plain'), s3.createBucket('vault', { versioning: from })];
      for (const bucket of buckets) {
        await client.putVersioning(bucket.name, { Status: to });
        expect(bucket.versioning).toBe(to);
        expect(await client.getVersioning(bucket.name)).toEqual({ Status: to });
        const VersioningConfiguration = { Status: to };
        s3.requests.expect('PutBucketVersioning', { Bucket: bucket.name, VersioningConfiguration });
      }
    },
  };
}
