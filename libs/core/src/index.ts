/** The front door of core: what happens, told in the words of vocabulary. Adapters and apps import from here only. */
export { type Attempt, countedAttempts } from './attempt/attempt.js';
export { BreakerGate, type BreakerGateParts } from './attempt/breaker-gate.js';
export { type DispatchPolicy } from './attempt/dispatch-policy.js';
export { type Judgement, attemptsExhausted, judgeAttempt } from './attempt/judge-attempt.js';
export { LeasedRate, type LeasedRateParts } from './attempt/leased-rate.js';
export { type MessageSender, type Shipment } from './attempt/message-sender.js';
export { type Consequence, type Outcome, type OutcomeDetail, type OutcomeKind, isCounted } from './attempt/outcome.js';
export { type GatePass, type ProviderGate } from './attempt/provider-gate.js';
export { type Kept, type ProviderStateStore, type KeptValue } from './attempt/provider-state-store.js';
export {
  type BackOff,
  type Claim,
  type HaltCause,
  type ProbeFinding,
  type ProviderState,
  haltCauseOf,
} from './attempt/provider-state.js';
export { type RateBook, type RateSeat, takeShare } from './attempt/rate-book.js';
export { type RecipientRate } from './attempt/recipient-rate.js';
export { type RetryPolicy, delayAfter, delaysOf } from './attempt/retry-policy.js';
export { type SendPermit, type SendPermits } from './attempt/send-permit.js';
export { type Settlement, settlementOf } from './attempt/settlement.js';
export { type Standing, standingOf } from './attempt/standing.js';
export { type AuditAction, type AuditEntry, type AuditLog, type AuditQuery, auditActions } from './audit/audit-log.js';
export {
  type Command,
  type CommandAnswer,
  type CommandKind,
  type CommandOrder,
  type CommandRecord,
  commandSchema,
} from './command/command.js';
export { type CommandDesk } from './command/command-desk.js';
export { type CommandQueue } from './command/command-queue.js';
export { duties, type Duty, type DutyRoster } from './duty/duty-roster.js';
export { type DomainEvent, type EventCatalogue, type EventType } from './event/domain-event.js';
export { type ParkedEventQuery, type ParkedEventStore } from './event/parked-event-store.js';
export { isOpen, type ParkedEvent, parkedEventId } from './event/parked-event.js';
export {
  type EventEnvelope,
  type EventRegister,
  type ParkReason,
  type ParsedEvent,
  parkReasons,
  parseEvent,
} from './event/parse-event.js';
export { type PublisherFigures, type PublisherRecord } from './event/publisher-figures.js';
export { type PublisherBook, type PublisherResult } from './event/publisher-book.js';
export { type Acceptance, acceptEvent } from './flow/accept-event.js';
export { awaitAnswer } from './flow/await-answer.js';
export { awaitOutcome } from './flow/await-outcome.js';
export { type Cancellation, type Deed, cancelNotification } from './flow/cancel-notification.js';
export { carryOut, type Deeds, type OrderOf } from './flow/carry-out.js';
export { type ReplayCancellation, cancelReplay } from './flow/cancel-replay.js';
export { type ReplayParts, carryOutReplay } from './flow/carry-out-replay.js';
export { closeAbandoned } from './flow/close-abandoned.js';
export { conclude, envelopeOf } from './flow/conclude.js';
export { type ReplayForecast, countReplay } from './flow/count-replay.js';
export { dispatchNotification } from './flow/dispatch-notification.js';
export { type DeadLetter, type DeadLetterQueues, type Fate } from './flow/dead-letters.js';
export { type DispatchEnvelope, type DispatchQueue, type WaitingStory } from './flow/dispatch-queue.js';
export { type Erasure, eraseRecipient } from './flow/erase-recipient.js';
export { finishAttempt } from './flow/finish-attempt.js';
export { type FlowParts } from './flow/flow-parts.js';
export { giveCommand } from './flow/give-command.js';
export { makeAttempt } from './flow/make-attempt.js';
export { type ParkedEnvelopes } from './flow/parked-envelopes.js';
export { outlastOutage } from './flow/outlast-outage.js';
export { placeOrphans } from './flow/place-orphans.js';
export { type Inbound, recordInbound } from './flow/record-inbound.js';
export { recordReceipt } from './flow/record-receipt.js';
export { type RequestIssue } from './flow/request-issue.js';
export { type NotificationRequest, type RequestResult, requestNotification } from './flow/request-notification.js';
export { type ResendRequest, type ResendResult, resendNotification } from './flow/resend-notification.js';
export { type ResolutionResult, type Verdict, resolveNotification } from './flow/resolve-notification.js';
export { type FailureSelection, dismissFailures, restoreFailures } from './flow/settle-failures.js';
export { type TemplatePublishing, type TemplateSaving, publishTemplate, saveTemplate } from './flow/save-template.js';
export { type NumberChange, type PersonWish, saveNumberSettings, savePersonSettings } from './flow/save-settings.js';
export { releaseWaiting } from './flow/release-waiting.js';
export { type RetryQueues } from './flow/retry-queues.js';
export { purgeParked, replayParked } from './flow/settle-parked.js';
export { sweep } from './flow/sweep.js';
export { tendDeadLetters } from './flow/tend-dead-letters.js';
export {
  type ReplayRequest,
  type ReplaySelection,
  type ReplayStart,
  replayFilterOf,
  startReplay,
} from './flow/start-replay.js';
export { AppError, type ErrorCode, errorSentences, isLostInfrastructure } from './kernel/app-error.js';
export { type Clock } from './kernel/clock.js';
export { createdAtOf, newId } from './kernel/id.js';
export { type Happening, type Reporter, type Trail } from './kernel/reporter.js';
export { trailOf } from './notification/trail-of.js';
export { type TemplateFault, checkTemplate } from './message/check-template.js';
export { type Composition, composeMessage, missingVariables } from './message/compose-message.js';
export { chooseLanguage } from './message/language.js';
export {
  type Category,
  type MessageType,
  type MessageTypeFacts,
  type OnUnknown,
  type QuietHoursRule,
  factsOf,
  isMessageType,
  messageTypeNames,
  messageTypes,
} from './message/message-type.js';
export { type Message } from './message/message.js';
export { type Renderer, type Rendering } from './message/renderer.js';
export {
  type TemplateCheck,
  type TemplateChecker,
  type TemplateIssue,
  type TemplateVariable,
} from './message/template-checker.js';
export { sampleVariables } from './message/sample-variables.js';
export {
  type TemplateDraft,
  type TemplateLibrary,
  type TemplateStore,
  type TemplateVersion,
} from './message/template-store.js';
export {
  type ProviderTemplate,
  type Template,
  type TemplateObjection,
  fallbackLanguage,
  heldUntil,
  templateHeld,
} from './message/template.js';
export { type Variables } from './message/variables.js';
export {
  type Cause,
  type DeliveryStatus,
  deliveryStatuses,
  isFinal,
  nextStatus,
  transitions,
  undoubtedStatuses,
  waitingStatuses,
} from './notification/delivery-status.js';
export { type Draft, draftNotifications } from './notification/draft-notifications.js';
export { type FailureLog, type FailureQuery } from './notification/failure-log.js';
export { type Failure, type FailureGroup, causeOf, groupFailures } from './notification/failure.js';
export { type Graces } from './notification/graces.js';
export { eventKey, replayKey, requestKey, resendKey } from './notification/idempotency-key.js';
export { type Lane, laneOf, lanes } from './notification/lane.js';
export {
  type DeskChange,
  dismissed,
  type NotificationDesk,
  type ResendClaim,
  type Resolution,
} from './notification/notification-desk.js';
export { type HistoryFilter, type HistoryPage, type NotificationHistory } from './notification/notification-history.js';
export {
  type AttemptFinish,
  type AttemptStart,
  type Creation,
  type NotificationStore,
  type StatusChange,
} from './notification/notification-store.js';
export { type AdminAction, type Notification } from './notification/notification.js';
export { type Opening, openNotification } from './notification/open-notification.js';
export { type ResendHurdle, type ResendWish, resendHurdle } from './notification/resend-hurdle.js';
export { type AnyRule, type Rule } from './notification/rules/rule.js';
export { checkRules, ruledEventTypes, rules } from './notification/rules/rules.js';
export {
  departedStatuses,
  type ReceiptStep,
  failedReceipt,
  receiptSteps,
  statusAfterReceipt,
} from './receipt/apply-receipt.js';
export { type FailureMeaning, type JudgeFailure } from './receipt/failure-meaning.js';
export { type OrphanList, type OrphanQuery } from './receipt/orphan-list.js';
export { type ReceiptResult, type ReceiptStore } from './receipt/receipt-store.js';
export { type Receipt, type ReceiptStatus, receiptKey, receiptStatuses } from './receipt/receipt.js';
export { marketingWishIn } from './recipient/marketing-word.js';
export { type Permission, type PermissionRequest, permissionFor } from './recipient/permission.js';
export { type DecidingPreferences, type PreferenceDecision } from './recipient/preference-decision.js';
export { type ParsedPhone, maskPhone, parsePhone } from './recipient/phone-number.js';
export { phoneParts } from './recipient/phone-parts.js';
export { type DailyWindow, complement, firstInstantOutside, isTimeZone, isWithin } from './recipient/quiet-hours.js';
export { type Recipient } from './recipient/recipient.js';
export { type RecipientEraser } from './recipient/recipient-eraser.js';
export { failedPercent, outcomeStatuses } from './replay/replay-brake.js';
export { noCounts, sumOfFates } from './replay/replay-count.js';
export { type CandidateFilter, type ReplayLog } from './replay/replay-log.js';
export {
  type ReplayAdvance,
  type ReplayClaim,
  type ReplayCreation,
  type ReplayEnd,
  type ReplayQuery,
  type ReplayStore,
} from './replay/replay-store.js';
export {
  type Replay,
  type ReplayCounts,
  type ReplayFate,
  type ReplayFilter,
  type ReplayPace,
  type ReplayPlace,
  type ReplayProgress,
  type ReplayState,
  type ReplayedStatus,
  replayFates,
  replayStates,
  replayedStatuses,
} from './replay/replay.js';
export { type NumberWish, type SettingsDesk } from './recipient/settings-desk.js';
export { boundsOfDay, dayOf, daysBetween } from './statistics/day.js';
export { type Figures, type StatusCounts, figuresOf, statusesBeside, sumCounts } from './statistics/figures.js';
export { type DayCounts, type PeriodCounts, type StatisticsBook } from './statistics/statistics-book.js';
export { type SettingsStore } from './recipient/settings-store.js';
export {
  type NumberSettings,
  type PersonSettings,
  type RecipientSettings,
  defaultTimeZone,
} from './recipient/settings.js';
