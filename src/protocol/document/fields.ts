import { namesOf } from '../../shapes/member-names';
import { writeGiven } from '../../text/values';
import type { Form } from '../form/form';
import { type Elements, readElements, type StructureOf } from './elements';
import type { Member } from './member';
import { refusalForSchema } from './schema-refusals';
import { parseXml } from './xml';

/** A field of a browser's form, by its name or by an older one. */
export function field(...names: readonly [string, ...string[]]): Member<string | undefined> {
  return {
    at: 'form',
    read: ({ form }) => names.map((name) => form?.fields.get(name)).find((value) => value !== undefined),
  };
}

/** A property of a browser's form beside its fields. */
export function ofForm<T>(read: (form: Form) => T): Member<T | undefined> {
  return { at: 'form', read: ({ form }) => form && read(form) };
}

/** A field that is an XML document. S3 ignores a document with another root (F569). */
export function documentField<S extends Elements>(
  name: string,
  root: string,
  shape: S,
): Member<StructureOf<S> | undefined> {
  return {
    at: 'form',
    names: namesOf(shape),
    read({ form }, member, unreadable) {
      const text = form?.fields.get(name);
      if (text === undefined) return undefined;
      const document = parseXml(Buffer.from(text));
      if (document?.name !== root) {
        unreadable.texts[member] = text;
        if (document === undefined)
          unreadable.refusals.document ??= refusalForSchema(
            `the field ${name} is not well-formed XML: ${writeGiven(text)}`,
          );
        return undefined;
      }
      return readElements(shape, document, (refusal) => {
        unreadable.refusals.document ??= refusal;
      });
    },
  };
}
