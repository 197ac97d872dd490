import { S3Error } from '../../refusals/s3-error';
import { list, required, structure } from '../../shapes/elements';
import { text } from '../../shapes/values';
import { type ConfigurationContext, configuration } from './configuration';
import { checkRules, readDestinations, replicationRule, replicationRuleOnCos } from './replication-rules';

const members = { Role: text, Rules: required(list(replicationRule, 'Rule')) };

/** F366 */
export const replication = configuration('replication', members, {
  shapeOnCos: structure({ ...members, Rules: required(list(replicationRuleOnCos, 'Rule')) }),
  onDelete: 'as never put',
  accept(value, context) {
    const { bucket, store, service } = context;
    checkRole(value, context);
    checkRules(value.Rules, service.replication);
    const destinations = readDestinations(value.Rules, bucket.name, service.replication);
    if (bucket.versioning.Status !== 'Enabled')
      throw new S3Error(
        'ReplicationSourceUnversioned',
        {},
        `versioning of bucket '${bucket.name}' ${writeState(bucket.versioning.Status)}`,
      );
    for (const name of destinations) checkVersioned(name, context);
    return { ...value, Rules: value.Rules.map((rule) => ({ ...rule, ID: rule.ID || store.ids.ruleId() })) };
  },
});

function checkRole({ Role }: { readonly Role?: string }, { service, fixture }: ConfigurationContext): void {
  if (Role === undefined && service.replication.requiresRole)
    throw new S3Error('MalformedXML', {}, 'a <ReplicationConfiguration> has no <Role>, which is required');
  // A state that an older release stored may have any text. S3 does not look for the role (F367).
  if (Role === undefined || !service.replication.requiresRole || fixture === 'of a mock') return;
  if (findRoleArn(Role) === undefined)
    throw new S3Error('ReplicationRoleInvalid', { ArgumentName: 'Role', ArgumentValue: Role });
}

/** A destination can be suspended or deleted later, so a fixture can contain such a destination (F368). */
function checkVersioned(name: string, { store, fixture, service }: ConfigurationContext): void {
  const target = store.buckets.get(name);
  const status = target?.versioning.Status;
  if (fixture === 'of a mock' || status === 'Enabled') return;
  if (fixture === 'of a bucket' && status === 'Suspended') return;
  if (target === undefined)
    throw new S3Error(service.replication.missingDestination, {}, `there is no bucket '${name}'`);
  throw new S3Error('ReplicationDestinationUnversioned', {}, `versioning of bucket '${name}' ${writeState(status)}`);
}

function writeState(status: 'Enabled' | 'Suspended' | undefined): string {
  return status === undefined ? 'was never set' : `is ${status}`;
}

export interface RoleArn {
  readonly id: string;
  readonly name: string;
}

export function findRoleArn(text: string): RoleArn | undefined {
  const [, id, name] = /^arn:aws[\w-]*:iam::(\d{12}):role\/(.+)$/s.exec(text) ?? [];
  return id === undefined || name === undefined ? undefined : { id, name };
}
