import { S3Error } from '../../refusals/s3-error';

/** The parts of the ARN of a role. */
export interface RoleArn {
  /** The id of its account. */
  readonly id: string;
  /** Its name with its path. */
  readonly name: string;
}

/** The parts of a text that has the form of the ARN of a role; undefined of any other. */
export function findRoleArn(text: string): RoleArn | undefined {
  const [, id, name] = /^arn:aws[\w-]*:iam::(\d{12}):role\/(.+)$/s.exec(text) ?? [];
  return id === undefined || name === undefined ? undefined : { id, name };
}

/** Throws unless a text has the form of the ARN of a role. S3 does not look for the role (F367). */
export function checkRoleForm(role: string): void {
  if (findRoleArn(role) === undefined)
    throw new S3Error('ReplicationRoleInvalid', { ArgumentName: 'Role', ArgumentValue: role });
}
