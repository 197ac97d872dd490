import { execFileSync } from 'node:child_process';
import https from 'node:https';
import { costOf } from '../cost.mjs';
import { libraryFolder, loadLibrary } from '../library.mjs';

/**
 * In a new process, in milliseconds of the processor: `require` of the main entry, the first mock, and the first calls, with what Node's own client
 * takes for its first. Then in processes of their own: the first call of a server on localhost, which is the floor, and `require` of the matchers.
 */
export async function measure() {
  let library;
  let s3;
  const main = await costOf(() => {
    library = loadLibrary();
  });
  const firstMock = await costOf(() => {
    s3 = library.mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { key: 'body' } } } });
  });
  const firstCall = await costOf(() => get('/?versioning'));
  const firstGetObject = await costOf(() => get('/key'));
  await s3.stop();
  const ofLocalhost = firstCallOfLocalhost();
  const firstCallAbove = firstCall - ofLocalhost;
  return { main, firstMock, firstCall, ofLocalhost, firstCallAbove, firstGetObject, matchers: matchersAlone() };
}

function get(path) {
  const headers = { Authorization: 'AWS KEY:SIG' };
  return new Promise((resolve, reject) => {
    https
      .get(`https://vault.s3.us-east-1.amazonaws.com${path}`, { headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`GET ${path}: ${response.statusCode}`));
        response.on('end', resolve).resume();
      })
      .on('error', reject);
  });
}

/**
 * Client and server are in one process, as with the library, and the host has the same name: Node takes 5 ms to find that the first name is
 * no address.
 */
function firstCallOfLocalhost() {
  return printedBy(`
    const http = require('node:http');
    const host = 'vault.s3.us-east-1.amazonaws.com';
    const address = { address: '127.0.0.1', family: 4 };
    const lookup = (_name, { all }, found) => (all ? found(null, [address]) : found(null, address.address, 4));
    const server = http.createServer((_request, response) => response.end('<VersioningConfiguration/>'));
    server.listen(0, address.address, () => {
      const { port } = server.address();
      const start = process.cpuUsage();
      http.get({ host, port, path: '/?versioning', lookup }, (response) => {
        response.on('end', () => print(start)).resume();
        response.on('end', () => server.close());
      });
    });`);
}

function matchersAlone() {
  return printedBy(`
    const start = process.cpuUsage();
    require(${JSON.stringify(`${libraryFolder}/testing/matchers.js`)});
    print(start);`);
}

function printedBy(program) {
  const print = `
    function print(start) {
      const { user, system } = process.cpuUsage(start);
      console.log((user + system) / 1000);
    }`;
  return Number(execFileSync(process.execPath, ['-e', print + program], { encoding: 'utf8' }));
}
