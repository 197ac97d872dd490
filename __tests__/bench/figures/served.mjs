import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { AwsV4Signer } from 'aws4fetch';
import { checksumOf, smallBody } from '../answers.mjs';
import { mapped, median } from '../cost.mjs';
import { libraryFolder } from '../library.mjs';

const CONNECTIONS = 64;
const SLICES = 18;
const REQUESTS = 1000;
const STARTS = 5;

const programOf = (name) => fileURLToPath(new URL(`../served/${name}`, import.meta.url));
const programs = {
  canned: [programOf('canned.mjs')],
  library: [`${libraryFolder}/cli/run.js`, '--port', '0', '--bucket', 'vault:versioning=Enabled'],
};

const calls = {
  GetBucketVersioning: { method: 'GET', path: '/vault?versioning', body: Buffer.alloc(0) },
  PutObject: { method: 'PUT', path: '/vault/report.txt', body: smallBody },
};

/**
 * A server in a process of its own, which other processes call over 64 connections: the microseconds of its processor for a request, of
 * which the client has no part; and the milliseconds on the clock from its start to its first answer.
 */
export async function measure(subject) {
  const starts = [];
  for (let index = 0; index < STARTS; index += 1) starts.push(await timeToFirstAnswer(subject));
  return { ...(await costsOf(subject)), start: median(starts) };
}

async function timeToFirstAnswer(subject) {
  const begin = performance.now();
  const server = await serve(programs[subject]);
  await new Promise((resolve, reject) => {
    const target = { port: server.port, path: '/vault?versioning', headers: { Authorization: 'AWS KEY:SIG' } };
    http.get(target, (response) => response.on('end', resolve).resume()).on('error', reject);
  });
  const time = performance.now() - begin;
  await server.end();
  return time;
}

async function costsOf(subject) {
  const server = await serve(['--require', programOf('report-cost.cjs'), ...programs[subject]]);
  const client = await Client.open(server.port);
  const costs = mapped(calls, () => []);
  const requests = await Promise.all(
    Object.entries(calls).map(async ([name, call]) => ({ name, bytes: await bytesOf(call, server) })),
  );
  for (const { bytes } of requests) await client.send(bytes, 5 * REQUESTS);
  for (let slice = 0; slice < SLICES; slice += 1) {
    for (const { name, bytes } of requests) {
      const before = await server.cost();
      await client.send(bytes, REQUESTS);
      costs[name].push(((await server.cost()) - before) / REQUESTS);
    }
  }
  client.close();
  await server.end();
  return mapped(costs, (all) => all.toSorted((one, other) => one - other)[Math.floor(SLICES / 6)]);
}

/** A request as an SDK sends it over HTTP. It may come more than once: S3 accepts a signature for some minutes. */
async function bytesOf({ method, path, body }, { port, ...keys }) {
  const host = `127.0.0.1:${port}`;
  const given = {
    'User-Agent':
      'Boto3/1.40.0 md/Botocore#1.40.0 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.12.3 cfg/retry-mode#legacy',
    'X-Amz-Content-SHA256': createHash('sha256').update(body).digest('hex'),
    'amz-sdk-invocation-id': '6e1c6b0c-2a8f-4a2f-9c50-4d4f4e6f7a50',
    'amz-sdk-request': 'attempt=1',
    ...(body.length > 0 && { 'x-amz-sdk-checksum-algorithm': 'CRC32', 'x-amz-checksum-crc32': checksumOf(body) }),
  };
  const signing = { method, url: `http://${host}${path}`, headers: given, service: 's3', region: 'us-east-1', ...keys };
  const { headers } = await new AwsV4Signer(signing).sign();
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${lines}Content-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** Starts a program that prints its address, and perhaps the keys of its account. */
async function serve(words) {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const text = await new Promise((resolve, reject) => {
    let printed = '';
    // What it prints for each request is read as well.
    child.stdout.on('data', (chunk) => {
      if (printed.endsWith('\n\n')) return;
      printed += chunk;
      if (printed.endsWith('\n\n')) resolve(printed);
    });
    ended.then(() => reject(new Error(`the server ended: ${printed}`)));
  });
  const find = (expression, other) => expression.exec(text)?.[1] ?? other;
  return {
    port: Number(find(/:(\d+)\n/)),
    accessKeyId: find(/AWS_ACCESS_KEY_ID=(\S+)/, 'AKIAIOSFODNN7EXAMPLE'),
    secretAccessKey: find(/AWS_SECRET_ACCESS_KEY=(\S+)/, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
    async cost() {
      const answer = once(child, 'message');
      child.send('cost');
      return (await answer)[0];
    },
    end() {
      child.kill();
      return ended;
    },
  };
}

/** Sends the same bytes again and again; each connection waits for an answer before it sends the next request. */
class Client {
  #sockets;
  #left = 0;
  #open = 0;
  #bytes = Buffer.alloc(0);
  #done = () => {};
  #fail = () => {};

  constructor(sockets) {
    this.#sockets = sockets;
    for (const socket of sockets) this.#readAnswers(socket);
  }

  static async open(port) {
    const sockets = Array.from({ length: CONNECTIONS }, () => connect({ port, host: '127.0.0.1', noDelay: true }));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    return new Client(sockets);
  }

  send(bytes, count) {
    this.#bytes = bytes;
    this.#left = count;
    return new Promise((resolve, reject) => {
      this.#done = resolve;
      this.#fail = reject;
      for (const socket of this.#sockets) this.#sendNext(socket);
    });
  }

  close() {
    for (const socket of this.#sockets) socket.destroy();
  }

  #sendNext(socket) {
    if (this.#left === 0) {
      if (this.#open === 0) this.#done();
      return;
    }
    this.#left -= 1;
    this.#open += 1;
    socket.write(this.#bytes);
  }

  #readAnswers(socket) {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!isComplete(text)) return;
      if (!text.startsWith('HTTP/1.1 200 ')) this.#fail(new Error(text));
      text = '';
      this.#open -= 1;
      this.#sendNext(socket);
    });
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the server has closed a connection')));
  }
}

function isComplete(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /^content-length: (\d+)$/im.exec(text.slice(0, end));
  return length === null ? text.endsWith('\r\n0\r\n\r\n') : text.length === end + 4 + Number(length[1]);
}
