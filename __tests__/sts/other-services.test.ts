import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startedMocks } from '../support/started-mocks';
import { formOf, signedAs } from './form';

const startMock = startedMocks();
const form = formOf({ Action: 'GetCallerIdentity' });

// A server of the test's own, to which the names of the hosts resolve.
let server: http.Server;
let received: string[];
beforeEach(async () => {
  received = [];
  server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(`${request.method} ${request.headers.host} ${Buffer.concat(chunks)}`);
      response.end('theirs');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const portOf = () => (server.address() as AddressInfo).port; // it listens on a port, not on a pipe

/** Sends a form that is signed for STS. */
function sendTo(host: string): Promise<string> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signedAs({ accessKeyId: 'AKIAUNKNOWN' }) };
  return new Promise((resolve, reject) => {
    const options = { host, port: portOf(), method: 'POST', agent: false, headers, lookup: toThisMachine };
    const request = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
    });
    request.on('error', reject);
    request.end(form);
  });
}

const toThisMachine: NonNullable<http.RequestOptions['lookup']> = (_host, { all }, done) => {
  if (all) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};

describe('a request to another host is untouched, and not in the journal', () => {
  it.each([
    'sqs.us-east-1.amazonaws.com',
    'iam.amazonaws.com',
    'sts.evil.example',
    'mysts.amazonaws.com',
    'sts.amazonaws.com.evil.example',
    'xsts.us-east-1.amazonaws.com',
    'cognito-identity.us-east-1.amazonaws.com',
    'portal.sso.us-east-1.amazonaws.com',
  ])('%s', async (host) => {
    const s3 = startMock({});
    expect(await sendTo(host)).toBe('theirs');
    expect(received).toEqual([`POST ${host}:${portOf()} ${form}`]);
    expect({ entries: s3.requests.length, answers: s3.answers(`https://${host}`) }).toEqual({
      entries: 0,
      answers: false,
    });
  });

  it('of STS itself under sts: false', async () => {
    const s3 = startMock({ sts: false });
    expect(await sendTo('sts.us-east-1.amazonaws.com')).toBe('theirs');
    expect(s3.requests.length).toBe(0);
  });
});

it('a client of another service that names its own host is not answered beside STS', async () => {
  const s3 = startMock({});
  const endpoint = `http://127.0.0.1:${portOf()}`;
  const client = new SQSClient({ endpoint, maxAttempts: 1 });
  await client.send(new SendMessageCommand({ QueueUrl: `${endpoint}/queue`, MessageBody: 'x' })).catch(() => {});
  expect({ received: received.length, entries: s3.requests.length }).toEqual({ received: 1, entries: 0 });
  client.destroy();
});
