import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { answerTo, smallBody } from '../answers.mjs';
import { bundled } from '../bundle.mjs';
import { costOf } from '../cost.mjs';
import { installJest29 } from '../jest-29.mjs';
import { inProject } from '../project.mjs';

const files = 10;
const tests = 20;
const text = String(smallBody);

const client = `
const {
  S3Client, GetBucketVersioningCommand, GetObjectCommand, HeadObjectCommand, ListObjectVersionsCommand, ListObjectsV2Command, PutBucketVersioningCommand,
  PutObjectCommand,
} = require('@aws-sdk/client-s3');
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const makeClient = (options) => new S3Client({ region: 'us-east-1', credentials, maxAttempts: 1, ...options });`;

/** What a server answers that looks at the method and the sub-resource alone: the bytes of S3. */
const texts = (answer) => ({ ...answer, body: String(answer.body) });
const { 'Transfer-Encoding': _, ...headers } = answerTo('GET', true).headers;
const answers = {
  read: texts(answerTo('GET', false)),
  written: texts(answerTo('PUT', false)),
  versioned: { status: 200, headers: { ...headers, 'Content-Length': '0' }, body: '' },
  versioning: texts(answerTo('GET', true)),
  versions: {
    status: 200,
    headers: { ...headers, 'Content-Type': 'application/xml' },
    body:
      '<?xml version="1.0" encoding="UTF-8"?>\n<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>vault</Name><Prefix></Prefix>' +
      '<KeyMarker></KeyMarker><VersionIdMarker></VersionIdMarker><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><Version><Key>report.txt</Key>' +
      '<VersionId>XotaHaVOMNzhZRsX3gvDhjZHLOGdevid</VersionId><IsLatest>true</IsLatest><LastModified>2026-03-01T12:00:00.000Z</LastModified>' +
      '<ETag>&quot;8b04d5e3775d298e78455efc5ca404d5&quot;</ETag><ChecksumAlgorithm>CRC32</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>' +
      '<Size>1024</Size><Owner><ID>cc62a8caf1e81cf7f0e4a4fe9b8d2d0e3b16e7f1b2e0c1d2e3f4a5b6c7d8e9f0</ID></Owner><StorageClass>STANDARD</StorageClass></Version></ListVersionsResult>',
  },
};

const beginnings = {
  /** It replaces \`send\`, so nothing is signed, sent or read. */
  clientMock: `
    const { mockClient } = require('aws-sdk-client-mock');
    const sent = mockClient(S3Client);
    const client = makeClient();
    beforeEach(() => {
      sent.reset();
      sent.on(GetBucketVersioningCommand).resolves({ Status: 'Enabled' });
      sent.on(PutBucketVersioningCommand).resolves({});
      sent.on(PutObjectCommand).resolves({ VersionId: '3HL4kqtJvjVBH40Nrjfkd' });
      sent.on(GetObjectCommand).resolves({ Body: { transformToString: async () => ${JSON.stringify(text)} } });
      sent.on(ListObjectVersionsCommand).resolves({ Versions: [{ Key: 'report.txt' }] });
    });`,
  localhost: `
    const answers = ${JSON.stringify(answers)};
    const { createServer } = require('node:http');
    let client, server;
    const answerTo = (method, url) => {
      if (method === 'PUT') return url.includes('versioning') ? answers.versioned : answers.written;
      return url.includes('versioning') ? answers.versioning : url.includes('versions') ? answers.versions : answers.read;
    };
    beforeAll(async () => {
      server = createServer((request, response) => {
        request.resume().on('end', () => {
          const { status, headers, body } = answerTo(request.method, request.url);
          response.writeHead(status, headers).end(body);
        });
      });
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      client = makeClient({ endpoint: 'http://127.0.0.1:' + server.address().port, forcePathStyle: true });
    });
    afterAll(() => { client.destroy(); server.closeAllConnections(); server.close(); });`,
  nock: `
    const answers = ${JSON.stringify(answers)};
    const loaded = require('nock');
    const nock = loaded.default ?? loaded;
    const client = makeClient();
    beforeAll(() => {
      if (!nock.isActive()) nock.activate(); // where files share the module
      const scope = nock('https://vault.s3.us-east-1.amazonaws.com').persist();
      const reply = (interceptor, { status, headers, body }) => interceptor.reply(status, body, headers);
      reply(scope.put(/versioning/), answers.versioned);
      reply(scope.get(/versioning/), answers.versioning);
      reply(scope.get(/versions/), answers.versions);
      reply(scope.put(/report/), answers.written);
      reply(scope.get(/report/), answers.read);
    });
    afterAll(() => { nock.cleanAll(); nock.restore(); });`,
  msw: `
    const answers = ${JSON.stringify(answers)};
    const { http, HttpResponse, setupServer } = require('./msw.cjs');
    const client = makeClient();
    const give = ({ status, headers, body }) => new HttpResponse(body === '' ? null : body, { status, headers });
    const has = (request, name) => new URL(request.url).searchParams.has(name);
    const server = setupServer(
      http.put('https://vault.s3.us-east-1.amazonaws.com/*', ({ request }) => give(has(request, 'versioning') ? answers.versioned : answers.written)),
      http.get('https://vault.s3.us-east-1.amazonaws.com/*', ({ request }) =>
        give(has(request, 'versioning') ? answers.versioning : has(request, 'versions') ? answers.versions : answers.read)),
    );
    beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
    afterAll(() => server.close());`,
  /** It keeps objects in files. */
  s3rver: `
    const { mkdtempSync, rmSync } = require('node:fs');
    const S3rver = require('s3rver');
    const directory = mkdtempSync(require('node:os').tmpdir() + '/bench-s3rver-');
    let client, server;
    beforeAll(async () => {
      server = new S3rver({ port: 0, silent: true, directory, configureBuckets: [{ name: 'vault' }] });
      const { port } = await server.run();
      const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
      client = makeClient({ endpoint: 'http://127.0.0.1:' + port, forcePathStyle: true, credentials });
    });
    afterAll(async () => {
      client.destroy();
      await server.close();
      rmSync(directory, { recursive: true });
    });`,
  library: `
    const { mockS3 } = require('s3-versioning-mock/RUNNER');
    const s3 = mockS3({ buckets: { vault: {} } });
    const client = makeClient();`,
};

