import { S3Client } from '@aws-sdk/client-s3';
import type { BucketFixture, Exploration } from '../../../src';

/** A small program that uses S3, with what has to hold after it. */
export interface Program {
  readonly buckets: Readonly<Record<string, BucketFixture>>;
  readonly exploration: Exploration;
  /** For a program that is not right: the way that has to be found. */
  readonly finds?: RegExp;
}

/** The client of all programs. It repeats nothing, so that a way takes milliseconds. */
export const client: S3Client = new S3Client({ region: 'us-east-1', maxAttempts: 1 });
