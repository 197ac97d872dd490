import { header } from '../../protocol/document/binding';
import { S3Error } from '../../refusals/s3-error';

/** The members of a request that grant rights on an object. The mock has no such rights, and refuses them where S3 does. */
export const objectGrantMembers = {
  GrantFullControl: header('x-amz-grant-full-control'),
  GrantRead: header('x-amz-grant-read'),
  GrantReadACP: header('x-amz-grant-read-acp'),
  GrantWriteACP: header('x-amz-grant-write-acp'),
};

/** Those of a request that grants rights on a bucket. */
export const bucketGrantMembers = { ...objectGrantMembers, GrantWrite: header('x-amz-grant-write') };

const names = ['full-control', 'read', 'read-acp', 'write', 'write-acp'].map((right) => `x-amz-grant-${right}`);

const grantee = /^\s*(?:id|uri|emailAddress)\s*=\s*(?:"[^"]*"|[^",]+)\s*$/;

/** Whether a request grants rights by header. Throws if the form of such a header names no grantee (F195). */
export function hasGrants(headers: ReadonlyMap<string, string>): boolean {
  const sent = names.filter((name) => headers.has(name));
  for (const ArgumentName of sent) {
    const ArgumentValue = headers.get(ArgumentName) ?? '';
    if (!ArgumentValue.split(',').every((part) => grantee.test(part))) {
      throw new S3Error('GrantMalformed', { ArgumentName, ArgumentValue });
    }
  }
  return sent.length > 0;
}
