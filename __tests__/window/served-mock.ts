import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { S3Client } from '@aws-sdk/client-s3';
import { root } from '../house/files';
import { builtPrograms } from '../support/built';

/** Serves a mock of the options in its first line until its input ends: the library as it is built, with the page. */
const program = `
  const [library, port] = process.argv.slice(1);
  const { deleteMarker, mockS3 } = require(library);
  const marked = (name, value) => (value === 'deleteMarker' ? deleteMarker : value);
  const input = require('node:readline').createInterface(process.stdin);
  input.once('line', async (options) => {
    const s3 = mockS3({ ...JSON.parse(options, marked), hosts: { only: [] } });
    console.log((await s3.listen({ port: Number(port) })).url);
  });
  input.once('close', () => process.exit());
`;

/** In its options, `deleteMarker` is the text of this name. */
export class ServedMock {
  readonly #child: ChildProcess;

  private constructor(
    child: ChildProcess,
    readonly url: string,
  ) {
    this.#child = child;
  }

  static async start(options: object, port = 0): Promise<ServedMock> {
    const library = join(builtPrograms(), 'index.js');
    const args = ['-e', program, library, String(port)];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write(`${JSON.stringify(options)}\n`);
    const [url] = await once(createInterface(child.stdout), 'line');
    return new ServedMock(child, url);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  client(): S3Client {
    return new S3Client({
      endpoint: this.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
      maxAttempts: 1,
    });
  }

  async ask(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}/_mock/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await ended;
  }
}
