import { describe, expect, it } from '@jest/globals';
import { readForm } from '../../../src/protocol/form/form';
import { S3Error } from '../../../src/refusals';
import { bodyOf, formBody, partOf } from '../../support/forms';

const variable = `\${filename}`;
const type = 'multipart/form-data; boundary=----FormBoundary7MA4YWxkTrZu0gW';

function formOf(body: Uint8Array, contentType = type) {
  const form = readForm(contentType, body);
  if (form instanceof S3Error) throw form;
  return form;
}

function refusalOf(body: Uint8Array, contentType = type) {
  const form = readForm(contentType, body);
  return form instanceof S3Error ? { refusal: form.refusal, details: form.details, why: form.why } : form;
}

// F561
describe('the fields of a form', () => {
  it('are read by their names in lower case, and several of a name have commas between them', () => {
    const { fields, first } = formOf(
      formBody([
        ['x-amz-meta-A', '1'],
        ['KEY', 'k'],
        ['X-Amz-Meta-a', '2'],
      ]),
    );
    expect([...fields]).toEqual([
      ['x-amz-meta-a', '1,2'],
      ['key', 'k'],
    ]);
    expect(first.get('x-amz-meta-a')).toBe('1');
  });

  it('after the file do not count', () => {
    expect([...formOf(formBody([['key', 'k']], {}, [['acl', 'private']])).fields.keys()]).toEqual(['key']);
  });

  it('are UTF-8', () => {
    expect(formOf(formBody([['key', 'été—👑']])).fields.get('key')).toBe('été—👑');
  });

  it.each<{ fileName: string | null; key: string }>`
    fileName                   | key
    ${'photo.jpg'}             | ${'user/photo.jpg photo.jpg'}
    ${'/photos/ann/photo.jpg'} | ${'user/photo.jpg photo.jpg'}
    ${'C:\\photos\\été.jpg'}   | ${'user/été.jpg été.jpg'}
    ${'$&$1.jpg'}              | ${'user/$&$1.jpg $&$1.jpg'}
    ${''}                      | ${'user/ '}
    ${null}                    | ${`user/${variable} ${variable}`}
  `('have the name of the file $fileName in place of its variable', ({ fileName, key }) => {
    const value = `user/${variable} ${variable}`;
    const { fields } = formOf(
      formBody(
        [
          ['key', value],
          ['x-amz-meta-a', value],
        ],
        { name: fileName },
      ),
    );
    expect({ key: fields.get('key'), metadata: fields.get('x-amz-meta-a') }).toEqual({ key, metadata: key });
  });
});

describe('the file of a form', () => {
  it('is the part of that name, whichever parts name a file', () => {
    const other = partOf(['form-data; name="key"; filename="key"'], 'k');
    const form = formOf(bodyOf([other, partOf(['form-data; name="File"'], 'bytes')]));
    expect({ key: form.fields.get('key'), file: Buffer.from(form.file).toString(), fileName: form.fileName }).toEqual({
      key: 'k',
      file: 'bytes',
      fileName: undefined,
    });
  });

  // F562
  it.each<[what: string, parts: readonly Uint8Array[], refusal: unknown]>([
    [
      'no file',
      [partOf(['form-data; name="key"'], 'k')],
      {
        refusal: 'FormFileCount',
        details: { ArgumentValue: '0' },
        why: 'the fields of the form are key, none of which is named file',
      },
    ],
    [
      'two files',
      [partOf(['form-data; name="file"'], 'a'), partOf(['form-data; name="file"'], 'b')],
      { refusal: 'FormFileCount', details: { ArgumentValue: '2' }, why: 'the fields of the form are file, file' },
    ],
    [
      'two files, and the second one beyond the limit of fields',
      [partOf(['form-data; name="file"'], 'a'.repeat(30_000)), partOf(['form-data; name="file"'], 'b')],
      { refusal: 'FormFileCount', details: { ArgumentValue: '2' }, why: 'the fields of the form are file, file' },
    ],
    [
      'no part',
      [],
      {
        refusal: 'FormFileCount',
        details: { ArgumentValue: '0' },
        why: 'the fields of the form are (none), none of which is named file',
      },
    ],
    [
      'twenty fields',
      Array.from({ length: 20 }, () => partOf(['form-data; name="a"'], 'v')),
      {
        refusal: 'FormFileCount',
        details: { ArgumentValue: '0' },
        why: `the fields of the form are ${Array.from({ length: 20 }, () => 'a').join(', ')}, none of which is named file`,
      },
    ],
    [
      'a file of another disposition',
      [partOf(['file; name="file"'], 'a')],
      {
        refusal: 'FormFileCount',
        details: { ArgumentValue: '0' },
        why: 'the fields of the form are (without a name), none of which is named file',
      },
    ],
    [
      'a large part of another name',
      [partOf(['form-data; name="upload"'], 'a'.repeat(20_480))],
      {
        refusal: 'FormFieldsTooLong',
        details: { MaxPostPreDataLengthBytes: 20_480 },
        why: expect.stringMatching(
          /^the form has 206\d\d bytes and no file within the first 20480: the fields of the form are upload, none of which is named file$/,
        ),
      },
    ],
  ])('with %s is refused', (_what, parts, refusal) => {
    expect(refusalOf(bodyOf(parts))).toEqual(refusal);
  });

  it('is not looked for beyond 20,480 bytes, and why names a few of many fields', () => {
    const field = (_: unknown, index: number) => partOf([`form-data; name="x${index}"`], 'v');
    const many = Array.from({ length: 2_000 }, field);
    const names = Array.from({ length: 20 }, (_, index) => `x${index}`).join(', ');
    const why = `^the form has \\d+ bytes and no file within the first 20480: the fields of the form are ${names} and \\d{3} more, none`;
    for (const last of [partOf(['form-data; name="file"'], 'a'), Buffer.from('--')])
      expect(refusalOf(bodyOf([...many, last]))).toEqual({
        refusal: 'FormFieldsTooLong',
        details: { MaxPostPreDataLengthBytes: 20_480 },
        why: expect.stringMatching(new RegExp(why)),
      });
  });

  it('begins after 20,480 bytes at most', () => {
    const formWith = (letters: number) => formBody([['x-ignore-a', 'a'.repeat(letters)]]);
    const rest = formWith(0).indexOf('data\r\n');
    expect(refusalOf(formWith(20_480 - rest))).toMatchObject({ fileName: 'report.pdf' });
    expect(refusalOf(formWith(20_481 - rest))).toEqual({
      refusal: 'FormFieldsTooLong',
      details: { MaxPostPreDataLengthBytes: 20_480 },
      why: 'the form has 20481 bytes before the content of its file',
    });
  });
});

describe('the boundary of a form', () => {
  it.each([
    'multipart/form-data; boundary="----FormBoundary7MA4YWxkTrZu0gW"',
    'Multipart/Form-Data; charset=utf-8; Boundary=----FormBoundary7MA4YWxkTrZu0gW',
  ])('is read from %s', (contentType) => {
    expect(formOf(formBody([]), contentType).fileName).toBe('report.pdf');
  });

  it.each(['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=""'])(
    'is missing in %s',
    (contentType) => {
      const why = `the Content-Type '${contentType}' has no boundary`;
      expect(refusalOf(formBody([]), contentType)).toEqual({ refusal: 'FormMalformed', details: {}, why });
    },
  );
});
