import {
  acceptBlock,
  type PublicAccessSwitch,
  publicAccessSwitches,
} from '../../model/configurations/public-access-switches';
import { S3Error } from '../../refusals/s3-error';
import { inRoot } from '../../shapes/elements';
import { payload } from '../../shapes/places';
import { type Context, controlOperation } from '../operation';

const path = '/v20180820/configuration/publicAccessBlock';
const switches = Object.keys(publicAccessSwitches) as readonly PublicAccessSwitch[]; // its own keys

export const getAccountPublicAccessBlock = controlOperation(`GET ${path}`, {
  action: 's3:GetAccountPublicAccessBlock',
  root: 'PublicAccessBlockConfiguration',
  output: { PublicAccessBlockConfiguration: inRoot(publicAccessSwitches) },
  handle({ caller }) {
    const { account } = caller;
    if (account?.publicAccessBlock === undefined)
      throw new S3Error('AccountPublicAccessBlockMissing', { AccountId: account?.id ?? '' });
    return { PublicAccessBlockConfiguration: account.publicAccessBlock };
  },
});

export const putAccountPublicAccessBlock = controlOperation(`PUT ${path}`, {
  action: 's3:PutAccountPublicAccessBlock',
  input: { PublicAccessBlockConfiguration: payload(publicAccessSwitches) },
  handle(context, { PublicAccessBlockConfiguration }) {
    change(context, acceptBlock(PublicAccessBlockConfiguration, switches));
  },
});

/** The caller that can put a block can delete it. */
export const deleteAccountPublicAccessBlock = controlOperation(`DELETE ${path}`, {
  action: 's3:PutAccountPublicAccessBlock',
  status: 204,
  handle(context) {
    change(context, undefined);
  },
});

function change({ caller }: Context, block: ReturnType<typeof acceptBlock> | undefined): void {
  if (caller.account !== undefined) caller.account.publicAccessBlock = block;
}
