import { invalidValue } from './invalid-value';
import { writeGiven } from './values';

/** The arguments that a method takes: their greatest number, and the words for what is right in place of a further one. */
export type TakenArguments = readonly [most: number, instead: (values: readonly string[]) => string];

/**
 * JavaScript would ignore a further argument, and whoever wrote it meant something by it. `label` names the object.
 */
export function refuseFurtherArguments<T extends object>(
  holder: T,
  label: (object: T) => string,
  methods: Readonly<Record<string, TakenArguments>>,
): void {
  for (const [name, taken] of Object.entries(methods)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, name);
    const method: unknown = descriptor?.value;
    if (typeof method !== 'function') continue;
    const checked = function (this: T, ...values: readonly unknown[]): unknown {
      checkNumber(() => `${label(this)}: ${name}`, values, taken);
      return method.call(this, ...values);
    };
    Object.defineProperty(checked, 'name', { value: name, configurable: true });
    Object.defineProperty(checked, 'length', { value: method.length, configurable: true });
    Object.defineProperty(holder, name, { ...descriptor, value: checked });
  }
}

function checkNumber(at: () => string, values: readonly unknown[], [most, instead]: TakenArguments): void {
  const further = values.slice(most).find((one) => one !== undefined);
  if (further === undefined) return;
  throw invalidValue(at(), 'further argument', further, instead(values.map((one) => writeGiven(one))));
}
