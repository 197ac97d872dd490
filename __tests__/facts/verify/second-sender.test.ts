import { firstWith, membersOf, operationsOf, playBySdk } from './second-sender';

playBySdk([
  ...new Map([...firstWith(operationsOf), ...firstWith(membersOf)].map((one) => [one.recordedCase, one])).values(),
]);
