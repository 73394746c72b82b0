import type { Rule } from './rule.js';

/** A new subscription is confirmed. The templates say `product`, as the user's calls do. */
export const subscriptionCreated: Rule<'subscription.created'> = {
  eventType: 'subscription.created',
  messageType: 'subscription_confirmation',
  referenceId: (data) => data.subscription_id,
  variables: ({ customer: _, product_name, ...fields }) => ({ ...fields, product: product_name }),
};

/** A pause is confirmed. */
export const subscriptionPaused: Rule<'subscription.paused'> = {
  eventType: 'subscription.paused',
  messageType: 'pause_confirmation',
  referenceId: (data) => data.subscription_id,
  variables: ({ customer: _, product_name, ...fields }) => ({ ...fields, product: product_name }),
};

/** The subscription service speaks for customers too: one who may be leaving is asked back. */
export const churnRiskDetected: Rule<'customer.churn_risk_detected'> = {
  eventType: 'customer.churn_risk_detected',
  messageType: 'churn_risk',
  referenceId: (data) => data.customer.id,
  variables: ({ customer: _, ...fields }) => fields,
};
