import { type ResourcePolicy, readPolicy } from '../../../src/model/access/policy-document';
import { makeBucketPolicyTarget } from '../../../src/model/access/public-policy';
import { Store } from '../../../src/model/store';
import { S3Error, wordRefusal } from '../../../src/refusals/index';
import { thrownBy } from '../../support/thrown';

function makeStore(): Store {
  const store = new Store({ accountId: '123456789012', seed: 'seed', realNow: () => 0, start: 0 });
  store.defaultAccount.user('ann');
  store.defaultAccount.role('team/reader');
  return store;
}

export const statement = {
  Effect: 'Allow',
  Principal: { AWS: '111122223333' },
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::vault/*',
};

/** An undefined member is removed. */
export function policyOf(change: object): string {
  return JSON.stringify({ Statement: [{ ...statement, ...change }] });
}

export function read(text: string, partition = 'aws'): ResourcePolicy {
  return readPolicy(text, { ...makeBucketPolicyTarget('vault', partition), accounts: makeStore().accounts });
}

/** `undefined` if S3 accepts it, else the text of the refusal, with its Detail if it has one. */
export function answerTo(text: string, partition?: string): string | undefined {
  const thrown = thrownBy(() => read(text, partition));
  if (!(thrown instanceof S3Error)) return thrown === 'nothing' ? undefined : String(thrown);
  const { code, status, message, fields } = wordRefusal(thrown, 'aws');
  const detail = fields['Detail'] === undefined ? '' : ` | ${fields['Detail']}`;
  return `${code === 'MalformedPolicy' && status === 400 ? '' : `${status} ${code} `}${message}${detail}`;
}

export function whyOf(text: string): string | undefined {
  const thrown = thrownBy(() => read(text));
  return thrown instanceof S3Error && thrown.why !== undefined ? String(thrown.why) : undefined;
}

/** A policy as JSON, to compare: without the functions that were made of it. */
export function asJson(policy: ResourcePolicy): string {
  return JSON.stringify(policy, (_name, value: unknown) => (value instanceof Set ? [...value] : value));
}
