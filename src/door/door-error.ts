export class DoorError extends Error {
  override readonly name = 'DoorError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
