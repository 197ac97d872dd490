import { namesOf } from '../../shapes/member-names';
import type { Form } from '../form/form';
import { type Elements, readElements, type StructureOf } from './elements';
import { MarkupProblem } from './markup-problem';
import type { Member } from './member';
import { refusalForMarkup } from './schema-refusals';
import { readXml } from './xml';

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
      const document = readXml(Buffer.from(text));
      if (document instanceof MarkupProblem || document.name !== root) {
        unreadable.texts[member] = text;
        if (document instanceof MarkupProblem)
          unreadable.refusals.document ??= refusalForMarkup(`the field ${name}`, document);
        return undefined;
      }
      return readElements(shape, document, (refusal) => {
        unreadable.refusals.document ??= refusal;
      });
    },
  };
}
