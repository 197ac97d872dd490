import {
  checkAnnotationBody,
  checkAnnotationName,
  checkTakesAnnotations,
  makeAnnotation,
  mostAnnotations,
  orderAnnotations,
} from '../../model/versions/annotations';
import type { Annotation } from '../../model/versions/version';
import { judgedByRule } from '../../shapes/given';
import { counted } from '../../text/counts';
import { invalidValue } from '../../text/invalid-value';
import { makeMistake } from '../../text/mistakes';
import { say } from '../../text/reason';
import { isRecord } from '../../text/value-kinds';
import { writeGiven } from '../../text/values';
import { catchRefusal, checkService, refusalWords } from '../literals';
import { type ObjectContext, type Part, texts } from './part';

/** The annotations of a version as a test writes and reads them: their texts by their names. */
type AnnotationsFixture = Readonly<Record<string, string>>;

export interface AnnotationsDetails {
  /** Its annotations: name and text, `{ summary: 'A report.' }`. Default: none. */
  readonly annotations?: AnnotationsFixture | undefined;
}

export interface StoredAnnotations {
  /** Its annotations: name and text. */
  readonly annotations: Readonly<Record<string, string>>;
}

export const annotations: Part<AnnotationsDetails, StoredAnnotations> = {
  shape: { annotations: judgedByRule(texts) },
  accept: ({ annotations: given }, context) => ({ annotations: readAnnotations(given, context) }),
  check(at, traits, version) {
    if (version.annotations) checkService(`${at}: annotations`, traits, 'aws');
  },
  show: (version) => ({ annotations: writeAnnotations(version.annotations) }),
  write: (version) => (version.annotations ? { annotations: writeAnnotations(version.annotations) } : {}),
};

/** They are as old as their version. */
function readAnnotations(
  given: AnnotationsFixture | undefined,
  { at, store: { ids }, created: modified, content: { encryption } }: ObjectContext,
): readonly Annotation[] | undefined {
  if (!isRecord(given))
    throw invalidValue(at, 'annotations', given, "an object of texts such as { summary: 'A report.' }");
  const entries = Object.entries(given);
  if (entries.length > mostAnnotations)
    throw makeMistake(`${at}: it has ${counted(entries.length, 'annotation')}; a version has 1,000 at most`);
  if (entries.length > 0) check(at, () => checkTakesAnnotations(encryption));
  const read = entries.map(([name, text]) => ({ name, modified, encryption, body: readText(at, name, text) }));
  return orderAnnotations(read.map((one) => makeAnnotation(ids, one)));
}

function readText(at: string, name: string, text: unknown): Uint8Array {
  const label = `${at}: annotation ${writeGiven(name)}`;
  check(label, () => checkAnnotationName(name));
  if (typeof text !== 'string' || /\p{Surrogate}/u.test(text))
    throw invalidValue(at, `annotation ${writeGiven(name)}`, text, 'text, without half a pair of surrogates');
  const body = Buffer.from(text);
  check(label, () => checkAnnotationBody(body));
  return body;
}

function check(label: string, act: () => void): void {
  const refusal = catchRefusal(act);
  if (refusal) throw makeMistake(say`${label}: S3 refuses it: ${refusalWords(refusal)}`);
}

function writeAnnotations(stored: readonly Annotation[] = []): AnnotationsFixture {
  return Object.freeze(Object.fromEntries(stored.map(({ name, body }) => [name, Buffer.from(body).toString()])));
}
