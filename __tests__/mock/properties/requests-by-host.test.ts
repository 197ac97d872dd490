import http from 'node:http';
import https from 'node:https';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Agent, Pool } from 'undici';
import { mockS3 } from '../../../src';
import { openPort } from '../../capture/scene';
import { textOf } from '../../house/files';
import { layNetworkBelow, type NetworkBelow } from '../../support/network-below';
import { checkRows } from '../../support/rows-of-table';
import { rowsOfColumn } from '../../support/runs';
import { makeSelfSigned } from '../../support/self-signed';

/** The hosts by the words of their rows in docs/hosts.md. */
const hosts: Readonly<Record<string, string>> = {
  'a host of S3': 'vault.s3.eu-west-1.amazonaws.com',
  'a host of a known store': 'vault.nyc3.digitaloceanspaces.com',
  'a host in `hosts`': 'minio.test:9000',
  'a host in `hosts.pass`': 'fra1.digitaloceanspaces.com',
  'the address in `AWS_ENDPOINT_URL`': 'services.test:4566',
  'this machine': 'localhost:9001',
  'any other host': 'api.example.com',
};

const signedFor = (service: string) => ({
  Authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260301/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});
const signings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'signed for S3': signedFor('s3'),
  'signed for another service': signedFor('sqs'),
  unsigned: {},
};

const table = textOf('docs/hosts.md').slice(textOf('docs/hosts.md').indexOf('## What becomes of a request'));
const rows = table
  .split('\n')
  .filter((line) => /^\| (?!Host|---)/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const cells = rows.flatMap(([host = '', signing = '', without = '', guarded = '']) =>
  [false, true].map((guard) => ({ host, signing, guard, outcome: guard ? guarded : without })),
);

it('docs/hosts.md has a row for each host and each way to sign', () => {
  const expected = Object.keys(hosts).flatMap((host) => Object.keys(signings).map((signing) => [host, signing]));
  expect(rows.map((row) => row.slice(0, 2))).toEqual(expected);
});

let server: http.Server;
let secureServer: https.Server;
let network: NetworkBelow;
let seen: string[];
const agents: { destroy(): unknown }[] = [];
const keep = <Kept extends { destroy(): unknown }>(agent: Kept): Kept => {
  agents.push(agent);
  return agent;
};

beforeAll(async () => {
  const answer = (request: http.IncomingMessage, response: http.ServerResponse) => {
    seen.push(request.url ?? '');
    response.end('real');
  };
  server = http.createServer({ keepAliveTimeout: 0 }, answer);
  secureServer = https.createServer({ ...makeSelfSigned('localhost'), keepAliveTimeout: 0 }, answer);
  const ports = [await openPort(server), await openPort(secureServer)] as const;
  const own = new Set<number>(ports);
  network = layNetworkBelow((port) => (own.has(port) ? port : port === 443 ? ports[1] : ports[0]));
});
afterAll(() => {
  network.restore();
  for (const one of [server, secureServer]) {
    one.closeAllConnections();
    one.close();
  }
});
beforeEach(() => {
  seen = [];
  process.env['AWS_ENDPOINT_URL'] = `http://${hosts['the address in `AWS_ENDPOINT_URL`']}`;
});
afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  await destroyAgents();
});

async function destroyAgents(): Promise<void> {
  for (const agent of agents.splice(0)) await agent.destroy();
}

type Send = (path: string, headers: Readonly<Record<string, string>>) => Promise<string>;

function byNode(origin: string, agent: http.Agent | false | undefined): Send {
  const { request } = origin.startsWith('https') ? https : http;
  return (path, headers) =>
    new Promise((resolve, reject) => {
      const asked = request(`${origin}${path}`, {
        headers,
        rejectUnauthorized: false,
        ...(agent === undefined ? {} : { agent }),
      });
      asked.on('error', reject);
      asked.on('response', (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => resolve(text));
      });
      asked.end();
    });
}

