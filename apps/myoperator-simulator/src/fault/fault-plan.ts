import { type SentMessage } from '../contract/sent-message.js';
import { type Fault, type MessageFault } from './fault.js';
import { type FaultRule } from './fault-rule.js';
import { magicFaults } from './magic-recipients.js';

/** A rule in force, with how often it was looked at and how often it struck. */
export interface ActiveRule extends FaultRule {
  matched: number;
  applied: number;
}

/** Far more than any run tries at once; it only keeps a run of months from filling the memory. */
const triesKept = 100_000;

/** What a message meets. `recipientTried`: its recipient decided, and this was one of its tries. */
export interface FaultDecision {
  readonly fault: MessageFault | undefined;
  readonly recipientTried: boolean;
}

/**
 * Decides which fault, if any, a request meets: the first rule that matches, else what its recipient is known for.
 * Deterministic: the same requests in the same order meet the same faults.
 */
export class FaultPlan {
  private active: ActiveRule[] = [];
  /** How often each message to a magic recipient was tried, by recipient and message; at most `triesKept`. */
  private readonly tries = new Map<string, number>();

  /** Replaces every rule. */
  setRules(rules: readonly FaultRule[]): void {
    this.active = rules.map((rule) => ({ ...rule, matched: 0, applied: 0 }));
  }

  /** The rules in force, in the order in which they are tried. */
  rules(): readonly ActiveRule[] {
    return this.active;
  }

  /** The `outage` in force, if any. It is not counted: a connection that is refused has no number. */
  outage(): Extract<Fault, { fault: 'outage' }> | undefined {
    return this.active.map(({ fault }) => fault).find((fault) => fault.fault === 'outage');
  }

  /** Whether this request, whoever it is for, is turned away because the account is closed. */
  accountClosed(contract: SentMessage['contract']): boolean {
    const rule = this.active.find(
      ({ fault, scope }) => fault.fault === 'account' && (scope.contract ?? contract) === contract,
    );
    return rule !== undefined && strikes(rule);
  }

  /** The fault that this message meets. Each call counts as one try of `key`, which names the message across its tries. */
  faultFor(message: SentMessage, key: string): FaultDecision {
    for (const rule of this.active) {
      const { fault } = rule;
      if (fault.fault === 'account' || fault.fault === 'outage' || !matches(rule, message)) continue;
      if (strikes(rule)) return { fault, recipientTried: false };
    }
    return this.magicFault(message.recipient, key);
  }

  /** Takes up where an earlier run of the simulator stopped: this message had met its recipient's fault before. */
  countTry(recipient: string, key: string): void {
    this.magicFault(recipient, key);
  }

  /** Forgets how often messages to magic recipients were tried. */
  forgetTries(): void {
    this.tries.clear();
  }

  private magicFault(recipient: string, key: string): FaultDecision {
    const faults = magicFaults(recipient);
    if (faults === undefined) return { fault: undefined, recipientTried: false };
    const name = `${recipient} ${key}`;
    const tried = this.tries.get(name) ?? 0;
    if (tried + 1 === faults.length) this.tries.delete(name);
    else this.tries.set(name, tried + 1);
    if (this.tries.size > triesKept) this.tries.clear();
    return { fault: faults[tried], recipientTried: true };
  }
}

function matches({ scope, fault }: FaultRule, message: SentMessage): boolean {
  if (scope.contract !== undefined && scope.contract !== message.contract) return false;
  if (fault.fault === 'window-closed' && message.template !== undefined) return false;
  return scope.recipients === undefined || scope.recipients.includes(message.recipient);
}

/** Counts this request, and tells whether the rule's share and count let it strike. */
function strikes(rule: ActiveRule): boolean {
  const { share, count } = rule.scope;
  if (count !== undefined && rule.applied >= count) return false;
  rule.matched += 1;
  const due = Math.floor(rule.matched * share + rounding) > Math.floor((rule.matched - 1) * share + rounding);
  if (due) rule.applied += 1;
  return due;
}

/** A third is not exact in binary: without this, every third of 0.333… would sometimes come one late. */
const rounding = 1e-9;
