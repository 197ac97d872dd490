import type { RecordedCases } from '../../../src/facts/case';
import { accelerate } from './accelerate';
import { accelerationData, accelerationRouting, redirection } from './acceleration-hosts';
import { analytics, analyticsBoundaries } from './analytics';
import { inventory } from './inventory';
import { logging, loggingRaw } from './logging';
import { loggingOperations } from './logging-operations';
import { metrics } from './metrics';
import { websiteAdmission, websiteHttp, websiteRules } from './website';
import { websitePages, websiteVisits } from './website-visits';

export const recordings: readonly RecordedCases[] = [
  websiteHttp,
  websiteRules,
  websiteAdmission,
  websiteVisits,
  websitePages,
  accelerate,
  accelerationData,
  accelerationRouting,
  redirection,
  logging,
  loggingRaw,
  loggingOperations,
  analytics,
  analyticsBoundaries,
  metrics,
  inventory,
];
