import { openFront } from './front.js';

/** The front as a process of its own: `main.ts PORT SOCKET_FOLDER [HOST]`; HOST is for a container's network only. Ends on SIGTERM and SIGINT. */
const [, , port, socketFolder, host = '127.0.0.1'] = process.argv;
if (port === undefined || socketFolder === undefined) throw new Error('usage: main.ts PORT SOCKET_FOLDER [HOST]');

const front = await openFront(Number(port), socketFolder, host);
console.log(`${new Date().toISOString()} serving MongoDB's wire protocol on ${host}:${front.port}`);
const stop = (): void => void front.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
