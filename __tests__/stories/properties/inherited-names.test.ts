import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { fromListing, type MockS3Options, mockS3 as makeMock } from 's3-versioning-mock';
import { mockS3 } from 's3-versioning-mock/jest';
import { signedBy } from '../../support/documents';
import { formBody, sendForm, signedFields } from '../../support/forms';
import { policyOf } from '../../support/policy';
import { areAllRuns } from '../../support/runs';
import { thrownBy } from '../../support/thrown';
import { send, type WireAnswer, type WireCall } from '../../support/wire-client';

/** Names that every object of JavaScript has by itself. A table that is asked `table[name]` has an answer for each that is not its own. */
const names = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'isPrototypeOf',
  '__defineGetter__',
];

const s3 = mockS3({ account: '123456789012', buckets: { vault: { versioning: 'Enabled', objects: { k: 'data' } } } });
const vault = s3.bucket('vault');
const path = '/vault/k';
const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' };
/** `$` before the brace of a variable, since biome takes it for a forgotten template. */
const variable = (key: string) => `$${`{${key}}`}`;
/** An object with one member, also if it is called `__proto__`. */
const only = <Value>(name: string, value: Value): Readonly<Record<string, Value>> =>
  Object.fromEntries([[name, value]]);
function stateOf(options: MockS3Options): unknown {
  const mock = makeMock({ ...options, hosts: { only: ['inherited.test'] } });
  void mock.stop();
  return JSON.parse(JSON.stringify(mock));
}

const digestOf = (body: string) => ({ 'Content-MD5': createHash('md5').update(body).digest('base64') });

function codeOf({ status, body }: WireAnswer): string {
  const code = /<Code>(.*?)<\/Code>/.exec(body)?.[1];
  return code === undefined ? String(status) : `${status} ${code}`;
}

/** A bug of the mock has a code of its own. */
async function answerTo(call: WireCall): Promise<string> {
  return codeOf(await send(call));
}

