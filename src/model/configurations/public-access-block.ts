import { S3Error } from '../../refusals/s3-error';
import { configuration } from './configuration';
import type { PublicAccessSwitch } from './service';

/** The public access block of a bucket (F400, F401). */
export const publicAccessBlock = configuration('publicAccessBlock', {
  whileNeverPut: ({ service }) =>
    service.newBucketsBlockPublicAccess ? allOf(service.publicAccessSwitches, () => true) : undefined,
  onDelete: 'none',
  accept(value, { service: { publicAccessSwitches } }) {
    const strange = Object.keys(value).find((name) => !publicAccessSwitches.some((one) => one === name));
    if (strange !== undefined) throw new S3Error('MalformedXML', {}, `the service has no ${strange}`);
    if (Object.keys(value).length === 0)
      throw new S3Error('PublicAccessBlockEmpty', {}, `the document has none of ${publicAccessSwitches.join(', ')}`);
    return allOf(publicAccessSwitches, (name) => value[name] ?? false);
  },
});

/** A switch that a document leaves out is off. */
function allOf(switches: readonly PublicAccessSwitch[], isOn: (name: PublicAccessSwitch) => boolean) {
  return Object.fromEntries(switches.map((name) => [name, isOn(name)]));
}
