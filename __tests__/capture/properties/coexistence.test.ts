import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { describe, expect, it, jest } from '@jest/globals';
import { BatchInterceptor } from '@mswjs/interceptors';
import nodeInterceptors from '@mswjs/interceptors/presets/node';
import { rowsOfColumn } from '../../support/runs';
import { download, large, wholeDownload } from '../download';
import { ask, closedNetwork, type Scene, startScene, stopScenes } from '../scene';

const vault = 'https://vault.s3.amazonaws.com/report.pdf';

interface Other {
  start(): void;
  stop(): void;
}

/** @mswjs/interceptors, which nock 14 and msw 2 use: answers one host and passes all others. */
function createInterceptors(): Other {
  const interceptor = new BatchInterceptor({ name: 'theirs', interceptors: nodeInterceptors });
  return {
    start: () => {
      interceptor.apply();
      interceptor.on('request', ({ request, controller }) => {
        if (new URL(request.url).hostname === 'api.example.test') controller.respondWith(new Response('theirs'));
      });
    },
    stop: () => interceptor.dispose(),
  };
}

/** Like nock 15 and msw 3: stores the descriptor of net.Socket.prototype.connect, and restores it. */
function createSocketPatch(): Other {
  const descriptors: PropertyDescriptor[] = [];
  return {
    start: () => {
      const below = Object.getOwnPropertyDescriptor(net.Socket.prototype, 'connect') ?? {};
      descriptors.push(below);
      const value = function connect(this: net.Socket, ...args: unknown[]): unknown {
        const [options] = Array.isArray(args[0]) ? args[0] : args;
        if ((options as net.TcpNetConnectOpts).host !== 'api.example.test')
          return Reflect.apply(below.value, this, args);
        process.nextTick(() => this.destroy(new Error('theirs')));
        return this;
      };
      Object.defineProperty(net.Socket.prototype, 'connect', { ...below, value });
    },
    stop: () => {
      const below = descriptors.pop();
      if (below !== undefined) Object.defineProperty(net.Socket.prototype, 'connect', below);
    },
  };
}

/** Like jest.spyOn and sinon: wraps net.connect and calls the function it found. */
function createSpy(): Other {
  let spy: { mockRestore(): void } | undefined;
  return {
    start: () => {
      spy = jest.spyOn(net, 'connect');
    },
    stop: () => spy?.mockRestore(),
  };
}

const others: readonly (readonly [string, () => Other])[] = [
  ['@mswjs/interceptors', createInterceptors],
  ['a patch of net.Socket.prototype.connect', createSocketPatch],
  ['a spy on net.connect', createSpy],
];

type Step = '+ours' | '-ours' | '+theirs' | '-theirs';
const orders: readonly (readonly Step[])[] = [
  ['+ours', '+theirs', '-theirs', '-ours'],
  ['+ours', '+theirs', '-ours', '-theirs'],
  ['+theirs', '+ours', '-ours', '-theirs'],
  ['+theirs', '+ours', '-theirs', '-ours'],
  ['+ours', '-ours', '+theirs', '+ours', '-theirs', '-ours'],
  ['+ours', '+theirs', '-ours', '+ours', '-theirs', '-ours'],
  ['+ours', '+theirs', '-theirs', '+theirs', '-ours', '-theirs', '+ours', '-ours'],
];

const lookups = closedNetwork();

describe.each(others)('beside %s', (name, create) => {
  const column = others.findIndex(([other]) => other === name);
  it.each(rowsOfColumn(orders, column, others.length).map((order) => [order.join(' '), order] as const))(
    '%s',
    async (_, order) => {
      const other = create();
      const original = globalThis.fetch;
      let scene: Scene | undefined;
      for (const step of order) {
        if (step === '+ours') scene = startScene();
        else if (step === '-ours') scene?.stop();
        else if (step === '+theirs') other.start();
        else other.stop();
        if (step === '-ours') scene = undefined;
        await expectAnswers(scene !== undefined);
      }
      expect(globalThis.fetch).toBe(original);
    },
  );
});

