import { openFront } from './front.js';

/** The front as a process of its own: `main.ts PORT SOCKET_FOLDER`. Ends on SIGTERM and SIGINT. */
const [, , port, socketFolder] = process.argv;
if (port === undefined || socketFolder === undefined) throw new Error('usage: main.ts PORT SOCKET_FOLDER');

const front = await openFront(Number(port), socketFolder);
console.log(`${new Date().toISOString()} serving MongoDB's wire protocol on 127.0.0.1:${front.port}`);
const stop = (): void => void front.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
