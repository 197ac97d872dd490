import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { testKey } from '../../support/customer-keys';
import { declaration, refusalIn, textOf } from '../../support/documents';
import { type Field, formBody, post, type SignedForm, sendForm, signedFields } from '../../support/forms';
import { answerHead } from '../../support/heads';
import { get, head } from '../../support/objects';
import type { WireCall } from '../../support/wire-client';

const s3 = mockS3({
  sseC: 'allowed',
  buckets: { vault: { versioning: 'Enabled' } },
});

const data = [
  'ETag: "8d777f385d3dfec8815d20f7496026dc"',
  'x-amz-checksum-crc64nvme: 7a5hQ478J4A=',
  'x-amz-checksum-type: FULL_OBJECT',
];
const sse = 'x-amz-server-side-encryption: AES256';
const inVault = 'https://vault.s3.amazonaws.com';
const atVault = { path: '/', host: 'vault.s3.amazonaws.com' };
const variable = `\${filename}`;

const keysOf = () =>
  s3
    .bucket('vault')
    .versions()
    .map(({ key }) => key);

const created = (location: string, key = 'report.pdf') =>
  `${declaration}<PostResponse><Location>${location}</Location><Bucket>vault</Bucket><Key>${key}</Key><ETag>"8d777f385d3dfec8815d20f7496026dc"</ETag></PostResponse>`;

