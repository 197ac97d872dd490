import type { Tag } from '../model/tagging';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import type { TagsFixture } from './tagging';

/** The characters of tags of IAM and STS. */
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Reads the tags of a user, a role or a session of a role. Throws a TypeError for those that IAM does not allow (F662). */
export function readCallerTags(at: string, tags: TagsFixture | undefined): readonly Tag[] {
  if (tags === undefined) return [];
  if (!isRecord(tags) || Object.values(tags).some((value) => typeof value !== 'string'))
    throw new TypeError(`${at}: tags ${writeGiven(tags)}. Give an object of texts such as { team: 'archive' }.`);
  const read = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (read.length > 50) throw new TypeError(`${at}: ${read.length} tags. A user, a role or a session has 50 at most.`);
  const seen = new Set<string>();
  for (const tag of read) checkTag(at, tag, seen);
  return read;
}

function checkTag(at: string, { Key, Value }: Tag, seen: Set<string>): void {
  const tag = `tag ${writeGiven(Key)}`;
  const isTag = Key !== '' && Key.length <= 128 && Value.length <= 256 && characters.test(Key + Value);
  if (!isTag)
    throw new TypeError(
      `${at}: ${tag}. A key has 1 to 128 and a value up to 256 letters, digits, spaces or any of _ . : / = + - @.`,
    );
  const folded = Key.toLowerCase();
  if (folded.startsWith('aws:')) throw new TypeError(`${at}: ${tag}. AWS reserves tags that begin with aws:.`);
  if (seen.has(folded))
    throw new TypeError(`${at}: ${tag} is there twice, since the keys of these tags compare without case.`);
  seen.add(folded);
}
