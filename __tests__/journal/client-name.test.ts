import { describe, expect, it } from '@jest/globals';
import { clientName } from '../../src/journal/entry-record';

describe('the name of a client', () => {
  it.each([
    ['aws-sdk-js/3.1169.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#20.20.2 api/s3#3.1169.0', 'aws-sdk-js/3.1169.0'],
    ['ibm-cos-sdk-nodejs/1.15.1 linux/v20.20.2 promise', 'ibm-cos-sdk-nodejs/1.15.1'],
    ['MinIO (linux; x64) minio-js/8.0.7', 'MinIO'],
    ['undici', 'undici'],
    ['axios/1.21.1', 'axios/1.21.1'],
    ['x'.repeat(100), 'x'.repeat(40)],
    [' ', undefined],
    [undefined, undefined],
  ])('of %p is %p', (userAgent, name) => {
    expect(clientName(userAgent)).toBe(name);
  });
});
