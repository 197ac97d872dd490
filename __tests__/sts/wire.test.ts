import { afterEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src/index';
import { send } from './form';

const at = '2026-03-01T12:00:00Z';
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}';

let s3: MockS3 | undefined;
afterEach(() => s3?.stop());

function start(options: Parameters<typeof mockS3>[0] = {}): MockS3 {
  s3 = mockS3({ now: at, users: { ann: {} }, roles: { reader: {} }, ...options });
  return s3;
}

/** An answer with its ids left out: they differ in each answer. */
function withoutIds(text: string): string {
  return text.replaceAll(new RegExp(uuid, 'g'), 'UUID');
}

describe('an answer of STS', () => {
  it('is XML without a declaration, with two blanks for each level and a line feed at its end', async () => {
    const { account } = start();
    const ann = account.user('ann');
    const reply = await send({ Action: 'GetCallerIdentity' }, { key: ann.credentials });
    expect({ ...reply, headers: undefined, body: withoutIds(reply.body) }).toEqual({
      status: 200,
      headers: undefined,
      body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::000000000000:user/ann</Arn>
    <UserId>${ann.id}</UserId>
    <Account>000000000000</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata>
    <RequestId>UUID</RequestId>
  </ResponseMetadata>
</GetCallerIdentityResponse>
`,
    });
  });
});
