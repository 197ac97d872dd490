export { Budget } from './budget';
export { mockStage } from './mock-stage';
export { type Profile, writeProfile } from './profile';
export { profiles } from './profiles';
export { countProfiled, newsIn, type Report, writeDifferences, writeReasons, writeTable } from './report';
export { choose, type Outcome, plan, run } from './run';
export { type Service, ServiceStage } from './service-stage';
