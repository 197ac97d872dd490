import http from 'node:http';
import net from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { closedNetwork, echo, event, raw, settle, startScene } from './scene';

closedNetwork();

const put = 'PUT /a HTTP/1.1\r\nHost: s3.amazonaws.com\r\nContent-Length: 3\r\n\r\n';
const get = 'GET /b HTTP/1.1\r\nHost: s3.amazonaws.com\r\nConnection: close\r\n\r\n';
const next = 'DELETE /c HTTP/1.1\r\nHost: s3.amazonaws.com\r\n\r\n';

/** A service that waits for the rest of a request, until the test ends the wait. */
function endedWait() {
  let endNow = () => {};
  const accept = () =>
    Object.assign(() => ({ status: 400, headers: [], body: 'ended' }), {
      onOvertaken: (end: () => void) => {
        endNow = end;
        return () => {};
      },
    });
  return { accept, end: () => endNow() };
}

describe('pipelined requests', () => {
  it.each([
    ['one write', [`${put}new${get}`]],
    ['a body in two writes', [`${put}ne`, `w${get}`]],
    ['a body behind its head', [put, `new${get}`]],
    ['chunks', [`${put.replace('Content-Length: 3', 'Transfer-Encoding: chunked')}3\r\nne`, `w\r\n0\r\n\r\n${get}`]],
  ])('are applied and answered in their order: %s', async (_, parts) => {
    const scene = startScene();
    const text = await raw(...parts);
    expect({ applied: scene.requests.map(({ url }) => url), answered: text.match(/(?:PUT|GET) \/\w \d/g) }).toEqual({
      applied: ['/a', '/b'],
      answered: ['PUT /a 3', 'GET /b 0'],
    });
  });

  it('wait for a request that a rule delays', async () => {
    const applied: string[] = [];
    let goOn = () => {};
    const until = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    startScene({
      accept: () => (request) => {
        const reply = () => {
          applied.push(request.url);
          return echo(request);
        };
        return request.method === 'PUT' ? { until, reply, onOvertaken: () => {} } : reply();
      },
    });
    const all = raw(`${put}new${get}`);
    await settle();
    const before = [...applied];
    goOn();
    await all;
    expect({ before, after: applied }).toEqual({ before: [], after: ['/a', '/b'] });
  });

  it.each([
    ['that the service ends', put, { Connection: 'close' }],
    ['that the client ends', put.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'), {}],
  ])('behind an answer %s are neither applied nor answered', async (_, first, headers) => {
    const reply = { status: 400, headers: Object.entries(headers), body: 'no' };
    const scene = startScene({ reply: () => reply });
    const text = await raw(`${first}new${next}${next}`);
    expect({ applied: scene.requests.map(({ url }) => url), answers: text.match(/^HTTP/gm)?.length }).toEqual({
      applied: ['/a'],
      answers: 1,
    });
    expect(scene.waiting()).toEqual([]);
  });

  it('behind a connection that breaks are not applied', async () => {
    const scene = startScene({ reply: () => ({ status: 200, headers: [], body: '', disconnect: 'before' }) });
    const socket = net.connect(80, 's3.amazonaws.com');
    socket.on('error', () => undefined);
    socket.write(`${put}new${next}`);
    await event(socket, 'close');
    await settle();
    expect({ applied: scene.requests.map(({ url }) => url), waiting: scene.waiting() }).toEqual({
      applied: ['/a'],
      waiting: [],
    });
  });
});

describe('a body that never ends', () => {
  it('is cut short once its client has sent nothing for a while, and its connection ends', async () => {
    const scene = startScene({
      bodyPatience: 20,
      reply: ({ isCutShort }) => ({ status: 400, headers: [], body: `${isCutShort}` }),
    });
    const request = http.request('http://s3.amazonaws.com/a', { method: 'PUT', headers: { 'Content-Length': 3 } });
    request.write('ne');
    const [answer] = (await event(request, 'response')) as [http.IncomingMessage];
    answer.resume();
    await event(answer, 'close');
    const bodies = scene.requests.map(({ body }) => Buffer.from(body).toString());
    expect({
      status: answer.statusCode,
      connection: answer.headers.connection,
      bodies,
      waiting: scene.waiting(),
    }).toEqual({
      ...{ status: 400, connection: 'close', bodies: ['ne'], waiting: [] },
    });
  });

  it('is cut short at once if the service ends the wait', async () => {
    const { accept, end } = endedWait();
    startScene({ accept });
    const request = http.request('http://s3.amazonaws.com/a', { method: 'PUT', headers: { 'Content-Length': 3 } });
    request.write('ne');
    await settle();
    end();
    const [answer] = (await event(request, 'response')) as [http.IncomingMessage];
    expect(String((await event(answer, 'data'))[0])).toBe('overtaken');
    request.destroy();
  });

  it('leaves no timer behind if the capture stops while its client has time left', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const { accept, end } = endedWait();
    const scene = startScene({ accept });
    const before = timers();
    const request = http.request('http://s3.amazonaws.com/a', { method: 'PUT', headers: { 'Content-Length': 3 } });
    request.write('ne');
    await settle();
    end();
    const waiting = timers();
    scene.stop();
    const [answer] = (await event(request, 'response')) as [http.IncomingMessage];
    expect(String((await event(answer, 'data'))[0])).toBe('stopped');
    await settle();
    // The patience, and the time that is left.
    expect({ waiting: waiting - before, after: timers() - before }).toEqual({ waiting: 2, after: 0 });
  });
});
