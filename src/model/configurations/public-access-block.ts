import { configuration } from './configuration';
import { acceptBlock, publicAccessSwitches, setAll } from './public-access-switches';

/** F401 */
export const publicAccessBlock = configuration('publicAccessBlock', publicAccessSwitches, {
  whileNeverPut: ({ service }) =>
    service.newBucketsBlockPublicAccess ? setAll(service.publicAccessSwitches, () => true) : undefined,
  onDelete: 'none',
  accept: (value, { service }) => acceptBlock(value, service.publicAccessSwitches),
});
