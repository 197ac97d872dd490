import '../support/in-place';
import net from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { RequestStarts } from '../../src/capture/wire-request';
import { mockS3 } from '../../src/index';

const bug = new Error('a bug of the mock');
const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);

afterEach(() => {
  jest.restoreAllMocks();
});

/** Returns all that a client reads of what it sends to a port, until the connection ends. */
async function exchange(bytes: string): Promise<{ readonly read: string; readonly thrown: unknown }> {
  const s3 = mockS3({ buckets: { vault: {} } });
  process.on('uncaughtException', note).on('unhandledRejection', note);
  try {
    const { port } = await s3.listen();
    const read = await new Promise<string>((resolve) => {
      let text = '';
      const socket = net.connect(port, '127.0.0.1', () => socket.end(bytes));
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(text));
    });
    const thrown = await s3.stop().then(
      () => undefined,
      (error: unknown) => error,
    );
    return { read, thrown };
  } finally {
    process.off('uncaughtException', note).off('unhandledRejection', note);
    await s3.stop().catch(() => {});
  }
}

const get = 'GET /vault HTTP/1.1\r\nHost: localhost\r\n\r\n';
const expecting = 'PUT /vault/a HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx';
const unknown = 'PUT /vault/a HTTP/1.1\r\nHost: localhost\r\nExpect: tea\r\nContent-Length: 1\r\n\r\nx';

describe('a bug in a listener of the server', () => {
  it.each<[string, string, keyof RequestStarts, RegExp]>([
    ['request', get, 'noteHead', /^HTTP\/1\.1 400 .*S3MockInternalError/s],
    ['checkContinue', expecting, 'noteHead', /^HTTP\/1\.1 400 .*S3MockInternalError/s],
    ['checkExpectation', unknown, 'noteHead', /^HTTP\/1\.1 400 .*S3MockInternalError/s],
    ['connection', get, 'watch', /^$/],
    ['clientError', 'no request\r\n\r\n', 'headOn', /^$/],
  ])('of %s is thrown by stop(), and its client reads an answer or an end', async (_, bytes, method, read) => {
    jest.spyOn(RequestStarts.prototype, method).mockImplementation(() => {
      throw bug;
    });
    const seen = await exchange(bytes);
    expect({ ...seen, unhandled }).toEqual({ read: expect.stringMatching(read), thrown: bug, unhandled: [] });
  });
});
