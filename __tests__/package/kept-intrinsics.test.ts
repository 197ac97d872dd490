import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import vm from 'node:vm';
import { expect, it } from '@jest/globals';
import { builtPrograms } from '../support/built';

/** The names that the programs may read at each call, since tests replace what they stand for. */
const readLate = ['Date', 'setTimeout', 'process'];

/** A global object that counts the names which are read. */
function countingRealm(): { readonly load: (file: string) => unknown; readonly asked: Map<string, number> } {
  const asked = new Map<string, number>();
  const sandbox = {};
  const realm = vm.createContext(sandbox);
  const ofTheLanguage: object = vm.runInContext('globalThis', realm);
  for (const name of Object.getOwnPropertyNames(globalThis).filter((one) => one !== 'globalThis')) {
    const value: unknown = Reflect.get(ofTheLanguage, name) ?? Reflect.get(globalThis, name);
    const get = () => {
      asked.set(name, (asked.get(name) ?? 0) + 1);
      return value;
    };
    Object.defineProperty(sandbox, name, { get, configurable: true });
  }
  const loaded = new Map<string, { exports: unknown }>();
  const load = (file: string): unknown => {
    const found = loaded.get(file);
    if (found !== undefined) return found.exports;
    const module = { exports: {} };
    loaded.set(file, module);
    const native = createRequire(join(builtPrograms(), 'index.js'));
    const required = (name: string) => (name.startsWith('.') ? load(join(file, '..', name)) : native(name));
    const wrapped = `(function (exports, require, module, __dirname) { ${readFileSync(file, 'utf8')}\n})`;
    vm.runInContext(wrapped, realm)(module.exports, required, module, join(file, '..'));
    return module.exports;
  };
  return { load, asked };
}

it('the programs ask the global object for no object of the language after they are loaded', async () => {
  const { load, asked } = countingRealm();
  // The program of that module.
  const { mockS3 } = load(join(builtPrograms(), 'index.js')) as typeof import('../../src/index');
  const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
  const vault = s3.bucket('vault');
  const use = async (key: string) => {
    vault.put(key, 'some bytes');
    const { statusCode, body } = await readObject(key);
    s3.clock.advance({ days: 1 });
    return { statusCode, body, found: s3.requests.of('GetObject').length };
  };
  await use('first');
  asked.clear();
  const answered = await use('second');
  const read = [...asked.keys()].filter((name) => !readLate.includes(name));
  await s3.stop();
  expect({ ...answered, read }).toEqual({ statusCode: 200, body: 'some bytes', found: 2, read: [] });
});

function readObject(key: string): Promise<{ readonly statusCode: number | undefined; readonly body: string }> {
  const headers = { Authorization: 'AWS KEY:SIG' };
  return new Promise((resolve, reject) => {
    http
      .get({ host: 'vault.s3.amazonaws.com', path: `/${key}`, headers, agent: false }, async (response) => {
        const { statusCode } = response;
        resolve({ statusCode, body: await text(response) });
      })
      .on('error', reject);
  });
}
