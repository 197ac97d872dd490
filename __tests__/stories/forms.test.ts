import http from 'node:http';
import https from 'node:https';
import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import S3OfV2 from 'aws-sdk/clients/s3';
import axios from 'axios';
import NodeFormData from 'form-data';
import { S3 as S3OfCos } from 'ibm-cos-sdk';
import { Client } from 'minio';
import { mockS3 } from 's3-versioning-mock/jest';
import { FormData as UndiciFormData, fetch as undiciFetch } from 'undici';
import { cosHost } from '../support/clients/story-client';

interface MadeForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly versionId: string | null | undefined;
  readonly body: string;
}

const photo = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
const variable = `\${filename}`;

async function byFetch({ url, fields }: MadeForm, content: Uint8Array = photo): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([Uint8Array.from(content)], { type: 'image/jpeg' }), 'été 1.jpg');
  const answer = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
  return { status: answer.status, versionId: answer.headers.get('x-amz-version-id'), body: await answer.text() };
}

async function byUndici({ url, fields }: MadeForm): Promise<Answer> {
  const form = new UndiciFormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([Uint8Array.from(photo)]), 'été 1.jpg');
  const answer = await undiciFetch(url, { method: 'POST', body: form });
  return { status: answer.status, versionId: answer.headers.get('x-amz-version-id'), body: await answer.text() };
}

function nodeFormOf({ fields }: MadeForm): NodeFormData {
  const form = new NodeFormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', photo, { filename: 'été 1.jpg', contentType: 'image/jpeg' });
  return form;
}

async function byAxios(made: MadeForm): Promise<Answer> {
  const { status, headers, data } = await axios.post(made.url, nodeFormOf(made), { validateStatus: () => true });
  return { status, versionId: headers['x-amz-version-id'], body: String(data) };
}

function byNode(made: MadeForm): Promise<Answer> {
  const form = nodeFormOf(made);
  const { request } = made.url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const headers = { ...form.getHeaders(), 'Content-Length': String(form.getLengthSync()) };
    const call = request(made.url, { method: 'POST', headers }, (response) => {
      const versionId = response.headers['x-amz-version-id'];
      response.toArray().then((chunks) => {
        resolve({
          status: response.statusCode ?? 0,
          versionId: String(versionId),
          body: Buffer.concat(chunks).toString(),
        });
      }, reject);
    });
    call.on('error', reject);
    form.pipe(call);
  });
}

const senders = { fetch: byFetch, undici: byUndici, axios: byAxios, 'node:https': byNode };

const keys = () => ({
  accessKeyId: s3.account.credentials.accessKeyId,
  secretAccessKey: s3.account.credentials.secretAccessKey,
});
const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } }, verifySignatures: true });

const makers: Readonly<Record<string, () => Promise<MadeForm>>> = {
  '@aws-sdk/s3-presigned-post': async () => {
    const client = new S3Client({ region: 'us-east-1', credentials: keys() });
    const Conditions = [
      ['content-length-range', 1, 5000],
      ['starts-with', '$Content-Type', 'image/'],
    ] as const;
    const made = await createPresignedPost(client, {
      Bucket: 'vault',
      Key: `user/ann/${variable}`,
      Conditions: Conditions.map((one) => [...one]) as never, // its types are of lists that may change
      Fields: { 'Content-Type': 'image/jpeg', 'x-amz-meta-by': 'ann' },
    });
    client.destroy();
    return made;
  },
  'aws-sdk': async () => {
    const client = new S3OfV2({ region: 'us-east-1', signatureVersion: 'v4', ...keys() });
    const { url, fields } = client.createPresignedPost({
      Bucket: 'vault',
      Conditions: [['starts-with', '$key', 'user/ann/'], { 'x-amz-meta-by': 'ann' }, { 'Content-Type': 'image/jpeg' }],
    });
    return {
      url,
      fields: { ...fields, key: `user/ann/${variable}`, 'x-amz-meta-by': 'ann', 'Content-Type': 'image/jpeg' },
    };
  },
  minio: async () => {
    const client = new Client({
      endPoint: 's3.amazonaws.com',
      region: 'us-east-1',
      accessKey: keys().accessKeyId,
      secretKey: keys().secretAccessKey,
    });
    const policy = client.newPostPolicy();
    policy.setBucket('vault');
    policy.setKeyStartsWith('user/ann/');
    policy.setExpires(new Date(Date.now() + 600_000));
    policy.setContentType('image/jpeg');
    policy.setContentLengthRange(1, 5000);
    policy.setUserMetaData({ by: 'ann' });
    const { postURL, formData } = await client.presignedPostPolicy(policy);
    return { url: postURL, fields: { ...(formData as Record<string, string>), key: `user/ann/${variable}` } };
  },
};

