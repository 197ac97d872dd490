import { JsonObject, readJson } from '../formats/json-entries';
import { partitionOf } from '../formats/regions';
import { writePolicy } from '../model/access/normalised-policy';
import { readPolicy } from '../model/access/policy-document';
import type { Bucket } from '../model/bucket';
import { S3Error } from '../refusals/s3-error';
import { frozenCopy } from './frozen-copy';
import { policyJson } from './policy-json';
import { refusalWords } from './refusal-words';

/** A bucket policy as an object, with the members of its JSON. */
export interface PolicyLiteral {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: object | readonly object[];
}

/** Puts a policy on a bucket, or deletes it. One that S3 refuses is a TypeError in S3's words. */
export function setPolicy(bucket: Bucket, given: unknown): void {
  if (given === undefined || given === null) {
    bucket.change({ policy: undefined });
    return;
  }
  const at = `bucket '${bucket.name}': policy`;
  const text = policyJson(at, given);
  // The users that it names need not exist, since a test makes users when the bucket is there already.
  const context = { bucket: bucket.name, partition: partitionOf(bucket.region), accounts: [] };
  try {
    bucket.change({ policy: readPolicy(text, context) });
  } catch (error) {
    throw error instanceof S3Error ? new TypeError(`${at}: ${refusalWords(error)}`) : error;
  }
}

/** An expected policy in the form that a handle has, if it is given as JSON. */
export function expectedPolicy(expected: unknown, region: string | undefined): unknown {
  const document = typeof expected === 'string' ? readJson(expected) : undefined;
  return document instanceof JsonObject
    ? JSON.parse(writePolicy(document, { partition: partitionOf(region), accounts: [] }))
    : expected;
}

/** The policy of a bucket as S3 answers it, as a frozen object; undefined if it has none. */
export function policyLiteral({ policy }: Bucket): PolicyLiteral | undefined {
  return policy && (frozenCopy(JSON.parse(policy.text), String) as PolicyLiteral); // a policy that was read
}
