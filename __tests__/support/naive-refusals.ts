import type { Answer } from './history-calls';

export class Refused extends Error {
  constructor(readonly answer: Answer) {
    super();
  }
}

export function invented(ArgumentName: string): Refused {
  return new Refused({ status: 400, code: 'InvalidArgument', ArgumentName, ArgumentValue: 'invented' });
}

export function markerRefused(Method: string): Answer {
  return { status: 405, code: 'MethodNotAllowed', Method, ResourceType: 'DeleteMarker' };
}
