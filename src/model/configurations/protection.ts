import { S3Error } from '../../refusals/s3-error';
import { required, structure } from '../../shapes/elements';
import type { StructureValue } from '../../shapes/shape';
import { boolean, integer, words } from '../../shapes/values';
import { configuration } from './configuration';

const retention = structure({ Days: required(integer) });

/** The members in the order of COS's answers. */
const members = {
  Status: required(words('Retention')),
  MinimumRetention: required(retention),
  MaximumRetention: required(retention),
  DefaultRetention: required(retention),
  EnablePermanentRetention: boolean,
};

export type ProtectionPolicy = StructureValue<typeof members>;

/** 99 years. */
const mostDays = 36_135;

/** The retention policy of IBM COS. It can be changed, but never removed (F821). */
export const protection = configuration('protection', members, {
  dialect: 'ibm-cos',
  onDelete: 'as never put',
  staysPut: true,
  accept(value, { bucket, fixture }, before) {
    checkDays(value);
    if (before?.EnablePermanentRetention && !value.EnablePermanentRetention)
      throw new S3Error('PermanentRetentionFixed', {}, 'permanent retention was enabled, which cannot be undone');
    // Object lock and replication need versioning, so that neither is beside a retention policy.
    const { Status } = bucket.versioning;
    if (Status !== undefined)
      throw new S3Error(
        'ProtectionWithVersioning',
        {},
        `versioning of bucket '${bucket.name}' is ${Status}, and a retention policy needs a bucket without versioning`,
      );
    if (before === undefined && fixture === undefined && bucket.versions.size > 0)
      throw new S3Error('ProtectionOfObjects', {}, `bucket '${bucket.name}' contains objects, and must be empty`);
    const { EnablePermanentRetention, ...rest } = value;
    return EnablePermanentRetention ? value : rest;
  },
});

function checkDays({ MinimumRetention, DefaultRetention, MaximumRetention }: ProtectionPolicy): void {
  const [least, byDefault, most] = [MinimumRetention.Days, DefaultRetention.Days, MaximumRetention.Days];
  if (least >= 0 && least <= byDefault && byDefault <= most && most <= mostDays) return;
  const rule = `MinimumRetention, DefaultRetention and MaximumRetention are 0 to ${mostDays} days, none less than the one before it`;
  throw new S3Error('ProtectionDaysInvalid', {}, `${rule}, and they are ${least}, ${byDefault} and ${most}`);
}
