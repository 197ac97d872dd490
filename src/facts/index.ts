export { loadXxhash } from '../formats/xxhash';
export { Budget, priceOf } from './budget';
export { mockStage } from './mock-stage';
export { newsIn, type Report, writeDifferences, writeReasons, writeTable } from './report';
export { type Chosen, choose, type Outcome, run, whyNotPlayed } from './run';
export { type Service, ServiceStage } from './service-stage';
export { stepsOf } from './set-up';
export type { Stage } from './stage';
export { writePlainRequest, writeRequest } from './wire-form';
