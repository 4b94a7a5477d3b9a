// A stand-in for the control plane and a gateway, to look at every page: `npm run build && npm run mock`.
// Portal on :8010, streams on :8011. Sign in with admin or sam; the password is `secret`.
// GET /mock?scenario=normal|empty|many|long|broken, /mock?stream=off|on, /mock?ws=off|on change what it plays.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocketServer } from 'ws'

const PORT = Number(process.env.PORT ?? 8010)
const STREAM_PORT = PORT + 1
const dist = join(dirname(fileURLToPath(import.meta.url)), '../../src/streamspace/server/web/dist')
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  `connect-src 'self' http://localhost:${STREAM_PORT}; frame-src http://localhost:${STREAM_PORT}; ` +
  "object-src 'none'; base-uri 'none'; frame-ancestors 'self'"

const APPS = [
  ['firefox', 'Firefox', 'Browsers', 'A fast, private web browser from Mozilla.', true, '#e66000'],
  ['chromium', 'Chromium', 'Browsers', 'The open-source browser behind Chrome.', false, '#4285f4'],
  ['gimp', 'GIMP', 'Graphics', 'Edit photos, retouch, compose and draw.', true, '#7a6f5d'],
  ['inkscape', 'Inkscape', 'Graphics', 'Vector drawing for icons, diagrams and print.', false, '#333'],
  ['blender', 'Blender', 'Graphics', 'Model, animate and render in 3D.', false, '#ea7600'],
  ['libreoffice', 'LibreOffice', 'Office', 'Documents, spreadsheets and presentations.', true, '#18a303'],
  ['xterm', 'Terminal', 'Development', 'A plain terminal with your shell.', true, '#2d3142'],
  ['code', 'Code Editor', 'Development', 'Write and debug in any language.', false, '#22a7f0'],
  [
    'octave',
    'GNU Octave',
    'Science',
    'Numerical computing, mostly compatible with Matlab.',
    false,
    '#0790c0',
  ],
  ['audacity', 'Audacity', 'Audio', 'Record and edit sound.', false, '#0000cc'],
]
const LONG = 'Very Long Application Name For Scientific Visualisation And Rendering Of Everything'
let scenario = process.env.SCENARIO ?? 'normal'
let streamOn = true
let wsOn = true
let signedIn = new Map()
let failures = 0
const sockets = new Set()

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString()
const resources = { memory: '2Gi', cpu: '1000m' }

function template([name, displayName, category, description, featured], index) {
  const missing = name === 'blender' || name === 'audacity'
  return {
    id: `t-${name}`,
    name,
    category,
    featured,
    tags: [],
    appType: 'desktop',
    streamingProtocol: 'selkies',
    displayName: scenario === 'long' && index < 3 ? `${LONG} ${index}` : displayName,
    description: scenario === 'long' && index < 3 ? `${description} `.repeat(8) : description,
    icon: name === 'octave' ? '' : `/api/v1/templates/${name}/icon`,
    defaultResources: resources,
    available: !missing || installed.has(name),
    unavailableReason:
      missing && !installed.has(name)
        ? {
            code: 'packages_missing',
            message: `Needs ${name} and 2 more packages.`,
            packages: [name, `${name}-data`, 'mesa-utils'],
          }
        : null,
    createdAt: ago(9999),
    updatedAt: ago(9999),
    popularity: 20 - index,
  }
}
const installed = new Set()

