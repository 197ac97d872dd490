import { describe, expect, it } from '@jest/globals';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();

describe('s3.answers', () => {
  it.each([
    ['https://vault.s3.amazonaws.com/report.pdf?versionId=1', true],
    [new URL('http://s3.eu-west-1.amazonaws.com/vault'), true],
    ['vault.s3.amazonaws.com', true],
    ['VAULT.S3.amazonaws.com.', true],
    ['vault.s3.amazonaws.com:443', true],
    ['s3.us-south.cloud-object-storage.appdomain.cloud', true],
    ['https://iam.cloud.ibm.com/identity/token', true],
    ['http://minio.test:9000/vault', true],
    ['minio.test:9000', true],
    ['minio.test:9001', false],
    ['minio.test', false],
    ['https://minio.test/', false],
    ['https://storage.test/', true],
    ['storage.test', true],
    ['https://sqs.us-east-1.amazonaws.com/', false],
    ['sqs.us-east-1.amazonaws.com', false],
    ['https://s3.amazonaws.com.example.test/', false],
    ['[::1]:9000', false],
    ['data:text/plain,s3.amazonaws.com', false],
    ['ftp://s3.amazonaws.com/', false],
  ])('%s: %s', (where, answer) => {
    const s3 = start({ hosts: ['http://minio.test:9000', 'storage.test:443'] });
    expect(s3.answers(where)).toBe(answer);
  });

  it('is true of an open port of the mock, by each name of this machine, until it is closed', async () => {
    const s3 = start({ hosts: { only: [] } });
    const { url, port, close } = await s3.listen();
    const places = [url, `localhost:${port}`, `vault.localhost:${port}`, `[::1]:${port}`, `http://[::1]:${port}/vault`];
    expect(places.map(s3.answers)).toEqual(places.map(() => true));
    expect(s3.answers(`example.test:${port}`)).toBe(false);
    await close();
    expect(places.map(s3.answers)).toEqual(places.map(() => false));
  });

  it('returns false after stop, when nobody answers the calls', async () => {
    const s3 = start();
    const { url } = await s3.listen();
    await s3.stop();
    expect({ host: s3.answers('s3.amazonaws.com'), url: s3.answers(url) }).toEqual({ host: false, url: false });
  });

  it.each([[undefined], [null], [''], ['a b'], [443], [{ url: 'https://s3.amazonaws.com/' }], ['https://']])(
    '%j is a TypeError',
    (where) => {
      const s3 = start();
      expect(() => s3.answers(where as never)).toThrow(TypeError);
      expect(() => s3.answers(where as never)).toThrow(
        "; expected a URL, such as 'https://vault.s3.amazonaws.com/report.pdf'",
      );
    },
  );
});
