import { account, deferred, type OutcomeRow, refused, slowNumber, type Verdict } from './verdict.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** A customer may be written to about once in six seconds once the burst of the pair is used up. */
const pairRate: Verdict = { kind: 'throttled', scope: 'recipient', reason: 'pair_rate', waitMs: 6 * second };

/** Meta caps marketing messages per person and day; asking earlier only confirms it. */
const marketingLimit: Verdict = {
  kind: 'throttled',
  scope: 'recipient',
  reason: 'marketing_limit',
  waitMs: 24 * hour,
  minWaitMs: 24 * hour,
};

/** Meta pauses a template for three hours the first time. The number and other templates go on. */
const templatePaused: Verdict = {
  kind: 'throttled',
  scope: 'recipient',
  reason: 'template_paused',
  waitMs: 3 * hour,
  consequence: 'hold_template',
};

const rows: readonly (readonly [code: string, verdict: Verdict, sentence: string])[] = [
  // May work later.
  ['1', deferred('provider_error'), 'WhatsApp failed for a reason that it does not know itself.'],
  ['2', deferred('provider_error'), 'A service behind WhatsApp is down or overloaded for the moment.'],
  ['131000', deferred('provider_error'), 'Something went wrong at WhatsApp; it names no cause.'],
  ['131016', deferred('provider_error'), 'A service of WhatsApp is not available for the moment.'],
  [
    '131057',
    deferred('provider_error'),
    'The business account is in maintenance, for example during an upgrade of its rate.',
  ],
  ['133004', deferred('provider_error'), 'The server of WhatsApp is not available for the moment.'],
  ['135000', deferred('provider_error'), 'A generic error: WhatsApp does not say what was wrong with the request.'],

  // Slow the whole number down.
  ['4', slowNumber('rate_limit', minute), 'The app has made more calls than it may; the count is per hour.'],
  ['80007', slowNumber('rate_limit', minute), 'The business account has used up its rate.'],
  ['130429', slowNumber('rate_limit', second), 'The number sends more messages a second than it may.'],
  [
    '131048',
    slowNumber('spam_rate_limit', hour),
    'Too many customers blocked or reported this number; WhatsApp lets it send less.',
  ],
  ['131064', slowNumber('rate_limit', minute), 'WhatsApp limits how much this number may send for the moment.'],
  ['133016', slowNumber('registration_rate_limit', hour), 'The number was registered and deregistered too often.'],

  // This recipient alone.
  ['131056', pairRate, 'Too many messages from this number to this one customer in a short time.'],
  ['131049', marketingLimit, 'WhatsApp gives this customer no more marketing messages for now.'],

  // The account, not the message.
  ['0', account('account_unauthorized'), 'WhatsApp could not authenticate the app: its token is gone or void.'],
  ['3', account('account_forbidden'), 'The token lacks the permission for this call.'],
  ['10', account('account_forbidden'), 'The permission was not granted, or was taken away.'],
  ['190', account('account_unauthorized'), 'The access token has expired.'],
  ['368', account('account_blocked'), 'The account is blocked for a while because it broke a policy.'],
  ['130497', account('account_blocked'), 'The account may not send to this country.'],
  ['131005', account('account_forbidden'), 'The permission was not granted, or was taken away.'],
  ['131031', account('account_blocked'), 'The account is locked: a policy was broken, or a PIN was wrong.'],
  ['131037', account('account_not_ready'), "The number's display name is not approved yet."],
  ['131042', account('account_unpaid'), 'Something is wrong with the payment method of the account.'],
  ['131045', account('account_not_ready'), 'The number is not registered, or its certificate is wrong.'],
  ['131063', account('account_not_ready'), 'The account is not set up for messages of this kind.'],
  ['133010', account('account_not_ready'), 'The number is not registered at WhatsApp.'],
  ['CHAT_4001', account('account_not_ready'), 'MyOperator does not know the sender number of this account.'],
  ['CHAT_0302', account('account_forbidden'), 'MyOperator does not let this account send.'],
  ['CHAT_0303', account('account_forbidden'), 'MyOperator does not let this account send.'],
  ['CHAT_0304', account('account_forbidden'), 'MyOperator does not let this account send.'],
  ['INSUFFICIENT_BALANCE', account('account_unpaid'), 'The balance at MyOperator is used up.'],

  // Never will.
  ['33', refused('bad_request'), 'A value names something that does not exist any more.'],
  ['100', refused('bad_request'), 'A parameter is missing, unknown or misspelt.'],
  ['131008', refused('bad_request'), 'A required parameter is missing.'],
  ['131009', refused('bad_request'), 'A parameter has a value that is not allowed.'],
  ['131021', refused('bad_number'), 'The recipient is the sender.'],
  [
    '131026',
    refused('unreachable_number', 'suppress_recipient'),
    'The number is not on WhatsApp, or its owner has not accepted the terms.',
  ],
  [
    '131030',
    refused('bad_number'),
    'The account is for tests, and the number is not among those that it may write to.',
  ],
  [
    '131047',
    refused('window_closed'),
    'More than 24 hours since the customer last wrote: only an approved template may be sent.',
  ],
  [
    '131050',
    refused('opted_out', 'marketing_opt_out'),
    'The customer has stopped marketing messages of this business.',
  ],
  ['131051', refused('bad_request'), 'WhatsApp does not know this type of message.'],
  ['131052', refused('bad_request'), 'A medium that the customer sent could not be fetched.'],
  ['131053', refused('bad_request'), 'A medium of this message could not be taken.'],
  ['132000', refused('template_mismatch'), 'The number of parameters differs from that of the template.'],
  ['132001', refused('template_missing'), 'The template does not exist in this language, or is not approved.'],
  ['132005', refused('template_mismatch'), 'The template becomes too long once its parameters are filled in.'],
  ['132007', refused('template_mismatch'), 'The content of the template breaks a rule about its form.'],
  ['132008', refused('template_mismatch'), 'A parameter of the template is not as the template wants it.'],
  ['132012', refused('template_mismatch'), 'A parameter of the template has the wrong form.'],
  ['132015', templatePaused, 'The template is paused because customers disliked it; others go on.'],
  [
    '132016',
    refused('template_disabled', 'report_template'),
    'The template is disabled for good because customers disliked it.',
  ],
  ['137000', refused('bad_request'), 'WhatsApp cannot send what the message asks for.'],
  [
    '130472',
    refused('unreachable_number'),
    'The customer takes part in an experiment of Meta and gets no marketing messages.',
  ],
];

/** 200 to 299 are WhatsApp's permissions, one by one. */
const permissions: OutcomeRow = {
  verdict: account('account_forbidden'),
  sentence: 'The permission was not granted, or was taken away.',
};

/**
 * What each code of MyOperator or WhatsApp comes to, wherever it stands in an answer or a failed receipt. Source: provider.md;
 * the sentences are in our words. Codes of the range 200–299 are found by `codeRow` alone.
 */
export const codeTable: ReadonlyMap<string, OutcomeRow> = new Map(
  rows.map(([code, verdict, sentence]) => [code, { verdict, sentence }]),
);

/** The row of a code; undefined for one that is not listed. */
export function codeRow(code: string): OutcomeRow | undefined {
  return codeTable.get(code.toUpperCase()) ?? (/^2\d\d$/.test(code) ? permissions : undefined);
}
