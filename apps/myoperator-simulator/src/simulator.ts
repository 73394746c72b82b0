import { randomBytes } from 'node:crypto';
import { type RequestListener } from 'node:http';
import { type Log, type SimulatorConfig } from '@earlybird/ops';
import { chatContract } from './contract/chat-contract.js';
import { whatsappContract } from './contract/whatsapp-contract.js';
import { Provider } from './exchange/provider.js';
import { ProviderPort } from './exchange/provider-port.js';
import { routeProvider } from './exchange/route-provider.js';
import { FaultPlan } from './fault/fault-plan.js';
import { type FaultRule } from './fault/fault-rule.js';
import { type Journal, openJournal } from './journal/journal.js';
import { type JournalLine, notificationOf } from './journal/journal-line.js';
import { readJournal } from './journal/read-journal.js';
import { RequestSummary } from './journal/request-summary.js';
import { LiveFeed } from './message/live-feed.js';
import { MessageStore } from './message/message-store.js';
import { ReceiptSender } from './receipt/receipt-sender.js';
import { Webhook } from './receipt/webhook.js';

/** The stand-in for MyOperator without its admin side: what it captured, what it is told to do wrong, and its port. */
export class Simulator {
  /** Names this run; part of every id, so that ids of two runs on one journal never meet. */
  readonly run = `${Date.now().toString(36)}${randomBytes(2).toString('hex')}`;
  readonly plan = new FaultPlan();
  readonly summary = new RequestSummary();
  readonly feed = new LiveFeed();
  readonly store: MessageStore;
  readonly receipts: ReceiptSender;
  private readonly webhook: Webhook | undefined;
  private port: ProviderPort | undefined;
  private journal: Journal = openJournal(undefined);

  constructor(
    private readonly config: SimulatorConfig,
    private readonly log: Log,
  ) {
    const { chat, messagesKept, receipts, webhook } = config;
    this.store = new MessageStore(messagesKept, (message) => this.feed.report(message));
    this.webhook = webhook === undefined ? undefined : new Webhook(webhook);
    const account = { ...chat, echoReference: receipts.echoReference };
    this.receipts = new ReceiptSender(this.store, this.webhook, { ...receipts, account }, this.run);
  }

  /** Reads what earlier runs wrote, then takes messages. What is none of the provider's calls goes to `otherwise`. */
  async open(otherwise: RequestListener): Promise<void> {
    const { provider, journal } = this.config;
    if (journal !== undefined) await this.resume(journal);
    this.journal = openJournal(journal);
    this.port = new ProviderPort(this.listener(otherwise), provider.host, provider.port);
    await this.port.open();
  }

  /** Where the provider's calls go; the port is the real one, once it is open. */
  get address(): string {
    return this.port?.address ?? '';
  }

  /** Whether the provider takes connections. */
  get isReachable(): boolean {
    return this.port?.isOpen ?? false;
  }

  /** Puts rules in force in place of all earlier ones. Resolves when they hold for every later request. */
  async setRules(rules: readonly FaultRule[]): Promise<void> {
    this.plan.setRules(rules);
    const outage = this.plan.outage();
    if (outage === undefined) await this.port?.open();
    else await this.port?.close(outage.cut);
  }

  /** Forgets messages, counts, receipts to come and tries of magic recipients. Rules and journal stay as they are. */
  clear(): void {
    this.receipts.cancel();
    this.store.clear();
    this.summary.clear();
    this.plan.forgetTries();
    this.feed.reportAll();
  }

  /** Ends at once: connections are cut, receipts to come are forgotten. */
  async close(): Promise<void> {
    this.receipts.cancel();
    this.feed.stop();
    await this.port?.close(true);
    await this.webhook?.close();
    this.journal.close();
  }

  private listener(otherwise: RequestListener): RequestListener {
    const { config, plan, store, receipts, run } = this;
    const record = (line: JournalLine) => this.record(line);
    const provider = new Provider({ plan, store, receipts, run, record, templates: config.templates });
    const contracts = {
      whatsapp: whatsappContract(config.whatsapp),
      chat: chatContract(config.chat, config.templates),
    };
    return routeProvider(provider, contracts, otherwise);
  }

  private record(line: JournalLine): void {
    this.journal.append(line);
    this.summary.add(line);
    if (line.kind !== 'end') return;
    this.log.event('message_captured', {
      result: line.delivered ? 'delivered' : line.ending,
      httpStatus: line.status ?? 0,
      notificationId: line.notificationId,
      reason: line.fault,
    });
  }

  private async resume(path: string): Promise<void> {
    for await (const line of readJournal(path)) {
      this.summary.add(line);
      if (line.kind === 'end' && line.recipientTried && line.recipient !== undefined) {
        this.plan.countTry(line.recipient, notificationOf(line) ?? line.textHash ?? '');
      }
    }
    this.summary.forgetOpen();
  }
}
