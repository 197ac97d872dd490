import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closedNetwork, startScene } from '../scene';
import { sayRuntime } from './runtime';

sayRuntime('bun');
closedNetwork();

/** Behaves as bun's client does: it keeps its endpoint, which only an address that it signs shows. */
class S3Client {
  readonly #endpoint: string;

  constructor({ endpoint = 'https://s3.us-east-1.amazonaws.com' }: { readonly endpoint?: string } = {}) {
    this.#endpoint = endpoint;
  }

  static presign(key: string, options?: object): string {
    return new S3Client(options).presign(key);
  }

  static async write(_key: string, _body: string, _options?: object): Promise<string> {
    return 'connected';
  }

  presign(key: string, { endpoint = this.#endpoint }: { readonly endpoint?: string } = {}): string {
    return `${endpoint}/vault/${key}?X-Amz-Signature=0`;
  }

  async write(_key: string, _body: string, _options?: object): Promise<string> {
    return 'connected';
  }

  file(key: string): S3File {
    return new S3File(this.presign(key));
  }
}

class S3File {
  constructor(readonly address: string) {}

  presign(): string {
    return this.address;
  }

  async text(): Promise<string> {
    return 'connected';
  }

  stream(): string {
    return 'connected';
  }
}

beforeEach(() => {
  Object.assign(globalThis, { Bun: { S3Client, s3: new S3Client() } });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'Bun');
});

const refused =
  /^connect ENETUNREACH s3\.us-east-1\.amazonaws\.com:443 - refused by the S3 mock: Bun\.S3Client connects by itself, .* and endpoint: url\.$/;
const elsewhere = 'http://127.0.0.1:9000';

describe("a call of bun's own client of S3 to a host that the mock answers", () => {
  it('is refused, and the message names the cure', async () => {
    startScene();
    await expect(new S3Client().write('a.txt', 'body')).rejects.toThrow(refused);
    await expect(S3Client.write('a.txt', 'body')).rejects.toThrow(refused);
    await expect(new S3Client().file('a.txt').text()).rejects.toThrow(refused);
    expect(() => new S3Client().file('a.txt').stream()).toThrow(refused);
  });

  it('is let through to another endpoint, of the client or of the call', async () => {
    startScene();
    const led = new S3Client({ endpoint: elsewhere });
    expect(await led.write('a.txt', 'body')).toBe('connected');
    expect(await led.file('a.txt').text()).toBe('connected');
    expect(await new S3Client().write('a.txt', 'body', { endpoint: elsewhere })).toBe('connected');
    expect(await S3Client.write('a.txt', 'body', { endpoint: elsewhere })).toBe('connected');
  });

  it('is let through when the mock has stopped', async () => {
    const { stop } = startScene();
    await stop();
    expect(await new S3Client().write('a.txt', 'body')).toBe('connected');
  });
});
