import type http from 'node:http';
import https from 'node:https';
import { GetBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it, jest } from '@jest/globals';
import { ask, closedNetwork, event, type Scene, settle, startScene } from './scene';
import { createClient } from './sdk-client';

const vault = 'https://vault.s3.amazonaws.com/report.pdf';

const lookups = closedNetwork();

describe('R21 a request in flight at stop', () => {
  const stopped = { status: 400, text: 'stopped', headers: { connection: 'close' } };

  it('is answered in the middle of its body, not applied, and its connection closed', async () => {
    const answer = jest.fn(() => ({ status: 200, headers: [], body: '' }));
    const scene = startScene({ accept: () => answer });
    const request = https.request(vault, { method: 'PUT', headers: { 'Content-Length': 5_000_000 } });
    request.on('error', () => undefined);
    request.write(Buffer.alloc(1_000_000));
    await settle();
    scene.stop();
    const [response] = (await event(request, 'response')) as [http.IncomingMessage];
    expect(response.statusCode).toBe(400);
    expect(response.headers['x-refusal']).toBe('stopped');
    const closed = event(response.socket, 'close');
    response.resume();
    request.destroy();
    await closed;
    await settle(20);
    expect(answer).not.toHaveBeenCalled();
    expect(lookups).toEqual([]);
  });

  it.each([0, 1, 2, 3])('is answered after %d turns of the event loop', async (turns) => {
    const scene = startScene();
    const pending = ask(vault, { agent: false });
    await settle(turns);
    const before = scene.requests.length;
    scene.stop();
    expect(await pending).toMatchObject(before === 0 ? stopped : { status: 200 });
    expect(lookups).toEqual([]);
  });

  it.each([0, 1, 2, 3])('is answered on a pooled connection after %d turns', async (turns) => {
    const agent = new https.Agent({ keepAlive: true });
    const scene = startScene();
    await ask(vault, { agent });
    await settle();
    const pending = ask(vault, { agent });
    await settle(turns);
    const before = scene.requests.length;
    scene.stop();
    expect(await pending).toMatchObject(before === 1 ? stopped : { status: 200 });
    expect(lookups).toEqual([]);
    await settle();
    expect(Object.keys(agent.freeSockets)).toEqual([]);
  });

  it.each([
    ['a small call', () => new GetBucketVersioningCommand({ Bucket: 'vault' })],
    ['5 MB', () => new PutObjectCommand({ Bucket: 'vault', Key: 'k', Body: Buffer.alloc(5_000_000) })],
  ])('is not retried by the AWS SDK: %s', async (_, command) => {
    const state: { scene?: Scene } = {};
    // The head has arrived; the mock is stopped before there is an answer.
    state.scene = startScene({
      accept: () => {
        state.scene?.stop();
        return () => ({ status: 200, headers: [], body: '' });
      },
    });
    const sent = createClient({ requestChecksumCalculation: 'WHEN_REQUIRED' }).send(
      command() as GetBucketVersioningCommand,
    );
    await expect(sent).rejects.toMatchObject({ $metadata: { attempts: 1, httpStatusCode: 400 } });
    expect(lookups).toEqual([]);
  });

  it('is not retried by fetch', async () => {
    const scene = startScene();
    const pending = fetch(vault, { method: 'PUT', body: Buffer.alloc(100_000) });
    await settle(1);
    scene.stop();
    const response = await pending;
    expect({ status: response.status, text: await response.text() }).toEqual({ status: 400, text: 'stopped' });
    expect(lookups).toEqual([]);
  });

  it('receives its whole answer if that has begun', async () => {
    const body = Buffer.alloc(8 * 1024 * 1024, 'all of it');
    const scene = startScene({ reply: () => ({ status: 200, headers: [], body }) });
    const agent = new https.Agent({ keepAlive: true });
    const request = https.get(vault, { agent });
    const [response] = (await event(request, 'response')) as [http.IncomingMessage];
    scene.stop();
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(body)).toBe(true);
    await settle();
    expect(Object.keys(agent.freeSockets)).toEqual([]);
  });

  it('keeps unread bytes of its answer for the reader', async () => {
    const scene = startScene();
    const request = https.get(vault, { agent: new https.Agent({ keepAlive: true }) });
    const [response] = (await event(request, 'response')) as [http.IncomingMessage];
    await settle();
    scene.stop();
    await settle();
    let text = '';
    for await (const chunk of response) text += String(chunk);
    expect(text).toBe('GET /report.pdf 0');
  });

  it('is answered once if the handler itself calls stop', async () => {
    const state: { scene?: Scene } = {};
    state.scene = startScene({
      reply: () => {
        state.scene?.stop();
        return { status: 200, headers: [], body: 'too late' };
      },
    });
    expect(await ask(vault)).toMatchObject(stopped);
    expect(state.scene.refusals).toEqual([{ kind: 'stopped' }]);
  });

  it('leaves no pooled connection, whenever stop follows an answer', async () => {
    for (let ticks = 0; ticks < 12; ticks += 1) {
      const agent = new https.Agent({ keepAlive: true });
      const scene = startScene();
      const pending = ask(vault, { agent });
      while (scene.requests.length === 0) await settle(1);
      for (let tick = 0; tick < ticks; tick += 1) await new Promise((resolve) => process.nextTick(resolve));
      scene.stop();
      expect((await pending).status).toBe(200);
      await settle();
      await expect(ask(vault, { agent })).rejects.toMatchObject({ code: 'ENOTFOUND' });
    }
  });
});
