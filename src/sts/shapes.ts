import { element, required } from '../shapes/elements';
import type { ItemCount, LeafShape, ListShape, Shape, TextPattern } from '../shapes/shape';
import { date, integer, limited, ranging, text } from '../shapes/values';

/** Inputs are in the order of the model, in which problems are reported (F700): https://docs.aws.amazon.com/STS/latest/APIReference/ @module */

export const word: TextPattern = { printed: '[\\w+=,.@-]*', matches: /^[\w+=,.@-]*$/ };
/** The pattern of an ARN. STS refuses letters beyond U+FFFF, although the printed pattern includes them. */
const arnText: TextPattern = {
  printed: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+',
  matches: /^[\t\n\r -~\u0085\u00A0-\uD7FF\uE000-\uFFFD]+$/,
};
export const policyText: TextPattern = {
  printed: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+',
  matches: /^[\t\n\r -\u00FF]+$/,
};
const tagText = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]';
const tagKeyText: TextPattern = { printed: `${tagText}+`, matches: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u };
const tagValueText: TextPattern = { printed: `${tagText}*`, matches: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u };
const deviceText: TextPattern = { printed: '[\\w+=/:,.@-]*', matches: /^[\w+=/:,.@-]*$/ };
export const externalIdText: TextPattern = { printed: '[\\w+=,.@:\\/-]*', matches: /^[\w+=,.@:/-]*$/ };
export const keyIdText: TextPattern = { printed: '[\\w]*', matches: /^\w*$/ };
const digits: TextPattern = { printed: '[\\d]*', matches: /^\d*$/ };

export function limitedText(least: number, most?: number, pattern?: TextPattern): LeafShape<string, 'text'> {
  return limited(text, { textLength: [least, most], ...(pattern && { pattern }) });
}

/** Makes a list whose items are parameters with the names `NAME.member.1`, `NAME.member.2`. */
export function makeList<const Item extends Shape>(item: Item, length: ItemCount): ListShape<Item> {
  return { kind: 'wrapped list', item, itemName: 'member', length };
}

export const arn = limitedText(20, 2048, arnText);
export const sessionName = limitedText(2, 64, word);
export const tagKey = limitedText(1, 128, tagKeyText);
export const PolicyArns = makeList({ kind: 'structure', members: { arn: element(arn) } }, [0, 10]);
export const Policy = element(limitedText(1, 2048, policyText));
export const DurationSeconds = element(ranging(integer, [900, 129_600]));
export const ofRole = {
  RoleArn: required(element(arn)),
  RoleSessionName: required(element(sessionName)),
};
export const roleDuration = { DurationSeconds: element(ranging(integer, [900, 43_200])) };
const tag = { Key: required(element(tagKey)), Value: required(element(limitedText(0, 256, tagValueText))) };
export const Tags = makeList({ kind: 'structure', members: tag }, [0, 50]);
export const mfaCode = {
  SerialNumber: element(limitedText(9, 256, deviceText)),
  TokenCode: element(limitedText(6, 6, digits)),
};
/** The least size of the token that STS issues, which the mock ignores: its tokens have one size. */
export const tokenSize = { MinimumSessionTokenSize: element(integer) };

/** Temporary credentials. Every answer that has them has all four members. `Expiration` is by the clock of the process (F712). */
export const credentials = {
  Credentials: required(
    element({
      AccessKeyId: required(element(text)),
      SecretAccessKey: required(element(text)),
      SessionToken: required(element(text)),
      Expiration: required(element(date)),
    }),
  ),
};
export const assumedRole = {
  AssumedRoleUser: required(element({ AssumedRoleId: required(element(text)), Arn: required(element(text)) })),
};
export const packedSize = { PackedPolicySize: element(integer) };
export const sourceIdentity = { SourceIdentity: element(text) };
