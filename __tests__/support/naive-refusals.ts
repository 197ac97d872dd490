import type { Answer } from './history-calls';

/** The refusal of a call. */
export class Refused extends Error {
  constructor(readonly answer: Answer) {
    super();
  }
}

/** The refusal of an id that S3 never issued. */
export function invented(ArgumentName: string): Refused {
  return new Refused({ status: 400, code: 'InvalidArgument', ArgumentName, ArgumentValue: 'invented' });
}

/** The answer to a request that a delete marker does not allow. */
export function markerRefused(Method: string): Answer {
  return { status: 405, code: 'MethodNotAllowed', Method, ResourceType: 'DeleteMarker' };
}
