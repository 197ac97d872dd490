import { S3Error } from '../../refusals/s3-error';
import { boolean } from '../../shapes/values';
import { configuration } from './configuration';
import type { PublicAccessSwitch } from './services';

const members = {
  BlockPublicAcls: boolean,
  IgnorePublicAcls: boolean,
  BlockPublicPolicy: boolean,
  RestrictPublicBuckets: boolean,
};

/** The switches that keep a bucket from being public (F400, F401). */
export const publicAccessBlock = configuration('publicAccessBlock', members, {
  whileNeverPut: ({ service }) =>
    service.newBucketsBlockPublicAccess ? setAll(service.publicAccessSwitches, () => true) : undefined,
  onDelete: 'none',
  accept(value, { service: { publicAccessSwitches } }) {
    const strange = Object.keys(value).find((name) => !publicAccessSwitches.some((one) => one === name));
    if (strange !== undefined) throw new S3Error('MalformedXML', {}, `the service has no ${strange}`);
    if (Object.keys(value).length === 0)
      throw new S3Error('PublicAccessBlockEmpty', {}, `the document has none of ${publicAccessSwitches.join(', ')}`);
    // A switch that a document leaves out is off.
    return setAll(publicAccessSwitches, (name) => value[name] ?? false);
  },
});

function setAll(switches: readonly PublicAccessSwitch[], isOn: (name: PublicAccessSwitch) => boolean) {
  return Object.fromEntries(switches.map((name) => [name, isOn(name)]));
}
