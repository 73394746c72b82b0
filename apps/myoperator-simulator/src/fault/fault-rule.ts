import { z } from 'zod';
import { faultSchema, type Fault } from './fault.js';

const scopeSchema = z.object({
  /** Which part of the matching requests is hit: 0.1 is every tenth. Counted, not drawn, so that a run repeats. */
  share: z.number().gt(0).max(1).default(1),
  /** How many requests are hit at most; the rule has no effect afterwards. */
  count: z.number().int().min(1).optional(),
  /** E.164 numbers that the rule is for; everyone when absent. */
  recipients: z
    .array(z.string().regex(/^\+\d{4,15}$/))
    .min(1)
    .optional(),
  contract: z.enum(['whatsapp', 'chat']).optional(),
});

/** Whom a fault hits, and how often. */
export type FaultScope = z.output<typeof scopeSchema>;

/** One line of `PUT /faults`: a fault, and whom it hits how often. */
export interface FaultRule {
  readonly fault: Fault;
  readonly scope: FaultScope;
}

/** One rule as it travels: the fields of its fault beside those of its scope. */
const ruleSchema = z.looseObject({}).transform((given, context): FaultRule => {
  const { share, count, recipients, contract, ...rest } = given;
  const scope = scopeSchema.safeParse({ share, count, recipients, contract });
  const fault = faultSchema.safeParse(rest);
  for (const { error } of [scope, fault]) {
    error?.issues.forEach(({ message, path }) => context.addIssue({ code: 'custom', message, path }));
  }
  return scope.success && fault.success ? { fault: fault.data, scope: scope.data } : z.NEVER;
});

/** The body of `PUT /faults`: `{"rules": […]}`, or one rule alone. What it names replaces every earlier rule. */
export const faultRulesSchema = z
  .preprocess(
    (body) => (typeof body === 'object' && body !== null && 'fault' in body ? { rules: [body] } : body),
    z.strictObject({ rules: z.array(ruleSchema).max(100) }),
  )
  .transform(({ rules }) => rules);
