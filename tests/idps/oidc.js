// A real OpenID provider (npm oidc-provider). Reads its settings from standard input, prints where it listens.
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

const chunks = []
for await (const chunk of process.stdin) chunks.push(chunk)
const { port, clients, accounts } = JSON.parse(Buffer.concat(chunks).toString())
const issuer = `http://localhost:${port}`

const provider = new Provider(issuer, {
  clients,
  claims: {
    openid: ['sub', 'sid'],
    email: ['email', 'email_verified'],
    profile: ['name', 'preferred_username', 'groups'],
  },
  scopes: ['openid', 'offline_access', 'email', 'profile'],
  features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
  pkce: { required: () => true },
  cookies: { keys: ['a key of the tests'] },
  ttl: { AccessToken: 600, IdToken: 600, Grant: 86400, Session: 86400, Interaction: 600, RefreshToken: 86400 },
  findAccount(ctx, id) {
    const claims = accounts[id]
    if (!claims || claims.disabled) return undefined
    return { accountId: id, claims: async () => ({ sub: id, ...claims }) }
  },
  // Its own guard refuses this machine's addresses, where the tests' control plane is.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
})
provider.on('server_error', (ctx, error) => console.error(error))
provider.on('backchannel.error', (ctx, error) => console.error(error))

createServer((request, response) => {
  // What a test changes while the provider runs: POST /_test/accounts {"alice": {…}}.
  if (request.url === '/_test/accounts') {
    let body = ''
    request.on('data', (data) => (body += data))
    request.on('end', () => {
      Object.assign(accounts, JSON.parse(body))
      response.writeHead(204).end()
    })
    return
  }
  provider.callback()(request, response)
}).listen(port, '127.0.0.1', () => console.log(`listening ${issuer}`))
