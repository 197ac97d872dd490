import { findAction, findCounterpart } from './actions';
import type { ConditionOperator, OperatorName } from './condition-operators';
import type { AskedPolicy, Denial, MeasuredCondition, NearStatement } from './decision';
import { type AccessQuestion, findMismatches, findUnnamedInNotPrincipal, type Mismatch } from './matching';
import { makeCondition } from './policy-conditions';
import { hasVariables } from './policy-document';
import type { PolicyStatement } from './statement';
import { completeArn } from './user-policy';
import { fillVariables, findWrittenVariables, readResource } from './variables';

/**
 * The nearest statement is only searched for when a request is refused, so that an allowed request costs no more.
 * @module
 */

interface Candidate {
  readonly policy: AskedPolicy;
  readonly statement: PolicyStatement;
  readonly mismatches: readonly Mismatch[];
}

export function findNearest(policies: readonly AskedPolicy[], question: AccessQuestion): NearStatement | undefined {
  const candidates = policies.flatMap((policy) =>
    policy.document.statements
      .filter((statement) => statement.effect === 'Allow' && isOfAction(statement, question))
      .map((statement): Candidate => ({ policy, statement, mismatches: findMismatches(statement, question) })),
  );
  const [nearest] = candidates.toSorted(compareNearness);
  if (nearest === undefined) return undefined;
  const { policy, statement, mismatches } = nearest;
  return {
    policy,
    statement,
    misfits: mismatches.map((one) => (typeof one === 'string' ? one : measured(policy, one, question))),
    variables: variablesOf(policy, arnsOf(statement), question),
    confused: mismatches.includes('resource') ? confusedResources(nearest, question) : [],
    textVariable: findTextVariable(nearest, question),
  };
}

function arnsOf({ resources }: PolicyStatement): readonly string[] {
  return resources.of.map(({ arn }) => arn);
}

function isOfAction({ covered }: PolicyStatement, { action }: AccessQuestion): boolean {
  const counterpart = findCounterpart(action);
  return covered.has(action) || (counterpart !== undefined && covered.has(counterpart));
}

function compareNearness(one: Candidate, other: Candidate): number {
  return one.mismatches.length - other.mismatches.length || placeOfFirst(other) - placeOfFirst(one);
}

function placeOfFirst({ mismatches: [first] }: Candidate): number {
  return typeof first === 'string' ? ['action', 'principal', 'resource'].indexOf(first) : 3;
}

export function makeDenial(policy: AskedPolicy, statement: PolicyStatement, question: AccessQuestion): Denial {
  const conditions = statement.conditions.map((condition) => measured(policy, condition, question));
  const unnamed = findUnnamedInNotPrincipal(statement, question);
  return { conditions, unnamed, textVariable: findTextVariable({ policy, statement, mismatches: [] }, question) };
}

function measured(
  policy: AskedPolicy,
  condition: MeasuredCondition['condition'],
  question: AccessQuestion,
): MeasuredCondition {
  const given = question.conditions(condition.key.toLowerCase());
  // Only operators for texts and ARNs replace variables.
  const texts = /^(?:String|Arn)/.test(condition.name) ? condition.values : [];
  const variables = variablesOf(policy, texts, question);
  const isGiven = given !== undefined && given.length > 0;
  const sibling = isGiven ? findSibling(policy, condition, question) : undefined;
  return { condition, given: isGiven ? given : undefined, variables, sibling };
}

/** The other operators that somebody can have meant who wrote one of those that compare texts. */
const siblings: Partial<Record<OperatorName, readonly OperatorName[]>> = {
  StringEquals: ['StringLike', 'StringEqualsIgnoreCase'],
  StringNotEquals: ['StringNotLike', 'StringNotEqualsIgnoreCase'],
  StringEqualsIgnoreCase: ['StringLike'],
  StringNotEqualsIgnoreCase: ['StringNotLike'],
  StringLike: ['StringEqualsIgnoreCase'],
  StringNotLike: ['StringNotEqualsIgnoreCase'],
  ArnEquals: ['StringLike'],
  ArnNotEquals: ['StringNotLike'],
  ArnLike: ['StringLike'],
  ArnNotLike: ['StringNotLike'],
};

function findSibling(
  { document }: AskedPolicy,
  { name, quantifier, ifExists, key, values, holds }: MeasuredCondition['condition'],
  { conditions }: AccessQuestion,
): ConditionOperator | undefined {
  const ofList = quantifier === undefined ? [{ name, quantifier: 'ForAnyValue' as const, ifExists }] : [];
  const likely = [...(siblings[name] ?? []).map((other) => ({ name: other, quantifier, ifExists })), ...ofList];
  const holdsNow = holds(conditions);
  // Whoever denies what matches a text means that text.
  if (holdsNow && !name.includes('Not')) return undefined;
  return likely.find(
    (operator) =>
      makeCondition({ ...operator, key, values }, hasVariables(document.version)).holds(conditions) !== holdsNow,
  );
}

function variablesOf({ document }: AskedPolicy, texts: readonly string[], { conditions }: AccessQuestion) {
  return hasVariables(document.version) ? fillVariables(texts, conditions) : [];
}

function confusedResources({ policy, statement }: Candidate, question: AccessQuestion): readonly string[] {
  const { action, resource, conditions } = question;
  const { inverted } = statement.resources;
  const { kind } = findAction(action) ?? {};
  if (inverted || kind === undefined || kind === 'none') return [];
  const bucket = bucketArnOf(resource);
  const variables = hasVariables(policy.document.version);
  const isBucket = (arn: string | undefined) =>
    arn !== undefined && readResource(completeArn(arn), variables)(bucket, conditions);
  const arns = arnsOf(statement);
  const aboutObjects = arns.filter((arn) => isBucket(findHead(arn)));
  if (kind === 'bucket') return aboutObjects;
  return aboutObjects.length > 0 ? [] : arns.filter(isBucket);
}

export function bucketArnOf(resource: string): string {
  return findHead(resource) ?? resource;
}

/** A slash in a variable does not begin the key. */
function findHead(arn: string): string | undefined {
  for (let at = 0; at < arn.length; at += 1) {
    if (arn[at] === '/') return arn.slice(0, at);
    const close = arn.startsWith('${', at) ? arn.indexOf('}', at) : -1;
    if (close !== -1) at = close;
  }
  return undefined;
}

function findTextVariable({ policy, statement, mismatches }: Candidate, question: AccessQuestion): string | undefined {
  if (hasVariables(policy.document.version)) return undefined;
  const texts = [...arnsOf(statement), ...statement.conditions.flatMap(({ values }) => values)];
  const [first] = texts.flatMap(findWrittenVariables);
  if (first === undefined) return undefined;
  const filled = findMismatches(withVariables(statement), question).length;
  const isOtherwise = statement.effect === 'Deny' ? filled > 0 : filled < mismatches.length;
  return isOtherwise ? first : undefined;
}

function withVariables(statement: PolicyStatement): PolicyStatement {
  const { resources, conditions } = statement;
  const of = resources.of.map((one) => ({ ...one, matches: readResource(completeArn(one.arn), true) }));
  return {
    ...statement,
    resources: { ...resources, of },
    conditions: conditions.map((condition) => makeCondition(condition, true)),
  };
}