// Recorded: dyus/meeseeks-s3, tests/post_object_sse_c/golden. F570
describe('the answer to a form', () => {
  it('is 204 with the version and the place of the object', async () => {
    const { status, head: lines, body, header } = await post({}, atVault);
    const version = `x-amz-version-id: ${header('x-amz-version-id')}`;
    expect({ status, body }).toEqual({ status: 204, body: '' });
    expect(lines).toEqual(answerHead(version, sse, ...data, `Location: ${inVault}/report.pdf`));
    expect(s3.bucket('vault').current('report.pdf')?.versionId).toBe(header('x-amz-version-id'));
  });

  it('is 201 with a document that has no namespace', async () => {
    const fields: readonly Field[] = [['success_action_status', '201']];
    const { status, head: lines, body, header } = await post({ fields }, atVault);
    expect({ status, body }).toEqual({ status: 201, body: created(`${inVault}/report.pdf`) });
    expect(lines).toEqual(
      answerHead(
        `x-amz-version-id: ${header('x-amz-version-id')}`,
        sse,
        ...data,
        `Location: ${inVault}/report.pdf`,
        'Content-Type: application/xml',
        `Content-Length: ${Buffer.byteLength(body)}`,
      ),
    );
  });

  it("names a customer's key by its digest", async () => {
    const key = testKey('k');
    const fields = Object.entries(key.headers);
    const { status, head: lines, header } = await post({ fields }, atVault);
    expect(status).toBe(204);
    expect(lines).toEqual(
      answerHead(
        `x-amz-version-id: ${header('x-amz-version-id')}`,
        'x-amz-server-side-encryption-customer-algorithm: AES256',
        `x-amz-server-side-encryption-customer-key-MD5: ${key.md5}`,
        `ETag: ${header('ETag')}`,
        ...data.slice(1),
        `Location: ${inVault}/report.pdf`,
      ),
    );
    expect(header('ETag')).not.toBe('"8d777f385d3dfec8815d20f7496026dc"');
    expect((await get('/vault/report.pdf', key.headers)).body).toBe('data');
  });

  it.each<{ status: string; answered: number }>`
    status   | answered
    ${'200'} | ${200}
    ${'201'} | ${201}
    ${'204'} | ${204}
    ${'404'} | ${204}
    ${'999'} | ${204}
    ${''}    | ${204}
  `('is $answered if the form asks for "$status"', async ({ status, answered }) => {
    const answer = await post({ fields: [['success_action_status', status]] });
    expect({ status: answer.status, location: answer.header('Location') }).toEqual({
      status: answered,
      location: 'https://s3.amazonaws.com/vault/report.pdf',
    });
    expect(answer.header('Content-Length')).toBe({ 200: '0', 201: '220' }[answer.status]);
  });

  it.each<{ call: Partial<WireCall>; location: string }>`
    call                                                            | location
    ${{ path: '/vault', host: 's3.eu-west-1.amazonaws.com' }}       | ${'https://s3.eu-west-1.amazonaws.com/vault/'}
    ${{ path: '/', host: 'vault.s3.eu-west-1.amazonaws.com' }}      | ${'https://vault.s3.eu-west-1.amazonaws.com/'}
    ${{ path: '/vault', secure: false }}                            | ${'http://s3.amazonaws.com/vault/'}
    ${{ path: '/', host: 'vault.s3.amazonaws.com', secure: false }} | ${'http://vault.s3.amazonaws.com/'}
    ${{ path: '/vault', host: cosHost }}                            | ${`http://${cosHost}/vault/`}
  `('names the object at $location', async ({ call, location }) => {
    const key = 'a b/été{1}.pdf';
    const answer = await post({ key, fields: [['success_action_status', '201']] }, call);
    expect({ status: answer.status, location: answer.header('Location') }).toEqual({
      status: 201,
      location: `${location}a+b%2F%C3%A9t%C3%A9%7B1%7D.pdf`,
    });
    expect({ location: textOf('Location', answer), key: textOf('Key', answer) }).toEqual({
      location: answer.header('Location'),
      key,
    });
  });

  it('names the object at a port of the mock', async () => {
    const { url, close } = await s3.listen();
    const form = new FormData();
    for (const [name, value] of signedFields({ fields: [['success_action_status', '201']] })) form.append(name, value);
    form.append('file', new Blob(['data']), 'report.pdf');
    const answer = await fetch(`${url}/vault/`, { method: 'POST', body: form });
    await close();
    expect({ status: answer.status, text: await answer.text() }).toEqual({
      status: 201,
      text: created(`${url}/vault/report.pdf`),
    });
    expect(answer.headers.get('location')).toBe(`${url}/vault/report.pdf`);
  });

  it.each<{ redirect: string; place: string }>`
    redirect                            | place
    ${'http://example.com/done'}        | ${'http://example.com/done?'}
    ${'HTTPS://example.com'}            | ${'HTTPS://example.com?'}
    ${'https://example.com/done?a=b c'} | ${'https://example.com/done?a=b c&'}
  `('is 303 to $redirect with the object in its query', async ({ redirect, place }) => {
    const fields: readonly Field[] = [
      ['success_action_redirect', redirect],
      ['success_action_status', '201'],
    ];
    const { status, header, body } = await post({ key: 'a/b c.pdf', fields });
    expect({ status, body, contentLength: header('Content-Length') }).toEqual({
      status: 303,
      body: '',
      contentLength: '0',
    });
    expect(header('Location')).toBe(`${place}bucket=vault&key=a%2Fb+c.pdf&etag=%228d777f385d3dfec8815d20f7496026dc%22`);
    expect(header('ETag')).toBe('"8d777f385d3dfec8815d20f7496026dc"');
  });

  it('is also 303 if the form has the field under its older name', async () => {
    expect((await post({ fields: [['redirect', 'https://example.com']] })).status).toBe(303);
  });

  it.each([
    '/wrong/redirect/relative',
    '',
    'ftp://example.com',
    'https://',
    'https://example.com/\r\nSet-Cookie: a=b',
    'https://é.com',
    'https://[',
  ])('is 204 if the redirect is %j', async (redirect) => {
    const { status, header } = await post({ fields: [['success_action_redirect', redirect]] });
    expect({ status, location: header('Location') }).toEqual({
      status: 204,
      location: 'https://s3.amazonaws.com/vault/report.pdf',
    });
  });
});

// F561, F563
describe('the fields of a form', () => {
  it('have names in any case, and describe the object', async () => {
    const expires = 'Wed, 21 Oct 2026 07:28:00 GMT';
    const fields: readonly Field[] = [
      ['Cache-Control', 'no-cache'],
      ['content-type', 'text/plain'],
      ['CONTENT-DISPOSITION', 'attachment'],
      ['Content-Encoding', 'gzip'],
      ['Content-Language', 'fr'],
      ['Expires', expires],
      ['x-amz-meta-TEST-2', 'test-meta-2'],
      ['X-Amz-Storage-Class', 'STANDARD_IA'],
      ['x-amz-website-redirect-location', '/other'],
    ];
    expect((await post({ fields })).status).toBe(204);
    const { header } = await head('/vault/report.pdf');
    expect(fields.map(([name]) => header(name))).toEqual([
      ...['no-cache', 'text/plain', 'attachment', 'gzip', 'fr', expires, 'test-meta-2', 'STANDARD_IA', '/other'],
    ]);
  });

  it.each<[string, SignedForm['file']]>([
    ['of its part, which has another', { headers: ['Content-Type: image/png'] }],
    ['of a part without a name of a file', { name: null }],
  ])('give the file no type by that %s', async (_what, file) => {
    await post({ file });
    expect((await head('/vault/report.pdf')).header('Content-Type')).toBe('binary/octet-stream');
  });

  it.each<[string, SignedForm['file'], string]>([
    ['the name of the file', { name: 'C:\\photos\\my file.jpg' }, 'user/my file.jpg'],
    ['nothing without a name in it', { name: '' }, 'user/'],
    ['nothing else if the part has none', { name: null }, `user/${variable}`],
  ])('may hold a variable, which becomes %s', async (_what, file, key) => {
    const allConditions = [...signatureConditions, { bucket: 'vault' }, ['starts-with', '$key', 'user/']];
    expect((await post({ key: `user/${variable}`, allConditions, file })).status).toBe(204);
    expect(keysOf()).toEqual([key]);
  });

  it('are compared with the policy after the variable was replaced', async () => {
    const form = { key: variable, allConditions: [...signatureConditions, { bucket: 'vault' }, { key: 'my-file' }] };
    expect((await post({ ...form, file: { name: 'my-file' } })).status).toBe(204);
    expect((await post({ ...form, file: { name: 'other' } })).status).toBe(403);
  });

  it('of one name have commas between their values, in metadata and for the policy', async () => {
    const fields: readonly Field[] = [
      ['x-amz-meta-a', '1'],
      ['x-amz-meta-A', '2'],
    ];
    expect((await post({ fields, conditions: [{ 'x-amz-meta-a': '1,2' }] })).status).toBe(204);
    expect((await head('/vault/report.pdf')).header('x-amz-meta-a')).toBe('1,2');
  });

  it.each<{ value: string; answered: string }>`
    value                               | answered
    ${'ÄMÄZÕÑ S3'}                      | ${'=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?='}
    ${'\u0000\u0001\u0002\u0003\u0004'} | ${'=?UTF-8?B?AAECAwQ=?='}
    ${'=?UTF-8?Q?actually-ascii?='}     | ${'=?UTF-8?Q?actually-ascii?='}
    ${'=?UTF-8?B?YWJj?='}               | ${'=?UTF-8?B?YWJj?='}
    ${'a\r\nb'}                         | ${'=?UTF-8?B?YQ0KYg==?='}
  `('are metadata as text, so that $value is answered as $answered', async ({ value, answered }) => {
    await post({ fields: [['x-amz-meta-a', value]] });
    expect((await head('/vault/report.pdf')).header('x-amz-meta-a')).toBe(answered);
  });

  it.each<{ value: string; answered: string }>`
    value                                    | answered
    ${'attachment; filename="test_—_é.pdf"'} | ${'attachment; filename="test_ _\xe9.pdf"'}
    ${'a👑b'}                                | ${'a b'}
    ${'a\r\nSet-Cookie: b=c'}                | ${'a  Set-Cookie: b=c'}
  `('are system metadata in ISO-8859-1, so that $value is answered as $answered', async ({ value, answered }) => {
    expect((await post({ fields: [['Content-Disposition', value]] })).status).toBe(204);
    expect((await head('/vault/report.pdf')).header('Content-Disposition')).toBe(answered);
  });

  it('are not headers if no header could have their name', async () => {
    expect(
      (
        await post({
          fields: [
            ['x-amz-meta-a b', '1'],
            ['x-amz-meta-é', '2'],
          ],
        })
      ).status,
    ).toBe(204);
    expect(s3.bucket('vault').current('report.pdf')).toMatchObject({ metadata: {} });
  });

  it('that S3 does not know have no effect', async () => {
    const fields: readonly Field[] = [
      ['x-amz-tagging', 'a=b'],
      ['x-amz-acl', 'public-read'],
      ['If-None-Match', '*'],
      ['Filename', 'a'],
    ];
    expect({ status: (await post({ fields })).status, statusOfNext: (await post({ fields })).status }).toEqual({
      status: 204,
      statusOfNext: 204,
    });
    expect(s3.bucket('vault').current('report.pdf')).toMatchObject({ tags: {} });
  });

  it.each<{ checksum: string; code: string }>`
    checksum                                          | code
    ${'FCdpr49p1lOaqeTLrMGTeKEVwaNFvVXq85oYTQ1iNvs='} | ${'BadDigest'}
    ${'sailorjerry'}                                  | ${'InvalidRequest'}
  `('have a checksum of the file: $checksum is refused with $code', async ({ checksum, code }) => {
    expect(refusalIn(await post({ fields: [['x-amz-checksum-sha256', checksum]] }))).toMatchObject({
      status: 400,
      code,
    });
    expect(keysOf()).toEqual([]);
  });

  // dyus/meeseeks-s3, tests/post_object/test_content_md5.py
  it.each<{ md5: string; status: number; code: string | undefined }>`
    md5                           | status | code
    ${'jXd/OF09/siBXSD3SWAm3A=='} | ${204} | ${undefined}
    ${'1B2M2Y8AsgTpgAmY7PhCfg=='} | ${400} | ${'BadDigest'}
  `('have the MD5 of the file: $md5 is $status', async ({ md5, status, code }) => {
    expect(
      refusalIn(await post({ fields: [['Content-MD5', md5]], conditions: [['starts-with', '$Content-MD5', '']] })),
    ).toMatchObject({ status, code });
    expect(keysOf()).toEqual(status === 204 ? ['report.pdf'] : []);
  });

  it('have the checksum that is stored and answered', async () => {
    const fields: readonly Field[] = [
      ['x-amz-checksum-algorithm', 'SHA256'],
      ['x-amz-checksum-sha256', 'Om6weQ85rIfJTzhWst0sXREOaBFgImGpqSPTuyOtyLc='],
    ];
    const { status, header } = await post({ fields });
    expect({
      status,
      checksumSha256: header('x-amz-checksum-sha256'),
      checksumCrc64nvme: header('x-amz-checksum-crc64nvme'),
    }).toEqual({
      status: 204,
      checksumSha256: fields[1]?.[1],
      checksumCrc64nvme: undefined,
    });
  });
});

const signatureConditions = ['algorithm', 'credential', 'date'].map((name) => ['starts-with', `$x-amz-${name}`, '']);

// F569
describe('the tags of a form', () => {
  const tag = (Key: string, Value: string) => `<Tag><Key>${Key}</Key><Value>${Value}</Value></Tag>`;
  const tagging = (...tags: readonly string[]) => `<Tagging><TagSet>${tags.join('')}</TagSet></Tagging>`;

  it.each<{ document: string; tags: object }>`
    document                                                                          | tags
    ${tagging(tag('env', 'staging'))}                                                 | ${{ env: 'staging' }}
    ${tagging(tag('0', '0'), tag('1', 'é/b'))}                                        | ${{ 0: '0', 1: 'é/b' }}
    ${'<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet/></Tagging>'} | ${{}}
    ${'<InvalidXmlTagging></InvalidXmlTagging>'}                                      | ${{}}
  `('are $tags by $document', async ({ document, tags }) => {
    expect((await post({ fields: [['tagging', document]] })).status).toBe(204);
    expect(s3.bucket('vault').current('report.pdf')).toMatchObject({ tags });
  });

  it.each<{ document: string; code: string }>`
    document                                                           | code
    ${'not-xml'}                                                       | ${'MalformedXML'}
    ${'<Tagging><TagSet><Tag><Key>env</Key></TagSet></Tagging>'}       | ${'MalformedXML'}
    ${'<Tagging><TagSet><Tag><Key>env</Key></Tag></TagSet></Tagging>'} | ${'MalformedXML'}
    ${tagging(tag('env', 'a'), tag('env', 'b'))}                       | ${'InvalidTag'}
  `('are refused with $code in $document', async ({ document, code }) => {
    expect(refusalIn(await post({ fields: [['tagging', document]] }))).toMatchObject({ status: 400, code });
    expect(keysOf()).toEqual([]);
  });
});

describe('the journal', () => {
  it('has a form under its own name, with its fields and its file', async () => {
    const form = {
      fields: [
        ['acl', 'private'],
        ['x-amz-meta-colour', 'red'],
        ['success_action_status', '201'],
      ] as const,
    };
    await post(form);
    const policy = signedFields(form).find(([name]) => name === 'policy')?.[1];
    s3.requests.expectOnly('PostObject', {
      Bucket: 'vault',
      Key: 'report.pdf',
      ACL: 'private',
      Metadata: { colour: 'red' },
      SuccessActionStatus: '201',
      Filename: 'report.pdf',
      Body: 'data',
      Policy: expect.stringMatching(/^eyJleHBpcmF0aW9uIjoi/),
    });
    expect(policy).toMatch(/^eyJleHBpcmF0aW9uIjoi/);
    expect(s3.requests.last()).toMatchObject({
      key: 'report.pdf',
      output: { StatusCode: 201, ETag: '"8d777f385d3dfec8815d20f7496026dc"' },
    });
  });

  it('prints the fields of a form, and why it was refused', async () => {
    const fields: readonly Field[] = [['x-amz-meta-colour', 'red']];
    await post({ fields });
    await post({ fields, conditions: [] });
    const lines = String(s3.requests).replaceAll(/\d\d:\d\d:\d\d\.\d{3}/g, 'TIME');
    const given = "{ Metadata: { colour: 'red' }, Policy: '<policy>', Filename: 'report.pdf', Body: 'data' }";
    expect(lines.split('\n')).toEqual([
      '2 requests:',
      `  1. TIME  PostObject  vault/report.pdf  204               ${given}`,
      `  2. TIME  PostObject  vault/report.pdf  403 AccessDenied  ${given}`,
      "     why: the policy has no condition on x-amz-meta-colour, which the form sends as 'red': sign ['starts-with', '$x-amz-meta-colour', ''] among its Conditions, or leave the field out",
    ]);
  });

  it('has the input in the names of PutObject, and says if a test misspells one', async () => {
    await post({ fields: [['Content-Type', 'text/plain']] });
    expect(s3).toHaveReceived('PostObject', { Key: 'report.pdf', ContentType: 'text/plain' });
    expect(() => expect(s3).toHaveReceived('PostObject', { FileName: 'report.pdf' } as never)).toThrow(
      'the input of PostObject has no FileName. Did you mean Filename?',
    );
  });

  it('has the bytes of the whole form as the body', async () => {
    const body = formBody(signedFields());
    await sendForm(body);
    expect(s3.requests.last()?.body).toEqual(body);
  });

  it('has the form of a failure that a test asked for', async () => {
    s3.on('PostObject', { Key: 'report.pdf' }).fail('SlowDown', { times: 1 });
    expect({ status: (await post()).status, statusOfOther: (await post({ key: 'other' })).status }).toEqual({
      status: 503,
      statusOfOther: 204,
    });
  });
});
