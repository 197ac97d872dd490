import {
  checkAnnotationBody,
  checkAnnotationName,
  checkTakesAnnotations,
  makeAnnotation,
  mostAnnotations,
  orderAnnotations,
} from '../../model/versions/annotations';
import type { Annotation } from '../../model/versions/version';
import { entriesOf, shapeOf } from '../../shapes/given';
import type { ValueOf } from '../../shapes/shape';
import { counted } from '../../text/counts';
import { makeMistake } from '../../text/mistakes';
import { say } from '../../text/reason';
import { writeGiven } from '../../text/values';
import { catchRefusal, checkService, refusalWords } from '../literals';
import { type ObjectContext, type Part, wellFormedText } from './part';

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

const shape = shapeOf<AnnotationsDetails, StoredAnnotations>()({
  annotations: {
    ...entriesOf(wellFormedText, { label: 'annotation' }),
    expected: "an object of texts such as { summary: 'A report.' }",
  },
});

export const annotations: Part<AnnotationsDetails, StoredAnnotations, ValueOf<typeof shape>> = {
  shape: shape.members,
  toModel: ({ annotations: given = {} }, context) => ({ annotations: makeAnnotations(given, context) }),
  fromModel: ({ annotations: stored }) => ({
    annotations: Object.fromEntries((stored ?? []).map(({ name, body }) => [name, Buffer.from(body).toString()])),
  }),
  rules(at, traits, version) {
    if (version.annotations) checkService(`${at}: annotations`, traits, 'aws');
  },
};

/** Makes annotations that are as old as their version. */
function makeAnnotations(
  given: AnnotationsFixture,
  { at, store: { ids }, created: modified, content: { encryption } }: ObjectContext,
): readonly Annotation[] | undefined {
  const entries = Object.entries(given);
  if (entries.length > mostAnnotations)
    throw makeMistake(`${at}: it has ${counted(entries.length, 'annotation')}; a version has 1,000 at most`);
  if (entries.length > 0) check(at, () => checkTakesAnnotations(encryption));
  const read = entries.map(([name, text]) => ({ name, modified, encryption, body: makeBody(at, name, text) }));
  return orderAnnotations(read.map((one) => makeAnnotation(ids, one)));
}

function makeBody(at: string, name: string, text: string): Uint8Array {
  const label = `${at}: annotation ${writeGiven(name)}`;
  const body = Buffer.from(text);
  check(label, () => checkAnnotationName(name));
  check(label, () => checkAnnotationBody(body));
  return body;
}

function check(label: string, act: () => void): void {
  const refusal = catchRefusal(act);
  if (refusal) throw makeMistake(say`${label}: S3 refuses it: ${refusalWords(refusal)}`);
}
