/**
 * Port: takes a person's data out of everything that is stored by the person's number. Keys, statuses, times, codes and
 * counts stay. All steps can be repeated. Throws AppError `database_unavailable`.
 */
export interface RecipientEraser {
  /** Number, name, customer id, variables, text and free notes of the number's notifications. Answers how many were touched. */
  eraseNotifications(phone: string, at: Date): Promise<number>;
  /**
   * What is on record for the number, and for persons who have no other; but a STOP stays, as the number and when it was said.
   * Answers how many records were deleted or emptied.
   */
  eraseSettings(phone: string): Promise<number>;
  /** The number in the filters of replays; one that still runs finds nobody any more. Answers how many. */
  eraseReplays(phone: string): Promise<number>;
  /** The bodies of parked events that name the number. Answers how many. */
  eraseParkedEvents(phone: string): Promise<number>;
}
