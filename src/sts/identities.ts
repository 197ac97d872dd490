import { partitionOf } from '../formats/regions';
import { writeUserId } from '../model/access/caller-conditions';
import { describeCaller, writeCallerArn } from '../model/identity/caller';
import { refusalForCaller } from '../model/sessions/caller';
import { checkOwn } from '../model/sessions/trust';
import { element, required } from '../shapes/elements';
import { text } from '../shapes/values';
import { operation } from './operation';
import { keyIdText, limitedText } from './shapes';

/**
 * GetCallerIdentity needs no rights, and no policy can deny it:
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const getCallerIdentity = operation({
  input: {},
  output: { Arn: required(element(text)), UserId: required(element(text)), Account: required(element(text)) },
  handle({ caller, facts: { region } }) {
    const { account } = caller;
    const Arn = writeCallerArn(account, caller, partitionOf(region));
    return { output: { Arn, UserId: writeUserId(caller), Account: account.id } };
  },
});

/**
 * A key that nobody has counts as a key of the caller's account (F717):
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
 */
export const getAccessKeyInfo = operation({
  input: { AccessKeyId: required(element(limitedText(16, 128, keyIdText))) },
  output: { Account: required(element(text)) },
  handle({ store, caller, facts }, { AccessKeyId }) {
    const { account: owner, session, role } = caller;
    const partition = partitionOf(facts.region);
    if (session !== undefined && role === undefined) {
      const why = `${describeCaller(caller)} called, and only GetCallerIdentity${session.federated === undefined ? ' and AssumeRole' : ''} of STS can be called with its credentials`;
      throw refusalForCaller(caller, { action: 'sts:GetAccessKeyInfo', resource: '*', partition }, why);
    }
    checkOwn({ action: 'sts:GetAccessKeyInfo', resource: '*', caller, facts, partition, owner }, store);
    const Account = store.accounts.find((account) => account.findCaller(AccessKeyId))?.id ?? owner.id;
    return { output: { Account } };
  },
});
