import { createHash } from 'node:crypto';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';
import { makeSelfSigned } from '../../support/self-signed';
import { blocks } from '../readme';

/** The part of an emulator of SQS that the guide's test needs, at an address whose certificate nobody knows. */
class Queues {
  readonly calls: string[] = [];
  readonly #messages: string[] = [];
  readonly #server: https.Server;
  url = '';

  constructor({ key, cert }: { readonly key: string; readonly cert: string }) {
    this.#server = https.createServer({ key, cert }, (request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => {
        text += chunk;
      });
      request.on('end', () => {
        const call = String(request.headers['x-amz-target'] ?? request.url);
        this.calls.push(call);
        response.setHeader('Content-Type', 'application/x-amz-json-1.0');
        response.end(JSON.stringify(this.#answer(call, JSON.parse(text || '{}'))));
      });
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, 'localhost', resolve));
    this.url = `https://localhost:${(this.#server.address() as AddressInfo).port}`; // it listens on a port
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(call: string, { MessageBody = '' }: { readonly MessageBody?: string }): object {
    const digest = (body: string) => createHash('md5').update(body).digest('hex');
    if (call.endsWith('.CreateQueue')) return { QueueUrl: `${this.url}/000000000000/uploads` };
    if (call.endsWith('.SendMessage')) {
      this.#messages.push(MessageBody);
      return { MessageId: `${this.#messages.length}`, MD5OfMessageBody: digest(MessageBody) };
    }
    const left = this.#messages.splice(0);
    if (call.endsWith('.PurgeQueue')) return {};
    const Messages = left.map((Body, index) => ({
      ...{ Body, MD5OfBody: digest(Body), MessageId: `${index}`, ReceiptHandle: `${index}` },
    }));
    return { Messages };
  }
}

describe('the guide for an emulator beside the mock', () => {
  const project = libraryProject('emulator');
  const certificate = makeSelfSigned('localhost');
  const queues = new Queues(certificate);
  const tests = blocks.filter(({ runner }) => runner === 'emulator');

  beforeAll(() => queues.open());
  afterAll(() => queues.close());

  it('has a test that passes: S3 is answered by the mock, the queue by the emulator', async () => {
    expect(tests).toHaveLength(1);
    for (const { code, line } of tests) project.write(`tests/line-${line}.test.ts`, code);
    const authority = project.write('ca.pem', certificate.cert);
    const compiling = { module: 'node16', target: 'es2022', isolatedModules: true, esModuleInterop: true };
    const config = {
      ...{ transform: { '\\.ts$': ['ts-jest', { tsconfig: compiling }] }, testMatch: ['**/*.test.ts'] },
      testTimeout: 60_000,
    };
    const { stdout, stderr } = await project.jest(['--json', '--config', JSON.stringify(config)], {
      ...{ AWS_ENDPOINT_URL: queues.url, NODE_EXTRA_CA_CERTS: authority },
      ...{ AWS_ACCESS_KEY_ID: 'EMULATOR', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' },
    });
    const { numPassedTests, numFailedTests } = JSON.parse(stdout || '{}');
    expect({ numPassedTests, numFailedTests, stderr: numFailedTests === 0 ? '' : stderr }).toEqual({
      ...{ numPassedTests: tests.length, numFailedTests: 0, stderr: '' },
    });
    expect(queues.calls).toEqual(
      ['CreateQueue', 'PurgeQueue', 'SendMessage', 'ReceiveMessage'].map((call) => `AmazonSQS.${call}`),
    );
  });
});