describe.each(Object.keys(makers))('a form that %s made', (maker) => {
  const make = () => makers[maker]?.() ?? Promise.reject(new Error(maker));

  it.each(Object.keys(senders) as readonly (keyof typeof senders)[])('is stored as a version by %s', async (sender) => {
    const made = await make();
    const first = await senders[sender](made);
    const second = await senders[sender](made);
    expect({ firstStatus: first.status, body: first.body, secondStatus: second.status }).toEqual({
      firstStatus: 204,
      body: '',
      secondStatus: 204,
    });
    const versions = s3.bucket('vault').versions('user/ann/été 1.jpg');
    expect(versions.map(({ versionId }) => versionId)).toEqual([second.versionId, first.versionId]);
    const stored = s3.bucket('vault').current('user/ann/été 1.jpg');
    expect(stored).toMatchObject({ size: 1000, contentType: 'image/jpeg', metadata: { by: 'ann' } });
    expect(s3.bucket('vault').object('user/ann/été 1.jpg').body).toEqual(photo);
    expect(s3).toHaveReceived('PostObject', { Bucket: 'vault', Key: 'user/ann/été 1.jpg', ContentType: 'image/jpeg' });
  });

  it('is refused if the browser changes a field', async () => {
    const { url, fields } = await make();
    const { status, body } = await byFetch({ url, fields: { ...fields, key: 'user/bob/a.jpg' } });
    expect(status).toBe(403);
    expect(body).toContain(
      'Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "user/ann/"]',
    );
    expect(s3.requests.last()?.why).toBe("the form's key is 'user/bob/a.jpg'");
  });
});

describe('a form for one key', () => {
  let client: S3Client;

  beforeEach(() => {
    client = new S3Client({ region: 'us-east-1', credentials: s3.account.credentials });
  });

  afterEach(() => client.destroy());

  it('is refused if the file is too large', async () => {
    const made = await createPresignedPost(client, {
      Bucket: 'vault',
      Key: 'photo.jpg',
      Conditions: [['content-length-range', 1, 999]],
    });
    const { status, body } = await byFetch(made);
    expect({ status, body }).toEqual({
      status: 400,
      body: expect.stringContaining('<ProposedSize>1000</ProposedSize><MaxSizeAllowed>999</MaxSizeAllowed>'),
    });
  });

  it('redirects the browser', async () => {
    const Fields = { success_action_redirect: 'https://app.example.com/done?step=2' };
    const made = await createPresignedPost(client, { Bucket: 'vault', Key: 'photo.jpg', Fields });
    const answer = await axios.post(made.url, nodeFormOf(made), { maxRedirects: 0, validateStatus: () => true });
    expect({ status: answer.status, location: answer.headers['location'] }).toEqual({
      status: 303,
      location: expect.stringMatching(
        /^https:\/\/app\.example\.com\/done\?step=2&bucket=vault&key=photo\.jpg&etag=%22[0-9a-f]{32}%22$/,
      ),
    });
  });

  it('of a session contains the token of the session', async () => {
    const session = s3.account.session();
    const ofSession = new S3Client({ region: 'us-east-1', credentials: session.credentials });
    const made = await createPresignedPost(ofSession, { Bucket: 'vault', Key: 'photo.jpg' });
    expect(made.fields['X-Amz-Security-Token']).toBe(session.credentials.sessionToken);
    expect((await byFetch(made)).status).toBe(204);
    ofSession.destroy();
  });

  it('expires', async () => {
    const made = await createPresignedPost(client, { Bucket: 'vault', Key: 'photo.jpg', Expires: 60 });
    s3.clock.advance({ seconds: 61 });
    const { status, body } = await byFetch(made);
    expect({ status, body }).toEqual({
      status: 403,
      body: expect.stringContaining('Invalid according to Policy: Policy expired.'),
    });
  });
});

it("a form that IBM's SDK made is stored at IBM COS", async () => {
  const client = new S3OfCos({
    endpoint: cosHost,
    credentials: keys(),
    signatureVersion: 'v4',
    region: 'us-standard',
  } as never);
  const made = (client as unknown as S3OfV2).createPresignedPost({ Bucket: 'vault', Fields: { key: 'photo.jpg' } });
  const { status, versionId } = await byFetch({ url: made.url, fields: made.fields });
  expect({ status, versionId }).toEqual({ status: 204, versionId: s3.bucket('vault').current('photo.jpg')?.versionId });
  expect(s3.requests.last()?.dialect).toBe('ibm-cos');
});
