const ADVICE = [
  'packages_missing',
  'tool_missing',
  'start_failed',
  'start_timeout',
  'agent_lost',
  'agent_offline',
  'agent_removed',
  'no_capacity',
] as const

type Advised = (typeof ADVICE)[number]

/** What to do about a failure, as the key of a text. */
export function adviceOn(code: string | undefined): Advised | 'other' {
  return ADVICE.find((one) => one === code) ?? 'other'
}
