import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { type MockS3Options, mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import { makeCommand } from './commands';
import { tryMistakes } from './explained-mistakes';

/** Starts a mock before each test of a file about screens, hands it to `begin`, and stops it after the test. */
export function makeScreenScene(options: MockS3Options, begin: (control: MockControl) => void) {
  let control: MockControl;

  function start(given: MockS3Options): void {
    control = createMock(given, mockS3);
    control.lifetime.start();
    begin(control);
  }

  async function stop(): Promise<void> {
    await control.mock.stop();
    control.lifetime.restoreEnvironment();
  }

  beforeEach(() => start(options));
  afterEach(stop);

  return {
    tryAll: tryMistakes(() => control),
    async restart(given: MockS3Options): Promise<void> {
      await stop();
      start(given);
    },
  };
}

/** Sends a command of the SDK by its name. */
export async function send(name: string, input: object, more: sdk.S3ClientConfig = {}): Promise<Record<string, never>> {
  const client = new sdk.S3Client({ maxAttempts: 1, region: 'us-east-1', ...more });
  return (await client.send(makeCommand(name, input))) as never; // of any command
}

/** Sends a request as bun's own client and its fetch call themselves. */
export async function sendByBun(name: string, input: object, body?: string): Promise<void> {
  const url = await getSignedUrl(new sdk.S3Client({ region: 'us-east-1' }), makeCommand(name, input) as never);
  const method = name.startsWith('Put') ? 'PUT' : name.startsWith('Head') ? 'HEAD' : 'GET';
  await fetch(url, { method, headers: { 'user-agent': 'Bun/1.4.5' }, ...(body === undefined ? {} : { body }) });
}
