import { readFileSync } from 'node:fs';
import { type ServerResponse } from 'node:http';
import { Controller, Get, Res } from '@nestjs/common';

/** Nothing but the page's own files is loaded or run, whatever a message contains. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const files = {
  html: { content: read('index.html'), type: 'text/html; charset=utf-8' },
  css: { content: read('page.css'), type: 'text/css; charset=utf-8' },
  js: { content: read('page.js'), type: 'text/javascript; charset=utf-8' },
};

/** The page that looks like a chat. Three files, read once. */
@Controller()
export class PageController {
  @Get()
  html(@Res() response: ServerResponse): void {
    send(response, 'html');
  }

  @Get('page.css')
  css(@Res() response: ServerResponse): void {
    send(response, 'css');
  }

  @Get('page.js')
  js(@Res() response: ServerResponse): void {
    send(response, 'js');
  }
}

function read(name: string): string {
  return readFileSync(new URL(`../page/${name}`, import.meta.url), 'utf8');
}

function send(response: ServerResponse, file: keyof typeof files): void {
  const { content, type } = files[file];
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-cache',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(content);
}
