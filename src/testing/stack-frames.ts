/** Inserts a text between the message and the frames of a stack. */
export function aboveFrames(stack: string, text: string): string {
  const at = framesAt(stack);
  return `${stack.slice(0, at)}\n\n${text}${stack.slice(at)}`;
}

/** Where the frames of a stack begin; its end if it has none. */
export function framesAt(stack: string): number {
  const at = stack.search(/\n\s*at .*:\d+:\d+/);
  return at === -1 ? stack.length : at;
}
