import { once } from 'node:events';
import https from 'node:https';
import { expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({ buckets: { vault: {} } });

it('the journal has a header of any name', async () => {
  const request = https.request('https://vault.s3.amazonaws.com/?versioning');
  request.setHeader('__proto__', 'a value');
  request.setHeader('constructor', 'another');
  const [answer] = await once(request.end(), 'response');
  answer.resume();
  const headers = new Map(Object.entries(s3.requests.last()?.headers ?? {}));
  expect({ proto: headers.get('__proto__'), constructor: headers.get('constructor') }).toEqual({
    proto: 'a value',
    constructor: 'another',
  });
});
