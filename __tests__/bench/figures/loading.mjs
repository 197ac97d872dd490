import { execFileSync } from 'node:child_process';
import https from 'node:https';
import { costOf } from '../cost.mjs';
import { libraryFolder, loadLibrary } from '../library.mjs';

/**
 * In a new process, in milliseconds of the processor: `require` of the main entry, the first mock, and the first calls, with what Node's own client
 * takes for its first; and `require` of the matchers in a process of their own.
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
  return { main, firstMock, firstCall, firstGetObject, matchers: matchersAlone() };
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

function matchersAlone() {
  const program = `
    const start = process.cpuUsage();
    require(${JSON.stringify(`${libraryFolder}/testing/matchers.js`)});
    const { user, system } = process.cpuUsage(start);
    console.log((user + system) / 1000);`;
  return Number(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }));
}
