import { expect, it } from '@jest/globals';
import { openHandles, passed, readJestRun } from '../../support/jest-run';
import { libraryProject } from '../../support/library-project';

const project = libraryProject('endless-bodies');

/** The mock reads this function at its import, and has a hundredth of its patience then. */
const hasten = `
  const timers = require('node:timers');
  const { setInterval: repeat } = timers;
  timers.setInterval = (act, milliseconds, ...values) => repeat(act, milliseconds / 100, ...values);
`;

const url = 'https://vault.s3.amazonaws.com/a.txt';
const signed = "{ Authorization: 'AWS AKIA:signature', Date: new Date().toUTCString() }";

/** Each resolves to the answer to a request whose body never ends. */
const clients: Readonly<Record<string, string>> = {
  'https, with a length': `byNode({ 'Content-Length': 10 })`,
  'https, in chunks': `byNode({ 'Transfer-Encoding': 'chunked', ...framed })`,
  fetch: `fetch('${url}', {
    method: 'PUT',
    headers: { ...${signed}, ...framed },
    duplex: 'half',
    body: new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('begun')) }),
  }).then(async (answer) => [answer.status, await answer.text()])`,
  undici: `require('undici').request('${url}', {
    method: 'PUT',
    headers: { ...${signed}, 'Content-Length': '10' },
    body: new (require('node:stream').Readable)({ read() { if (!this.isBegun) this.push('begun'); this.isBegun = true; } }),
  }).then(async ({ statusCode, body }) => [statusCode, await body.text()])`,
};

const byNode = `
  const framed = { 'X-Amz-Content-Sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'X-Amz-Decoded-Content-Length': '10' };
  const https = require('node:https');
  const byNode = (headers) => new Promise((resolve, reject) => {
    const request = https.request('${url}', { method: 'PUT', headers: { ...${signed}, ...headers } }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => { text += chunk; }).on('end', () => resolve([answer.statusCode, text]));
    });
    request.on('error', reject);
    request.write('begun');
  });
`;

const expected = [400, expect.stringContaining('<Code>RequestTimeout</Code>')];

it.each(Object.entries(clients))(
  'a body that never ends keeps a program alive until its answer: %s',
  async (_, call) => {
    project.write(
      'program.cjs',
      `${hasten}${byNode}
    const { mockS3 } = require('s3-versioning-mock');
    mockS3({ buckets: { vault: {} } });
    (async () => console.log(JSON.stringify(await ${call})))();`,
    );
    const { code, stdout, stderr } = await project.run(['program.cjs']);
    expect({ code, stderr, answer: JSON.parse(stdout || 'null') }).toEqual({ code: 0, stderr: '', answer: expected });
  },
);

const testFile = (body: string, entry: string) => `
  ${hasten}${byNode}
  const { mockS3 } = require('${entry}');
  const s3 = mockS3({ buckets: { vault: {} } });
  ${body}
`;

it.each(['s3-versioning-mock', 's3-versioning-mock/jest'])(
  'under jest, bodies that never end are answered and leave no handle open: %s',
  async (entry) => {
    project.write(
      'answered.test.js',
      testFile(
        `${Object.entries(clients)
          .map(
            ([name, call]) => `test('${name}', async () => {
              const [status, text] = await ${call};
              expect({ status, code: /<Code>(\\w+)/.exec(text)?.[1] }).toEqual({ status: 400, code: 'RequestTimeout' });
              expect(s3.requests.last()).toMatchObject({ operation: 'PutObject', error: { code: 'RequestTimeout' } });
              expect(s3.bucket('vault').keys).toEqual([]);
            });`,
          )
          .join('\n')}`,
        entry,
      ),
    );
    const ended = await project.jest(['--detectOpenHandles', '--json', 'answered.test.js']);
    const { tests, stderr, code } = readJestRun(ended);
    expect({ tests, code, handles: openHandles(stderr) }).toEqual({
      tests: Object.fromEntries(Object.keys(clients).map((name) => [`answered: ${name}`, passed])),
      code: 0,
      handles: [],
    });
    expect(stderr).not.toMatch(/did not exit/i);
  },
);

it.each(['s3-versioning-mock', 's3-versioning-mock/jest'])(
  'under jest, a body that never ends is over when its mock stops, and leaves no handle open: %s',
  async (entry) => {
    project.write(
      'left.test.js',
      testFile(
        `test('is stopped', async () => {
          const left = byNode({ 'Content-Length': 10 });
          await new Promise((resolve) => setTimeout(resolve, 20));
          await s3.stop();
          expect((await left)[1]).toContain('<Code>S3MockStopped</Code>');
        });`,
        entry,
      ),
    );
    const { code, stderr } = await project.jest(['--detectOpenHandles', 'left.test.js']);
    expect({ code, handles: openHandles(stderr) }).toEqual({ code: 0, handles: [] });
    expect(stderr).not.toMatch(/did not exit/i);
  },
);
