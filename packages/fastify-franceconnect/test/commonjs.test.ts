import { execFileSync } from 'node:child_process'
import t from 'tap'

t.test('require() gives the plugin', async (t) => {
  const script = `
    const Fastify = require('fastify')
    const plugin = require('fastify-franceconnect')
    const app = Fastify()
    app.register(plugin.default, {
      environment: 'integration', clientId: 'a', clientSecret: 'b',
      baseUrl: 'https://demarche.example.fr', secret: 'x'.repeat(32)
    })
    app.ready().then(() => { console.log(typeof app.franceConnect.requireLogin, Object.keys(plugin).join()); return app.close() })`
  const out = execFileSync('env', ['-u', 'NODE_OPTIONS', process.execPath, '--input-type=commonjs', '-e', script], {
    cwd: new URL('../../..', import.meta.url),
    encoding: 'utf8'
  })
  t.match(out, /^function /)
  t.match(out, /franceConnect/)
})
