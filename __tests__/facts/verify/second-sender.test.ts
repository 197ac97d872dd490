import { firstWith, membersOf, operationsOf, playBySdk } from '../second-sender';

const played = new Set(firstWith(operationsOf).map(({ recordedCase }) => recordedCase));

playBySdk(firstWith(membersOf).filter(({ recordedCase }) => !played.has(recordedCase)));
