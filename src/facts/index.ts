export { Budget, type Charge } from './budget';
export { mockStage } from './mock-stage';
export { readPackedCases } from './packed-cases';
export {
  newsIn,
  type Report,
  writeDifferences,
  writeLeftOut,
  writeReasons,
  writeTable,
  writeTitle,
} from './report';
export { type ChosenCase, choose, listCases, type Outcome, type Plan, plan, run } from './run';
export { type EarlierBucket, type Service, ServiceStage } from './service-stage';
