import type { BucketFixture } from '../../src/preset/bucket-fixture';
import { cosHost } from './clients/story-client';
import { md5Of } from './objects';
import { send, type WireAnswer } from './wire-client';

export const secondsOf = (days: number): number => days * 86_400;

export const policy = {
  Status: 'Retention',
  MinimumRetention: { Days: 1 },
  MaximumRetention: { Days: 100 },
  DefaultRetention: { Days: 10 },
} as const;

export const protectedBuckets = {
  vault: { region: 'us-south-smart', protection: policy },
  forever: { region: 'us-south-smart', protection: { ...policy, EnablePermanentRetention: true } },
  plain: { region: 'us-south-smart' },
} as const satisfies Readonly<Record<string, BucketFixture>>;

type Headers = Readonly<Record<string, string | undefined>>;

/** The line is as `PUT /vault/a`. A body has its digest, unless the headers say otherwise. */
export function askCos(line: string, { body, ...headers }: Headers = {}): Promise<WireAnswer> {
  const [method = '', path = ''] = line.split(' ');
  const digest = body === undefined ? {} : { 'Content-MD5': md5Of(body) };
  return send({ method, path, host: cosHost, body, headers: { ...digest, ...headers } });
}

export function outcomeOf({ status, body }: WireAnswer): {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
} {
  const textIn = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(body)?.[1];
  return { status, code: textIn('Code'), message: textIn('Message') };
}

export const invalid = { status: 400, code: 'InvalidArgument', message: 'Invalid Argument' };

export const denied = { status: 403, code: 'AccessDenied', message: 'Access Denied' };

export const badState = {
  status: 409,
  code: 'InvalidBucketState',
  message: 'The request is not valid with the current state of the bucket.',
};

export const done = { status: 200, code: undefined, message: undefined };

export async function retentionOf(path: string): Promise<Readonly<Record<string, string>>> {
  const { headers } = await askCos(`HEAD ${path}`);
  return Object.fromEntries(headers.filter(([name]) => name.startsWith('Retention-')));
}
