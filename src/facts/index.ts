export { Budget } from './budget';
export { mockStage } from './mock-stage';
export { importRecordings } from './recordings';
export { newsIn, type Report, writeDifferences, writeLeftOut, writeReasons, writeTable } from './report';
export { type Chosen, choose, type Outcome, plan, run } from './run';
export { type Service, ServiceStage } from './service-stage';
