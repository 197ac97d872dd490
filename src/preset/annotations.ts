import type { Ids } from '../model/ids';
import {
  checkAnnotationBody,
  checkAnnotationName,
  checkTakesAnnotations,
  makeAnnotation,
  mostAnnotations,
  orderedAnnotations,
} from '../model/versions/annotations';
import type { Annotation, Encryption } from '../model/versions/version';
import { counted } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import { refusalOf, refusalWords } from './refusal-words';

/** The annotations of a version as a test writes and reads them: their texts by their names. */
export type AnnotationsFixture = Readonly<Record<string, string>>;

/** The version that annotations are of. */
interface AnnotatedVersion {
  readonly ids: Pick<Ids, 'text'>;
  readonly created: number;
  readonly encryption: Encryption;
}

/** Reads the annotations of a version, which are as old as the version; undefined for none. */
export function readAnnotations(
  at: string,
  annotations: AnnotationsFixture | undefined,
  { ids, created: modified, encryption }: AnnotatedVersion,
): readonly Annotation[] | undefined {
  if (annotations === undefined) return undefined;
  if (!isRecord(annotations))
    throw invalidValue(at, 'annotations', annotations, "an object of texts such as { summary: 'A report.' }");
  const entries = Object.entries(annotations);
  if (entries.length > mostAnnotations)
    throw new TypeError(`${at}: it has ${counted(entries.length, 'annotation')}; a version has 1,000 at most`);
  if (entries.length > 0) check(at, () => checkTakesAnnotations(encryption));
  const read = entries.map(([name, text]) => ({ name, modified, encryption, body: readText(at, name, text) }));
  return orderedAnnotations(read.map((one) => makeAnnotation(ids, one)));
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
  const refusal = refusalOf(act);
  if (refusal) throw new TypeError(`${label}: S3 refuses it: ${refusalWords(refusal)}`);
}

/** Annotations in the form of a fixture. */
export function annotationsLiteral(annotations: readonly Annotation[] | undefined): AnnotationsFixture {
  const texts = (annotations ?? []).map(({ name, body }) => [name, Buffer.from(body).toString()]);
  return Object.freeze(Object.fromEntries(texts));
}
