interface SystemErrorDetails {
  readonly syscall?: string;
  readonly errno?: number;
  readonly address?: string;
  readonly port?: number;
}

/**
 * Creates an error with a code, like those of Node's sockets. Its class is one of the test file: clients that the file loads, such as the AWS SDK,
 * check it by `instanceof`.
 */
export function systemError(
  errorClass: ErrorConstructor,
  code: string,
  message: string,
  details: SystemErrorDetails = {},
): NodeJS.ErrnoException {
  return Object.assign(new errorClass(message), { code, ...details });
}
