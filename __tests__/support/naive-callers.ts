import type { Policies, Request } from './access-policies';
import type { AccessScene, CallerName, Statement } from './access-scene';
import type { NaiveCaller, NaiveQuestion } from './naive-access';

export interface Asked {
  readonly policies: Policies;
  readonly request: Request;
  readonly values: Readonly<Record<string, readonly string[] | undefined>>;
}

/** The type and the name of each caller, as conditions see them. */
const kinds: Readonly<Record<CallerName, readonly [type: string, path?: string]>> = {
  anonymous: ['Anonymous'],
  root: ['Account'],
  'session of root': ['Account'],
  ann: ['User', 'user/ann'],
  'session of ann': ['User', 'user/ann'],
  'session of reader': ['AssumedRole', 'role/reader'],
  partner: ['Account'],
  bob: ['User', 'user/bob'],
  'session of auditor': ['AssumedRole', 'role/auditor'],
};

export function naiveQuestionOf(
  scene: AccessScene,
  name: CallerName,
  { policies, request, values }: Asked,
): NaiveQuestion {
  const [type, path] = kinds[name];
  const isOfPartner = ['partner', 'bob', 'session of auditor'].includes(name);
  const account = isOfPartner ? scene.partner : scene.store.defaultAccount;
  const isSession = name.startsWith('session');
  const arn = (service: string, rest: string) => `arn:aws:${service}::${account.id}:${rest}`;
  const sessionArn =
    type === 'AssumedRole' ? arn('sts', `assumed-role/${path?.slice('role/'.length)}/work`) : undefined;
  const caller: NaiveCaller = {
    account: name === 'anonymous' ? undefined : { id: account.id, canonicalId: account.canonicalId },
    arns: [...(path === undefined ? [] : [arn('iam', path)]), ...(sessionArn === undefined ? [] : [sessionArn])],
    sessionArn: isSession ? (sessionArn ?? 'without a name') : undefined,
  };
  const known = caller.account !== undefined;
  return {
    caller,
    owner: scene.store.defaultAccount,
    action: request.action,
    resource: request.key === null ? 'arn:aws:s3:::vault' : `arn:aws:s3:::vault/${request.key}`,
    values: {
      ...values,
      'aws:principaltype': [type],
      ...(known && { 'aws:principalarn': [arn('iam', path ?? 'root')] }),
      ...(type === 'User' && { 'aws:username': [(path ?? '').slice('user/'.length)] }),
      ...(isSession && { 'aws:multifactorauthpresent': ['false'] }),
    },
    identity: path === undefined ? undefined : written(scene, policies.identity),
    session: isSession ? written(scene, policies.session) : undefined,
    bucket: written(scene, policies.bucket),
  };
}

function written(scene: AccessScene, statements: readonly Statement[] | undefined): readonly Statement[] | undefined {
  return statements && (JSON.parse(scene.write(statements)) as readonly Statement[]); // what was just written
}
