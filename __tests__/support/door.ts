import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { MockS3 } from '../../src';

export interface DoorAnswer {
  readonly status: number;
  /** Its JSON; undefined if it has no body. */
  readonly body: unknown;
}

/** A client of the door of a port: `door('POST', '/clock/advance', { days: 1 })`. */
export function doorAt(url: string) {
  return async (method: string, path: string, body?: unknown): Promise<DoorAnswer> => {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(`${url}/_mock${path}`, { method, ...sent });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
}

export function serveDoor(s3: MockS3) {
  const client = new S3Client({ region: 'us-east-1', maxAttempts: 1 });
  const served = {
    url: '',
    client,
    door: (method: string, path: string, body?: unknown) => doorAt(served.url)(method, path, body),
  };
  beforeAll(async () => {
    ({ url: served.url } = await s3.listen());
  });
  afterAll(() => client.destroy());
  return served;
}

export function refused(status: number, error: string | RegExp | object) {
  if (typeof error === 'object' && !(error instanceof RegExp)) return { status, body: { error } };
  return { status, body: { error: { message: expect.stringMatching(error) } } };
}
