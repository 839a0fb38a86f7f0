/**
 * Node's own HTTP and HTTPS. An `import` of them reads every name that they export, WebSocket among them, for which Node 22
 * and later load all of their own undici: a tenth of the time to start.
 */
export const http = process.getBuiltinModule('node:http')
export const https = process.getBuiltinModule('node:https')
export const { IncomingMessage, OutgoingMessage } = http
