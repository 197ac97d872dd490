/**
 * A function for Node to call: a listener, a timer, the callback of a stream. What it throws goes to `report`: nobody else would catch it, and
 * Node would end the process.
 */
export function makeCallback<Given extends readonly unknown[]>(
  report: (bug: unknown) => void,
  act: (...values: Given) => unknown,
): (...values: Given) => void {
  return (...values) => {
    try {
      act(...values);
    } catch (bug) {
      report(bug);
    }
  };
}