const putAndGet = `
      await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'report.txt', Body: ${JSON.stringify(text)} }));
      const { Body } = await client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'report.txt' }));
      expect(await Body.transformToString()).toBe(${JSON.stringify(text)});`;
const versionedCalls = `
      await client.send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration: { Status: 'Enabled' } }));
      expect((await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }))).Status).toBe('Enabled');
      ${putAndGet}
      const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
      expect(Versions).toHaveLength(1);`;

/** s3rver answers requests about versions with NotImplemented, so it gets other calls. */
const plainCalls = `
      ${putAndGet}
      expect((await client.send(new HeadObjectCommand({ Bucket: 'vault', Key: 'report.txt' }))).ContentLength).toBe(${text.length});
      for (const prefix of ['', 'report']) {
        const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: 'vault', Prefix: prefix }));
        expect(Contents).toHaveLength(1);
      }`;

/** jest does not load ES modules, which msw depends on, so that its users have them translated. */
const msw = "export { http, HttpResponse } from 'msw'; export { setupServer } from 'msw/node';";

const testsOf = (calls) => `
describe('a suite', () => {
  for (let index = 0; index < ${tests}; index += 1) {
    test('keeps an object ' + index, async () => {${calls}
    });
  }
});`;

/** How each runner runs the suite of a folder in this process, and returns how many tests passed. */
const runners = {
  jest: (folder) => runJest(folder),
  'jest 29': (folder) => runJest(folder),
  vmThreads: (folder) => runVitest(folder, 'vmThreads'),
  threads: (folder) => runVitest(folder, 'threads'),
};

/** vitest runs each file in a process of its own, so the shell tells the time of all processes. */
const poolOfProcesses = 'forks';

/** A suite as users have it, in milliseconds of the processor: ten files of twenty tests with five calls each, in a process that has run nothing before. */
export function measure(subject, runner = 'jest') {
  const isJest = runner.startsWith('jest');
  const calls = subject === 's3rver' ? plainCalls : versionedCalls;
  const text = `${client}\n${beginnings[subject]}\n${testsOf(calls)}`.replace('RUNNER', isJest ? 'jest' : 'vitest');
  return inProject(
    async (folder) => {
      for (let file = 0; file < files; file += 1)
        writeFileSync(join(folder, `file-${file}.test.${isJest ? 'js' : 'mjs'}`), isJest ? text : asModule(text));
      if (subject === 'msw') writeFileSync(join(folder, 'msw.cjs'), await bundled(msw, 'cjs'));
      process.chdir(folder); // where runners look for packages
      const { passed, suite } = await (runner === poolOfProcesses ? runForks(folder) : runHere(folder, runner));
      if (passed !== files * tests) throw new Error(`${passed} tests of ${subject} passed`);
      return { suite };
    },
    runner === 'jest 29' ? [installJest29()] : [],
  );
}

async function runHere(folder, runner) {
  let passed;
  const suite = await costOf(async () => {
    passed = await runners[runner](folder);
  });
  return { passed, suite };
}

/** The last line of `times` has the user's and the system's time of the children: `0m4.210000s 0m0.550000s`. */
function runForks(folder) {
  const options = { globals: true, silent: true, fileParallelism: false, pool: poolOfProcesses };
  writeFileSync(join(folder, 'vitest.config.mjs'), `export default { test: ${JSON.stringify(options)} };\n`);
  const results = join(folder, 'results.json');
  const program = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const words = [process.execPath, program, 'run', '--reporter=json', `--outputFile=${results}`];
  const printed = execFileSync('sh', ['-c', '"$@" >&2; times', 'sh', ...words], { encoding: 'utf8', stdio: 'pipe' });
  const last = printed.trim().split('\n').at(-1);
  const seconds = [...last.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  const { numPassedTests } = JSON.parse(readFileSync(results, 'utf8'));
  return { passed: numPassedTests, suite: 1000 * (seconds[0] + seconds[1]) };
}

function asModule(text) {
  return text.replaceAll(/require\((.+?)\)/g, 'await import($1)');
}

async function runJest(folder) {
  const { runCLI } = createRequire(join(folder, 'package.json'))('jest');
  const config = JSON.stringify({ transform: {} });
  const options = { runInBand: true, silent: true, reporters: [], cache: true, _: [], $0: '', config };
  const { results } = await runCLI(options, [folder]);
  return results.numPassedTests;
}

async function runVitest(root, pool) {
  const { startVitest } = await import('vitest/node');
  const options = { root, pool, config: false, watch: false, globals: true, silent: true, fileParallelism: false };
  const vitest = await startVitest('test', [], { ...options, reporters: [{}] });
  const cases = vitest.state.getTestModules().flatMap((one) => [...one.children.allTests('passed')]);
  await vitest.close();
  return cases.length;
}
