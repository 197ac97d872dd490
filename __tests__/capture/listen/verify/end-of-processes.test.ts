import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../../support/library-project';
import { findSignals, itWith } from '../../../support/tools';
import { ask } from '../../scene';
import { connect } from '../local-names';

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
