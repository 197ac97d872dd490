import { describe, expect, it } from '@jest/globals';
import { Elsewhere } from '../../src/journal/elsewhere';
import { writeSigned, writeUnanswered } from '../../src/screen/elsewhere';
import type { FailedError } from '../../src/thrown-errors';
import type { OtherHost } from '../../src/wire';
import { failedError } from '../support/failed-tests';

const metadata = { kind: 'metadata', entry: '169.254.169.254' } as const;

const refused = [failedError({ message: 'connect', code: 'ECONNREFUSED' })];

describe('the text below the error of a connection', () => {
  const elsewhere = new Elsewhere();
  elsewhere.addConnection('minio.test', 9000, false);
  elsewhere.addConnection('169.254.169.254', 80, false, metadata);
  const line = 'The mock let connections to other hosts pass: minio.test:9000, 169.254.169.254:80.';
  const cure =
    "If minio.test:9000 is the S3 endpoint of your code, or its proxy, add it: mockS3({ hosts: ['minio.test:9000'] }). For another service, such as SQS, use aws-sdk-client-mock or nock.";

  it.each<[string, Partial<FailedError>, string | undefined]>([
    ['has its code', { message: 'other', code: 'ECONNREFUSED' }, `${line}\n${cure}`],
    ['has its code as a name', { message: 'other', name: 'ENOTFOUND' }, `${line}\n${cure}`],
    ['has it in its text alone', { message: 'getaddrinfo EAI_AGAIN minio' }, `${line}\n${cure}`],
    ['is another', { message: 'The specified key does not exist.', code: 'NoSuchKey' }, undefined],
    ['is that of the guard', { message: 'connect ENETUNREACH db.test:5432', code: 'ERR_S3_MOCK_REFUSED' }, undefined],
  ])('is written if the error %s', (_which, error, text) => {
    expect(writeUnanswered(elsewhere, [failedError({ message: '', ...error })])).toBe(text);
  });

  it('names no host at which SDKs look for credentials', () => {
    const probed = new Elsewhere();
    probed.addConnection('169.254.169.254', 80, false, metadata);
    expect(writeUnanswered(probed, refused)).toBe('The mock let connections to other hosts pass: 169.254.169.254:80.');
  });

  it.each<[OtherHost['kind'], string]>([
    [
      'sts',
      'host.test is STS, which the mock answers unless you set sts: false or hosts: { only }: leave these options out, or answer STS with aws-sdk-client-mock.',
    ],
    ['sign-in', 'An SDK asks host.test for credentials: give the client credentials, such as s3.account.credentials.'],
    [
      'aws-service',
      'host.test is another AWS service, and the mock answers only S3, STS and S3 Control: answer it with aws-sdk-client-mock, nock or msw.',
    ],
    [
      'ibm-cloud-service',
      'host.test is another IBM Cloud service, and the mock answers only Cloud Object Storage: answer it with nock or msw.',
    ],
  ])('says what helps if the last host is of the kind %s, and never names it for the option hosts', (kind, cure) => {
    const called = new Elsewhere();
    called.addConnection('host.test', 443, false, { kind, entry: 'host.test' });
    expect({
      text: writeUnanswered(called, refused),
      seen: called.seenHost(),
    }).toEqual({ text: `The mock let connections to other hosts pass: host.test:443.\n${cure}`, seen: undefined });
  });

  it('names the endpoint without the bucket before it', () => {
    const called = new Elsewhere();
    called.addConnection('vault.minio.test', 443, false, { kind: 'endpoint', entry: 'minio.test' });
    expect(writeUnanswered(called, refused)).toBe(
      "The mock let connections to other hosts pass: vault.minio.test:443.\nIf minio.test is the S3 endpoint of your code, or its proxy, add it: mockS3({ hosts: ['minio.test'] }). For another service, such as SQS, use aws-sdk-client-mock or nock.",
    );
  });

  it('is missing if no connection passed', () => {
    expect(writeUnanswered(new Elsewhere(), refused)).toBeUndefined();
  });
});

