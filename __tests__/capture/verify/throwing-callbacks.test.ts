import { describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';

const project = libraryProject('throwing-callbacks');

/** Runs a program that reads an object of 200,000 bytes; returns its lines. In a process of its own: under jest, what a callback throws fails the test. */
async function linesOf(program: string): Promise<readonly string[]> {
  project.write(
    'program.cjs',
    `const { mockS3 } = require('s3-versioning-mock');
    const http = require('http');
    const net = require('net');
    const s3 = mockS3({ buckets: { vault: { objects: { 'a.txt': Buffer.alloc(200000, 'a') } } } });
    process.on('uncaughtException', ({ message }) => console.log(message));
    const host = { host: 'vault.s3.amazonaws.com', port: 80 };
    const options = { ...host, path: '/a.txt', headers: { Authorization: 'AWS AKIA:c2lnbmF0dXJl' } };
    const head = [
      'GET /a.txt HTTP/1.1', 'Host: vault.s3.amazonaws.com', 'Authorization: AWS AKIA:c2lnbmF0dXJl', 'Connection: close', '', '',
    ].join('\\r\\n');
    let bytes = 0;
    let thrown = false;
    const throwOnce = (message) => {
      if (thrown) return;
      thrown = true;
      throw new Error(message);
    };
    ${program}`,
  );
  const { code, stdout, stderr } = await project.run(['program.cjs']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trim().split('\n');
}

/** Reads the object over a socket; says whether all of its bytes came, and that the socket closed. */
const readOver = (socket: string) => `const socket = ${socket};
  socket.on('end', () => console.log('end', bytes > 200000)).on('close', () => console.log('close'));
  socket.write(head);`;

// Each case was compared with a server of Node on localhost.
describe('an answer arrives to its end although', () => {
  it.each<[what: string, program: string, lines: readonly string[]]>([
    [
      'the callback of the end of a request throws',
      `http.request(options, (answer) => {
        answer.resume().on('end', () => console.log(answer.statusCode));
      }).end(() => throwOnce('callback'));`,
      ['callback', '200'],
    ],
    [
      "a listener of a socket's data throws",
      readOver(`net.connect(host).on('data', (chunk) => {
        bytes += chunk.length;
        throwOnce('data');
      })`),
      ['data', 'end true', 'close'],
    ],
    [
      "a listener of a socket's readable throws",
      readOver(`net.connect(host).on('readable', () => {
        for (let chunk = socket.read(); chunk; chunk = socket.read()) bytes += chunk.length;
        throwOnce('readable');
      })`),
      ['readable', 'end true', 'close'],
    ],
    [
      'the callback of onread throws',
      readOver(`net.connect({ ...host, onread: {
        buffer: Buffer.alloc(50000),
        callback: (size) => {
          bytes += size;
          throwOnce('onread');
          return true;
        },
      } })`),
      ['onread', 'end true', 'close'],
    ],
    [
      'the callback of a write throws, for which the mock was waited for',
      `const socket = net.connect(host);
      socket.on('data', (chunk) => console.log(String(chunk).slice(9, 12))).on('close', () => console.log('close'));
      socket.write(head.replace('GET /a.txt', 'PUT /b').replace(/\\r\\n$/, 'Content-Length: 3000000\\r\\n\\r\\n'));
      for (let part = 0; part < 30; part += 1)
        socket.write(Buffer.alloc(100000, 'a'), part === 29 ? () => throwOnce('written') : undefined);`,
      ['written', '200', 'close'],
    ],
    [
      "a listener of a socket's ready throws",
      `http.get(options, (answer) => {
        answer.resume().on('end', () => console.log(answer.statusCode));
      }).on('socket', (socket) => socket.on('ready', () => throwOnce('ready')));`,
      ['ready', '200'],
    ],
    [
      'a listener of the data of a kept socket throws, and so does the next',
      `const agent = new http.Agent({ keepAlive: true });
      const get = (then) => http.get({ ...options, agent }, (answer) => {
        answer.resume().on('end', () => {
          console.log('end');
          then();
        });
      }).on('socket', (socket) => socket.on('data', () => throwOnce('data')));
      get(() => setImmediate(get, () => agent.destroy()));`,
      ['data', 'end', 'end'],
    ],
  ])(
    '%s',
    async (_what, program, lines) => {
      expect(await linesOf(program)).toEqual(lines);
    },
    60_000,
  );
});

it('a request without an agent closes although the listener of its response throws', async () => {
  const program = `http.get({ ...options, agent: false }, () => throwOnce('response'))
    .on('error', () => {}).on('close', () => console.log('close'));`;
  expect(await linesOf(program)).toEqual(['response', 'close']);
});
