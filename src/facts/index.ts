export { Budget } from './budget';
export { mockStage } from './mock-stage';
export { newsIn, type Report, writeDifferences, writeReasons, writeTable } from './report';
export { choose, type Outcome, plan, run } from './run';
export { type Service, ServiceStage } from './service-stage';
