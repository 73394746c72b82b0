import { Body, Controller, Delete, Get, HttpCode, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { receiptStatuses, type CapturedMessage } from '../message/captured-message.js';
import { Simulator } from '../simulator.js';
import { chatView, messageView } from './message-view.js';
import { parseInput } from './parse-input.js';

const limit = z.coerce.number().int().min(1).max(1_000).default(100);
const text = z.string().min(1).max(256);

const listQuery = z.strictObject({ phone: text.optional(), reference: text.optional(), limit });
const chatsQuery = z.strictObject({ limit });
const receiptInput = z.strictObject({ status: z.enum(receiptStatuses), code: text.optional() });
const replyInput = z.strictObject({ text: z.string().trim().min(1).max(4_096) });

/** What the simulated customers have received, and what may still be said about it by hand. */
@Controller()
export class MessagesController {
  constructor(@Inject(Simulator) private readonly simulator: Simulator) {}

  /** The newest first. `phone` is E.164; `reference` is `myop_ref_id` or our notification's id; `limit` at most 1,000. */
  @Get('messages')
  list(@Query() query: unknown) {
    const { phone, reference, limit } = parseInput(listQuery, query);
    const { store } = this.simulator;
    const found = store.list({
      limit,
      ...(phone !== undefined && { phone }),
      ...(reference !== undefined && { reference }),
    });
    return { total: store.total, kept: store.size, messages: found.map(messageView) };
  }

  @Get('messages/:id')
  one(@Param('id') id: string) {
    return messageView(this.find(id));
  }

  /** Forgets messages, counts, receipts to come and the tries of magic recipients; rules and journal stay. */
  @Delete('messages')
  @HttpCode(204)
  clear(): void {
    this.simulator.clear();
  }

  /** Conversations, the one with the newest message first. */
  @Get('chats')
  chats(@Query() query: unknown) {
    const { store } = this.simulator;
    const chats = store.listChats(parseInput(chatsQuery, query).limit);
    return { total: store.total, kept: store.size, chats: chats.map(chatView) };
  }

  /** Sends one receipt by hand, out of turn; `code` is the reason of a failure. Its fate shows in the message. */
  @Post('messages/:id/receipts')
  @HttpCode(202)
  sendReceipt(@Param('id') id: string, @Body() body: unknown) {
    const message = this.find(id);
    const { status, code } = parseInput(receiptInput, body);
    void this.simulator.receipts.sendNow(message, status, code ?? (status === 'failed' ? '131026' : undefined));
    return messageView(message);
  }

  /** The customer writes back. */
  @Post('messages/:id/replies')
  @HttpCode(202)
  reply(@Param('id') id: string, @Body() body: unknown) {
    const message = this.find(id);
    void this.simulator.receipts.reply(message, parseInput(replyInput, body).text);
    return messageView(message);
  }

  private find(id: string): CapturedMessage {
    const message = this.simulator.store.get(id);
    if (message === undefined)
      throw new NotFoundException({ code: 'message_unknown', message: `no message ${id} is kept` });
    return message;
  }
}
