import type { ConditionValues } from '../model/access/condition-values';
import type { Asked } from '../operations/operation';
import type { Call } from './call';

type ValuesOf = (call: Call, asked: Asked) => readonly string[] | string | undefined;

/** The condition keys of a request (F480). */
const keys: Readonly<Record<string, ValuesOf>> = {
  'aws:securetransport': ({ request }) => String(request.wire.secure),
  'aws:sourceip': () => '127.0.0.1',
  'aws:useragent': ({ request }) => request.headers.get('user-agent'),
  'aws:referer': ({ request }) => request.headers.get('referer'),
  's3:versionid': (_call, { versionId }) => versionId,
  's3:prefix': ({ request }) => request.query.get('prefix'),
  's3:x-amz-acl': ({ request }) => request.headers.get('x-amz-acl'),
};

/** The values that the condition keys have for an action of a request. Few are asked for, so each is made when it is. */
export function conditionsOf(call: Call, asked: Asked): ConditionValues {
  return (key) => {
    const given = asked.conditions?.[key] ?? keys[key]?.(call, asked);
    return typeof given === 'string' ? [given] : given;
  };
}
