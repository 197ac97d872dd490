import { expect, it } from '@jest/globals';
import { readForm } from '../../../../src/protocol/form/form';
import { S3Error } from '../../../../src/refusals';
import { bodyOf, partOf } from '../../../support/forms';

const type = 'multipart/form-data; boundary=----FormBoundary7MA4YWxkTrZu0gW';

function refusalOf(body: Uint8Array) {
  const form = readForm(type, body);
  return form instanceof S3Error ? { refusal: form.refusal, details: form.details, why: form.why } : form;
}

it('the file of a form is not looked for beyond 20,480 bytes, however many fields there are', () => {
  const field = (_: unknown, index: number) => partOf([`form-data; name="x${index}"`], 'v');
  const many = Array.from({ length: 200_000 }, field);
  const names = Array.from({ length: 20 }, (_, index) => `x${index}`).join(', ');
  const why = `^the form has \\d+ bytes and no file within the first 20480: the fields of the form are ${names} and \\d{3} more, none`;
  for (const last of [partOf(['form-data; name="file"'], 'a'), Buffer.from('--')])
    expect(refusalOf(bodyOf([...many, last]))).toEqual({
      refusal: 'FormFieldsTooLong',
      details: { MaxPostPreDataLengthBytes: 20_480 },
      why: expect.stringMatching(new RegExp(why)),
    });
});