describe('what the mock did not answer', () => {
  it('is nothing at first, and after clear', () => {
    const elsewhere = new Elsewhere();
    expect(elsewhere.lines()).toEqual([]);
    elsewhere.addConnection('localhost', 9000, false);
    elsewhere.addConnection('db.test', 5432, true);
    elsewhere.addLate('PUT https://s3.amazonaws.com/vault', 'stores');
    elsewhere.clear();
    expect(elsewhere.lines()).toEqual([]);
  });

  it('names the hosts that connections passed to and those that the guard refused', () => {
    const elsewhere = new Elsewhere();
    for (const port of [9000, 9000, 9001]) elsewhere.addConnection('localhost', port, false);
    elsewhere.addConnection('::1', 9000, false);
    elsewhere.addConnection('db.test', 5432, true);
    expect(elsewhere.lines()).toEqual([
      'The mock let connections to other hosts pass: localhost:9000 (2 times), localhost:9001, [::1]:9000.',
      'The guard of the mock refused connections: db.test:5432.',
    ]);
  });

  it('names five hosts and counts the connections to the others', () => {
    const elsewhere = new Elsewhere();
    for (let index = 0; index < 2_000; index += 1) elsewhere.addConnection(`h${index % 1_000}`, 80, false);
    expect(elsewhere.lines()).toEqual([
      'The mock let connections to other hosts pass: h0:80 (2 times), h1:80 (2 times), h2:80 (2 times), h3:80 (2 times), h4:80 (2 times), and 1,990 to further hosts.',
    ]);
  });

  it.each<{ tests: readonly (string | undefined)[]; begin: string }>`
    tests                     | begin
    ${[undefined]}            | ${'An earlier test had ended when 1 of its requests was answered'}
    ${[undefined, undefined]} | ${'An earlier test had ended when 2 of its requests were answered'}
    ${['stores', undefined]}  | ${"The test 'stores' had ended when 2 of its requests were answered"}
    ${['stores', 'stores']}   | ${"The test 'stores' had ended when 2 of its requests were answered"}
    ${['stores', 'reads']}    | ${"Earlier tests ('stores', 'reads') had ended when 2 of their requests were answered"}
  `(
    'counts the requests of tests that had ended, and names the tests and the last request: $tests',
    ({ tests, begin }) => {
      const elsewhere = new Elsewhere();
      for (const test of tests) elsewhere.addLate('PUT https://s3.amazonaws.com/vault/a', test);
      expect(elsewhere.lines()).toEqual([
        expect.stringMatching(
          new RegExp(
            `^${begin.replaceAll(/[()]/g, '.')}, from .*; the last was PUT https://s3.amazonaws.com/vault/a\\.$`,
          ),
        ),
      ]);
    },
  );
});

describe('requests that are signed for S3 and that no mock answers', () => {
  const request = { host: 'localhost', port: 9000, method: 'GET', path: '/vault/a', isRefused: false };
  const line =
    "Requests that are signed for S3 went to hosts that no mock answers: localhost:9000 (2 times); the last was GET /vault/a. Answer them: mockS3({ hosts: ['localhost:9000'] }). If the code is meant to reach the host, let it pass: mockS3({ hosts: { pass: ['localhost:9000'] } }).";
  const called = () => {
    const elsewhere = new Elsewhere();
    for (let count = 0; count < 2; count += 1) elsewhere.addSigned(request, 'localhost:9000');
    return elsewhere;
  };

  it('stand below the error of a failed test, whatever it is', () => {
    expect(writeSigned(called())).toBe(line);
  });

  it('are told once at the end of a file, though the test was reset, if no failed test told of them', () => {
    const reset = called();
    reset.clear();
    const told = called();
    writeSigned(told);
    expect([reset.signedLines(), reset.takeUnreported(), reset.takeUnreported(), told.takeUnreported()]).toEqual([
      [],
      line,
      undefined,
      undefined,
    ]);
  });

  it('that the guard refused have said so themselves', () => {
    const elsewhere = new Elsewhere();
    elsewhere.addSigned({ ...request, isRefused: true }, 'localhost:9000');
    expect(elsewhere.signedLines()).toEqual([
      expect.stringMatching(
        /^The guard of the mock refused requests that are signed for S3 and that no mock answers, to localhost:9000;/,
      ),
    ]);
    expect(elsewhere.takeUnreported()).toBeUndefined();
  });
});