/** Clients with the connections that they keep. */
const clients: Readonly<Record<string, (host: string) => Send>> = {
  'the global agent of http': (host) => byNode(`http://${host}`, http.globalAgent),
  'an agent of https': (host) => byNode(`https://${host}`, keep(new https.Agent({ keepAlive: true }))),
  'no agent': (host) => byNode(`http://${host}`, false),
  'the pool of fetch': (host) => async (path, headers) => (await fetch(`http://${host}${path}`, { headers })).text(),
  'a pool of undici': (host) => {
    const pool = keep(new Pool(`http://${host}`, { connections: 1 }));
    return async (path, headers) => (await pool.request({ method: 'GET', path, headers: { ...headers } })).body.text();
  },
  'an agent of undici, for https': (host) => {
    const agent = keep(new Agent({ connections: 1, connect: { rejectUnauthorized: false } }));
    return async (path, headers) =>
      (await agent.request({ origin: `https://${host}`, method: 'GET', path, headers: { ...headers } })).body.text();
  },
};

/** Each client without and with a connection from before the start. The pool of fetch belongs to the process, so its connections are those of the tests before, too. */
const columns = Object.keys(clients).flatMap((name) => [
  `${name} true`,
  ...(name.includes('fetch') ? [] : [`${name} false`]),
]);

/** `npm test` tries each row in every fifth column. Both secure clients leave out a host, and are not the only ones in a fifth. */
const few = 5;

describe.each(Object.entries(clients))('by %s', (name, connect) => {
  const isSecure = name.includes('https');
  it.each([true, false].filter((isWarm) => columns.includes(`${name} ${isWarm}`)))(
    'what becomes of a request, with a connection from before the start: %s',
    async (isWarm) => {
      const check = async ({ host, signing, guard, outcome }: (typeof cells)[number]) => {
        const address = isSecure ? (hosts[host] ?? '').replace(/:\d+$/, '') : (hosts[host] ?? '');
        http.globalAgent.destroy();
        const send = connect(address);
        if (isWarm) expect(await send('/warm', {})).toBe('real');
        await turn(); // the pool of fetch takes the connection back
        network.clear();
        seen = [];
        await using s3 = mockS3({
          now: '2026-03-01',
          buckets: { vault: { objects: { a: 'x' } } },
          hosts: { also: ['minio.test'], pass: ['fra1.digitaloceanspaces.com'] },
          guard,
        });
        const answer = await send('/vault/a', signings[signing] ?? {}).catch((error: unknown) => error);
        const text = String(Reflect.get(Object(answer), 'cause') ?? answer);
        const isRefused = /S3MockUnknownHost|no mock answers|was refused|guard/i.test(text);
        const passed = seen.length > 0 ? 'passed' : undefined;
        const done = passed ?? (isRefused ? 'refused' : s3.requests.length === 1 ? 'answered' : `lost: ${text}`);
        const isNoted = passed !== undefined && s3.requests.explain().includes(address.replace(/:\d+$/, ''));
        await s3.stop();
        expect({ done: isNoted ? `${done} and noted` : done, text }).toEqual({ done: outcome, text });
        // What passes goes over the connection that is there. The guard sees whether a request to this machine is signed for S3 when it is written.
        const reaches = passed !== undefined || (host === 'this machine' && outcome === 'refused');
        const isNew = reaches && !(isWarm && name !== 'no agent');
        const { connected, lookedUp } = network;
        expect({ connected: connected.length, lookedUp: lookedUp.length }).toEqual(
          isNew ? { connected: 1, lookedUp: 1 } : { connected: 0, lookedUp: 0 },
        );
      };
      await checkRows({
        rows: rowsOfColumn(cells, columns.indexOf(`${name} ${isWarm}`) % few, few).filter(
          ({ host }) => !isSecure || !host.includes('URL'),
        ),
        nameOf: ({ host, signing, guard, outcome }) => `${host}, ${signing}, guard ${guard}: ${outcome}`,
        check,
        before: destroyAgents,
      });
    },
  );
});