function session(name, state, minutes, more = {}) {
  const app = APPS.find((one) => one[0] === name)
  const user = more.user ?? 'admin'
  const id = more.id ?? `${user}-${name}-${Math.random().toString(16).slice(2, 10)}`
  const full = {
    id,
    name: id,
    namespace: 'default',
    orgId: 'o',
    user,
    userId: `u-${user}`,
    template: name,
    templateDisplayName: more.displayName ?? app[1],
    icon: `/api/v1/templates/${name}/icon`,
    state,
    platform: 'process',
    agentId: 'workstation-01',
    persistentHome: true,
    idleTimeout: '30m',
    maxSessionDuration: '8h',
    createdAt: ago(minutes),
    updatedAt: ago(minutes / 2),
    startedAt: state === 'failed' || state === 'starting' ? null : ago(minutes),
    activeConnections: 0,
    streamingProtocol: 'selkies',
    streamingPort: null,
    streamingPath: null,
    resources,
    tags: [],
    environment: {},
    status: {
      phase: state[0].toUpperCase() + state.slice(1),
      message: '',
      url: `/sessions/${id}`,
      podName: '',
      lastActivity: ago(1),
    },
    reason: null,
    progress: [],
    terminationReason: null,
    terminatedAt: state === 'terminated' ? ago(minutes / 3) : null,
  }
  if (state === 'failed') {
    full.reason = {
      code: 'start_failed',
      message: 'The application ended 2 s after its start (exit code 127).',
      logTail: [
        '[sandbox] ready in 0.21 s',
        '[display] Xvfb :0 1920x1080x24',
        '[engine] listening',
        `/usr/bin/${name}: error while loading shared libraries:`,
        'libgtk-3.so.0: cannot open shared object file: No such file or directory',
        '[supervisor] application exited with code 127',
      ].join('\n'),
    }
  }
  if (state === 'starting') {
    full.progress = [
      ['accepted', 2.6],
      ['sent', 2.5],
      ['sandbox', 2.3],
      ['display', 1.9],
    ].map(([phase, seconds]) => ({ phase, at: new Date(Date.now() - seconds * 1000).toISOString() }))
  }
  return full
}

let sessions = new Map()
function fill() {
  const list = []
  if (scenario === 'normal' || scenario === 'broken') {
    list.push(
      session('firefox', 'running', 12, { id: 'admin-firefox-00000001' }),
      session('gimp', 'hibernated', 300, { id: 'admin-gimp-00000002' }),
      session('blender', 'failed', 40, { id: 'admin-blender-00000003' }),
      session('xterm', 'starting', 0, { id: 'admin-xterm-00000004' }),
      session('libreoffice', 'terminated', 1500, { id: 'admin-libreoffice-00000005' }),
      session('code', 'running', 90, { user: 'sam' }),
    )
  }
  if (scenario === 'long') {
    list.push(
      session('firefox', 'running', 12, { displayName: LONG }),
      session('gimp', 'failed', 60 * 24 * 40, { displayName: LONG, user: 'admin' }),
    )
  }
  if (scenario === 'many') {
    const states = ['running', 'hibernated', 'running', 'failed', 'running', 'terminated', 'hibernating']
    for (let index = 0; index < 1000; index += 1)
      list.push(
        session(APPS[index % 10][0], states[index % 7], index * 7 + 1, {
          user: index % 20 === 0 ? 'admin' : `person-${index % 37}`,
          id: `person-app-${String(index).padStart(8, '0')}`,
        }),
      )
  }
  sessions = new Map(list.map((one) => [one.id, one]))
}
fill()

