import type { ItemCount, Traits } from '../../shapes/shape';
import { counted } from '../../text/counts';
import { type Content, findChildren, type MemberReader, refusalForSchema, refusalForStranger } from './element-traits';

/** Without items, only a required list has a value. */
export function listReader(
  content: Content,
  itemName: string,
  { isRequired, length }: Pick<Traits, 'isRequired'> & { readonly length?: ItemCount | undefined },
): MemberReader {
  return {
    children: [itemName],
    read(parent, report) {
      const items = findChildren(parent, itemName)
        .map((child) => content.read(child, report))
        .filter((one) => one !== undefined);
      if (length !== undefined && (items.length < length[0] || items.length > length[1])) {
        const [least, most] = length;
        const times = counted(items.length, 'time');
        report(refusalForSchema(`${itemName} comes ${times}, not ${least} to ${most} times`));
      }
      return items.length > 0 || isRequired === true ? items : undefined;
    },
    write: (items: readonly never[]) => joined(items, (one) => content.write(one, itemName)),
  };
}

export function wrappedReader(content: Content, itemName: string, wireName: string): MemberReader {
  const { read } = listReader(content, itemName, { isRequired: true });
  return {
    children: [wireName],
    read(parent, report) {
      const [wrapper, second] = findChildren(parent, wireName);
      if (wrapper === undefined) return undefined;
      const stranger = wrapper.children.find((child) => child.name !== itemName);
      if (second !== undefined) report(refusalForSchema(`<${parent.name}> has two <${second.name}>`));
      else if (stranger !== undefined) report(refusalForStranger(wrapper.name, stranger.name, [itemName]));
      return read(wrapper, report);
    },
    write(values: readonly never[]) {
      // S3 closes an empty wrapper at once, as it does an empty root (F7).
      if (values.length === 0) return `<${wireName}/>`;
      return `<${wireName}>${joined(values, (one) => content.write(one, itemName))}</${wireName}>`;
    },
  };
}

interface KindOfItem {
  readonly kind: string;
  readonly wireName: string;
  readonly content: Content;
}

export function interleavedReader(contents: readonly KindOfItem[]): MemberReader {
  return {
    children: contents.map(({ wireName }) => wireName),
    read: (parent, report) =>
      parent.children.flatMap((child) => {
        const found = contents.find(({ wireName }) => wireName === child.name);
        return found === undefined ? [] : [{ [found.kind]: found.content.read(child, report) }];
      }),
    write: (items: readonly Readonly<Record<string, never>>[]) =>
      joined(items, (item) => {
        for (const { kind, wireName, content } of contents) {
          const value = item[kind];
          if (value !== undefined) return content.write(value, wireName);
        }
        return '';
      }),
  };
}

/** The texts of a list, in one string that grows: a list of them all would be as long as the document. */
function joined<T>(items: readonly T[], write: (item: T) => string): string {
  let written = '';
  for (const item of items) written += write(item);
  return written;
}
