import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { orders } from '../../../src/protocol/request/orders';
import { refusals } from '../../../src/refusals/table';
import { textOf } from '../../support/documents';
import { type Field, formBody, formType, type SignedForm, signedFields } from '../../support/forms';
import { denying } from '../../support/limited-users';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {} } });
const keys = s3.account.credentials;
const deniedKeys = () =>
  s3.account.user('nobody', { policy: { Version: '2012-10-17', Statement: [denying('s3:CreateJob')] } }).credentials;

/** What is wrong with a form. A form without a fault is accepted. */
interface Fault {
  readonly form?: Partial<SignedForm> | (() => Partial<SignedForm>);
  readonly conditions?: readonly unknown[];
  readonly fields?: readonly Field[];
  readonly after?: readonly Field[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

const { early, stages } = orders.PostObject;
const rows = [...early, ...stages];
type Name = (typeof rows)[number]['check'];

const authorization = `AWS4-HMAC-SHA256 Credential=KEY/20260331/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
const faults: Readonly<Record<Name, Fault>> = {
  'the length': { headers: { 'Transfer-Encoding': 'chunked' } },
  'no signature in a header': {
    headers: { Authorization: authorization, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  },
  'the parts': { headers: { 'Content-Type': 'multipart/form-data' } },
  'the bytes before the file': { fields: [['x-ignore-a', 'a'.repeat(20_480)]] },
  'one file': { after: [['file', 'another']] },
  'a key': { form: { without: ['key'] } },
  'the key is not empty': { form: { key: '' } },
  'the fields of the signature': { form: { changed: { 'x-amz-algorithm': 'AWS4-ECDSA-P256-SHA256' } } },
  'the bucket': { path: '/nowhere' },
  'the right': { form: () => ({ keys: deniedKeys() }) },
  'the length of the key': { form: { key: 'k'.repeat(1025) } },
  'the document of the policy': { form: { policy: 'x' } },
  'the time of the policy': { form: { expiration: '2020-01-01T00:00:00Z' } },
  'its conditions': { conditions: [['eq', '$acl', 'private']] },
  'a condition for each field': { fields: [['x-amz-meta-color', 'red']] },
  'the size of the file': { conditions: [['content-length-range', 100, 200]] },
};

const oneKey = 'the key is missing, empty or long';
const onePolicy = 'a policy that is not JSON has neither a time nor conditions';
const exceptions: readonly (readonly [Name, Name, why: string])[] = [
  ['a key', 'the key is not empty', oneKey],
  ['a key', 'the length of the key', oneKey],
  ['the key is not empty', 'the length of the key', oneKey],
  ['the document of the policy', 'the time of the policy', onePolicy],
  ['the document of the policy', 'its conditions', onePolicy],
  ['the document of the policy', 'the size of the file', onePolicy],
];

async function askWith(...given: readonly Fault[]): Promise<string> {
  const forms = given.map(({ form = {} }) => (typeof form === 'function' ? form() : form));
  const form: SignedForm = Object.assign(
    { keys, conditions: given.flatMap((fault) => fault.conditions ?? []) },
    ...forms,
  );
  const fields = given.flatMap((fault) => fault.fields ?? []);
  const answer = await send({
    method: 'POST',
    path: given.find(({ path }) => path !== undefined)?.path ?? '/vault',
    headers: Object.assign(
      { 'Content-Type': formType, Authorization: undefined },
      ...given.map(({ headers = {} }) => headers),
    ),
    body: formBody(
      [...fields, ...signedFields(form)],
      {},
      given.flatMap(({ after = [] }) => after),
    ),
  });
  const message = textOf('Message', answer)?.replace(/arn:aws:s3:\S+/, '') ?? '';
  return `${answer.status} ${textOf('Code', answer) ?? ''} ${message}`.trim();
}

function pairs() {
  return rows.flatMap(({ check: first }, index) =>
    rows.slice(index + 1).flatMap(({ check: second }) => {
      const isOdd = exceptions.some(([one, other]) => one === first && other === second);
      return isOdd ? [] : [[first, second] as const];
    }),
  );
}

// docs/decisions/0071-orders-are-data.md
describe('the order of the checks of a form', () => {
  it('has no fault to find in a form without one', async () => {
    expect(await askWith()).toBe('204');
  });

  it.each(rows.map(({ check, refusals: names }) => [check, names] as const))(
    '%s is refused with a refusal of its row',
    async (check, names) => {
      const codes = names.map((name) => refusals[name].code);
      expect(await askWith(faults[check])).toMatch(new RegExp(`^\\d+ (?:${codes.join('|')})\\b`));
    },
  );

  it.each(pairs())('%s comes before %s', async (first, second) => {
    const [one, other] = [faults[first], faults[second]];
    expect(await askWith(one, other)).toBe(await askWith(one));
    expect(await askWith(other)).not.toBe(await askWith(one));
  });
});
