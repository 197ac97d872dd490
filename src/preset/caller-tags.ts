import type { Tag } from '../model/tagging';
import { invalidValue } from '../text/invalid-value';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import { type TagsFixture, tagError } from './parts/tagging';

/** The characters of tags of IAM and STS. */
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Reads the tags of a user, a role or a session of a role. Throws a TypeError for those that IAM does not allow (F662). */
export function readCallerTags(at: string, tags: TagsFixture | undefined): readonly Tag[] {
  if (tags === undefined) return [];
  if (!isRecord(tags) || Object.values(tags).some((value) => typeof value !== 'string'))
    throw invalidValue(at, 'tags', tags, "an object of texts such as { team: 'archive' }");
  const read = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (read.length > 50)
    throw new TypeError(`${at}: it has ${read.length} tags; a user, a role or a session has 50 at most`);
  const seen = new Set<string>();
  for (const tag of read) checkTag(at, tag, seen);
  return read;
}

function checkTag(at: string, { Key, Value }: Tag, seen: Set<string>): void {
  const isTag = Key !== '' && Key.length <= 128 && Value.length <= 256 && characters.test(Key + Value);
  if (!isTag) throw tagError(at, { Key, Value });
  const folded = Key.toLowerCase();
  if (folded.startsWith('aws:'))
    throw new TypeError(`${at}: AWS reserves tags that begin with aws:, such as ${writeGiven(Key)}`);
  if (seen.has(folded))
    throw new TypeError(
      `${at}: the tag ${writeGiven(Key)} is given twice, since the keys of these tags compare without case`,
    );
  seen.add(folded);
}
