import { createHash } from 'node:crypto';
import type { MockS3Options } from '../../src/index';
import { formOf, signedAs } from '../sts/form';
import { lackingCall } from './lacking';

/** A request that is refused with a reason which names what to do, and that reason for each of its readers. */
interface CuredRequest {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The end of the reason in the process, through the door at `DOOR`, and in the log of the command with the process `PID`. */
  readonly ends: { readonly inProcess: string; readonly atDoor: string; readonly inLog: string };
}

/** The state in which they are refused so, which a file of fixtures can hold. */
export const curedState = {
  now: '2026-03-01T12:00:00Z',
  buckets: {
    vault: { versioning: 'Enabled', mfaDelete: 'Enabled' },
    scratch: {
      objects: {
        'cold.txt': {
          body: 'cold',
          storageClass: 'GLACIER',
          lastModified: '2026-01-01T00:00:00Z',
          restore: { Days: 3, requested: '2026-03-01T11:00:00Z' },
        },
      },
    },
  },
} satisfies MockS3Options;

const owner = { authorization: 'AWS AKIAUNKNOWN:c2lnbmF0dXJl' };
const key = Buffer.alloc(32, 'k');
const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::000000000000:user/nobody' },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::scratch/*',
    },
  ],
};

export const curedRequests: readonly CuredRequest[] = [
  {
    what: 'a deletion without an MFA code',
    ...{ method: 'DELETE', path: '/vault/a.txt?versionId=null', headers: owner },
    ends: {
      inProcess: '; send MFA: s3.mfa.header()',
      atDoor: '; send MFA: POST /_mock/mfa/code',
      inLog: '; send MFA: kill -USR2 PID, or curl -X POST DOOR/mfa/code',
    },
  },
  {
    what: 'a write with a key of the client',
    ...{ method: 'PUT', path: '/scratch/a.txt', body: 'first' },
    headers: {
      ...owner,
      'x-amz-server-side-encryption-customer-algorithm': 'AES256',
      'x-amz-server-side-encryption-customer-key': key.toString('base64'),
      'x-amz-server-side-encryption-customer-key-md5': createHash('md5').update(key).digest('base64'),
    },
    ends: {
      inProcess: "on S3; mockS3({ sseC: 'allowed' }), or the bucket's encryption, allows it",
      atDoor: 'on S3; the option {"sseC":"allowed"} of the mock, or the bucket\'s encryption, allows it',
      inLog: "on S3; --sse-c allowed, or the bucket's encryption, allows it",
    },
  },
  {
    what: 'the role that nobody made, with keys that nobody has',
    ...{ method: 'POST', path: '/' },
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...signedAs({ accessKeyId: 'AKIAUNKNOWN' }),
    },
    body: formOf({
      Action: 'AssumeRole',
      RoleArn: 'arn:aws:iam::000000000000:role/reader',
      RoleSessionName: 'backup',
    }),
    ends: {
      inProcess:
        "there are no roles; s3.account.role('NAME') creates a role; the key AKIAUNKNOWN belongs to nobody, so it stands for the root user of account 000000000000; give the code the keys of a user, or make a user the caller: s3.actAs('NAME')",
      atDoor:
        'there are no roles; POST /_mock/accounts/default/roles {"name":"NAME"} creates a role; the key AKIAUNKNOWN belongs to nobody, so it stands for the root user of account 000000000000; give the code the keys of a user, or make a user the caller: POST /_mock/act-as {"user":"NAME"}',
      inLog:
        'there are no roles; curl DOOR/accounts/default/roles -d \'{"name":"NAME"}\' creates a role; the key AKIAUNKNOWN belongs to nobody, so it stands for the root user of account 000000000000; give the code the keys of a user, or make a user the caller: --caller NAME, or curl DOOR/act-as -d \'{"user":"NAME"}\'',
    },
  },
  {
    what: 'a read of an object whose restore goes on',
    ...{ method: 'GET', path: '/scratch/cold.txt', headers: owner },
    ends: {
      inProcess: "by the mock's clock, which s3.clock.advance moves",
      atDoor: "by the mock's clock, which POST /_mock/clock/advance moves",
      inLog: "by the mock's clock, which POST DOOR/clock/advance moves",
    },
  },
  {
    what: 'an operation that the mock lacks',
    ...{ method: lackingCall.method, path: lackingCall.path, headers: owner },
    ends: {
      inProcess: `; s3.on('${lackingCall.name}').reply({ status: 200, body: '...' }) answers it`,
      atDoor: `; POST /_mock/rules {"operation":"${lackingCall.name}","reply":{"status":200,"body":"..."}} answers it`,
      inLog: `; curl DOOR/rules -d '{"operation":"${lackingCall.name}","reply":{"status":200,"body":"..."}}' answers it`,
    },
  },
  {
    what: 'a policy that names a user who is not there',
    ...{ method: 'PUT', path: '/scratch?policy', headers: owner, body: JSON.stringify(policy) },
    ends: {
      inProcess: "has no such user; s3.account.user('nobody') creates it",
      atDoor: 'has no such user; POST /_mock/accounts/default/users {"name":"nobody"} creates it',
      inLog: 'has no such user; curl DOOR/accounts/default/users -d \'{"name":"nobody"}\' creates it',
    },
  },
];