describe.each(areAllRuns ? names : names.slice(0, 2))('the name %s', (name) => {
  it('is a parameter that S3 does not have', async () => {
    for (const asked of [`/?${name}`, `/vault?${name}`, `${path}?${name}=x`, `${path}?x-amz-${name}`])
      expect(await answerTo({ path: asked })).toBe('200');
    expect(await answerTo({ method: 'PUT', path: `${path}?${name}`, body: 'data' })).toBe('200');
    expect(await answerTo({ method: 'POST', path: `/vault?${name}` })).toBe('412 PreconditionFailed');
  });

  it('is a header that S3 does not have, and a name of metadata', async () => {
    const headers = { [name]: 'x', [`x-amz-${name}`]: 'x', [`x-amz-meta-${name}`]: 'kept' };
    expect(await answerTo({ method: 'PUT', path, headers, body: 'data' })).toBe('200');
    expect((await send({ method: 'HEAD', path })).header(`x-amz-meta-${name.toLowerCase()}`)).toBe('kept');
    expect(vault.object('k')?.metadata).toEqual(only(name.toLowerCase(), 'kept'));
    expect(s3.requests.at(0)?.headers).toMatchObject(only(name.toLowerCase(), 'x'));
    expect(s3).toHaveReceived('PutObject', { Metadata: only(name.toLowerCase(), 'kept') });
  });

  it('is not a word of a header that has words', async () => {
    const refused = [
      ['x-amz-acl', 'InvalidArgument'],
      ['x-amz-storage-class', 'InvalidStorageClass'],
      ['x-amz-server-side-encryption', 'InvalidArgument'],
      ['x-amz-object-lock-mode', 'InvalidArgument'],
      ['x-amz-sdk-checksum-algorithm', 'InvalidRequest'],
      ['x-amz-checksum-algorithm', undefined],
    ] as const;
    for (const [header, code] of refused) {
      const answer = await answerTo({ method: 'PUT', path, headers: { [header]: name }, body: 'data' });
      expect({ header, answer }).toEqual({ header, answer: code === undefined ? '200' : `400 ${code}` });
    }
  });

  it('is a key, a version that no key has, and an upload that is not there', async () => {
    expect(await answerTo({ method: 'PUT', path: `/vault/${name}`, body: name })).toBe('200');
    expect((await send({ path: `/vault/${name}` })).body).toBe(name);
    expect((await send({ path: '/vault?versions' })).body).toContain(`<Key>${name}</Key>`);
    expect(Object.keys(vault.objects)).toContain(name);
    const copy = { 'x-amz-copy-source': `/vault/${name}` };
    expect(await answerTo({ method: 'PUT', path: '/vault/copy', headers: copy })).toBe('200');
    expect(await answerTo({ path: `/vault/${name}?versionId=${name}` })).toBe('400 InvalidArgument');
    expect(await answerTo({ path: `/vault/${name}?uploadId=${name}` })).toBe('404 NoSuchUpload');
    expect(await answerTo({ method: 'DELETE', path: `/vault/${name}` })).toBe('204');
  });

  it('is the name of a bucket if its letters are small', async () => {
    const isValid = /^[a-z]+$/.test(name);
    expect(await answerTo({ method: 'PUT', path: `/${name}` })).toBe(isValid ? '200' : '400 InvalidBucketName');
    expect(s3.buckets.map((bucket) => bucket.name).includes(name)).toBe(isValid);
  });

  it('is the name of a tag', async () => {
    const body = `<Tagging><TagSet><Tag><Key>${name}</Key><Value>x</Value></Tag></TagSet></Tagging>`;
    for (const asked of ['/vault?tagging', `${path}?tagging`]) {
      expect(await answerTo({ method: 'PUT', path: asked, headers: digestOf(body), body })).toMatch(/^20[04]$/);
      expect((await send({ path: asked })).body).toContain(`<Key>${name}</Key>`);
    }
    expect(await answerTo({ method: 'PUT', path, headers: { 'x-amz-tagging': `${name}=y` }, body: '' })).toBe('200');
    expect(vault.object('k')?.tags).toEqual(only(name, 'y'));
  });

  it('is a key of a condition, and a variable, that no request has', async () => {
    const ann = s3.account.user('ann', { policy: policyOf({ Effect: 'Allow', Action: 's3:Put*', Resource: '*' }) });
    const asAnn = (call: WireCall) => answerTo({ ...call, headers: { Authorization: signedBy(ann) } });
    const variables = ['', '/x', '/'].map((end) => variable(`${name}${end}`));
    const keys = [`aws:${name}`, `aws:${name}/x`, `s3:ExistingObjectTag/${name}`, `aws:ResourceTag/${name}`];
    for (const Resource of variables.map((text) => `arn:aws:s3:::vault/${text}*`)) {
      vault.policy = policyOf({ ...statement, Resource });
      expect(await asAnn({ path })).toBe('403 AccessDenied');
    }
    for (const key of [...keys, ...keys.map((one) => one.toUpperCase())]) {
      vault.policy = policyOf({ ...statement, Condition: { StringLike: only(key, '*') } });
      expect({ key, answer: await asAnn({ path }) }).toEqual({ key, answer: '403 AccessDenied' });
      vault.policy = policyOf({ ...statement, Condition: { Null: only(key, true) } });
      expect({ key, answer: await asAnn({ path }) }).toEqual({ key, answer: '200' });
      expect(ann.may('s3:GetObject', 'vault/k').allowed).toBe(true);
    }
    const ofUser = (key: string) =>
      s3.account.user(`of ${key}`.replace(/\W/g, '-'), {
        policy: policyOf({
          Effect: 'Allow',
          Action: '*',
          Resource: `arn:aws:s3:::vault/${variable(key)}*`,
          Condition: { StringNotEquals: only(key, 'x') },
        }),
      });
    vault.policy = undefined;
    for (const key of [name, `${name}/x`, `x:${name}`]) {
      const headers = { Authorization: signedBy(ofUser(key)) };
      expect(await answerTo({ path, headers })).toBe('403 AccessDenied');
    }
  });

  it('is nothing that a policy has', async () => {
    const put = (policy: object) => answerTo({ method: 'PUT', path: '/vault?policy', body: JSON.stringify(policy) });
    for (const policy of [
      { ...policyOf(statement), ...only(name, 'x') },
      policyOf({ ...statement, ...only(name, 'x') }),
      policyOf({ ...statement, Principal: only(name, '*') }),
      policyOf({ ...statement, Principal: { AWS: name } }),
      policyOf({ ...statement, Action: `s3:${name}` }),
      policyOf({ ...statement, Effect: name }),
      policyOf({ ...statement, Condition: only(name, { 'aws:username': 'x' }) }),
      policyOf({ ...statement, Condition: { StringEquals: only(name, 'x') } }),
      policyOf({ ...statement, Condition: { StringEquals: only(`s3:${name}`, 'x') } }),
    ])
      expect({ policy, answer: await put(policy) }).toEqual({ policy, answer: '400 MalformedPolicy' });
  });

  it('is a field of a form that S3 does not have', async () => {
    const form = formBody(
      signedFields({
        fields: [
          [`x-ignore-${name}`, 'x'],
          [`x-amz-meta-${name}`, 'kept'],
        ],
      }),
    );
    expect(codeOf(await sendForm(form))).toBe('204');
    expect(vault.object('report.pdf')?.metadata).toEqual(only(name.toLowerCase(), 'kept'));
    const unknown = formBody(signedFields({ fields: [[name, 'x']], conditions: [] }));
    expect(codeOf(await sendForm(unknown))).toBe('403 AccessDenied');
    const condition = formBody(signedFields({ conditions: [['eq', `$${name}`, 'x'], only(name, 'x')] }));
    expect(codeOf(await sendForm(condition))).toBe('403 AccessDenied');
    const operator = formBody(signedFields({ conditions: [[name, '$key', 'x']] }));
    expect(codeOf(await sendForm(operator))).toBe('400 InvalidPolicyDocument');
  });

  it('is an element and an attribute that no document of S3 has', async () => {
    const put = (asked: string, body: string) => answerTo({ method: 'PUT', path: asked, body });
    const grantee = (type: string) =>
      `<AccessControlPolicy><Owner><ID>1</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}"><ID>1</ID></Grantee><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>`;
    expect(await put('/vault?versioning', `<${name}/>`)).toMatch(/^4/);
    expect(await put('/vault?versioning', `<VersioningConfiguration><${name}/></VersioningConfiguration>`)).toMatch(
      /^4/,
    );
    expect(
      await put(
        '/vault?versioning',
        `<VersioningConfiguration ${name}="x"><Status ${name}="x" a:${name}="y" xmlns:a="z">Enabled</Status></VersioningConfiguration>`,
      ),
    ).toBe('200');
    expect(
      await put('/vault?versioning', `<VersioningConfiguration><Status>${name}</Status></VersioningConfiguration>`),
    ).toBe('400 MalformedXML');
    expect(await put('/vault?acl', grantee(name))).toMatch(/^400/);
    expect(
      await put(
        '/vault?notification',
        `<NotificationConfiguration><TopicConfiguration><Id>${name}</Id><Topic>${name}</Topic><Event>${name}</Event></TopicConfiguration></NotificationConfiguration>`,
      ),
    ).toMatch(/^400/);
  });

  it('is the id of a configuration and of a rule', async () => {
    const metrics = `<MetricsConfiguration><Id>${name}</Id></MetricsConfiguration>`;
    expect(await answerTo({ method: 'PUT', path: `/vault?metrics&id=${name}`, body: metrics })).toBe('204');
    expect((await send({ path: `/vault?metrics&id=${name}` })).body).toContain(`<Id>${name}</Id>`);
    expect(await answerTo({ method: 'DELETE', path: `/vault?metrics&id=${name}` })).toBe('204');
    expect(await answerTo({ path: `/vault?metrics&id=${name}` })).toBe('404 NoSuchConfiguration');
    const rule = `<Rule><ID>${name}</ID><Status>Enabled</Status><Filter><Prefix>${name}</Prefix></Filter><Expiration><Days>1</Days></Expiration></Rule>`;
    const lifecycle = `<LifecycleConfiguration>${rule}</LifecycleConfiguration>`;
    expect(
      await answerTo({ method: 'PUT', path: '/vault?lifecycle', headers: digestOf(lifecycle), body: lifecycle }),
    ).toBe('200');
    expect(vault.lifecycle?.Rules).toMatchObject([{ ID: name }]);
  });

  it('is a name in fixtures, and in their JSON', () => {
    const isBucket = /^[a-z]+$/.test(name);
    const options: MockS3Options = {
      users: only(name, { policy: policyOf(), managedPolicies: only(name.replace('__', ''), policyOf()) }),
      roles: only(name, {}),
      buckets: {
        ...(isBucket && only(name, {})),
        vault: {
          objects: only(name, [{ body: 'a', metadata: only(name.toLowerCase(), 'x'), tags: only(name, 'y') }]),
          tags: only(name, 'z'),
          versioning: 'Enabled',
        },
      },
    };
    const written = stateOf(options);
    // As text, since the matchers of jest do not compare a member that is called __proto__.
    const places = (text: string) => text.split(`"${name}":`).length - 1;
    expect(places(JSON.stringify(written))).toBe(places(JSON.stringify(options)));
    expect(JSON.stringify(stateOf(written as MockS3Options))).toBe(JSON.stringify(written));
  });

  it('is a name in a listing', () => {
    const Versions = [
      { Key: name, VersionId: 'null', IsLatest: true, LastModified: new Date(0), Size: 1, ETag: '"x"' },
    ];
    expect(Object.keys(fromListing({ Versions }))).toEqual([name]);
  });

  it('is unknown as a name that tests write', () => {
    const problem = (call: () => unknown) => String(thrownBy(call));
    const any = (value: unknown) => value as never; // as JavaScript passes it
    expect(problem(() => s3.on(any(name)))).toMatch(/^TypeError: .*S3, STS and S3 Control have no operation/);
    expect(problem(() => s3.on('PutObject', any(only(name, 'x'))))).toMatch(/^TypeError: .*has no /);
    expect(problem(() => expect(s3).toHaveReceived(any(name)))).toMatch(/S3, STS and S3 Control have no operation/);
    expect(problem(() => expect(s3).toHaveReceived('PutObject', any(only(name, 'x'))))).toMatch(/has no /);
    expect(problem(() => expect(vault).toHaveConfiguration(any(name)))).toMatch(/no configuration/);
    expect(problem(() => s3.account.may(any(`s3:${name}`), 'vault'))).toMatch(/^TypeError: .*there is no action/);
    expect(problem(() => s3.account.may('s3:GetObject', 'vault/k', only(name, 'x')))).toMatch(
      /there is no condition key/,
    );
    expect(problem(() => s3.clock.advance(any(only(name, 1))))).toMatch(/^TypeError: .*there is no option/);
    expect(problem(() => makeMock(any(only(name, 'x'))))).toMatch(/^TypeError: .*there is no option/);
    expect(problem(() => s3.bucket(name))).toMatch(/there is no bucket/);
    expect(problem(() => s3.on('PutObject').fail(any(name)))).toMatch(/^TypeError: /);
  });
});
