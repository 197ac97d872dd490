import { S3Error } from '../../refusals/s3-error';

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
