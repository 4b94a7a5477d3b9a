// A real SAML identity provider (npm samlp). Reads its settings from standard input, prints where it listens.
import express from 'express'
import samlp from 'samlp'

const chunks = []
for await (const chunk of process.stdin) chunks.push(chunk)
const { port, key, cert, user, postUrl, more = {} } = JSON.parse(Buffer.concat(chunks).toString())
const issuer = `http://localhost:${port}/metadata`

const app = express()
app.get('/metadata', samlp.metadata({ issuer, cert, redirectEndpointPath: '/sso', postEndpointPath: '/sso' }))
app.get(
  '/sso',
  samlp.auth({
    issuer,
    cert,
    key,
    destination: postUrl,
    recipient: postUrl,
    lifetimeInSeconds: 300,
    sessionIndex: 'samlp-1',
    getUserFromRequest: () => user,
    getPostURL: (audience, dom, request, done) => done(null, postUrl),
    ...more,
  }),
)
app.listen(port, '127.0.0.1', () => console.log(`listening ${issuer}`))
