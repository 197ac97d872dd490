import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../../src/index';
import { libraryProject } from '../../support/library-project';
import { findSignals, itWith } from '../../support/tools';
import { ask, event, rest } from '../scene';
import { beginPut, connect } from './local-names';

const signed = 'Authorization: AWS AKIA:c2lnbmF0dXJl\r\n';

let s3: MockS3;
afterEach(() => s3?.stop());

async function listen(): Promise<{ port: number; url: string; close(): Promise<void> }> {
  s3 = mockS3({ hosts: { only: [] }, buckets: { vault: {} } });
  return s3.listen();
}

const refused = (port: number) => expect(connect(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

describe.each(['close', 'stop'] as const)('%s()', (way) => {
  it('closes the port and idle connections', async () => {
    const listener = await listen();
    const agent = new http.Agent({ keepAlive: true });
    const { request } = await ask(`${listener.url}/vault`, { agent });
    const unused = await connect(listener.port);
    const [idle, silent] = [event(request.socket as NodeJS.EventEmitter, 'close'), rest(unused)];
    await (way === 'close' ? listener.close() : s3.stop());
    await Promise.all([idle, silent]);
    expect(Object.values(agent.freeSockets)).toEqual([]);
    await refused(listener.port);
  });

  it('may be called again', async () => {
    const listener = await listen();
    const end = () => (way === 'close' ? listener.close() : s3.stop());
    await Promise.all([end(), end()]);
    await expect(end()).resolves.toBeUndefined();
  });
});

describe('close()', () => {
  it('answers a request in flight after all other connections are closed', async () => {
    const { port, close } = await listen();
    const unused = await connect(port);
    const socket = await beginPut(port, '/vault/a.txt', signed);
    const [silent, answer] = [rest(unused), rest(socket)];
    const closed = close();
    await refused(port);
    await silent;
    socket.write('hello');
    expect(await answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\nConnection: close\r\n/);
    await closed;
    expect(s3.requests.last()).toMatchObject({ operation: 'PutObject', key: 'a.txt', status: 200 });
  });

  it('leaves another listener of the mock open', async () => {
    const one = await listen();
    const other = await s3.listen();
    expect(other.port).not.toBe(one.port);
    await one.close();
    await refused(one.port);
    expect(await ask(`${other.url}/vault`)).toMatchObject({ status: 403 });
    await s3.stop();
    await refused(other.port);
  });
});

describe('stop()', () => {
  it('answers a request in flight that the mock was stopped', async () => {
    const { port } = await listen();
    const socket = await beginPut(port, '/vault/a.txt', signed);
    const answer = rest(socket);
    await s3.stop();
    expect(await answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*<Code>S3MockStopped<\/Code>/);
    expect(s3.requests.length).toBe(0);
  });

  it('closes a port that is just being opened', async () => {
    s3 = mockS3({ hosts: { only: [] } });
    const opening = s3.listen();
    await s3.stop();
    await refused((await opening).port);
  });
});

describe('a process', () => {
  const project = libraryProject('listen');

  it('ends after close(): no timer or socket of the mock keeps it alive', async () => {
    const script = `
      const { mockS3 } = require('s3-versioning-mock');
      const s3 = mockS3({ hosts: { only: [] } });
      s3.listen().then(async ({ url, close }) => {
        const { status } = await fetch(url + '/vault');
        await close();
        console.log(status);
      });`;
    expect(await project.run(['-e', script])).toEqual({ code: 0, stdout: '404\n', stderr: '' });
  });

  const begin = `
    const http = require('node:http');
    const { fork } = require('node:child_process');
    const { Worker } = require('node:worker_threads');
    const { mockS3 } = require('s3-versioning-mock');
    const get = (url, agent) => new Promise((resolve, reject) =>
      http.get(url + '/vault/', { headers: { Authorization: 'AWS AKIA:c2lnbmF0dXJl', Date: new Date().toUTCString() }, agent }, (response) =>
        response.resume().on('end', () => resolve(response.statusCode))).on('error', reject));
    const make = () => mockS3({ hosts: { only: [] }, buckets: { vault: {} } });
    const call = async () => process.send(await get(process.env.AWS_ENDPOINT_URL_S3));`;
  const run = async (script: string) => {
    project.write('run.js', `${begin}\n(async () => {\n${script}\n})();`);
    return project.run(['run.js']);
  };

  it.each([
    ['a port', 'await make().listen();'],
    [
      'several ports, one of them in the environment',
      'const s3 = make(); await s3.listen(); await s3.listen({ env: true });',
    ],
    [
      'a kept connection of its own',
      'const { url } = await make().listen(); await get(url, new http.Agent({ keepAlive: true }));',
    ],
    [
      'the connection of a fetch, whose answer it does not read',
      "const { url } = await make().listen(); await fetch(url + '/vault');",
    ],
    [
      'the delayed reply to a client that has gone',
      `const s3 = make();
       s3.on('*').delay({ milliseconds: 2_000_000 });
       const { url } = await s3.listen();
       const sent = http.get(url + '/vault/').on('error', () => {});
       sent.once('finish', () => setTimeout(() => sent.destroy(), 20));`,
    ],
    [
      'the stalled answer to a client that has gone, at the port and in memory',
      `const s3 = mockS3({ buckets: { vault: {} } });
       s3.on('*').stall();
       const { url } = await s3.listen();
       for (const base of [url, 'http://s3.amazonaws.com'])
         http.get(base + '/vault/', (response) => response.once('error', () => {}).destroy()).on('error', () => {});`,
    ],
    [
      'a port that a worker opened',
      'new Worker("require(\'s3-versioning-mock\').mockS3({ hosts: { only: [] } }).listen();", { eval: true });',
    ],
  ])('ends beside %s', async (_, script) => {
    expect(await run(script)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each([
    [
      'an answer that it asked its own port for, however late',
      `const s3 = make();
       s3.on('*').delay({ milliseconds: 100 });
       console.log(await get((await s3.listen()).url));`,
    ],
    [
      'a child process that calls the port',
      `if (process.send) return call();
       const s3 = make();
       await s3.listen({ env: true });
       fork(__filename).once('message', (status) => console.log(status));`,
    ],
    [
      'a worker that calls the port',
      `const { isMainThread, parentPort } = require('node:worker_threads');
       if (!isMainThread) return parentPort.postMessage(await get(process.env.AWS_ENDPOINT_URL_S3));
       const s3 = make();
       await s3.listen({ env: true });
       new Worker(__filename).once('message', console.log);`,
    ],
  ])('lives on while it waits for %s', async (_, script) => {
    expect(await run(script)).toEqual({ code: 0, stdout: '200\n', stderr: '' });
  });

  describe('that only serves', () => {
    const serve = (options: string) => {
      project.write(
        'server.js',
        `${begin}
         process.on('SIGTERM', async () => { await s3.stop(); process.exitCode = 7; });
         const s3 = make();
         s3.listen(${options}).then(({ port }) => console.log(port));`,
      );
      return spawn(process.execPath, [join(project.folder, 'server.js')]);
    };

    itWith(findSignals(), 'lives on with { ref: true }, until its port is closed', async () => {
      const server = serve('{ ref: true }');
      const [port] = await once(server.stdout, 'data');
      const exited = once(server, 'exit');
      // Two answers: without its port, the process would have ended after the first.
      for (const path of ['/vault', '/vault/a'])
        expect(await ask(`http://127.0.0.1:${Number(port)}${path}`)).toMatchObject({ status: 403 });
      server.kill('SIGTERM');
      expect(await exited).toEqual([7, null]);
    });

    it.each(['', '{ ref: false }'])('ends by itself after listen(%s)', async (options) => {
      expect(await once(serve(options), 'exit')).toEqual([0, null]);
    });
  });

  it.each([
    ['an idle connection', 'GET /vault/ HTTP/1.1\r\nHost: localhost\r\n', ''],
    [
      'a request whose reply is delayed',
      'GET /vault/ HTTP/1.1\r\nHost: localhost\r\n',
      "s3.on('*').delay({ milliseconds: 2_000_000 });",
    ],
    ['a request whose answer stalls', 'GET /vault/ HTTP/1.1\r\nHost: localhost\r\n', "s3.on('*').stall();"],
    ['half of a request', 'PUT /vault/a.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n', ''],
    ['a stream of the door', 'GET /_mock/requests HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n', ''],
  ])('ends although another process keeps %s open', async (_, head, prepare) => {
    project.write(
      'served.js',
      `${begin}
       const s3 = make();
       ${prepare}
       s3.listen().then(({ port }) => process.send(port));
       process.once('message', () => process.disconnect());`,
    );
    const served = fork(join(project.folder, 'served.js'), { execArgv: [] });
    const [port] = await once(served, 'message');
    const socket = await connect(port);
    socket.on('error', () => {});
    socket.write(`${head}Authorization: AWS AKIA:c2lnbmF0dXJl\r\n\r\n`);
    const exited = once(served, 'exit');
    // An answer to a later request: by then the first one has come.
    await ask(`http://127.0.0.1:${port}/_mock/clock`);
    served.send('end');
    expect(await exited).toEqual([0, null]);
    socket.destroy();
  });
});
