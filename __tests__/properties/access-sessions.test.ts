import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { formOf, signedAs } from '../sts/form';
import { keys, policies, requests, requestValues } from '../support/access-policies';
import type { AccessScene, CallerName, Statement } from '../support/access-scene';
import { signedBy, textOf } from '../support/documents';
import { isNaivelyAllowed } from '../support/naive-access';
import { naiveQuestionOf } from '../support/naive-callers';
import { sceneMock } from '../support/scene-mock';
import { send } from '../support/wire-client';
import { callOf } from './access-calls';

const mock = sceneMock();

/** The credentials of a session, as an answer of STS has them. */
interface Begun {
  readonly credentials: { readonly accessKeyId: string };
  readonly sessionToken: string;
}

/** Asks STS for a session with somebody's keys. */
async function begin(parameters: Readonly<Record<string, string>>, key: string): Promise<Begun> {
  const answer = await send({
    method: 'POST',
    host: 'sts.amazonaws.com',
    path: '/',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...authorizationOf(key) },
    body: formOf(parameters),
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`);
  const [accessKeyId = '', sessionToken = ''] = [textOf('AccessKeyId', answer), textOf('SessionToken', answer)];
  return { credentials: { accessKeyId }, sessionToken };
}

function authorizationOf(accessKeyId: string) {
  const { authorization, 'x-amz-date': date } = signedAs({ accessKeyId });
  return { Authorization: authorization, 'X-Amz-Date': date };
}

/** A session policy without statements is not one for STS, so it has one about another service. */
const ofOtherService: Statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };

/** A session of each kind, with the policy if its kind may have one. Users without policies of their own assume the roles. */
function sessionsOf(scene: AccessScene, policy: string | undefined) {
  const { defaultAccount: owner } = scene.store;
  const { partner } = scene;
  const assume = (account: typeof owner, role: string) =>
    begin(
      {
        Action: 'AssumeRole',
        RoleArn: `arn:aws:iam::${account.id}:role/${role}`,
        RoleSessionName: 'work',
        ...(policy !== undefined && { Policy: policy }),
      },
      account.user('starter').credentials.accessKeyId,
    );
  const own = (accessKeyId: string) => begin({ Action: 'GetSessionToken' }, accessKeyId);
  const asked: readonly { readonly name: CallerName; readonly limited: boolean; readonly ask: () => Promise<Begun> }[] =
    [
      { name: 'session of root', limited: false, ask: () => own(owner.credentials.accessKeyId) },
      { name: 'session of ann', limited: false, ask: () => own(owner.user('ann').credentials.accessKeyId) },
      { name: 'session of reader', limited: true, ask: () => assume(owner, 'reader') },
      { name: 'session of auditor', limited: true, ask: () => assume(partner, 'auditor') },
    ];
  return asked;
}

// The values that a request has in a mock.
const values = requestValues.map((given) => ({ ...given, 'aws:sourceip': ['127.0.0.1'], 'aws:tagkeys': undefined }));

it('a session that STS began may do what a naive reading of its policies and those of its owner allows', async () => {
  const met = { allowed: 0, denied: 0 };
  await fc.assert(
    fc.asyncProperty(policies, requests, values, async (given, request, of) => {
      const scene = mock.play({ ...given, session: undefined }, keys);
      const statements = given.session?.length === 0 ? [ofOtherService] : given.session;
      const policy = statements && scene.write({ Version: '2012-10-17', Statement: statements });
      fc.pre((policy?.length ?? 0) <= 2048);
      for (const { name, limited, ask } of sessionsOf(scene, policy)) {
        const { credentials, sessionToken } = await ask();
        const { status } = await send({
          ...callOf(request),
          headers: {
            Authorization: signedBy({ credentials }),
            'x-amz-security-token': sessionToken,
            'User-Agent': of['aws:useragent']?.[0],
          },
          secure: of['aws:securetransport'][0] === 'true',
        });
        const session = limited ? given.session : undefined;
        const question = naiveQuestionOf(scene, name, { policies: { ...given, session }, request, values: of });
        const allowed = isNaivelyAllowed(question);
        met[allowed ? 'allowed' : 'denied'] += 1;
        expect({ name, access: status === 403 ? 'denied' : 'allowed' }).toEqual({
          name,
          access: allowed ? 'allowed' : 'denied',
        });
      }
    }),
    { numRuns: 120 },
  );
  expect(met.allowed).toBeGreaterThan(100);
  expect(met.denied).toBeGreaterThan(100);
});
