import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { send } from '../../src/facts/sender';
import { writeRequest } from '../../src/facts/wire-form';
import { makeSelfSigned } from '../support/self-signed';

it('a request to a service that says nothing ends after a time', async () => {
  const server = http.createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const destination = { url: `http://127.0.0.1:${port}`, region: 'us-east-1', service: 's3', keys: undefined } as const;
  const sending = send(writeRequest('ListBuckets', {}), { ...destination, patience: 100 });
  await expect(sending).rejects.toThrow('no answer within 0.1 seconds');
  server.closeAllConnections();
  server.close();
});

it('a certificate of an unknown authority is refused with what to set', async () => {
  const server = https.createServer(makeSelfSigned('localhost'), () => {}).listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const destination = {
    url: `https://localhost:${port}`,
    region: 'us-east-1',
    service: 's3',
    keys: undefined,
  } as const;
  await expect(send(writeRequest('ListBuckets', {}), destination)).rejects.toThrow(
    /certificate.*\. If the service has a certificate of its own, set NODE_EXTRA_CA_CERTS to the file of its authority\.$/,
  );
  server.close();
});

it('a request has each header once, whatever the order of its members', () => {
  const { headers } = writeRequest('PutObject', {
    Bucket: 'vault',
    Key: 'k',
    Body: 'data',
    ContentType: 'text/plain',
    ContentMD5: 'jXd/OF0913UmVSWvaaKNpQ==',
    ChecksumAlgorithm: 'CRC32',
    Metadata: { Phase: 'old' },
  });
  expect(headers).toEqual({
    'content-type': 'text/plain',
    'content-md5': 'jXd/OF0913UmVSWvaaKNpQ==',
    'x-amz-meta-phase': 'old',
    'x-amz-sdk-checksum-algorithm': 'CRC32',
  });
});
