import net, { type AddressInfo, type Socket } from 'node:net';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refused, serveDoor } from '../../support/door';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
const notification = {
  LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn, Events: ['s3:ObjectCreated:*'] }],
} as const;
const s3 = mockS3({ buckets: { vault: { notification } } });
const { door, client } = serveDoor(s3);

const open = new Set<Socket>();
const functions = net.createServer((socket) => open.add(socket));

beforeAll(() => new Promise<void>((resolve) => functions.listen(0, '127.0.0.1', resolve)));

afterAll(() => {
  for (const socket of open) socket.destroy();
  functions.close();
});

describe('a function that hangs', () => {
  it('has 3 seconds unless it is given another time, and is told in the words of the door', async () => {
    const url = `http://127.0.0.1:${(functions.address() as AddressInfo).port}/thumbnail`;
    await door('PUT', `/deliver/${encodeURIComponent(arn)}`, { url });
    await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body: 'first' }));
    const told = `it did not end within 3 seconds; give it more time: PUT /_mock/deliver/arn\\S+ \\{"url":"${url}","timeout":\\{"seconds":120\\}\\}`;
    expect(await door('POST', '/events/settled')).toMatchObject(refused(400, new RegExp(told)));
  });
});
