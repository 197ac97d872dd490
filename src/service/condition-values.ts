import { goesWith } from '../model/access/condition-keys';
import type { ConditionValues } from '../model/access/condition-values';
import { setValuesOf } from '../model/access/set-conditions';
import type { Asked } from '../operations/operation';
import type { Call } from './call';
import type { Question, ValuesOf } from './conditions/condition-key';
import { lockKeys } from './conditions/lock-keys';
import { requestKeys, valueOfHeader } from './conditions/request-keys';
import { signatureKeys } from './conditions/signature-keys';
import { tagKeys, valueOfTag } from './conditions/tag-keys';

/** A Map, since a policy may name any key, `constructor` as well. */
const keys: ReadonlyMap<string, ValuesOf> = new Map(
  [requestKeys, signatureKeys, tagKeys, lockKeys].flatMap((some) => Object.entries(some)),
);

/**
 * The values that the condition keys have for an action of a request. Few are asked for, so each is made when it is. A key that does not go
 * with an action is absent, whatever the request has (F484). The values that a test gives win over those of the request (F661).
 */
export function conditionsOf(call: Call, asked: Asked): ConditionValues {
  const question = { call, asked, bucket: 'bucket' in asked ? asked.bucket : call.bucket };
  return (key) => {
    if (key.startsWith('s3:') && !goesWith(key, { name: asked.action })) return undefined;
    const given = setValuesOf(key, call.caller, call.store) ?? asked.conditions?.get(key) ?? valuesOf(key, question);
    return typeof given === 'string' ? [given] : given;
  };
}

function valuesOf(key: string, question: Question): readonly string[] | string | undefined {
  const known = keys.get(key);
  if (known !== undefined) return known(question);
  return valueOfHeader(key, question) ?? valueOfTag(key, question);
}
