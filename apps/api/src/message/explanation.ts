/** What reasons mean and what helps, in words for whoever is asked by a customer; a reason that is not here stands for itself. */
const sentences: Readonly<Record<string, string>> = {
  too_long:
    'The text would be longer than the 4,096 characters that WhatsApp takes, or lists too many items. Shorten the template, then resend.',
  empty: 'The template says nothing with these variables. Correct the template, then resend.',
  template_broken: 'The template cannot be rendered with these variables. Correct the template, then resend.',
  missing_variable:
    'The template tells a variable that is missing. Guard it in the template, or resend with the variable in context.',
  template_paused: 'MyOperator has paused the approved template of this type. It goes on when the template does.',
  template_parameter_invalid:
    'A parameter of the approved template is empty or malformed. Resend with a better context.',
  no_usable_phone: 'The customer has no phone number that can be written to.',
  number_unreachable: 'The number is suppressed for a while: see /settings/by-phone.',
  notifications_disabled: 'The customer has switched all notifications off.',
  message_type_disabled: 'The customer has switched this type off.',
  marketing_opt_out: 'The number has answered STOP, or was opted out: it gets no marketing.',
  no_marketing_consent: 'No consent to marketing is on record.',
  quiet_hours: 'It waits for the end of the quiet hours.',
  quiet_hours_overridden_by_validity: 'It was sent in quiet hours, for it would have been worthless afterwards.',
  quiet_hours_outlast_validity: 'The quiet hours end after it is worth sending.',
  validity_passed: 'It was not worth sending any more when its turn came.',
  attempts_exhausted: 'Every attempt failed; attempts says why each. Resend it when the cause is gone.',
  failed_receipt: 'MyOperator took it and reported later that it failed; receipts has the code. It is safe to resend.',
  bad_number: 'MyOperator refuses the number: it is not on WhatsApp, or wrong.',
  window_closed: 'Free text needs a message of the customer within 24 hours; map the template to an approved one.',
  lost_or_poison: 'Its envelope was lost or could not be handled again and again. Resend it.',
  poison: 'Its envelope could not be handled again and again. Resend it.',
  answer_timeout: 'MyOperator did not answer in time: it has perhaps arrived.',
  lease_over: 'The worker ended in the middle of the attempt: it has perhaps arrived.',
  by_admin: 'A person has stopped it; admin_actions says who.',
};

/** One sentence that says why a message stands where it stands, and what helps; undefined where there is none. */
export function explanationOf(reason: string | undefined): string | undefined {
  return reason === undefined || !Object.hasOwn(sentences, reason) ? undefined : sentences[reason];
}