function agents() {
  if (scenario === 'empty') return []
  const agent = (agentId, platform, status, approvalStatus, activeSessions, load) => ({
    id: agentId,
    agentId,
    platform,
    region: 'eu-central',
    status,
    capacity: { maxSessions: 20, cpu: '16', memory: '64Gi' },
    lastHeartbeat: approvalStatus === 'pending' ? null : ago(status === 'offline' ? 95 : 0.05),
    approvalStatus,
    approvedAt: ago(999),
    approvedBy: 'admin',
    createdAt: ago(9999),
    updatedAt: ago(1),
    activeSessions,
    usage: { cpuPercent: 100 * load, memoryUsedBytes: 64 * 2 ** 30 * load, memoryTotalBytes: 64 * 2 ** 30 },
  })
  const list = [
    agent(
      'workstation-01',
      'process',
      drained.has('workstation-01') ? 'draining' : 'online',
      'approved',
      4,
      0.3,
    ),
    agent('rack-7-docker', 'docker', 'online', 'approved', 18, 0.92),
    agent('old-laptop', 'process', 'offline', 'approved', 0, 0),
    agent(
      'new-machine.example',
      'docker',
      'offline',
      approved.has('new-machine.example') ? 'approved' : 'pending',
      0,
      0,
    ),
  ]
  if (scenario === 'long')
    list.push(
      agent(
        'a-machine-with-a-remarkably-long-name-that-somebody-typed-in-without-mercy.example.org',
        'kubernetes',
        'online',
        'approved',
        12,
        0.8,
      ),
    )
  return list
}
const drained = new Set()
const approved = new Set()
const commands = new Map()

function emit(one) {
  one.updatedAt = new Date().toISOString()
  one.status = { ...one.status, phase: one.state[0].toUpperCase() + one.state.slice(1) }
  const text = JSON.stringify({
    type: `session.${one.state}`,
    sessionId: one.id,
    userId: one.userId,
    timestamp: one.updatedAt,
    data: { session: one },
  })
  for (const socket of sockets) socket.send(text)
}
function start(one, from) {
  one.progress = []
  const phases = ['accepted', 'sent', 'sandbox', 'display', 'engine', 'application', 'ready']
  const step = (index) => {
    if (one.state === 'terminated') return
    one.progress.push({ phase: phases[index], at: new Date().toISOString() })
    one.state = index === 6 ? 'running' : from
    if (index === 6) one.startedAt ??= new Date().toISOString()
    emit(one)
    if (index < 6) setTimeout(() => step(index + 1), 300 + Math.random() * 500)
  }
  step(0)
}
const later = (one, ms, state) =>
  setTimeout(() => {
    one.state = state
    if (state === 'terminated') one.terminatedAt = new Date().toISOString()
    emit(one)
  }, ms)

