interface SystemErrorDetails {
  readonly syscall?: string;
  readonly errno?: number;
  readonly address?: string;
  readonly port?: number;
}

/**
 * Creates an error with a code, like those of Node's sockets. It is of a class of the test file: clients that it loads, such as the AWS SDK, ask for
 * that by `instanceof`.
 */
export function systemError(
  errorClass: ErrorConstructor,
  code: string,
  message: string,
  details: SystemErrorDetails = {},
): NodeJS.ErrnoException {
  return Object.assign(new errorClass(message), { code, ...details });
}
