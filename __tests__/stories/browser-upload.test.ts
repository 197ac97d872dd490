import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, describe, expect, test } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { textOf } from '../support/documents';

const s3 = mockS3({ verifySignatures: true, buckets: { portraits: { versioning: 'Enabled' } } });
const client = new S3Client({});
afterAll(() => client.destroy());

interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

// The code under test: a form with which a member's browser uploads a portrait, and nothing else.
const maxBytes = 1000;

function portraitForm(member: string, more: Readonly<Record<string, string>> = {}): Promise<UploadForm> {
  const Conditions: PresignedPostOptions['Conditions'] = [
    ['content-length-range', 1, maxBytes],
    ['starts-with', '$Content-Type', 'image/'],
  ];
  return createPresignedPost(client, {
    Bucket: 'portraits',
    Key: `members/${member}`,
    Conditions,
    Fields: { 'x-amz-meta-member': member, ...more },
    Expires: 600,
  });
}

function submit({ url, fields }: UploadForm, content: string, type = 'image/png'): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, 'Content-Type': type })) form.append(name, value);
  form.append('file', new Blob([content], { type }), 'me.png');
  return fetch(url, { method: 'POST', body: form, redirect: 'manual' });
}

const portrait = 'members/ann';
const refusalOf = async (answer: Response) => {
  const body = await answer.text();
  return { status: answer.status, code: textOf('Code', { body }), message: textOf('Message', { body }) };
};

describe('a portrait that a browser uploads', () => {
  test('is a version each time, with the type and the metadata of the form', async () => {
    const form = await portraitForm('ann');
    const answers = [await submit(form, 'at the sea'), await submit(form, 'in the hills', 'image/jpeg')];
    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    const ids = answers.map(({ headers }) => headers.get('x-amz-version-id'));
    const metadata = { member: 'ann' };
    expect(s3.bucket('portraits')).toHaveVersions(portrait, [
      { versionId: String(ids[0]), body: 'at the sea', contentType: 'image/png', metadata },
      { versionId: String(ids[1]), body: 'in the hills', contentType: 'image/jpeg', metadata },
    ]);
    expect(s3).toHaveReceivedTimes('PostObject', 2);
  });

  test.each([
    [
      'is empty',
      '',
      { status: 400, code: 'EntityTooSmall', message: 'Your proposed upload is smaller than the minimum allowed size' },
    ],
    [
      'is too large',
      'x'.repeat(maxBytes + 1),
      { status: 400, code: 'EntityTooLarge', message: 'Your proposed upload exceeds the maximum allowed size' },
    ],
  ])('is refused if it %s', async (_what, content, refusal) => {
    expect(await refusalOf(await submit(await portraitForm('ann'), content))).toEqual(refusal);
    expect(s3.bucket('portraits')).not.toHaveObject(portrait);
  });

  test('may have as many bytes as the form allows', async () => {
    expect((await submit(await portraitForm('ann'), 'x'.repeat(maxBytes))).status).toBe(204);
    expect(s3.bucket('portraits').object(portrait).size).toBe(maxBytes);
  });

  test('is refused if it is not an image', async () => {
    expect(await refusalOf(await submit(await portraitForm('ann'), '<script>', 'text/html'))).toEqual({
      status: 403,
      code: 'AccessDenied',
      message: 'Invalid according to Policy: Policy Condition failed: ["starts-with", "$Content-Type", "image/"]',
    });
    expect(s3.bucket('portraits')).not.toHaveObject(portrait);
  });

  test('is refused if a member names another one, or adds a field', async () => {
    const { url, fields } = await portraitForm('ann');
    expect(await refusalOf(await submit({ url, fields: { ...fields, key: 'members/bob' } }, 'a joke'))).toEqual({
      status: 403,
      code: 'AccessDenied',
      message: 'Invalid according to Policy: Policy Condition failed: ["eq", "$key", "members/ann"]',
    });
    expect(await refusalOf(await submit({ url, fields: { ...fields, tagging: '<Tagging/>' } }, 'a joke'))).toEqual({
      status: 403,
      code: 'AccessDenied',
      message: 'Invalid according to Policy: Extra input fields: tagging',
    });
    expect(s3.bucket('portraits').versions()).toEqual([]);
  });

  test('is refused after the time of the form', async () => {
    const form = await portraitForm('ann');
    s3.clock.advance({ minutes: 11 });
    expect(await refusalOf(await submit(form, 'too late'))).toEqual({
      status: 403,
      code: 'AccessDenied',
      message: 'Invalid according to Policy: Policy expired.',
    });
  });

  test('is answered with a document if the form asks for 201', async () => {
    const answer = await submit(await portraitForm('ann', { success_action_status: '201' }), 'at the sea');
    const body = await answer.text();
    expect({ status: answer.status, bucket: textOf('Bucket', { body }), key: textOf('Key', { body }) }).toEqual({
      status: 201,
      bucket: 'portraits',
      key: portrait,
    });
    expect(textOf('Location', { body })).toBe(answer.headers.get('location'));
    expect(answer.headers.get('x-amz-version-id')).toBe(s3.bucket('portraits').object(portrait).versionId);
  });

  test('leads the browser to the page that the form names', async () => {
    const thanks = 'https://members.test/thanks?lang=en';
    const answer = await submit(await portraitForm('ann', { success_action_redirect: thanks }), 'at the sea');
    const location = new URL(answer.headers.get('location') ?? '');
    const { etag } = s3.bucket('portraits').object(portrait);
    expect({ status: answer.status, location: location.origin + location.pathname }).toEqual({
      status: 303,
      location: 'https://members.test/thanks',
    });
    expect(Object.fromEntries(location.searchParams)).toEqual({ lang: 'en', bucket: 'portraits', key: portrait, etag });
  });
});
