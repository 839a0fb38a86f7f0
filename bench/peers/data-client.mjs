// One HTTP client alone behind a bare Fastify route, with a fixed token: CLIENT says which.
import Fastify from 'fastify'

const { PORT, DATA_BASE, DATA_TOKEN, CLIENT } = process.env
const headers = { authorization: `Bearer ${DATA_TOKEN}` }
const readers = {
  async undici() {
    const { request } = await import('undici')
    return async (url) => {
      const { statusCode, body } = await request(url, { headers })
      if (statusCode !== 200) throw new Error(`upstream ${statusCode}`)
      return body.json()
    }
  },
  async fetch() {
    return async (url) => {
      const response = await fetch(url, { headers })
      if (!response.ok) throw new Error(`upstream ${response.status}`)
      return response.json()
    }
  },
  async axios() {
    const { default: axios } = await import('axios')
    return async (url) => (await axios.get(url, { headers })).data
  },
  async got() {
    const { default: got } = await import('got')
    return (url) => got(url, { headers }).json()
  }
}
const read = await readers[CLIENT]()

const app = Fastify()
app.get('/data/:n', (request) => read(`${DATA_BASE}/${request.params.n}`))
await app.listen({ port: Number(PORT), host: '127.0.0.1', backlog: 4096 })
console.log('READY')
