import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { root } from '../../../house/files';
import { builtPrograms } from '../../../support/built';

/** Two workers open a port each, and one after the other the same port. The primary prints what they tell. */
const program = `
  const cluster = require('node:cluster');
  const [library] = process.argv.slice(1);
  async function serve() {
    const { mockS3 } = require(library);
    const tell = (message) => new Promise((resolve) => process.send(message, resolve));
    const s3 = mockS3({ hosts: { only: [] } });
    await tell((await s3.listen()).port);
    process.on('message', (port) => s3.listen({ port }).then(() => tell('shared'), ({ code }) => tell(code)));
  }
  async function lead() {
    const workers = [cluster.fork(), cluster.fork()];
    const ports = await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))));
    workers[1].send(ports[0]);
    const taken = await new Promise((resolve) => workers[1].once('message', resolve));
    console.log(JSON.stringify({ ports: new Set(ports).size, taken }));
    for (const worker of workers) worker.process.kill();
  }
  (cluster.isPrimary ? lead() : serve());
`;

it('workers of node:cluster have a port each', async () => {
  const library = join(builtPrograms(), 'index.js');
  const child = spawn(process.execPath, ['-e', program, library], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  expect(JSON.parse(await text(child.stdout))).toEqual({ ports: 2, taken: 'PORT_TAKEN' });
});
