import { afterEach, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../../src/index';
import { formOf, send } from '../form';

let s3: MockS3 | undefined;
afterEach(() => s3?.stop());

const roleArn = 'arn:aws:iam::000000000000:role/reader';
const assume = { Action: 'AssumeRole', RoleArn: roleArn, RoleSessionName: 'backup' };

it('a request is refused without a word if its body has more than ten million bytes', async () => {
  s3 = mockS3({ roles: { reader: {} } });
  const body = `${formOf(assume)}&x=`.padEnd(10_000_001, 'x');
  const { status, headers, body: text } = await send({}, { body });
  expect({ status, text, names: Object.keys(headers).filter((name) => name.startsWith('x-')) }).toEqual({
    status: 413,
    text: '',
    names: [],
  });
  expect((await send({}, { body: body.slice(0, -1) })).status).toBe(200);
});
