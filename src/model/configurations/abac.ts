import { S3Error } from '../../refusals/s3-error';
import { required } from '../../shapes/elements';
import { words } from '../../shapes/values';
import { type ConfigurationContext, configuration, findConfiguration } from './configuration';

export const abac = configuration(
  'abac',
  { Status: required(words('Enabled', 'Disabled')) },
  { dialect: 'aws', whileNeverPut: () => ({ Status: 'Disabled' }), onDelete: 'as never put', staysPut: true },
);

/** S3's own operations cannot change the tags of a bucket with ABAC, and each has words of its own for it (F387). */
export function checkTagsMayChange(
  context: ConfigurationContext,
  refusal: 'TagsPutDespiteAbac' | 'TagsDeletedDespiteAbac',
): void {
  if (findConfiguration(abac, context)?.Status === 'Enabled')
    throw new S3Error(refusal, {}, 'the bucket has ABAC enabled');
}
