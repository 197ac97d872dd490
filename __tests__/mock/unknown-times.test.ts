import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { thisTestFile } from '../../src/border/this-test-file';
import { Lifetime } from '../../src/mock/lifetime';
import type { MockS3Options } from '../../src/mock/options';
import * as screens from '../../src/screen/index';
import { presignV4 } from '../support/clients/signer';
import { send } from '../support/wire-client';

const foreign = { accessKeyId: 'AKIAFOREIGN', secretAccessKey: 'of-nobody' };
const presign = (path: string) =>
  presignV4({ method: 'GET', host: 's3.amazonaws.com', path }, { ...foreign, at: new Date(Date.now()) }, 60);
const use = (path: string) => send({ path, headers: { Authorization: undefined } });
const note =
  "the mock's clock was moved within the second in which the url was signed, and the mock takes the url for signed after that; if it was signed before, S3 would answer 403 AccessDenied, Request has expired; mockS3({ verifySignatures: true }) takes it for signed before";

let file: typeof thisTestFile;
let warnings: string[];
const started = new Set<Lifetime>();
beforeEach(() => {
  file = { ...thisTestFile, warned: new Set() };
  warnings = [];
  jest.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(String(warning)));
  jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-03-31T12:00:00.200Z'));
});
afterEach(async () => {
  for (const lifetime of started) await stop(lifetime);
  jest.restoreAllMocks();
});

function start(options: MockS3Options = {}): Lifetime {
  const lifetime = new Lifetime(
    { buckets: { vault: { objects: { k: 'first' } } }, ...options },
    () => ({ file: 'a.test.ts', place: 'a.test.ts:1:1' }),
    file,
    () => screens,
  );
  lifetime.start();
  started.add(lifetime);
  return lifetime;
}

async function stop(lifetime: Lifetime): Promise<void> {
  started.delete(lifetime);
  await lifetime.stop();
  lifetime.restoreEnvironment();
}

async function useInDoubt({ state }: Lifetime): Promise<void> {
  const urls = ['/vault/k', '/vault/l'].map(presign);
  state.store.clock.advance({ minutes: 5 });
  for (const url of urls) await use(url);
}

it('a mock that stops warns of a url of which nobody knows whether it has expired, once a file', async () => {
  for (const _mock of [1, 2]) {
    const lifetime = start();
    await useInDoubt(lifetime);
    await stop(lifetime);
  }
  expect(warnings).toEqual([`GetObject vault/k: ${note}. The mock was created at a.test.ts:1:1.`]);
});

it('under a runner, the warning waits for the end of the file', async () => {
  const lifetime = start();
  lifetime.setRunner({ testIsRunning: () => true });
  await useInDoubt(lifetime);
  await stop(lifetime);
  expect(warnings).toEqual([]);
  for (const _time of [1, 2]) lifetime.warnings.ofDoubt();
  expect(warnings).toHaveLength(1);
});

it('a failed test that shows the note counts as the warning', async () => {
  const lifetime = start();
  await useInDoubt(lifetime);
  const failed = { errors: [{ name: 'Error', message: 'expected 403' }], isConcurrent: false, isTimedOut: false };
  expect(lifetime.explain(failed).join('\n')).toContain(note);
  await stop(lifetime);
  expect(warnings).toEqual([]);
});

it('a test that fails before the request does not', async () => {
  const lifetime = start();
  await useInDoubt(lifetime);
  lifetime.endRequestsOfTest();
  lifetime.explain({ errors: [{ name: 'Error', message: 'expected 403' }], isConcurrent: false, isTimedOut: false });
  await stop(lifetime);
  expect(warnings).toHaveLength(1);
});

it.each<[what: string, options: MockS3Options, act: (lifetime: Lifetime) => Promise<unknown>]>([
  [
    'was also used before the move',
    {},
    async ({ state }) => {
      const url = presign('/vault/k');
      await use(url);
      state.store.clock.advance({ minutes: 5 });
      await use(url);
    },
  ],
  [
    'is valid either way',
    {},
    async ({ state }) => {
      const url = presign('/vault/k');
      state.store.clock.advance({ seconds: 50 });
      await use(url);
    },
  ],
  ['is not checked', { verifySignatures: false }, useInDoubt],
])('there is no warning of a url that %s', async (_what, options, act) => {
  const lifetime = start(options);
  await act(lifetime);
  await stop(lifetime);
  expect(warnings).toEqual([]);
});
