import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ActionName } from '../../src/model/access/actions';
import { formOf, signedAs } from '../sts/form';
import { keys, type Policies, policies, type Request, requests, requestValues } from '../support/access-policies';
import { type AccessScene, type CallerName, callerNames, type Statement } from '../support/access-scene';
import { signedBy, textOf } from '../support/documents';
import { isNaivelyAllowed } from '../support/naive-access';
import { naiveQuestionOf } from '../support/naive-callers';
import { runs } from '../support/runs';
import { sceneMock } from '../support/scene-mock';
import { send, type WireCall } from '../support/wire-client';

const mock = sceneMock();

const calls: Readonly<Partial<Record<ActionName, (path: string) => WireCall>>> = {
  's3:GetObject': (path) => ({ path }),
  's3:PutObject': (path) => ({ method: 'PUT', path, body: 'more' }),
  's3:DeleteObject': (path) => ({ method: 'DELETE', path }),
  's3:ListBucket': (path) => ({ path: `${path}?list-type=2` }),
  's3:ListBucketVersions': (path) => ({ path: `${path}?versions` }),
  's3:GetBucketPolicy': (path) => ({ path: `${path}?policy` }),
};

function callOf({ action, key }: Request): WireCall {
  const call = calls[action]?.(key === null ? '/vault' : `/vault/${key}`);
  if (call === undefined) throw new Error(`no request is for ${action}`);
  return call;
}

interface Asking {
  readonly name: CallerName;
  readonly policies: Policies;
  readonly ask: (call: WireCall) => Promise<{ readonly status: number }>;
}

const values = requestValues.map((given) => ({ ...given, 'aws:sourceip': ['127.0.0.1'], 'aws:tagkeys': undefined }));

/** Each answer is met at least so often, for each run. */
async function compareAccess(callersOf: (given: Policies) => readonly Asking[], least: number): Promise<void> {
  const met = { allowed: 0, denied: 0 };
  const tried = runs(120);
  await fc.assert(
    fc.asyncProperty(policies, requests, values, async (given, request, of) => {
      const secure = of['aws:securetransport'][0] === 'true';
      const headers = { 'User-Agent': of['aws:useragent']?.[0] };
      const callers = callersOf(given);
      for (const { name, policies: own, ask } of callers) {
        const { status } = await ask({ ...callOf(request), headers, secure });
        const question = naiveQuestionOf(mock.scene(), name, { policies: own, request, values: of });
        const access = isNaivelyAllowed(question) ? 'allowed' : 'denied';
        met[access] += 1;
        expect({ name, access: status === 403 ? 'denied' : 'allowed' }).toEqual({ name, access });
      }
    }),
    tried,
  );
  expect(Math.min(met.allowed, met.denied)).toBeGreaterThan(least * tried.numRuns);
}

it('a request is refused if a naive reading of the policies does not allow it, and carried out if it does', () =>
  compareAccess((given) => {
    mock.play(given, keys);
    return callerNames.map((name) => ({ name, policies: given, ask: (call) => mock.ask(name, call) }));
  }, 1.7));

interface Begun {
  readonly credentials: { readonly accessKeyId: string };
  readonly sessionToken: string;
}

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

/** Users without policies of their own assume the roles. Not each kind of session may have a policy. */
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

it('a session that STS began may do what a naive reading of its policies and those of its owner allows', () =>
  compareAccess((given) => {
    const scene = mock.play({ ...given, session: undefined }, keys);
    const statements = given.session?.length === 0 ? [ofOtherService] : given.session;
    const policy = statements && scene.write({ Version: '2012-10-17', Statement: statements });
    fc.pre((policy?.length ?? 0) <= 2048);
    return sessionsOf(scene, policy).map(({ name, limited, ask }) => ({
      name,
      policies: { ...given, session: limited ? given.session : undefined },
      async ask({ headers, ...call }) {
        const { credentials, sessionToken } = await ask();
        const signed = { Authorization: signedBy({ credentials }), 'x-amz-security-token': sessionToken };
        return send({ ...call, headers: { ...headers, ...signed } });
      },
    }));
  }, 0.8));
