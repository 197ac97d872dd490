import type { ConditionKeyValues } from '../../model/access/condition-key-values';
import { goesWith } from '../../model/access/condition-keys';
import { setValuesOf } from '../../model/access/set-conditions';
import type { FurtherAction } from '../../operations/operation';
import type { Call } from '../call';
import type { KeyQuestion, ValuesOf } from './condition-key';
import { lockKeys } from './lock-keys';
import { requestKeys, valueOfHeader } from './request-keys';
import { signatureKeys } from './signature-keys';
import { tagKeys, valueOfTag } from './tag-keys';

/** A Map, since a policy may name any key, `constructor` as well. */
const keys: ReadonlyMap<string, ValuesOf> = new Map(
  [requestKeys, signatureKeys, tagKeys, lockKeys].flatMap((some) => Object.entries(some)),
);

/**
 * The values that the condition keys have for an action of a request. Few are asked for, so each is made when it is. A key that does not go
 * with an action is absent, whatever the request has (F484). The values that a test gives win over those of the request (F661).
 */
export function conditionsOf(call: Call, asked: FurtherAction): ConditionKeyValues {
  const question = { call, asked, bucket: 'bucket' in asked ? asked.bucket : call.bucket };
  return (key) => {
    if (key.startsWith('s3:') && !goesWith(key, { name: asked.action })) return undefined;
    const given = setValuesOf(key, call.caller, call.store) ?? asked.conditions?.get(key) ?? valuesOf(key, question);
    return typeof given === 'string' ? [given] : given;
  };
}

function valuesOf(key: string, question: KeyQuestion): readonly string[] | string | undefined {
  const known = keys.get(key);
  if (known !== undefined) return known(question);
  return valueOfHeader(key, question) ?? valueOfTag(key, question);
}
