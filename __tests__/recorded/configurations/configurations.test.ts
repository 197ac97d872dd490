import { replay } from '../replay';
import { accelerate } from './accelerate';
import { analytics, analyticsBoundaries } from './analytics';
import { logging } from './logging';
import { metrics } from './metrics';
import { websiteAdmission, websiteRules } from './website';

replay(websiteRules, websiteAdmission, accelerate, logging, analytics, analyticsBoundaries, metrics);
