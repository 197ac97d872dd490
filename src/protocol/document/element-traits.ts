import { S3Error } from '../../refusals';
import type { Shape, Traits } from '../../shapes/shape';
import { hintFor } from '../../text/spelling';
import type { MarkupProblem } from './characters';
import { refusalForNamed } from './leaves';
import type { XmlElement } from './xml';

type Read = MemberReader['read'];

export function unlessEmpty({ read, children: [name = ''] }: MemberReader): Read {
  return (parent, report) => {
    const [child, ...others] = findChildren(parent, name);
    const isEmpty = child !== undefined && others.length === 0 && child.text === '' && child.children.length === 0;
    return isEmpty ? undefined : read(parent, report);
  };
}

export function unlessSent({ read }: MemberReader, name: string): Read {
  return (parent, report) => {
    const value = read(parent, report);
    if (value !== undefined) report(new S3Error('MalformedXML', {}, `<${parent.name}> may not have <${name}> here`));
    return value;
  };
}

export function refusingOthers(
  { children, read, write }: MemberReader,
  others: NonNullable<Traits['refusedInPlace']>,
): MemberReader {
  const refusals = Object.entries(others);
  return {
    children: [...children, ...Object.keys(others)],
    read(parent, report) {
      for (const [other, refusal] of refusals)
        if (parent.children.some((child) => child.name === other))
          report(refusalForNamed({ name: refusal }, '', other).because(`<${other}>`));
      return read(parent, report);
    },
    write,
  };
}

/** Reports an element that S3 requires, if it is missing for no other reason. */
export function reportingMissing({ read, children: [child] }: MemberReader, name: string, shape: Shape & Traits): Read {
  const mayBeNone = shape.kind === 'list' && shape.length?.[0] === 0;
  const what = child === undefined ? `attribute ${name}` : `<${child}>`;
  return (parent, report) => {
    let refused = false;
    const value = read(parent, (refusal) => {
      refused = true;
      report(refusal);
    });
    const isMissing = value === undefined || (shape.kind === 'list' && Array.isArray(value) && value.length === 0);
    if (isMissing && !refused && !mayBeNone) {
      const why = `<${parent.name}> has no ${what}, which is required`;
      const { whenMissing } = shape;
      report(
        whenMissing === undefined
          ? refusalForSchema(why)
          : refusalForNamed({ name: whenMissing }, '', name).because(why),
      );
    }
    return value;
  };
}

/** Takes the refusals that reading finds; the first one counts. */
export type Report = (refusal: S3Error) => void;

export interface MemberReader {
  readonly children: readonly string[];
  readonly read: (parent: XmlElement, report: Report) => unknown;
  readonly write: (value: never) => string;
}

export interface Content {
  readonly read: (element: XmlElement, report: Report) => unknown;
  readonly write: (value: never, name: string) => string;
}

export function findChildren(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

export function refusalForSchema(why: string): S3Error {
  return new S3Error('MalformedXML', {}, why);
}

export function refusalForMarkup(
  what: string,
  { message, isCharacter }: MarkupProblem,
  adviceForText?: string,
): S3Error {
  const advice = isCharacter && adviceForText !== undefined ? `; ${adviceForText}` : '';
  return refusalForSchema(`${what} is not well-formed XML: ${message}${advice}`);
}

export function refusalForStranger(parent: string, name: string, known: readonly string[]): S3Error {
  const has = known.length === 0 ? 'is empty' : `has ${known.join(', ')}`;
  const hint = hintFor(name, known);
  return refusalForSchema(`<${parent}> has no <${name}>; it ${has}${hint === '' ? '' : `.${hint}`}`);
}
