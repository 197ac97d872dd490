import { GetBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { heapUsed, line, median } from './report.mjs';
import { recordAnswer, subjects } from './subjects.mjs';

const FIVE_MEGABYTES = Buffer.alloc(5 * 1024 * 1024, 's3 ');
const get = (client) => client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
const put = (client) => client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'five', Body: FIVE_MEGABYTES }));

/** Compares the cost of a call with the mock, without it, and with its alternatives. */
export async function measureCalls() {
  await compare('GetBucketVersioning', 'GET', get, { rounds: 25, calls: 200, callsOfNock: 20 });
  // nock 14 never answers Expect: 100-continue, so that the SDK waits six seconds for it. One call shows that.
  await compare('PutObject of 5 MB', 'PUT', put, { rounds: 15, calls: 4, callsOfNock: 0 });
  await measureMemory();
}

async function compare(title, method, call, { rounds, calls, callsOfNock }) {
  const answer = await recordAnswer(method, call);
  const measured = { alone: [], aloneByHttp: [], mock: [], localhost: [], nock: [] };
  const longest = { alone: 0, aloneByHttp: 0, mock: 0, localhost: 0, nock: 0 };
  for (let round = -2; round < rounds; round += 1) {
    for (const name of rotated(Object.keys(measured), round)) {
      const count = name === 'nock' ? callsOfNock : calls;
      if (count === 0) continue;
      const times = await timeCalls(name, answer, call, count);
      if (round < 0) continue; // the first rounds only warm up
      measured[name].push(times.reduce((sum, time) => sum + time, 0) / times.length);
      longest[name] = Math.max(longest[name], ...times);
    }
  }
  if (callsOfNock === 0) {
    const times = await timeCalls('nock', answer, call, 1);
    measured.nock.push(...times);
    longest.nock = Math.max(...times);
  }
  report(title, measured, longest);
}

/** Returns the milliseconds of each call, with a client that has made a few calls before. */
async function timeCalls(name, answer, call, count) {
  const { client, close } = await subjects[name](answer);
  if (count > 1) for (let warm = 0; warm < 3; warm += 1) await call(client);
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const start = performance.now();
    await call(client);
    times.push(performance.now() - start);
  }
  await close();
  return times;
}

function report(title, measured, longest) {
  const alone = median(measured.alone);
  const aloneByHttp = median(measured.aloneByHttp);
  const rows = [
    ['the client alone', measured.alone, alone, longest.alone],
    ['s3-versioning-mock', measured.mock, alone, longest.mock],
    ['http server on localhost', measured.localhost, aloneByHttp, longest.localhost],
    ['nock 14', measured.nock, alone, longest.nock],
  ];
  const overhead = Object.fromEntries(rows.map(([name, times, base]) => [name, median(times) - base]));
  console.log(`\n${title}: milliseconds a call, medians of ${measured.mock.length} interleaved rounds`);
  console.log(line(['', 'a call', 'overhead', 'ratio to alone', 'longest call']));
  for (const [name, times, base, most] of rows) {
    const time = median(times);
    console.log(line([name, ms(time), ms(time - base), (time / base).toFixed(2), ms(most)]));
  }
  const ratio = overhead['s3-versioning-mock'] / overhead['http server on localhost'];
  console.log(`Overhead of s3-versioning-mock / overhead of localhost: ${ratio.toFixed(2)}`);
}

async function measureMemory() {
  const calls = 5000;
  const before = heap();
  const { client, s3, close } = await subjects.mock();
  for (let index = 0; index < 200; index += 1) await get(client);
  s3.requests.clear();
  const warm = heap();
  for (let index = 0; index < calls; index += 1) await get(client);
  const kept = heap();
  s3.requests.clear();
  const cleared = heap();
  await close();
  console.log(`\nMemory: heap after ${calls} calls of GetBucketVersioning`);
  console.log(line(['all requests kept', `+${(kept - warm).toFixed(1)} MB`]));
  console.log(line(['requests cleared', `${(cleared - warm).toFixed(1)} MB`]));
  console.log(line(['stopped', `${(heap() - before).toFixed(1)} MB more than before it started`]));
}

function heap() {
  return heapUsed() / 2 ** 20;
}

function rotated(list, by) {
  const at = ((by % list.length) + list.length) % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

function ms(time) {
  return time.toFixed(3);
}
