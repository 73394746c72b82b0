import { type MessageSender } from '@earlybird/core';
import { axiosTransport, type TransportSettings } from './client/axios-transport.js';
import { type Transport } from './client/exchange.js';
import { chatContract, type ChatAccount } from './sender/chat-contract.js';
import { MyOperatorSender } from './sender/myoperator-sender.js';
import { probeProvider, type ProbeResult } from './sender/probe-provider.js';
import { whatsappContract, type WhatsappAccount } from './sender/whatsapp-contract.js';

/** The account with the contract that it speaks, and how the provider is reached. */
export interface MyOperatorSettings extends TransportSettings {
  readonly contract: WhatsappAccount | ChatAccount;
}

/** MyOperator as the worker uses it. */
export interface MyOperator {
  readonly sender: MessageSender;
  /** Whether the provider can be reached and the account is open; sends nothing. */
  readonly probe: () => Promise<ProbeResult>;
  /** Breaks off what is under way: such a send comes to `unknown`, or `halted` if nothing of it was written. */
  readonly close: () => Promise<void>;
}

/**
 * Puts the adapter together: a contract over a transport.
 *
 * @param transport replaces axios on undici; anything that keeps the promises of `Transport`
 */
export function createMyOperator(
  settings: MyOperatorSettings,
  transport: Transport = axiosTransport(settings),
): MyOperator {
  const contract =
    settings.contract.api === 'whatsapp' ? whatsappContract(settings.contract) : chatContract(settings.contract);
  return {
    sender: new MyOperatorSender(transport, contract),
    probe: () => probeProvider(transport, contract),
    close: () => transport.close(),
  };
}
