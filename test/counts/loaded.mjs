import { createRequire, register } from 'node:module'
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'

// counts the files that this process loads
const { port1, port2 } = new MessageChannel()
const source = `
let port
export function initialize(given) { port = given }
export async function load(url, context, next) {
  if (url.startsWith('file:')) port.postMessage(url)
  return next(url, context)
}`
register(`data:text/javascript,${encodeURIComponent(source)}`, { data: port2, transferList: [port2] })
const { cache } = createRequire(import.meta.url)
globalThis.loadedModules = () => {
  const files = new Set(Object.keys(cache))
  for (let message = receiveMessageOnPort(port1); message; message = receiveMessageOnPort(port1))
    files.add(new URL(message.message).pathname)
  return files.size
}
port1.unref()
