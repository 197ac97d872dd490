/** What Node's own socket errors carry beside their message. */
interface SystemErrorDetails {
  readonly syscall?: string;
  readonly errno?: number;
  readonly address?: string;
  readonly port?: number;
}

/** An error with a code, as Node's sockets give them. */
export function systemError(code: string, message: string, details: SystemErrorDetails = {}): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code, ...details });
}