const routes = [
  [
    'POST',
    /^\/auth\/login$/,
    (_, __, body, reply) => {
      if (failures >= 5)
        return reply(
          429,
          { error: 'too_many_attempts', message: 'Too many attempts.' },
          { 'Retry-After': '20' },
          (failures = 0),
        )
      if (body.password !== 'secret')
        return ((failures += 1), reply(401, { error: 'invalid_credentials', message: 'Wrong.' }))
      failures = 0
      signedIn.set('token', body.username)
      return reply(
        200,
        { expiresAt: ago(-15), user: user(body.username) },
        { 'Set-Cookie': `mock=${body.username}; Path=/; HttpOnly; SameSite=Lax` },
      )
    },
  ],
  [
    'POST',
    /^\/auth\/refresh$/,
    (_, __, ___, reply) => reply(401, { error: 'unauthorized', message: 'Sign in.' }),
  ],
  [
    'POST',
    /^\/auth\/logout$/,
    (_, __, ___, reply) => reply(204, null, { 'Set-Cookie': 'mock=; Path=/; Max-Age=0' }),
  ],
  ['GET', /^\/users\/me$/, (_, me, __, reply) => reply(200, user(me))],
  [
    'GET',
    /^\/templates$/,
    (_, __, ___, reply) => {
      const templates = scenario === 'empty' ? [] : APPS.map(template)
      const categories = {}
      for (const one of templates) categories[one.category] = (categories[one.category] ?? 0) + 1
      return reply(200, { templates, total: templates.length, categories })
    },
  ],
  [
    'GET',
    /^\/templates\/([\w-]+)$/,
    ([name], _, __, reply) =>
      reply(200, {
        ...template(
          APPS.find((one) => one[0] === name),
          5,
        ),
        availability: [
          {
            agentId: 'workstation-01',
            ok: false,
            reasons: [{ code: 'packages_missing', message: 'Packages are missing.' }],
          },
          {
            agentId: 'rack-7-docker',
            ok: false,
            reasons: [{ code: 'packages_missing', message: 'Packages are missing.' }],
          },
        ],
      }),
  ],
  [
    'GET',
    /^\/templates\/([\w-]+)\/icon$/,
    ([name], _, __, reply) => {
      const app = APPS.find((one) => one[0] === name)
      return reply(
        200,
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="#fff" stop-opacity=".35"/><stop offset="1" stop-opacity=".1"/></linearGradient></defs><rect width="48" height="48" rx="12" fill="${app[5]}"/><rect width="48" height="48" rx="12" fill="url(#g)"/><text x="24" y="32" font-family="sans-serif" font-weight="700" font-size="22" fill="#fff" text-anchor="middle">${app[1].slice(0, 1)}</text></svg>`,
        { 'Content-Type': 'image/svg+xml' },
      )
    },
  ],
  [
    'GET',
    /^\/sessions$/,
    (_, me, __, reply, url) => {
      const states = url.searchParams.getAll('state')
      const of = url.searchParams.get('user')
      const from = Number(url.searchParams.get('cursor') ?? 0)
      const limit = Number(url.searchParams.get('limit') ?? 50)
      const list = [...sessions.values()]
        .filter(
          (one) =>
            (!of || one.user === of) &&
            (me === 'admin' || one.user === me) &&
            (states.length === 0 || states.includes(one.state)),
        )
        .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
      return reply(200, {
        sessions: list.slice(from, from + limit),
        total: list.length,
        nextCursor: from + limit < list.length ? String(from + limit) : null,
      })
    },
  ],
  [
    'POST',
    /^\/sessions$/,
    (_, me, body, reply) => {
      if (body.template === 'chromium')
        return reply(503, {
          error: 'no_capacity',
          message: 'No agent can take this session.',
          requestId: 'req-42',
          details: {
            agents: [
              {
                agentId: 'workstation-01',
                reasons: [{ code: 'memory', message: '512 MiB of memory are free, 2 GiB are needed.' }],
              },
              {
                agentId: 'rack-7-docker',
                reasons: [{ code: 'sessions', message: 'All 20 places are taken.' }],
              },
            ],
          },
        })
      const one = session(body.template, 'pending', 0, { user: me })
      one.startedAt = null
      sessions.set(one.id, one)
      setTimeout(() => start(one, 'starting'), 200)
      return reply(201, one, { Location: `/api/v1/sessions/${one.id}` })
    },
  ],
  [
    'GET',
    /^\/sessions\/([\w-]+)$/,
    ([id], _, __, reply) =>
      sessions.has(id)
        ? reply(200, sessions.get(id))
        : reply(404, {
            error: 'session_not_found',
            message: 'There is no such session.',
            requestId: 'req-404',
          }),
  ],
  [
    'DELETE',
    /^\/sessions\/([\w-]+)$/,
    ([id], _, __, reply) => {
      const one = sessions.get(id)
      one.state = 'terminating'
      emit(one)
      later(one, 1200, 'terminated')
      return reply(202, one)
    },
  ],
  [
    'PUT',
    /^\/sessions\/([\w-]+)\/hibernate$/,
    ([id], _, __, reply) => {
      const one = sessions.get(id)
      one.state = 'hibernating'
      emit(one)
      later(one, 1500, 'hibernated')
      return reply(202, one)
    },
  ],
  [
    'PUT',
    /^\/sessions\/([\w-]+)\/wake$/,
    ([id], _, __, reply) => {
      const one = sessions.get(id)
      one.state = 'waking'
      setTimeout(() => start(one, 'waking'), 100)
      return reply(202, one)
    },
  ],
  [
    'POST',
    /^\/sessions\/([\w-]+)\/connect$/,
    ([id], _, __, reply) =>
      streamOn
        ? reply(200, {
            connectionId: `c-${Date.now()}`,
            sessionUrl: `http://localhost:${STREAM_PORT}/s/${id}/?ticket=x`,
            state: 'running',
            ready: true,
            message: '',
            role: 'controller',
          })
        : reply(503, { error: 'gateway_offline', message: 'No gateway.' }),
  ],
  [
    'POST',
    /^\/sessions\/([\w-]+)\/(heartbeat|disconnect)$/,
    (_, __, ___, reply) => reply(200, { status: 'ok' }),
  ],
  [
    'GET',
    /^\/sessions\/([\w-]+)\/logs$/,
    (_, __, ___, reply) =>
      reply(200, {
        logs: Array.from(
          { length: 120 },
          (_, line) => `${new Date().toISOString()} [engine] frame ${line} encoded in 4 ms`,
        ).join('\n'),
        lines: 120,
      }),
  ],
  ['GET', /^\/agents$/, (_, __, ___, reply) => reply(200, { agents: agents(), total: agents().length })],
  [
    'POST',
    /^\/agents\/join-tokens$/,
    (_, __, ___, reply) => reply(201, { token: 'ssj_4f1c9e0b7a2d4c68a1f3e5d7c9b1a3f5', expiresAt: ago(-60) }),
  ],
  [
    'POST',
    /^\/agents\/([\w.-]+)\/packages$/,
    (_, __, body, reply) => {
      const commandId = `cmd-${Date.now()}`
      commands.set(commandId, { until: Date.now() + 6000, template: body.template })
      return reply(202, { commandId, status: 'pending' })
    },
  ],
  [
    'GET',
    /^\/agents\/([\w.-]+)\/commands\/([\w-]+)$/,
    ([, id], _, __, reply) => {
      const one = commands.get(id)
      const done = Date.now() > one.until
      if (done) installed.add(one.template)
      return reply(200, { commandId: id, action: 'install_packages', status: done ? 'completed' : 'sent' })
    },
  ],
  [
    'POST',
    /^\/agents\/([\w.-]+)\/(approve|reject|drain|undrain)$/,
    ([id, what], _, __, reply) => {
      if (what === 'approve') approved.add(id)
      if (what === 'drain') drained.add(id)
      if (what === 'undrain') drained.delete(id)
      return reply(
        200,
        agents().find((one) => one.agentId === id),
      )
    },
  ],
]
function user(name) {
  return {
    id: `u-${name}`,
    orgId: 'o',
    username: name,
    email: `${name}@example.org`,
    fullName: name === 'admin' ? 'Ada Lovelace' : 'Sam Carter',
    role: name === 'admin' ? 'admin' : 'user',
    orgRole: 'user',
    provider: 'local',
    active: true,
    createdAt: ago(1),
    updatedAt: ago(1),
    permissions:
      name === 'admin'
        ? { 'agent:view': 'all', 'agent:manage': 'all', 'session:view': 'all', 'session:connect': 'own' }
        : { 'session:view': 'own', 'template:view': 'org' },
    organization: { id: 'o', name: 'acme', displayName: 'Acme', requireMfa: false },
    organizations: [
      { id: 'o', name: 'acme', displayName: 'Acme', orgRole: 'user', current: true },
      { id: 'p', name: 'lab', displayName: 'Laboratory', orgRole: 'maintainer', current: false },
    ],
    mfa: false,
    passwordGenerated: false,
    setupRequired: false,
  }
}

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}
const whoIs = (request) => /mock=(\w+)/.exec(request.headers.cookie ?? '')?.[1]

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost')
  const reply = (status, body, headers = {}) => {
    const raw = typeof body === 'string'
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
    response.end(body === null ? '' : raw ? body : JSON.stringify(body))
  }
  if (url.pathname === '/mock') {
    if (url.searchParams.has('stream')) streamOn = url.searchParams.get('stream') === 'on'
    if (url.searchParams.has('ws')) {
      wsOn = url.searchParams.get('ws') === 'on'
      if (!wsOn) for (const socket of sockets) socket.terminate()
    }
    if (url.searchParams.has('scenario')) {
      scenario = url.searchParams.get('scenario')
      fill()
    }
    return reply(200, { scenario, streamOn, wsOn })
  }
  if (url.pathname.startsWith('/api/')) {
    const path = url.pathname.replace(/^\/api(\/v1)?/, '')
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString() || '{}') : {}
    const me = whoIs(request)
    if (path === '/auth/providers') {
      const github = { id: 'g', name: 'github', displayName: 'GitHub', kind: 'oidc', preset: 'github' }
      const loginUrl = '/api/v1/auth/oidc/github/login'
      return reply(200, { providers: [{ ...github, loginUrl }], localLogin: true, passkeys: true })
    }
    if (!me && !path.startsWith('/auth/'))
      return reply(401, { error: 'unauthorized', message: 'Sign in first.' })
    if (
      scenario === 'broken' &&
      path !== '/users/me' &&
      !path.endsWith('/icon') &&
      !path.startsWith('/auth/')
    )
      return reply(500, { error: 'server_error', message: 'Boom.', requestId: 'req-7f3a9' })
    if (process.env.DELAY) await new Promise((resolve) => setTimeout(resolve, Number(process.env.DELAY)))
    for (const [method, pattern, handle] of routes) {
      const match = method === request.method && pattern.exec(path)
      if (match) return handle(match.slice(1), me, body, reply, url)
    }
    return reply(404, { error: 'not_found', message: `${request.method} ${path} is not played.` })
  }
  const wanted = normalize(url.pathname).replace(/^(\.\.[/\\])+/, '')
  for (const name of [wanted, '/index.html']) {
    try {
      const content = await readFile(join(dist, name === '/' ? 'index.html' : name))
      response.writeHead(200, {
        'Content-Type': TYPES[extname(name)] ?? 'text/html',
        'Content-Security-Policy': CSP,
      })
      return response.end(content)
    } catch {
      // Every other path is a page of the application.
    }
  }
})
const wss = new WebSocketServer({ noServer: true })
server.on('upgrade', (request, socket, head) => {
  if (!wsOn || !whoIs(request)) return socket.destroy()
  wss.handleUpgrade(request, socket, head, (ws) => {
    sockets.add(ws)
    ws.on('close', () => sockets.delete(ws))
    ws.send(JSON.stringify({ type: 'hello' }))
  })
})
server.listen(PORT, '127.0.0.1', () => console.log(`portal http://localhost:${PORT}`))

