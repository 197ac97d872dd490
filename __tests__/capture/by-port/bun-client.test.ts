import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type BunRules,
  bunClientPlaces,
  replaceBodyClasses,
  watchBunFiles,
} from '../../../src/capture/by-port/bun-client';
import { layPlaces } from '../../../src/capture/patches';

/**
 * Bun's client connects by itself, so a client with its rules stands for it here: each function returns the place to which it would connect. Real
 * calls are in `installed/bun-client.test.ts`.
 */
interface Options {
  readonly endpoint?: string;
  readonly region?: string;
  readonly bucket?: string;
  readonly accessKeyId?: string;
  readonly expiresIn?: number;
}

const placeOf = ({ endpoint, region, accessKeyId }: Options) => {
  if (accessKeyId === undefined) throw Object.assign(new Error('no keys'), { code: 'ERR_S3_MISSING_CREDENTIALS' });
  const at = endpoint ?? `https://s3.${region ?? 'us-east-1'}.amazonaws.com`;
  return `${at} ${accessKeyId} ${region ?? (endpoint === undefined ? 'us-east-1' : 'auto')}`;
};

const sign = (key: string, options: Options) => {
  if (options.expiresIn !== undefined && options.expiresIn < 0) throw new TypeError('expiresIn');
  const [at, accessKeyId, region] = placeOf(options).split(' ');
  return `${at}/${key}?X-Amz-Credential=${accessKeyId}%2F20260101%2F${region}%2Fs3%2Faws4_request`;
};

class S3Client {
  constructor(readonly own: Options = {}) {}
  static presign = (key: string, options: Options = {}) => sign(key, options);
  presign(key: string, options: Options = {}) {
    return sign(key, { ...this.own, ...options });
  }
  async write(_key: string, _body: unknown, options: Options = {}) {
    return placeOf({ ...this.own, ...options });
  }
  async list(_input?: object, options: Options = {}) {
    return placeOf({ ...this.own, ...options });
  }
  file(key: string, options: Options = {}) {
    return new S3File(key, { ...this.own, ...options });
  }
}

class S3File {
  constructor(
    readonly key: string,
    readonly own: Options,
  ) {}
  presign(options: Options = {}) {
    return sign(this.key, { ...this.own, ...options });
  }
  async text() {
    return placeOf(this.own);
  }
  stream() {
    return placeOf(this.own);
  }
  slice(_begin: number) {
    return new S3File(this.key, this.own);
  }
  async write(_body: unknown, options: Options = {}) {
    return placeOf({ ...this.own, ...options });
  }
}

const keys = { accessKeyId: 'AKIA' };
const port = 'http://127.0.0.1:1';
const answered = `${port} AKIA us-east-1`;
const early = new S3Client(keys).file('early');
let takeOff = () => {};

function start({ env = {}, isOver = false }: { readonly env?: object; readonly isOver?: boolean } = {}): BunRules {
  const rules: BunRules = {
    isOver: () => isOver,
    leadClient: ({ host }) => (host.endsWith('.amazonaws.com') ? port : undefined),
    errorOfClient: ({ host }, { name }) => (host === '127.0.0.1' ? undefined : new Error(`${host} by ${name}`)),
    global: Object.assign(Object.create(globalThis), { process: { env } }),
  };
  takeOff = layPlaces(bunClientPlaces(globalThis), rules);
  return rules;
}

beforeEach(() => {
  const bun = { S3Client, s3: new S3Client(), file: (path: string, options: Options) => new S3File(path, options) };
  Object.assign(globalThis, { Bun: bun });
  watchBunFiles(globalThis);
});
afterEach(() => {
  takeOff();
  Reflect.deleteProperty(globalThis, 'Bun');
});

describe("a call of bun's own client to a host of the mock", () => {
  it('goes to the port, and is signed for the region that it had', async () => {
    start();
    expect(await new S3Client(keys).write('a', 'a')).toBe(answered);
    expect(await new S3Client({ ...keys, region: 'eu-west-1' }).list()).toBe(`${port} AKIA eu-west-1`);
    expect(await new S3Client().write('a', 'a', keys)).toBe(answered);
  });

  it('goes there whatever other options it has: bun signs no address with them', async () => {
    start();
    expect(await new S3Client(keys).write('a', 'a', { expiresIn: -1 })).toBe(answered);
  });

  it('of a file goes there by the file, made again, or by its options', async () => {
    start();
    const file = new S3Client(keys).file('a');
    expect(await file.text()).toBe(answered);
    expect(file.stream()).toBe(answered);
    expect(await file.slice(1).text()).toBe(answered);
    expect(await file.write('a')).toBe(answered);
  });

  it('of a file of before the library is refused, unless it takes options', async () => {
    start();
    await expect(early.text()).rejects.toThrow(/^s3\.us-east-1\.amazonaws\.com by A file .* made before the library/);
    expect(() => early.stream()).toThrow(/made before the library/);
    expect(await early.write('a')).toBe(answered);
  });

  it('without keys gets the keys and the region of the environment', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-west-1' };
    start({ env });
    expect(await new S3Client().write('a', 'a')).toBe(`${port} ENV eu-west-1`);
    expect(new S3Client().presign('a')).toMatch(/^https:\/\/s3\.eu-west-1\.amazonaws\.com\/a\?.*=ENV%2F/);
    expect(await new S3Client(keys).write('a', 'a')).toBe(answered);
  });

  it('without keys anywhere says what is missing, as in bun', async () => {
    start();
    await expect(new S3Client().write('a', 'a')).rejects.toThrow('no keys');
  });
});

describe("a call of bun's own client to another host", () => {
  it('passes to a server that the rules let through, and fails at another', async () => {
    start();
    const local = new S3Client({ ...keys, endpoint: 'http://127.0.0.1:9000' });
    expect(await local.write('a', 'a')).toBe('http://127.0.0.1:9000 AKIA auto');
    const other = new S3Client({ ...keys, endpoint: 'https://storage.test' });
    await expect(other.write('a', 'a')).rejects.toThrow('storage.test by Bun.S3Client');
    await expect(other.file('a').text()).rejects.toThrow('storage.test by Bun.S3Client');
  });

  it('is left alone after the mock', async () => {
    start({ isOver: true });
    expect(await new S3Client(keys).write('a', 'a')).toBe('https://s3.us-east-1.amazonaws.com AKIA us-east-1');
  });
});

describe('a class that is made of files', () => {
  it('gets the file that leads to the mock', async () => {
    const made: unknown[] = [];
    class Blob {
      constructor(parts: unknown[]) {
        made.push(...parts);
      }
    }
    const rules = start();
    const global = { Bun: Reflect.get(globalThis, 'Bun'), Blob };
    replaceBodyClasses(global, () => [{ ...rules, global: { ...rules.global, ...global } as never }]);
    const blob = new global.Blob([new S3Client(keys).file('a'), 'text']);
    expect(blob).toBeInstanceOf(Blob);
    expect(made).toEqual([expect.objectContaining({ own: { ...keys, endpoint: port, region: 'us-east-1' } }), 'text']);
  });
});
