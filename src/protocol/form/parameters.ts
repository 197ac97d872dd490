const parameter = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:\\"|[^"])*)"|([^\s;"]*))/g;

/** The first word of a header's value, and the parameters after it, such as `form-data; name="key"`. */
interface ParameterisedValue {
  /** In lower case. */
  readonly word: string;
  /** By their names in lower case; of several with a name, the first. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Reads the value of a Content-Type or Content-Disposition. In quotes, only `\"` is an escape, since browsers send the backslashes of a
 * file's path as they are.
 */
export function readParameters(value: string): ParameterisedValue {
  const end = value.indexOf(';');
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of end === -1 ? [] : value.slice(end).matchAll(parameter)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted?.replaceAll('\\"', '"') ?? plain);
  }
  return { word: (end === -1 ? value : value.slice(0, end)).trim().toLowerCase(), parameters };
}
