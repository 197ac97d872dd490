import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { client } from './program';

export const Bucket = 'vault';

export async function put(Key: string, Body: string, conditions: Partial<PutObjectCommandInput> = {}): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ...conditions }));
}

export async function get(Key: string): Promise<{ readonly text: string; readonly etag: string }> {
  const { Body, ETag = '' } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return { text: (await Body?.transformToString()) ?? '', etag: ETag };
}

export async function copy(from: string, to: string): Promise<void> {
  await client.send(new CopyObjectCommand({ Bucket, Key: to, CopySource: `${Bucket}/${from}` }));
}

export async function remove(Key: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket, Key }));
}

/** Returns the keys that S3 did not delete. */
export async function removeAll(keys: readonly string[]): Promise<readonly string[]> {
  const Delete = { Objects: keys.map((Key) => ({ Key })) };
  const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete }));
  return Errors.map(({ Key = '' }) => Key);
}

export async function list(Prefix: string): Promise<readonly string[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix }));
  return Contents.map(({ Key = '' }) => Key);
}

export async function exists(Key: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket, Key }));
    return true;
  } catch (error) {
    if (nameOf(error) === 'NotFound') return false;
    throw error;
  }
}

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** Repeats an action until S3 accepts its condition. */
export async function untilAccepted(action: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await action();
      return;
    } catch (error) {
      if (nameOf(error) !== 'PreconditionFailed' && nameOf(error) !== 'ConditionalRequestConflict') throw error;
    }
  }
}

/** Repeats an action that fails for a moment. */
export async function retried(action: () => Promise<void>, times = 3): Promise<void> {
  for (let left = times; ; left -= 1) {
    try {
      await action();
      return;
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}
