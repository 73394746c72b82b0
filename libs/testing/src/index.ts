/** Test code only: builders, a fake and a contract suite for every port, and the harness for tests on real servers. */
export { aNotification } from './builders/a-notification.js';
export { aPolicy } from './builders/a-policy.js';
export { aReceipt } from './builders/a-receipt.js';
export { aReplay } from './builders/a-replay.js';
export { aShipment } from './builders/a-shipment.js';
export { aTemplate } from './builders/a-template.js';
export { aFinishedAttempt, anAttempt } from './builders/an-attempt.js';
export { anEvent } from './builders/an-event.js';
export { after, testStart } from './builders/instant.js';
export { type DispatchQueueUnderTest, dispatchQueueContract } from './contracts/dispatch-queue.contract.js';
export {
  type MessageSenderUnderTest,
  messageSenderContract,
  type ProviderScenario,
} from './contracts/message-sender.contract.js';
export { type AuditLogUnderTest, auditLogContract } from './contracts/audit-log.contract.js';
export { type CommandDeskUnderTest, commandDeskContract } from './contracts/command-desk.contract.js';
export { dutyRosterContract, type DutyRosterUnderTest } from './contracts/duty-roster.contract.js';
export { type DeskUnderTest, notificationDeskContract } from './contracts/notification-desk.contract.js';
export { type FailureLogUnderTest, failureLogContract } from './contracts/failure-log.contract.js';
export { notificationHistoryContract } from './contracts/notification-history.contract.js';
export { notificationStoreContract } from './contracts/notification-store.contract.js';
export { type ParkedEventStoreUnderTest, parkedEventStoreContract } from './contracts/parked-event-store.contract.js';
export {
  type ProviderStateStoreUnderTest,
  providerStateStoreContract,
} from './contracts/provider-state-store.contract.js';
export { type PublisherBookUnderTest, publisherBookContract } from './contracts/publisher-book.contract.js';
export { receiptStoreContract } from './contracts/receipt-store.contract.js';
export { rendererContract } from './contracts/renderer.contract.js';
export { type ReplayLogUnderTest, replayLogContract } from './contracts/replay-log.contract.js';
export { type ReplayStoreUnderTest, replayStoreContract } from './contracts/replay-store.contract.js';
export { type SettingsDeskUnderTest, settingsDeskContract } from './contracts/settings-desk.contract.js';
export { type SettingsStoreUnderTest, settingsStoreContract } from './contracts/settings-store.contract.js';
export { type StatisticsBookUnderTest, statisticsBookContract } from './contracts/statistics-book.contract.js';
export type { MakeStores, StoresUnderTest } from './contracts/stores-under-test.js';
export { type TemplateLibraryUnderTest, templateLibraryContract } from './contracts/template-library.contract.js';
export { type TemplateStoreUnderTest, templateStoreContract } from './contracts/template-store.contract.js';
export { MemoryEraser } from './fakes/memory-eraser.js';
export { MemoryFailures } from './fakes/memory-failures.js';
export { FakeClock } from './fakes/fake-clock.js';
export { fixedRenderer } from './fakes/fixed-renderer.js';
export { Interruption, Killed } from './fakes/interruption.js';
export { MemoryAuditLog } from './fakes/memory-audit-log.js';
export { MemoryCommandDesk } from './fakes/memory-command-desk.js';
export { MemoryDutyRoster } from './fakes/memory-duty-roster.js';
export { MemoryDesk } from './fakes/memory-desk.js';
export { MemoryDispatchQueue } from './fakes/memory-dispatch-queue.js';
export { MemoryLog } from './fakes/memory-log.js';
export { MemoryOrphanList } from './fakes/memory-orphan-list.js';
export { MemoryParkedEvents } from './fakes/memory-parked-events.js';
export { MemoryProviderState, MemoryValue } from './fakes/memory-provider-state.js';
export { MemoryPublisherBook, type PublisherCount } from './fakes/memory-publisher-book.js';
export { MemoryReplayLog } from './fakes/memory-replay-log.js';
export { MemoryReplays } from './fakes/memory-replays.js';
export { MemorySettings } from './fakes/memory-settings.js';
export { MemorySettingsDesk } from './fakes/memory-settings-desk.js';
export { memoryStores } from './fakes/memory-stores.js';
export { openGate, unlimited } from './fakes/open-gate.js';
export { MemoryStatistics } from './fakes/memory-statistics.js';
export { MemoryTemplates } from './fakes/memory-templates.js';
export { plainRenderer } from './fakes/plain-renderer.js';
export {
  databaseAway,
  brokerAway,
  heldParts,
  outcomes,
  outlasting,
  queuedStage,
  type QueuedStage,
} from './fakes/queued-stage.js';
export { RecordingReporter } from './fakes/recording-reporter.js';
export { type Script, ScriptedSender, acceptance } from './fakes/scripted-sender.js';
export { runLanes } from './fakes/run-lanes.js';
export { Stage } from './fakes/stage.js';
export { manageBroker } from './harness/broker-management.js';
export { type Patience, eventually } from './harness/eventually.js';
export { freePort } from './harness/free-port.js';
export { type GivenServer, givenServer } from './harness/given-server.js';
export { guardLeaks } from './harness/leak-guard.js';
export { Road } from './harness/road.js';
export { type AppStart, launchApp, type LogLine, type RunningApp, startApp } from './harness/running-app.js';
export { type CollectedSpan, SpanCollector } from './harness/span-collector.js';
export type { RunningSystem, SystemSetup } from './harness/system/running-system.js';
export { prepareSystem, startSystem } from './harness/system/start-system.js';
export type { LyingEnvelope, RawPublication } from './harness/system/system-broker.js';
export { type HttpAnswer, httpCall } from './harness/system/system-http.js';
export type { JournalLine } from './harness/system/system-journal.js';
export { briskPace, type SystemPace } from './harness/system/system-pace.js';
export type { SystemProcess } from './harness/system/system-process.js';
export type { RecordedNotification, RecordedParkedEvent } from './harness/system/system-record.js';
export type { SystemServers } from './harness/system/system-servers.js';
export { type TestDatabase, makeDatabase } from './harness/test-database.js';
export { type TestVhost, type VhostBroker, makeVhost } from './harness/test-vhost.js';
