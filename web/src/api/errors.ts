/** What went wrong with a request, in the server's words where it had any. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | null = null,
    readonly details: Record<string, unknown> = {},
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message)
  }
}

export const UNREACHABLE = 'unreachable'

export function unreachable(): ApiError {
  return new ApiError(0, UNREACHABLE, 'The server cannot be reached.')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** Reads an error answer; a proxy in front of the server may answer with something that is not our JSON. */
export function errorFromResponse(response: Response, body: unknown): ApiError {
  const fields = isRecord(body) ? body : {}
  const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10)
  const fallback = response.status >= 500 ? 'server_error' : 'request_failed'
  // 502 and 504 without our body come from a proxy whose server is away.
  const away = !text(fields.error) && (response.status === 502 || response.status === 504)
  return new ApiError(
    response.status,
    away ? UNREACHABLE : (text(fields.error) ?? fallback),
    text(fields.message) ?? `The server answered ${response.status}.`,
    text(fields.requestId) ?? response.headers.get('X-Request-ID'),
    isRecord(fields.details) ? fields.details : {},
    Number.isNaN(retryAfter) ? null : retryAfter,
  )
}

export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  return new ApiError(0, 'unexpected', error instanceof Error ? error.message : String(error))
}

/** One thing that speaks against an agent. */
interface AgentReason {
  code: string
  message: string
  packages?: string[]
  params?: Record<string, string | number>
}

function reasonFrom(fields: Record<string, unknown>): AgentReason {
  const code = text(fields.code) ?? ''
  return {
    code,
    message: text(fields.message) ?? code,
    ...(Array.isArray(fields.packages) && {
      packages: fields.packages.filter((one): one is string => typeof one === 'string'),
    }),
    ...(isRecord(fields.params) && { params: numbersAndTexts(fields.params) }),
  }
}

function numbersAndTexts(values: Record<string, unknown>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).filter(
      (one): one is [string, string | number] => typeof one[1] === 'string' || typeof one[1] === 'number',
    ),
  )
}

/** Why each agent refused, as `no_capacity` carries it. */
export function agentRefusals(error: ApiError): { agentId: string; reasons: AgentReason[] }[] {
  const agents = error.details.agents
  if (!Array.isArray(agents)) return []
  return agents.filter(isRecord).map((agent) => ({
    agentId: text(agent.agentId) ?? '?',
    reasons: (Array.isArray(agent.reasons) ? agent.reasons : []).filter(isRecord).map(reasonFrom),
  }))
}

const LIMITS = ['sessions', 'cpu', 'memory', 'storage'] as const
const SCOPES = ['user', 'group', 'organization', 'platform'] as const

/** Which limit a request would go over, as `quota_exceeded` carries it. */
export interface QuotaRefusal {
  limit: (typeof LIMITS)[number]
  /** Whose limit it is. */
  scope: (typeof SCOPES)[number]
  name: string
  max: string | number
  used: string | number
  requested: string | number
}

function amount(value: unknown): string | number {
  return typeof value === 'string' || typeof value === 'number' ? value : 0
}

export function quotaRefusal(error: ApiError): QuotaRefusal | null {
  return error.code === 'quota_exceeded' ? quotaRefusalIn(error.details) : null
}

/** The same, from the details of such a refusal. */
export function quotaRefusalIn(details: Record<string, unknown>): QuotaRefusal | null {
  const limit = LIMITS.find((one) => one === details.limit)
  if (!limit) return null
  return {
    limit,
    scope: SCOPES.find((one) => one === details.scope) ?? 'platform',
    name: text(details.name) ?? '',
    max: amount(details.max),
    used: amount(details.used),
    requested: amount(details.requested),
  }
}
