import { after, testStart } from '@earlybird/testing';
import { preferenceDecision } from './preference-decision.js';

const optOut = { at: after(-1), source: 'reply' };
const settings = {
  person: {
    userId: 'u',
    phone: '+919876543210',
    notificationTypes: { churn_risk: false },
    doNotDisturbStart: '22:00',
    doNotDisturbEnd: '07:00',
    timezone: 'Asia/Dubai',
  },
  number: { phone: '+919876543210', marketingOptOut: optOut, lastInboundAt: after(-5) },
};
const night = { doNotDisturbStart: '22:00', doNotDisturbEnd: '07:00', timezone: 'Asia/Dubai' };

describe('what preferences decided', () => {
  it.each([
    ['quiet_hours', night],
    ['quiet_hours_overridden_by_validity', night],
    ['quiet_hours_outlast_validity', night],
    ['message_type_disabled', { notificationTypes: { churn_risk: false } }],
    ['marketing_opt_out', { marketingOptOut: optOut }],
    ['no_marketing_consent', {}],
  ])('%s is kept with what it rests on, and nothing else', (reason, preferences) => {
    expect(preferenceDecision(reason, settings, testStart)).toEqual({ reason, at: testStart, preferences });
  });

  it.each(['no_usable_phone', 'validity_passed', 'toString', undefined])('%s is none of theirs', (reason) => {
    expect(preferenceDecision(reason, settings, testStart)).toBeUndefined();
  });
});
