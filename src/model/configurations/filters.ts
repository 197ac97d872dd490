import { S3Error } from '../../refusals/s3-error';
import { counted } from '../../text/counts';

/** The conditions that objects meet, all of them. */
interface Conditions {
  readonly Prefix?: string;
  readonly Tags?: readonly unknown[];
  readonly AccessPointArn?: string;
}

/** The objects that a configuration is about. */
interface ObjectFilter {
  readonly And?: Conditions;
}

/** Throws unless a filter has one member, and `And` two conditions or more (F382). */
export function checkFilter(filter: ObjectFilter | undefined): void {
  if (filter === undefined) return;
  const names = Object.keys(filter);
  if (names.length !== 1)
    throw new S3Error('MalformedXML', {}, `<Filter> has ${names.length === 0 ? 'no member' : names.join(' and ')}`);
  if (filter.And === undefined) return;
  const { Tags = [], ...others } = filter.And;
  const conditions = Tags.length + Object.keys(others).length;
  if (conditions < 2)
    throw new S3Error('MalformedXML', {}, `<And> has ${counted(conditions, 'condition')}, and needs two`);
}
