import { DeleteObjectCommand, ListObjectsV2Command, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { Exploration, MockS3Options, Way } from '../../../src';
import { Bucket, get, put } from './objects';
import { client } from './program';

/** A program whose mock needs more than buckets. */
export interface FurtherProgram {
  readonly options: MockS3Options;
  readonly exploration: Exploration;
  /** For a program that is not right: the way that has to be found. */
  readonly finds?: RegExp;
}

export const lambdaArn = 'arn:aws:lambda:us-east-1:000000000000:function:worker';
export const queueArn = 'arn:aws:sqs:us-east-1:000000000000:work';
export const alias = 'reports-abcdefghijklmnopqrstuvwxyz0123456-s3alias';
export const pointArn = 'arn:aws:s3:us-east-1:000000000000:accesspoint/reports';

export function withObjects(objects: Readonly<Record<string, string>> = {}): MockS3Options {
  return { buckets: { [Bucket]: { objects } } };
}

export function withPoint(objects: Readonly<Record<string, string>>): MockS3Options {
  return { buckets: { [Bucket]: { objects, accessPoints: { reports: { alias } } } } };
}

/** Objects under `in/` are told to the destination. */
export function withHandler(
  objects: Readonly<Record<string, string>>,
  destination: string,
  handler: () => Promise<unknown>,
): MockS3Options {
  const rule = {
    Events: ['s3:ObjectCreated:*' as const],
    Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value: 'in/' }] } },
  };
  const notification = destination.includes(':sqs:')
    ? { QueueConfigurations: [{ QueueArn: destination, ...rule }] }
    : { LambdaFunctionConfigurations: [{ LambdaFunctionArn: destination, ...rule }] };
  return { buckets: { [Bucket]: { objects, notification } }, deliver: { [destination]: handler } };
}

export function withReplica(objects: Readonly<Record<string, string>>): MockS3Options {
  const replication = {
    Role: 'arn:aws:iam::000000000000:role/replication',
    Rules: [
      {
        ID: 'all',
        Priority: 1,
        Status: 'Enabled',
        Filter: { Prefix: '' },
        DeleteMarkerReplication: { Status: 'Enabled' },
        Destination: { Bucket: 'arn:aws:s3:::replica' },
      },
    ],
  } as const;
  return {
    buckets: {
      replica: { versioning: 'Enabled', objects },
      [Bucket]: { versioning: 'Enabled', objects, replication },
    },
  };
}

export function textOf({ world }: Pick<Way, 'world'>, key: string, bucket: string = Bucket): string | undefined {
  const vault = world.bucket(bucket);
  return vault.keys.includes(key) ? vault.object(key).text() : undefined;
}

export function expectText(key: string, expected: string): (way: Way) => void {
  return (way) => {
    const text = textOf(way, key);
    if (text !== expected) throw new Error(`${key} is ${text}`);
  };
}

export function expectKeys(expected: readonly string[]): (way: Way) => void {
  return ({ world }) => {
    const keys = world.bucket(Bucket).keys.toSorted();
    if (keys.join() !== expected.toSorted().join()) throw new Error(`the keys are ${keys.join(', ')}`);
  };
}

/** What the callers returned, by name. */
export function valuesOf({ results }: Way): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(results).map(([name, { value }]) => [name, value]));
}

export async function textOrNone(key: string): Promise<string> {
  try {
    return (await get(key)).text;
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return 'none';
    throw error;
  }
}

/** Returns whether there was no such object before. */
export async function claim(key: string, name: string): Promise<boolean> {
  try {
    await put(key, name, { IfNoneMatch: '*' });
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'PreconditionFailed') return false;
    throw error;
  }
}

export async function versionsOf(
  Prefix: string,
): Promise<readonly { readonly id: string; readonly isMarker: boolean }[]> {
  const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
  const of = (
    list: readonly { readonly VersionId?: string | undefined; readonly IsLatest?: boolean | undefined }[],
    isMarker: boolean,
  ) => list.map(({ VersionId = '', IsLatest = false }) => ({ id: VersionId, isMarker, IsLatest }));
  return [...of(DeleteMarkers, true), ...of(Versions, false)].toSorted(
    (a, b) => Number(b.IsLatest) - Number(a.IsLatest),
  );
}

export async function removeVersion(Key: string, VersionId: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
}

export async function pageOf(Prefix: string, StartAfter?: string): Promise<readonly string[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 2, StartAfter }));
  return Contents.map(({ Key = '' }) => Key);
}

/** Rejects if an action takes longer than that. */
export async function inTime<Value>(action: Promise<Value>, milliseconds = 500): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), milliseconds);
  });
  try {
    return await Promise.race([action, late]);
  } finally {
    clearTimeout(timer);
  }
}