const PICTURE = `<!doctype html><meta charset=utf-8><title>stream</title><style>html,body{margin:0;height:100%;overflow:hidden;background:linear-gradient(150deg,#23395b,#0d1b2a)}div{position:absolute;inset:60px 12%;border-radius:10px;background:#f4f5f7;box-shadow:0 20px 60px #0008;font:15px sans-serif}h1{margin:0;padding:12px 16px;background:#dfe3ea;border-radius:10px 10px 0 0;font-size:14px}p{padding:0 16px}</style><div><h1>Mock application</h1><p id=k>Type here…</p><p id=t></p></div><script>addEventListener('keydown',e=>{k.textContent+=e.key});setInterval(()=>{t.textContent=new Date().toISOString()},100)</script>`
createServer((request, response) => {
  if (!streamOn) return request.socket.destroy()
  if (request.url.includes('/.streamspace/status')) {
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Access-Control-Allow-Origin': request.headers.origin ?? '*',
      'Access-Control-Allow-Credentials': 'true',
    })
    return response.end(JSON.stringify({ open: 1, reachable: true }))
  }
  response.writeHead(200, {
    'Content-Type': 'text/html',
    'Content-Security-Policy': `frame-ancestors http://localhost:${PORT}`,
  })
  response.end(PICTURE)
}).listen(STREAM_PORT, '127.0.0.1')
