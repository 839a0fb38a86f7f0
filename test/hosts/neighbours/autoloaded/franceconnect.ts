import fcData from 'fastify-fc-data'
import franceConnect from 'fastify-franceconnect'
import fp from 'fastify-plugin'
import { options } from '../service.ts'

export default fp(async (app) => {
  await app.register(franceConnect, options.login)
  await app.register(fcData, options.data)
})
