// Passes TCP on to another port; what comes back is held for MS milliseconds, in order, whatever is on its way meanwhile.
import { connect, createServer } from 'node:net'

const { PORT, TO, MS } = process.env

const server = createServer({ noDelay: true }, (near) => {
  const far = connect({ port: Number(TO), host: '127.0.0.1', noDelay: true })
  const end = () => {
    near.destroy()
    far.destroy()
  }
  for (const socket of [near, far]) socket.on('error', end).on('close', end)
  near.on('data', (chunk) => far.write(chunk))
  far.on('data', (chunk) => setTimeout(() => near.writable && near.write(chunk), Number(MS)))
})
server.listen(Number(PORT), '127.0.0.1', () => console.log('READY'))
