import { guardError } from '../guard';
import { findOurs, isAnswered, type JudgementRules, judgeHead } from '../judgement';
import { layPlaces } from '../patches';
import { isPassed, isPortOfMock } from '../registry';
import type { Target } from '../target';
import { type BunClientRules, bunClientPlaces } from './bun-clients';
import { type ConnectionRules, connectionPlaces } from './connections';
import { type FetchRules, fetchPlaces } from './fetches';
import type { OwnPort } from './own-port';

/**
 * Captures the calls of a process in a runtime whose sockets cannot be made: the functions with which clients connect lead to a port of this
 * process. Decision 100
 * @module
 */

export interface PortRules extends JudgementRules {
  readonly isOver: () => boolean;
  readonly onOtherHost?: (host: string, port: number, isRefused: boolean) => void;
  readonly global: typeof globalThis;
  /** Where the connections lead. A guard, which answers no host, has no port. */
  readonly ownPort?: OwnPort;
}

export function layPortPatches(rules: PortRules): () => void {
  const { isOver, global, ownPort } = rules;
  const ofConnections: ConnectionRules = {
    isOver,
    findOurs: (target, named) => findOurs(rules, target, named),
    errorOfOther: (target, named) => {
      const error = rules.guardErrorOf(target, named);
      if (error !== undefined) rules.tellRefused(target);
      return error;
    },
    notePassing: (target, named) => notePassing(rules, target, named),
    lead: (socket, target, { options }) => ownPort?.lead(socket, target, options),
    errorOfCaptured: (target) => guardError(global.Error, target, whyCaptured, cureOfCaptured),
  };
  const ofFetch: FetchRules = {
    isOver,
    judgeFetch: (target, head) => {
      const route = { call: { options: {}, listener: undefined }, target, named: undefined };
      const verdict = judgeHead(rules, { ...head, following: 0 }, route);
      if (verdict.kind === 'passes') notePassing(rules, target, undefined);
      return verdict;
    },
    openPort: () => ownPort?.open() ?? Promise.reject(new global.Error('the capture has no port')),
    global,
  };
  const ofBun: BunClientRules = {
    isOver,
    errorOfBunClient: (target) =>
      findOurs(rules, target, undefined) === undefined
        ? ofConnections.errorOfOther(target, undefined)
        : guardError(global.Error, target, whyBun, cureOfBun),
  };
  const takeOffBun = layPlaces(bunClientPlaces(global), ofBun);
  const takeOffConnections = layPlaces(connectionPlaces, ofConnections);
  const takeOffFetch = layPlaces(fetchPlaces(global), ofFetch);
  return () => {
    takeOffFetch();
    takeOffConnections();
    takeOffBun();
  };
}

const whyCaptured = 'the client took tls.connect from its module before mockS3() was called';
const cureOfCaptured = 'Call mockS3() before the client is loaded, or let it call tls.connect of node:tls.';

const whyBun = 'Bun.S3Client connects by itself, so the mock cannot answer it in the process';
const cureOfBun = 'Give the client the address of a port: const { url } = await s3.listen(), and endpoint: url.';

function notePassing({ onOtherHost }: PortRules, target: Target, named: Target | undefined): void {
  const isKnown = ({ host, port }: Target) => isPassed(host, port) || isPortOfMock(host, port);
  if (isAnswered(target) || [target, named].some((one) => one !== undefined && isKnown(one))) return;
  onOtherHost?.(target.host, target.port, false);
}
