/** What to run on a machine that is to join; the token goes by the environment, where other users do not see it. */
export function joinCommand(origin: string, token: string, platform: string): string {
  return [
    `STREAMSPACE_AGENT_JOIN_TOKEN=${token} \\`,
    `STREAMSPACE_AGENT_PORTAL_ORIGIN=${origin} \\`,
    `streamspace agent --server ${origin} --platform ${platform}`,
  ].join('\n')
}
