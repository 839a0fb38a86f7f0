/**
 * Node's own HTTP. An `import` of it reads every name that it exports, WebSocket among them, for which Node 22 and later load
 * all of their own undici: a tenth of the time to start.
 */
export const { IncomingMessage, STATUS_CODES } = process.getBuiltinModule('node:http')
