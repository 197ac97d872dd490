import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';
import type { Ended } from '../../support/project';

const project = libraryProject('ends');

interface TestRunner {
  readonly extension: string;
  readonly head: string;
  readonly limit: (name: string, code: string) => string;
  readonly run: (...files: readonly string[]) => Promise<Ended>;
}

const imports = `
import assert from 'node:assert';
import { createHook } from 'node:async_hooks';
import { appendFileSync } from 'node:fs';
import https from 'node:https';`;

const requires = `
const assert = require('node:assert');
const { createHook } = require('node:async_hooks');
const { appendFileSync } = require('node:fs');
const https = require('node:https');`;

const testRunners: Readonly<Record<string, TestRunner>> = {
  jest: {
    extension: 'test.cjs',
    head: `${requires}\nconst { mockS3 } = require('s3-versioning-mock/jest');\nconst after = afterAll;`,
    limit: (name, code) => `test('${name}', ${code}, 3000);`,
    run: (...files) => project.jest([...files, '-i', '--testMatch', '**/*.test.cjs']),
  },
  vitest: {
    extension: 'test.mjs',
    head: `${imports}\nimport { afterAll as after, beforeEach, describe, test } from 'vitest';\nimport { mockS3 } from 's3-versioning-mock/vitest';`,
    limit: (name, code) => `test('${name}', ${code}, 3000);`,
    run: (...files) =>
      project.run(
        ['node_modules/vitest/vitest.mjs', 'run', ...files, '--no-isolate', '--no-file-parallelism', '--maxWorkers=1'],
        { NO_COLOR: '1' },
      ),
  },
  'node:test': {
    extension: 'node.mjs',
    head: `${imports}\nimport { after, beforeEach, describe, test } from 'node:test';\nimport { mockS3 as make } from 's3-versioning-mock';
const mockS3 = (options) => { const s3 = make(options); beforeEach(() => s3.reset()); after(() => s3.stop()); return s3; };`,
    limit: (name, code) => `test('${name}', { timeout: 3000 }, ${code});`,
    run: (...files) => project.run(['--test', ...files]),
  },
};

/** Each begin of a function of the test, and each real look-up or connection, is a line of a file. */
const scene = (log: string) => `
const note = (line) => appendFileSync(${JSON.stringify(log)}, line + '\\n');
createHook({ init: (id, type) => { if (/^(TCPCONNECTWRAP|GETADDRINFOREQWRAP|QUERYWRAP)$/.test(type)) note('left'); } }).enable();
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const signed = {
  'content-length': 1,
  'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
  'x-amz-date': '20260301T120000Z',
  authorization: 'AWS4-HMAC-SHA256 Credential=AKIAX/20260301/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=' + '0'.repeat(64),
};
const put = (key) => new Promise((resolve, reject) => {
  const request = https.request({ host: 'vault.s3.amazonaws.com', method: 'PUT', path: '/' + key, headers: signed }, (response) => {
    response.resume();
    response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error('refused'))));
  });
  request.on('error', reject);
  request.end('x');
});
let begin;
const begun = new Promise((resolve) => { begin = resolve; });
const slow = async () => { note('begins'); begin(); await sleep(500); await put('late').catch(() => {}); };
const failing = async () => { await put('a'); await put('b'); };
const queue = 'arn:aws:sqs:us-east-1:000000000000:uploads';
const s3 = mockS3({ buckets: { vault: {
  notification: { QueueConfigurations: [{ QueueArn: queue, Events: ['s3:ObjectCreated:*'] }] },
} } });`;

const phases = {
  run: 's3.explore({ timeout: 60000, run: async () => { await slow(); await put("b"); }, check: () => {} })',
  again: 's3.explore({ timeout: 60000, run: failing, again: slow, check: () => {} })',
  check: 's3.explore({ timeout: 60000, run: failing, check: slow })',
  handler:
    's3.explore({ timeout: 60000, run: failing, check: async ({ world }) => { world.deliverTo(queue, slow); await put("c"); await world.events.settled(); } })',
  fork: 's3.fork(async (world) => { for (let i = 0; i < 40; i += 1) { world.deliverTo(queue, slow); await put("c"); await world.events.settled(); } })',
};

const next = "test('next', async () => { note('ended'); await sleep(600); });";
const enders = {
  'the time limit': ({ limit }: TestRunner, phase: string) => `${limit('explores', `() => ${phase}`)}\n${next}`,
  'a failed beforeEach': (_: TestRunner, phase: string) => `
describe('outer', () => {
  beforeEach(async () => { const exploring = ${phase}; exploring.catch(() => {}); await begun; throw new Error('no'); });
  test('explores', () => {});
});
${next}`,
  'the end of the file': ({ limit }: TestRunner, phase: string) => limit('explores', `() => ${phase}`),
  'process.exit': (_: TestRunner, phase: string) => `
test('explores', async () => { const exploring = ${phase}; exploring.catch(() => {}); await begun; note('ended'); process.exit(1); });
${next}`,
};

describe.each(Object.entries(testRunners))('%s: the code that a mock starts', (name, runner) => {
  const cells = Object.entries(enders).flatMap(([ender, write]) =>
    Object.entries(phases)
      .filter(([phase]) => ender !== 'process.exit' || phase === 'run')
      .map(([phase, code]) => [ender, phase, write(runner, code)] as const),
  );
  it.each(cells)('ends with %s: %s', async (ender, phase, tests) => {
    const at = `${name} ${ender} ${phase}`.replaceAll(/\W+/g, '-');
    const log = `${at}.log`;
    const path = project.write(log, '');
    const first = `a-${at}.${runner.extension}`;
    const second = `b-${at}.${runner.extension}`;
    const text = `${runner.head}\n${scene(path)}`;
    project.write(first, `${text}\n${tests}`);
    project.write(second, `${text}\n${next}`);
    const { stdout, stderr } = await runner.run(first, second);
    const lines = readFileSync(path, 'utf8').split('\n');
    const end = lines.indexOf('ended');
    expect({ begun: lines.slice(0, end).includes('begins'), after: lines.slice(end), output: stdout + stderr }).toEqual(
      {
        begun: true,
        after: lines.slice(end).filter((line) => line === 'ended' || line === ''),
        output: expect.not.stringMatching(/unhandled/i),
      },
    );
    expect(lines).not.toContain('left');
  });
});
