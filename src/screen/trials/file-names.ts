import { writeKey, writeValue } from '../../text/values';
import type { Asked, Hint } from '../hint';
import { findMissingObject } from '../library-assertions';
import { listMissing } from './expectation';
import { withBody } from './wire';

/** The name that FormData gives a Blob. */
const NAMELESS = 'blob';
// biome-ignore lint/suspicious/noTemplateCurlyInString: S3 writes it so
const PLACEHOLDER = '${filename}';

/** S3 puts the name of a form's file into the key, and a Blob has none. */
export const tryNameOfFile: Hint = {
  tries: 'a form whose file has the name that a test expects in the key, where it had none',
  of: 'writes',
  isOfOtherKeys: true,
  changes: (asked) => {
    const { entry, wire } = asked;
    const sent = Buffer.from(wire.body).toString('latin1');
    const template = /name="key"\r\n\r\n([^\r\n]*)/i.exec(sent)?.[1] ?? '';
    const isNameless = sent.includes(`name="file"; filename="${NAMELESS}"`);
    if (entry.operation !== 'PostObject' || !isNameless || !template.includes(PLACEHOLDER)) return [];
    return listNames(asked, template).map((name) => ({
      wire: withBody(
        wire,
        Buffer.from(
          sent.replace(`filename="${NAMELESS}"`, () => `filename="${name}"`),
          'latin1',
        ),
      ),
      says: () =>
        `${PLACEHOLDER} became ${writeValue(NAMELESS)}, the name that FormData gives a Blob without one. With form.append('file', blob, ${writeValue(name)}) the key would have been ${writeKey(template.replace(PLACEHOLDER, () => name))}.`,
    }));
  },
  succeeds: ({ refusal }) => refusal === undefined,
};

/** The names with which the key would be one that the test misses. */
function listNames({ entry, compared, errors }: Asked, template: string): readonly string[] {
  const [head = '', tail = ''] = template.split(PLACEHOLDER);
  const object = findMissingObject(errors);
  const keys = [...(object?.bucket === entry.bucket ? [object?.key ?? ''] : []), ...compared.flatMap(listMissing)];
  return keys
    .filter((key) => key.startsWith(head) && key.endsWith(tail) && key.length > head.length + tail.length)
    .map((key) => key.slice(head.length, key.length - tail.length))
    .filter((name) => /^[\w .()-]+$/.test(name));
}
