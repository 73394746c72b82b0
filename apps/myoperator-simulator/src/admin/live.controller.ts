import { type ServerResponse } from 'node:http';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { Simulator } from '../simulator.js';
import { messageView } from './message-view.js';

/** Proxies and browsers drop a stream that says nothing for about a minute. */
const pingEveryMs = 15_000;

/** Changes as server-sent events, a few times a second at most. */
@Controller('live')
export class LiveController {
  constructor(@Inject(Simulator) private readonly simulator: Simulator) {}

  /** Event `change`: the messages that came or changed, and whether more did; the page then reads its lists anew. */
  @Get()
  stream(@Res() response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    const unwatch = this.simulator.feed.watch(({ messages, more }) => {
      if (response.writableNeedDrain) return false;
      const { total, size } = this.simulator.store;
      const data = JSON.stringify({ total, kept: size, more, messages: messages.map(messageView) });
      response.write(`event: change\ndata: ${data}\n\n`);
      return true;
    });
    const ping = setInterval(() => response.write(': still here\n\n'), pingEveryMs);
    response.once('close', () => {
      clearInterval(ping);
      unwatch();
    });
  }
}
