import http from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../../src/index';
import { ask, event, rest } from '../scene';
import { beginPut, connect } from './local-names';

const signed = 'Authorization: AWS AKIA:c2lnbmF0dXJl\r\n';

let s3: MockS3;
afterEach(() => s3?.stop());

async function listen(): Promise<{ port: number; url: string; close(): Promise<void> }> {
  s3 = mockS3({ hosts: { only: [] }, buckets: { vault: {} } });
  return s3.listen();
}

const refused = (port: number) => expect(connect(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

describe.each(['close', 'stop'] as const)('%s()', (way) => {
  it('closes the port and idle connections', async () => {
    const listener = await listen();
    const agent = new http.Agent({ keepAlive: true });
    const { request } = await ask(`${listener.url}/vault`, { agent });
    const unused = await connect(listener.port);
    const [idle, silent] = [event(request.socket as NodeJS.EventEmitter, 'close'), rest(unused)];
    await (way === 'close' ? listener.close() : s3.stop());
    await Promise.all([idle, silent]);
    expect(Object.values(agent.freeSockets)).toEqual([]);
    await refused(listener.port);
  });

  it('may be called again', async () => {
    const listener = await listen();
    const end = () => (way === 'close' ? listener.close() : s3.stop());
    await Promise.all([end(), end()]);
    await expect(end()).resolves.toBeUndefined();
  });
});

describe('close()', () => {
  it('answers a request in flight after all other connections are closed', async () => {
    const { port, close } = await listen();
    const unused = await connect(port);
    const socket = await beginPut(port, '/vault/a.txt', signed);
    const [silent, answer] = [rest(unused), rest(socket)];
    const closed = close();
    await refused(port);
    await silent;
    socket.write('hello');
    expect(await answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\nConnection: close\r\n/);
    await closed;
    expect(s3.requests.last()).toMatchObject({ operation: 'PutObject', key: 'a.txt', status: 200 });
  });

  it('leaves another listener of the mock open', async () => {
    const one = await listen();
    const other = await s3.listen();
    expect(other.port).not.toBe(one.port);
    await one.close();
    await refused(one.port);
    expect(await ask(`${other.url}/vault`)).toMatchObject({ status: 403 });
    await s3.stop();
    await refused(other.port);
  });
});

describe('stop()', () => {
  it('answers a request in flight that the mock was stopped', async () => {
    const { port } = await listen();
    const socket = await beginPut(port, '/vault/a.txt', signed);
    const answer = rest(socket);
    await s3.stop();
    expect(await answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*<Code>S3MockStopped<\/Code>/);
    expect(s3.requests.length).toBe(0);
  });

  it('closes a port that is just being opened', async () => {
    s3 = mockS3({ hosts: { only: [] } });
    const opening = s3.listen();
    await s3.stop();
    await refused((await opening).port);
  });
});
