/** Checks a page that a command writes. The failure names the command. */
export function mendedBy(command: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { message, stack = '' } = error;
    error.message = `\`${command}\` writes the page anew.\n\n${message}`;
    // jest prints the stack, which has the message.
    error.stack = stack.replace(message, () => error.message);
    throw error;
  }
}
