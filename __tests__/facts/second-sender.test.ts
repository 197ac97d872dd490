import { firstWith, operationsOf, playBySdk } from './second-sender';

/** `npm run test:verify` plays a case for each member. */
playBySdk(firstWith(operationsOf));