async function expectAnswers(isRunning: boolean): Promise<void> {
  const calls = [
    () => ask(vault, { agent: false }).then(({ text }) => text),
    () => ask('http://vault.s3.amazonaws.com/report.pdf', { agent: false }).then(({ text }) => text),
    () => ask(vault, { agent: false, method: 'PUT', body: Buffer.alloc(300_000) }).then(({ text }) => text.slice(4)),
    () => fetch(vault).then((response) => response.text()),
  ];
  for (const call of calls) {
    lookups.length = 0;
    const [result] = await Promise.allSettled([call()]);
    if (isRunning) {
      expect(result).toMatchObject({ status: 'fulfilled', value: expect.stringContaining('/report.pdf ') });
      expect(lookups).toEqual([]);
    } else {
      expect(result).toMatchObject({ status: 'rejected' });
      expect(lookups).toContain('vault.s3.amazonaws.com');
    }
  }
}

it('another library still answers its own host', async () => {
  const other = createInterceptors();
  for (const order of [
    [() => other.start(), () => startScene()],
    [() => startScene(), () => other.start()],
  ]) {
    for (const start of order) start();
    expect((await ask('https://api.example.test/')).text).toBe('theirs');
    expect(await fetch('https://api.example.test/').then((response) => response.text())).toBe('theirs');
    expect((await ask(vault)).text).toBe('GET /report.pdf 0');
    other.stop();
    stopScenes();
  }
});

it('a guard that patches net.Socket.prototype.connect after us, like nock 15, does not see S3', async () => {
  startScene();
  const guard = jest.spyOn(net.Socket.prototype, 'connect').mockImplementation(() => {
    throw new Error('refused');
  });
  expect((await ask(vault, { agent: false })).status).toBe(200);
  expect((await ask('http://vault.s3.amazonaws.com/', { agent: false })).status).toBe(200);
  expect((await fetch(vault)).status).toBe(200);
  expect((await fetch('http://vault.s3.amazonaws.com/')).status).toBe(200);
  expect(guard).not.toHaveBeenCalled();
});

it('a function that another library puts back after our stop removes itself at the next connection', async () => {
  await expect(ask(vault, { agent: false })).rejects.toMatchObject({ code: 'ENOTFOUND' }); // after the tests above
  const { connect } = net.Socket.prototype;
  const other = createSocketPatch();
  const scene = startScene();
  other.start();
  scene.stop();
  other.stop();
  expect(net.Socket.prototype.connect).not.toBe(connect);
  await expect(ask(vault, { agent: false })).rejects.toMatchObject({ code: 'ENOTFOUND' });
  expect(net.Socket.prototype.connect).toBe(connect);
});

it('100 Continue comes through @mswjs/interceptors that only watch', async () => {
  const other = createInterceptors();
  startScene();
  other.start();
  const body = Buffer.alloc(3_000_000);
  const { text } = await ask(vault, { method: 'PUT', body, headers: { Expect: '100-continue' } });
  expect(text).toBe('PUT /report.pdf 3000000');
  other.stop();
}, 4000);

it.each(['http', 'https'] as const)(
  'a download of 3 MB by %s adds no listeners to the socket of another library',
  async (scheme) => {
    startScene(large);
    const other = createInterceptors();
    other.start();
    for (const keepAlive of [false, true]) expect(await download(scheme, keepAlive)).toEqual(wholeDownload);
    other.stop();
  },
);

it('keep-alive agents of both protocols still work if they were used before the start', async () => {
  const agents = [new http.Agent({ keepAlive: true }), new https.Agent({ keepAlive: true })] as const;
  const other = createInterceptors();
  other.start();
  startScene();
  await ask('http://vault.s3.amazonaws.com/', { agent: agents[0] });
  await ask(vault, { agent: agents[1] });
  other.stop();
  expect((await ask('http://vault.s3.amazonaws.com/', { agent: agents[0] })).status).toBe(200);
  expect((await ask(vault, { agent: agents[1] })).status).toBe(200);
});

it.each(['before', 'after'])(
  'a handler of @mswjs/interceptors for a host of STS that begins %s the mock wins',
  async (order) => {
    const interceptor = new BatchInterceptor({ name: 'theirs', interceptors: nodeInterceptors });
    if (order === 'after') startScene();
    interceptor.apply();
    interceptor.on('request', ({ request, controller }) => {
      if (new URL(request.url).hostname === 'sts.eu-west-1.amazonaws.com')
        controller.respondWith(new Response('theirs'));
    });
    if (order === 'before') startScene();
    expect((await ask('https://sts.eu-west-1.amazonaws.com/')).text).toBe('theirs');
    expect((await ask('https://sts.eu-west-2.amazonaws.com/')).text).toBe('GET / 0');
    interceptor.dispose();
    stopScenes();
  },
);
