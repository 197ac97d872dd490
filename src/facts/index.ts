export { Budget } from './budget';
export { mockStage } from './mock-stage';
export { type Profile, writeProfile } from './profile';
export { profiles } from './profiles';
export { importRecordings } from './recordings';
export {
  countProfiled,
  newsIn,
  type Report,
  writeDifferences,
  writeLeftOut,
  writeReasons,
  writeTable,
  writeTitle,
} from './report';
export { type ChosenCase, choose, type Outcome, type Plan, plan, run } from './run';
export { type EarlierBucket, type Service, ServiceStage } from './service-stage';
