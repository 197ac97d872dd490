/** The properties of Node's socket errors beside code and message. */
interface SystemErrorDetails {
  readonly syscall?: string;
  readonly errno?: number;
  readonly address?: string;
  readonly port?: number;
}

/** Creates an error with a code, like those of Node's sockets. */
export function systemError(code: string, message: string, details: SystemErrorDetails = {}): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code, ...details });
}
