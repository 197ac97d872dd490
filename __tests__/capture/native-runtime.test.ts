import '../support/in-place';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startHostGuard } from '../../src/capture';
import { mockS3, S3MockError } from '../../src/index';

const refused = (what: string, runtime: string) =>
  new S3MockError(
    'CANNOT_CAPTURE',
    `${what}, but ${runtime} does not connect through the functions of Node that this replaces, so calls would reach the network. ` +
      'Create the mock with mockS3({ hosts: { only: [] } }), which captures nothing, and let your clients call its port: await ' +
      `s3.listen({ env: true }) tells SDKs its address. docs/runners.md#${runtime} has an example.`,
  );

// The runtimes themselves are tried in the matrix.
describe.each(['bun', 'deno'])('under %s', (runtime) => {
  const before = { ...process.env };
  const { versions } = process;
  const say = (value: object) => Object.defineProperty(process, 'versions', { value, configurable: true });
  beforeEach(() => {
    say({ ...versions, [runtime]: '1.0.0' });
  });
  afterEach(() => {
    say(versions);
    expect(process.env).toEqual(before);
  });

  it.each([[undefined], [{ hosts: ['minio.test'] }], [{ hosts: { only: [/minio/] } }]])(
    'a mock with the options %j throws, since its calls would reach the network',
    (options) => {
      const { connect } = net.Socket.prototype;
      expect(() => mockS3(options)).toThrow(refused('mockS3() captures the S3 calls of the process', runtime));
      expect(net.Socket.prototype.connect).toBe(connect);
    },
  );

  it('the option guard and the guard of all files throw', () => {
    const guarded = () => mockS3({ hosts: { only: [] }, guard: true });
    expect(guarded).toThrow(refused('The option guard refuses connections of the process', runtime));
    const guard = () =>
      startHostGuard({
        whyRefused: () => undefined,
        fileIsOver: () => false,
        testFile: { global: globalThis, process },
      });
    expect(guard).toThrow(refused('s3-versioning-mock/guard refuses the S3 calls of the process', runtime));
  });

  it('a mock that captures nothing listens, and replaces no function of Node', async () => {
    const { connect } = net.Socket.prototype;
    const s3 = mockS3({ hosts: { only: [] }, buckets: { vault: {} } });
    expect(net.Socket.prototype.connect).toBe(connect);
    const { url } = await s3.listen();
    expect((await fetch(`${url}/vault`)).status).toBe(403);
    expect(s3.requests.last()).toMatchObject({ bucket: 'vault' });
    await s3.stop();
  });
});

describe('under workerd, which calls itself Node', () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  beforeEach(() => {
    const value = { userAgent: 'Cloudflare-Workers' };
    Object.defineProperty(globalThis, 'navigator', { value, configurable: true });
  });
  afterEach(() => {
    if (before === undefined) Reflect.deleteProperty(globalThis, 'navigator');
    else Object.defineProperty(globalThis, 'navigator', before);
  });

  it('a mock throws, and says where it can run', () => {
    expect(() => mockS3()).toThrow(
      new S3MockError(
        'CANNOT_CAPTURE',
        'mockS3() captures the S3 calls of the process, but workerd does not connect through the functions of Node that this replaces, so calls would ' +
          'reach the network. Create the mock in a file of globalSetup, where Node runs, with mockS3({ hosts: { only: [] } }) and await s3.listen(), and ' +
          'give its url to the tests by provide and inject of vitest. docs/runners.md#cloudflares-workers has an example.',
      ),
    );
  });
});
