import type { MockS3 } from 's3-versioning-mock';
import { send, signedWith, type WireAnswer, type WireCall } from './wire-client';

export type Condition = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const equals = (key: string, value: unknown): Condition => ({ StringEquals: { [key]: value } });
export const absent = (key: string): Condition => ({ Null: { [key]: 'true' } });

const both = (bucket: string) => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];

/** Lets the user `ann`, who may do nothing by herself, do all with a bucket, and one action only under a condition. */
export function allowIf(s3: MockS3, bucket: string, action: string, condition: Condition): void {
  const statement = { Effect: 'Allow', Principal: { AWS: ann(s3).arn }, Resource: both(bucket) };
  s3.bucket(bucket).policy = {
    Version: '2012-10-17',
    Statement: [
      { ...statement, NotAction: action },
      { ...statement, Action: action, Condition: condition },
    ],
  };
}

export function denyIf(s3: MockS3, bucket: string, action: string, condition: Condition): void {
  const statement = { Principal: { AWS: ann(s3).arn }, Resource: both(bucket) };
  s3.bucket(bucket).policy = {
    Version: '2012-10-17',
    Statement: [
      { ...statement, Effect: 'Allow', Action: 's3:*' },
      { ...statement, Effect: 'Deny', Action: action, Condition: condition },
    ],
  };
}

const nothing = { Statement: { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' } };

export function ann(s3: MockS3) {
  const { credentials } = s3.account.user('ann', { policy: nothing });
  return { credentials, arn: `arn:aws:iam::${s3.account.id}:user/ann` };
}

export function asAnn(s3: MockS3, call: WireCall): Promise<WireAnswer> {
  const signed = 'Authorization' in (call.headers ?? {}) ? {} : signedWith(ann(s3).credentials.accessKeyId);
  return send({ ...call, headers: { ...signed, ...call.headers } });
}

export interface Question {
  readonly bucket?: string;
  readonly action: string;
  readonly condition: Condition;
  readonly ask: () => Promise<Pick<WireAnswer, 'status' | 'body'>>;
}

/** An Allow under it lets the request through, and a Deny refuses it. Throws if the two do not agree, or if the request fails for another reason. */
export async function holdsFor(s3: MockS3, { bucket = 'vault', action, condition, ask }: Question): Promise<boolean> {
  allowIf(s3, bucket, action, condition);
  const isAllowed = await isThrough(ask);
  denyIf(s3, bucket, action, condition);
  if ((await isThrough(ask)) === isAllowed) throw new Error(`Allow and Deny do not agree: both ${isAllowed}`);
  return isAllowed;
}

async function isThrough(ask: Question['ask']): Promise<boolean> {
  const { status, body } = await ask();
  if (status < 300) return true;
  if (status === 403 && body.includes('<Code>AccessDenied</Code>')) return false;
  throw new Error(`${status} ${body}`);
}
