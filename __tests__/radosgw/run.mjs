/**
 * Plays the facts against Ceph's Object Gateway on this machine, and compares them with the run in the specification: `npm run tool radosgw`, after
 * `apt-get install radosgw ceph-mon ceph-osd`. Arguments go to the subcommand, such as `-- --write .` for the file of which
 * `npm run tool runs` writes the run. The cluster has one monitor and one OSD, in memory, and is gone at the end.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const programs = ['radosgw', 'radosgw-admin', 'ceph', 'ceph-mon', 'ceph-osd', 'monmaptool'];
const command = fileURLToPath(new URL('../../dist/cli/run.js', import.meta.url));
const keys = { AWS_ACCESS_KEY_ID: 'RADOSGWFACTS', AWS_SECRET_ACCESS_KEY: 'radosgw-facts-secret' };
const secondsToStart = 120;

const folder = mkdtempSync(path.join(tmpdir(), 's3-versioning-mock-radosgw-'));
const environment = { ...process.env, CEPH_CONF: path.join(folder, 'ceph.conf') };
const started = [];

function run(program, ...args) {
  const { status, error, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
}

function start(program, ...args) {
  const log = openSync(path.join(folder, `${program}.out`), 'w');
  started.push(spawn(program, ['-f', ...args], { cwd: folder, env: environment, stdio: ['ignore', log, log] }));
}

function findPort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Everything listens on the loopback alone, and nobody has to log in to the cluster. */
function writeConfiguration(id, monitor) {
  const lines = [
    '[global]',
    `fsid = ${id}`,
    `mon host = v1:127.0.0.1:${monitor}`,
    'public addr = 127.0.0.1',
    'ms bind msgr2 = false',
    'auth cluster required = none',
    'auth service required = none',
    'auth client required = none',
    `run dir = ${folder}`,
    `admin socket = ${folder}/$name.asok`,
    `log file = ${folder}/$name.log`,
    `mon data = ${folder}/mon`,
    `osd data = ${folder}/osd`,
    'osd objectstore = memstore',
    'memstore device bytes = 2147483648',
    'osd crush chooseleaf type = 0',
    // An OSD that sets its own place and class as it starts may ask before it knows the cluster, and ends with "wrong fsid".
    'osd crush update on start = false',
    'osd class update on start = false',
    'osd pool default size = 1',
    'osd pool default min size = 1',
    'osd pool default pg num = 8',
    'osd pool default pg autoscale mode = off',
    'mon allow pool size one = true',
    'mon data avail crit = 1',
    // What S3 has and a new gateway leaves out: keys of the customer over plain HTTP, as the loopback is, and websites.
    'rgw crypt require ssl = false',
    'rgw enable static website = true',
  ];
  writeFileSync(environment.CEPH_CONF, `${lines.join('\n')}\n`);
}

async function startCluster() {
  const [id, device, monitor] = [randomUUID(), randomUUID(), await findPort()];
  writeConfiguration(id, monitor);
  for (const name of ['mon', 'osd']) mkdirSync(path.join(folder, name));
  run('monmaptool', '--create', '--fsid', id, '--addv', 'a', `[v1:127.0.0.1:${monitor}]`, 'monmap');
  run('ceph-mon', '--mkfs', '-i', 'a', '--monmap', 'monmap');
  start('ceph-mon', '-i', 'a');
  run('ceph', 'osd', 'new', device);
  run('ceph', 'osd', 'crush', 'add', 'osd.0', '1', 'root=default', 'host=localhost');
  run('ceph-osd', '--mkfs', '-i', '0', '--osd-uuid', device);
  start('ceph-osd', '-i', '0');
}

async function startGateway() {
  const url = `http://127.0.0.1:${await findPort()}`;
  start('radosgw', '-n', 'client.rgw', '--rgw-frontends', `beast endpoint=${new URL(url).host}`);
  for (let seconds = 0; seconds < secondsToStart; seconds += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) {
      const user = ['--uid', 'facts', '--display-name', 'facts'];
      run(
        'radosgw-admin',
        'user',
        'create',
        ...user,
        '--access-key',
        keys.AWS_ACCESS_KEY_ID,
        '--secret-key',
        keys.AWS_SECRET_ACCESS_KEY,
      );
      return url;
    }
    await pause(1000);
  }
  const logs = readdirSync(folder).filter((name) => /\.(?:log|out)$/.test(name));
  const ends = logs.map((name) => `${name}:\n${readFileSync(path.join(folder, name), 'utf8').slice(-1000)}`);
  throw new Error(`radosgw does not answer.\n${ends.join('\n')}`);
}

/** The gateway first. */
async function stop() {
  for (const child of started.toReversed()) {
    if (child.exitCode !== null) continue;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

const missing = programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);
if (missing.length > 0) {
  console.error(`${missing.join(', ')}: not installed. On Debian: apt-get install radosgw ceph-mon ceph-osd`);
  rmSync(folder, { recursive: true });
  process.exitCode = 2;
} else {
  // The subcommand removes its buckets after an interruption, which it gets as well.
  process.on('SIGINT', () => {});
  try {
    await startCluster();
    const given = [
      'facts',
      '--endpoint',
      await startGateway(),
      '--run',
      '--service',
      'radosgw',
      '--known',
      fileURLToPath(new URL('../../specification/runs/radosgw.json', import.meta.url)),
    ];
    const child = spawn(process.execPath, [command, ...given, ...process.argv.slice(2)], {
      env: { ...environment, ...keys },
      stdio: 'inherit',
    });
    process.exitCode = await new Promise((resolve) => child.once('exit', resolve));
  } finally {
    await stop();
  }
}
