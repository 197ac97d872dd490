import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { messageOf } from '../journal/entries';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();

describe('a request to a wrong endpoint', () => {
  it('is in the journal with the reason, if the host looks like one of S3', async () => {
    const s3 = start({ now: '2026-03-01T12:00:00Z' });
    const answer = await send({
      method: 'PUT',
      host: 'vault.s3.moon-1.amazonaws.com',
      path: '/?versioning',
      body: 'x',
    });
    expect(answer.status).toBe(400);
    expect([...s3.requests]).toEqual([
      expect.objectContaining({
        operation: undefined,
        input: {},
        bucket: undefined,
        caller: 'anonymous',
        method: 'PUT',
        url: 'https://vault.s3.moon-1.amazonaws.com/?versioning',
        headers: expect.objectContaining({ host: 'vault.s3.moon-1.amazonaws.com' }),
        body: Buffer.from('x'),
        status: 400,
        error: { code: 'S3MockUnknownHost', message: expect.stringContaining('moon-1') },
        why: expect.stringContaining('looks like a host of S3'),
      }),
    ]);
    const text = messageOf(() => s3.requests.expect('PutBucketVersioning'));
    expect(text.split('\n').slice(0, 4)).toEqual([
      'Expected to receive PutBucketVersioning, but the only request that came went to a host that the mock does not answer.',
      '',
      'The one request that came:',
      '  1. 12:00:00.000  (no operation)  PUT https://vault.s3.moon-1.amazonaws.com/?versioning  400 S3MockUnknownHost',
    ]);
    expect(text).toContain(
      "why: vault.s3.moon-1.amazonaws.com looks like a host of S3, but s3-versioning-mock does not know it (docs/hosts.md lists the hosts that it knows); if it is your own endpoint, add it: mockS3({ hosts: ['s3.moon-1.amazonaws.com'] })",
    );
  });

  it('is also in the journal if it is to another service of S3', async () => {
    const s3 = start();
    await send({ path: '/', host: 's3tables.eu-west-1.amazonaws.com' });
    await send({ path: '/', host: 'config.cloud-object-storage.cloud.ibm.com' });
    expect(s3.requests.toString()).toContain('why: s3-versioning-mock does not answer S3 Tables endpoints');
    expect(s3.requests.last()).toMatchObject({
      dialect: 'ibm-cos',
      why: expect.stringContaining('COS Resource Configuration API'),
    });
    expect(messageOf(() => s3.requests.expect('PutObject')).split('\n')[0]).toBe(
      'Expected to receive PutObject, but all 2 requests that came went to hosts that the mock does not answer.',
    );
    s3.requests.clear();
    expect(s3.requests.length).toBe(0);
  });

  it('is also in the journal if its Host header is that of another service', async () => {
    const s3 = start({ hosts: { only: ['minio.test'] } });
    await send({ path: '/', host: 'minio.test', headers: { Host: 's3.minio.example' } });
    expect(s3.requests.length).toBe(1);
  });

  it('to any other host is named if no request came, until the journal is cleared', async () => {
    const s3 = start();
    const server = http.createServer((_request, response) => response.end('real'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ask = () => fetch(`http://127.0.0.1:${port}/vault?versioning`, { headers: { Connection: 'close' } });
    await ask();
    await ask();
    const line = `The mock let connections to other hosts pass: 127.0.0.1:${port} (2 times).`;
    expect(
      messageOf(() => s3.requests.expect('PutObject'))
        .split('\n')
        .slice(0, 3),
    ).toEqual(['Expected to receive PutObject, but no request came at all.', '', line]);
    expect(String(s3.requests)).toBe(`No requests came.\n${line}`);
    s3.reset();
    expect(String(s3.requests)).toBe('No requests came.');
    await ask();
    await send({ path: '/', host: 's3tables.eu-west-1.amazonaws.com' });
    expect(messageOf(() => s3.requests.expect('PutObject'))).toMatch(/let connections to other hosts pass/);
    await send({ path: '/' });
    expect(messageOf(() => s3.requests.expect('PutObject'))).not.toMatch(/let connections to other hosts pass/);
    await new Promise((resolve) => server.close(resolve));
  });
});
