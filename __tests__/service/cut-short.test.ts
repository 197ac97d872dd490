import http from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src/index';

const beginUpload = (path: string) => {
  const request = http.request(`http://s3.amazonaws.com${path}`, {
    method: 'PUT',
    headers: { 'Content-Length': 10, Authorization: 'AWS AKIA:signature', Date: new Date().toUTCString() },
  });
  const answer = new Promise<string>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk));
      response.on('end', () => resolve(`${response.statusCode} ${/<Code>(\w+)/.exec(text)?.[1]}`));
    });
  });
  request.write('begun');
  return answer;
};

const turns = async () => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('a body that does not end', () => {
  it('is answered at once by a reset, and not applied', async () => {
    await using s3 = mockS3({ buckets: { vault: {} } });
    const answer = beginUpload('/vault/a');
    await turns();
    s3.reset();
    expect({ answer: await answer, recorded: s3.requests.length }).toEqual({ answer: '400 S3MockReset', recorded: 0 });
  });

  it('is answered at once by a stop', async () => {
    await using s3 = mockS3({ buckets: { vault: {} } });
    const answer = beginUpload('/vault/a');
    await turns();
    await s3.stop();
    expect(await answer).toBe('400 S3MockStopped');
  });
});
