export interface paths {
  '/api/v1/admin/apikeys': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List All Api Keys
     * @description List all API keys that you may revoke: your own, your organisation's, or everybody's.
     */
    get: operations['list_all_api_keys']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/audit': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Audit Entries
     * @description List who did what, newest first, or oldest first from the entry `after` on. An `action` may end with `*`.
     */
    get: operations['list_audit_entries']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/audit/export': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Export Audit Log
     * @description Give the log as a file, oldest first: `csv`, `json`, or `jsonl`, whose lines are what is hashed.
     */
    get: operations['export_audit_log']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/audit/verify': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Verify Audit Log
     * @description Read the whole chain and say whether it is the one that was written; entries in `accept` tell of known gaps.
     */
    get: operations['verify_audit_log']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/audit/{seq}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Audit Entry
     * @description Show one entry.
     */
    get: operations['get_audit_entry']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/homes': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Homes
     * @description List how much people's homes hold, the largest first.
     */
    get: operations['list_homes']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/quotas': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Quotas
     * @description List everybody's limits and use, by name.
     */
    get: operations['list_quotas']
    /**
     * Set Quota By Name
     * @description Set some of a person's limits, by their name.
     */
    put: operations['set_quota_by_name']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/quotas/{username}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Quota By Name
     * @description Show a person's limits and use, by their name.
     */
    get: operations['get_quota_by_name']
    put?: never
    post?: never
    /**
     * Delete Quota By Name
     * @description Give a person the platform's defaults again, by their name.
     */
    delete: operations['delete_quota_by_name']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Agents
     * @description List the fleet by name, or those that match; a label is `key`, or `key=value`.
     */
    get: operations['list_agents']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/join-tokens': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Join Tokens
     * @description List the join tokens, the newest first, without their text; those that expired are kept for a week.
     */
    get: operations['list_join_tokens']
    put?: never
    /**
     * Create Join Token
     * @description Make a token with which new agents may register; it is shown once.
     */
    post: operations['create_join_token']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/join-tokens/{token_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Revoke Join Token
     * @description Let nobody register with a token any more. Agents that did stay.
     */
    delete: operations['revoke_join_token']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/register': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Register Agent
     * @description Enrol an agent with a join token, or tell what a known one has; 202 until an administrator approves it.
     */
    post: operations['register_agent']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Agent
     * @description Show one agent, with what its machine and each of its sessions use.
     */
    get: operations['get_agent']
    put?: never
    post?: never
    /**
     * Remove Agent
     * @description Forget an agent; it must enrol again. Sessions that it had, also those that sleep, have failed from now on.
     */
    delete: operations['remove_agent']
    options?: never
    head?: never
    /**
     * Update Agent
     * @description Change an agent's region, labels, organisation or bounds; what is left out stays.
     */
    patch: operations['update_agent']
    trace?: never
  }
  '/api/v1/agents/{agent_id}/approve': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Approve Agent
     * @description Let an agent run sessions.
     */
    post: operations['approve_agent']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/command': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Command Agent
     * @description Give a connected agent an order by hand; follow it under its commands.
     */
    post: operations['command_agent']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/commands': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Agent Commands
     * @description List what an agent was ordered, the newest first.
     */
    get: operations['list_agent_commands']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/commands/{command_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Agent Command
     * @description Show how far a command is.
     */
    get: operations['get_agent_command']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/cordon': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Cordon Agent
     * @description Give an agent no new sessions; those it has go on.
     */
    post: operations['cordon_agent']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/drain': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Drain Agent
     * @description Empty an agent: no new sessions; `evict=hibernate` puts those that run to sleep.
     */
    post: operations['drain_agent']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/generate-key': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Generate Agent Key
     * @description Make a key for an agent that lost its own; it is shown once, and must be carried to its machine.
     */
    post: operations['generate_agent_key']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/heartbeat': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Agent Heartbeat
     * @description Take an agent's heartbeat while its channel is broken; it keeps the agent's place.
     */
    post: operations['agent_heartbeat']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/packages': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Install Packages
     * @description Have an agent install the Debian packages that a template needs.
     */
    post: operations['install_packages']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/reject': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Reject Agent
     * @description Refuse an agent; a connected one is cut off.
     */
    post: operations['reject_agent']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/revoke-key': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Revoke Agent Key
     * @description Have an agent's keys work no more; a connected one is cut off.
     */
    post: operations['revoke_agent_key']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/rotate-key': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Rotate Agent Key
     * @description Have a connected agent make itself a new key, which nobody sees; the old one works for a while longer.
     */
    post: operations['rotate_agent_key']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/uncordon': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Uncordon Agent
     * @description Give an agent new sessions again.
     */
    post: operations['uncordon_agent']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/undrain': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Undrain Agent
     * @description Give an agent new sessions again.
     */
    post: operations['undrain_agent']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/agents/{agent_id}/usage': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Agent Usage
     * @description Show what an agent's machine used lately, and what was promised on it: a sample every two minutes.
     */
    get: operations['get_agent_usage']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/api-keys': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Api Keys
     * @description List your own API keys, newest first.
     */
    get: operations['list_api_keys']
    put?: never
    /**
     * Create Api Key
     * @description Make an API key for yourself. The key is in this answer and nowhere else.
     */
    post: operations['create_api_key']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/api-keys/scopes': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Api Key Scopes
     * @description List the scopes a key can have, and what each lets through.
     */
    get: operations['list_api_key_scopes']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/api-keys/{key_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Api Key
     * @description Show one API key, without the key itself.
     */
    get: operations['get_api_key']
    put?: never
    post?: never
    /**
     * Delete Api Key
     * @description Revoke an API key and forget it.
     */
    delete: operations['delete_api_key']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/api-keys/{key_id}/revoke': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Revoke Api Key
     * @description Make an API key useless, now.
     */
    post: operations['revoke_api_key']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/login': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Login
     * @description Sign in with name and password. Who has a second factor gets `mfa_required`, and goes on at /auth/mfa.
     */
    post: operations['login']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/logins': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Logins
     * @description List where you are signed in.
     */
    get: operations['list_logins']
    put?: never
    post?: never
    /**
     * End Logins
     * @description End all your other logins; with `current`, this one too.
     */
    delete: operations['end_logins']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/logins/{login_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * End Login
     * @description End one of your logins; its sockets and streams close.
     */
    delete: operations['end_login']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/logout': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Logout
     * @description Sign out: this login's tokens, sockets and streams end now.
     */
    post: operations['logout']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/logout-url': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Logout Url
     * @description Say where to go after signing out, to sign out at the identity provider too. Ask before signing out.
     */
    get: operations['get_logout_url']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/mfa': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Finish Login
     * @description Give the second factor: a code of an app, a backup code, or a passkey.
     */
    post: operations['finish_login']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/mfa/passkey-options': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Passkey Options For Login
     * @description Begin the second step with a passkey.
     */
    post: operations['passkey_options_for_login']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/oidc/{name}/backchannel-logout': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Backchannel Logout
     * @description End the logins that a provider's signed logout token names.
     */
    post: operations['backchannel_logout']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/oidc/{name}/callback': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Finish Oidc Login
     * @description Take a browser back from an OpenID provider, and sign it in. Refusals go to the sign-in page with their code.
     */
    get: operations['finish_oidc_login']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/oidc/{name}/login': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Begin Oidc Login
     * @description Send a browser to an OpenID provider.
     */
    get: operations['begin_oidc_login']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/oidc/{name}/logout': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Logout At Oidc Provider
     * @description Send a browser, after it signed out here, to the provider's own sign-out.
     */
    get: operations['logout_at_oidc_provider']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/passkey': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Login With Passkey
     * @description Sign in with a passkey alone; it counts as two factors.
     */
    post: operations['login_with_passkey']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/passkey/options': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Passkey Options
     * @description Begin to sign in with a passkey alone.
     */
    post: operations['passkey_options']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/providers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Sign In Ways
     * @description List the ways to sign in.
     */
    get: operations['list_sign_in_ways']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/refresh': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Refresh Login
     * @description Get a new access token for a login that has not ended.
     */
    post: operations['refresh_login']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/saml/acs': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Take Only Saml Response
     * @description Take the only SAML provider's response.
     */
    post: operations['take_only_saml_response']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/saml/login': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Begin Only Saml Login
     * @description Send a browser to the only SAML provider.
     */
    get: operations['begin_only_saml_login']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/saml/metadata': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Only Saml Metadata
     * @description Describe this installation to the only SAML provider.
     */
    get: operations['only_saml_metadata']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/saml/{name}/acs': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Take Saml Response
     * @description Take a SAML provider's response. Refusals go to the sign-in page with their code.
     */
    post: operations['take_saml_response']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/saml/{name}/finish': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Finish Saml Login
     * @description Sign in the browser that brings the ticket of a verified response.
     */
    get: operations['finish_saml_login']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/saml/{name}/login': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Begin Saml Login
     * @description Send a browser to a SAML provider.
     */
    get: operations['begin_saml_login']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/saml/{name}/metadata': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Saml Metadata
     * @description Describe this installation to a SAML provider.
     */
    get: operations['saml_metadata']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/saml/{name}/slo': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Saml Logout
     * @description Sign out whom a SAML provider names, or come back from signing out there.
     */
    get: operations['saml_logout']
    put?: never
    /**
     * Take Saml Logout
     * @description Sign out whom a SAML provider names, or come back from signing out there.
     */
    post: operations['take_saml_logout']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/setup': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Setup Admin
     * @description Replace the password that was made for the first administrator, once.
     */
    post: operations['setup_admin']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/setup/status': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Setup Status
     * @description Has the first administrator still to choose a password?
     */
    get: operations['setup_status']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/switch': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Switch Organization
     * @description Go on in another of your organisations; the login's tokens name it from now on.
     */
    post: operations['switch_organization']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/catalog/repositories': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Repositories
     * @description List where templates come from: everybody's repositories and your organisation's.
     */
    get: operations['list_repositories']
    put?: never
    /**
     * Create Repository
     * @description Add a repository; it is synced at once, in the background.
     */
    post: operations['create_repository']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/catalog/repositories/{repository_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Repository
     * @description Show one repository.
     */
    get: operations['get_repository']
    put?: never
    post?: never
    /**
     * Delete Repository
     * @description Remove a repository and what the catalog shows of it; the answer says what went with it.
     */
    delete: operations['delete_repository']
    options?: never
    head?: never
    /**
     * Update Repository
     * @description Change a repository. Credentials do not go along to another host: give them again.
     */
    patch: operations['update_repository']
    trace?: never
  }
  '/api/v1/catalog/repositories/{repository_id}/sync': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Sync Repository
     * @description Have a repository read now; `dryRun` only says what that would change.
     */
    post: operations['sync_repository']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/catalog/repositories/{repository_id}/syncs': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Repository Syncs
     * @description List the last syncs of a repository, the newest first.
     */
    get: operations['list_repository_syncs']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/catalog/repositories/{repository_id}/syncs/{number}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Repository Sync
     * @description Show one sync: its log, and what became of each file. Files without change or remark are counted, not listed.
     */
    get: operations['get_repository_sync']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/catalog/repositories/{repository_id}/syncs/{number}/approve': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Approve Repository Sync
     * @description Have the catalog show what a sync found, exactly as it was reviewed.
     */
    post: operations['approve_repository_sync']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/catalog/repositories/{repository_id}/syncs/{number}/reject': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Reject Repository Sync
     * @description Leave the catalog as it is until the repository changes again.
     */
    post: operations['reject_repository_sync']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/catalog/repositories/{repository_id}/webhook': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Receive Repository Webhook
     * @description Sync because somebody pushed: signed as GitHub, GitLab, Gitea, Bitbucket or we ourselves do.
     */
    post: operations['receive_repository_webhook']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/catalog/repositories/{repository_id}/webhook/secret': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Renew Webhook Secret
     * @description Make a secret for a repository's webhook, shown this once; the former one stops working.
     */
    post: operations['renew_webhook_secret']
    /**
     * Delete Webhook Secret
     * @description Have a repository hear no webhooks any more.
     */
    delete: operations['delete_webhook_secret']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/catalog/sync': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Sync Catalog
     * @description Have all repositories read that you may change.
     */
    post: operations['sync_catalog']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/groups': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Groups
     * @description List the groups of your organisation; `parentId` makes them a tree.
     */
    get: operations['list_groups']
    put?: never
    /**
     * Create Group
     * @description Make a group in the organisation you are in.
     */
    post: operations['create_group']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/groups/{group_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Group
     * @description Show a group; who is in it, or may see limits, also sees its limits and use.
     */
    get: operations['get_group']
    put?: never
    post?: never
    /**
     * Delete Group
     * @description Remove a group that has no groups inside.
     */
    delete: operations['delete_group']
    options?: never
    head?: never
    /**
     * Update Group
     * @description Change a group's name, description, type or place.
     */
    patch: operations['update_group']
    trace?: never
  }
  '/api/v1/groups/{group_id}/members': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Group Members
     * @description List who is in a group.
     */
    get: operations['get_group_members']
    put?: never
    /**
     * Add Group Member
     * @description Take a person of your organisation into a group.
     */
    post: operations['add_group_member']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/groups/{group_id}/members/{user_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Remove Group Member
     * @description Take somebody out of a group, or leave it.
     */
    delete: operations['remove_group_member']
    options?: never
    head?: never
    /**
     * Update Group Member
     * @description Change somebody's role in a group.
     */
    patch: operations['update_group_member']
    trace?: never
  }
  '/api/v1/groups/{group_id}/policy': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Group Policy
     * @description Show what a group says about its people's sessions.
     */
    get: operations['get_group_policy']
    /**
     * Set Group Policy
     * @description Replace what a group says; open streams follow at once.
     */
    put: operations['set_group_policy']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/groups/{group_id}/quota': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Group Quota
     * @description Show a group's limits, and what all in it use together.
     */
    get: operations['get_group_quota']
    /**
     * Set Group Quota
     * @description Set some of a group's limits; null removes one.
     */
    put: operations['set_group_quota']
    post?: never
    /**
     * Delete Group Quota
     * @description Remove a group's limits.
     */
    delete: operations['delete_group_quota']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/identity-providers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Identity Providers
     * @description List the identity providers you may see.
     */
    get: operations['list_identity_providers']
    put?: never
    /**
     * Create Identity Provider
     * @description Add an identity provider. SAML metadata is fetched at once; an OpenID provider is asked by its test.
     */
    post: operations['create_identity_provider']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/identity-providers/presets': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Provider Presets
     * @description List common identity providers and what is known of them.
     */
    get: operations['list_provider_presets']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/identity-providers/{provider_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Identity Provider
     * @description Show one identity provider.
     */
    get: operations['get_identity_provider']
    put?: never
    post?: never
    /**
     * Delete Identity Provider
     * @description Remove an identity provider; the logins it vouched for end, the people stay.
     */
    delete: operations['delete_identity_provider']
    options?: never
    head?: never
    /**
     * Update Identity Provider
     * @description Change an identity provider. Switched off, or pointed at another issuer, the logins it vouched for end.
     */
    patch: operations['update_identity_provider']
    trace?: never
  }
  '/api/v1/identity-providers/{provider_id}/test': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Test Identity Provider
     * @description Ask an identity provider about itself, and say what is wrong.
     */
    post: operations['test_identity_provider']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/permissions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get My Permissions
     * @description What may I do?
     */
    get: operations['get_my_permissions']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/shared-sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Shared Sessions
     * @description List the sessions of others that are shared with you.
     */
    get: operations['list_shared_sessions']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/shared-sessions/{session_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Shared Session
     * @description Show one session that is shared with you.
     */
    get: operations['get_shared_session']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/shared-sessions/{session_id}/connect': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Connect Shared Session
     * @description Get an address that shows a session that is shared with you, once, within a minute.
     */
    post: operations['connect_shared_session']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/organizations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Organizations
     * @description List the organisations you belong to; who runs the installation sees all.
     */
    get: operations['list_organizations']
    put?: never
    /**
     * Create Organization
     * @description Make an organisation, perhaps with the person who will run it.
     */
    post: operations['create_organization']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/organizations/{org_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Organization
     * @description Show an organisation.
     */
    get: operations['get_organization']
    put?: never
    post?: never
    /**
     * Delete Organization
     * @description Close an organisation. For 30 days it can be brought back, then all it had is gone.
     */
    delete: operations['delete_organization']
    options?: never
    head?: never
    /**
     * Update Organization
     * @description Change an organisation. Suspended, its sessions and logins end; active, a deleted one is back.
     */
    patch: operations['update_organization']
    trace?: never
  }
  '/api/v1/organizations/{org_id}/members': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Organization Members
     * @description List who belongs to an organisation.
     */
    get: operations['get_organization_members']
    put?: never
    /**
     * Add Organization Member
     * @description Take somebody who exists into an organisation; who runs the installation can.
     */
    post: operations['add_organization_member']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/organizations/{org_id}/members/{user_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Remove Organization Member
     * @description Take somebody out of an organisation; their sessions there end.
     */
    delete: operations['remove_organization_member']
    options?: never
    head?: never
    /**
     * Update Organization Member
     * @description Change somebody's role in an organisation.
     */
    patch: operations['update_organization_member']
    trace?: never
  }
  '/api/v1/organizations/{org_id}/policy': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Organization Policy
     * @description Show what an organisation says about its sessions' borders.
     */
    get: operations['get_organization_policy']
    /**
     * Set Organization Policy
     * @description Replace what an organisation says; open streams follow at once.
     */
    put: operations['set_organization_policy']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/organizations/{org_id}/quota': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Organization Quota
     * @description Show an organisation's limits, and what all its people use together.
     */
    get: operations['get_organization_quota']
    /**
     * Set Organization Quota
     * @description Set some of an organisation's limits; null removes one.
     */
    put: operations['set_organization_quota']
    post?: never
    /**
     * Delete Organization Quota
     * @description Remove an organisation's limits.
     */
    delete: operations['delete_organization_quota']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/pools': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Pools
     * @description List the pools of sessions that are started ahead, and how full they are.
     */
    get: operations['list_pools']
    put?: never
    /**
     * Create Pool
     * @description Have sessions of an application wait for their people.
     */
    post: operations['create_pool']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/pools/{pool_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Pool
     * @description Show one pool.
     */
    get: operations['get_pool']
    put?: never
    post?: never
    /**
     * Delete Pool
     * @description Remove a pool; what waits in it ends. Sessions that came from it go on.
     */
    delete: operations['delete_pool']
    options?: never
    head?: never
    /**
     * Update Pool
     * @description Change how many wait, or for how long.
     */
    patch: operations['update_pool']
    trace?: never
  }
  '/api/v1/quotas/defaults': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Default Quota
     * @description Show what applies to a person where nobody said otherwise.
     */
    get: operations['get_default_quota']
    /**
     * Set Default Quota
     * @description Change what applies to a person where nobody said otherwise.
     */
    put: operations['set_default_quota']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scim/v2/.search': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Search Scim
     * @description List people, then groups, as the body asks.
     */
    post: operations['search_scim']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scim/v2/Groups': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Scim Groups
     * @description List the organisation's groups.
     */
    get: operations['list_scim_groups']
    put?: never
    /**
     * Create Scim Group
     * @description Make a group.
     */
    post: operations['create_scim_group']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scim/v2/Groups/.search': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Search Scim Groups
     * @description List groups as the body asks.
     */
    post: operations['search_scim_groups']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scim/v2/Groups/{group_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Scim Group
     * @description Return one group.
     */
    get: operations['get_scim_group']
    /**
     * Replace Scim Group
     * @description Make a group, and who is in it, what the body says.
     */
    put: operations['replace_scim_group']
    post?: never
    /**
     * Delete Scim Group
     * @description Remove a group; its people stay.
     */
    delete: operations['delete_scim_group']
    options?: never
    head?: never
    /**
     * Patch Scim Group
     * @description Change a group, or who is in it.
     */
    patch: operations['patch_scim_group']
    trace?: never
  }
  '/api/v1/scim/v2/ResourceTypes': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Scim Resource Types
     * @description List the kinds of resources: people and groups.
     */
    get: operations['list_scim_resource_types']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scim/v2/ResourceTypes/{name}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Scim Resource Type
     * @description Return one kind of resources.
     */
    get: operations['get_scim_resource_type']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scim/v2/Schemas': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Scim Schemas
     * @description List what people and groups are made of.
     */
    get: operations['list_scim_schemas']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scim/v2/Schemas/{name}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Scim Schema
     * @description Return what one kind of resource is made of.
     */
    get: operations['get_scim_schema']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scim/v2/ServiceProviderConfig': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Scim Provider Config
     * @description Return what of SCIM this service does.
     */
    get: operations['get_scim_provider_config']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scim/v2/Users': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Scim Users
     * @description List the organisation's people.
     */
    get: operations['list_scim_users']
    put?: never
    /**
     * Create Scim User
     * @description Add a person to the organisation.
     */
    post: operations['create_scim_user']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scim/v2/Users/.search': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Search Scim Users
     * @description List people as the body asks.
     */
    post: operations['search_scim_users']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scim/v2/Users/{user_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Scim User
     * @description Return one person.
     */
    get: operations['get_scim_user']
    /**
     * Replace Scim User
     * @description Make a person what the body says.
     */
    put: operations['replace_scim_user']
    post?: never
    /**
     * Delete Scim User
     * @description Remove a person; one of several organisations leaves this one.
     */
    delete: operations['delete_scim_user']
    options?: never
    head?: never
    /**
     * Patch Scim User
     * @description Change a person; `active` false locks them out at once.
     */
    patch: operations['patch_scim_user']
    trace?: never
  }
  '/api/v1/security/mfa/backup-codes': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Renew Backup Codes
     * @description Get ten new backup codes; the old ones count no more.
     */
    post: operations['renew_backup_codes']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/security/mfa/methods': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Mfa Methods
     * @description List one's own second factors.
     */
    get: operations['list_mfa_methods']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/security/mfa/passkeys': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Add Passkey
     * @description Complete adding a passkey with what the browser made.
     */
    post: operations['add_passkey']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/security/mfa/passkeys/options': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Offer Passkey
     * @description Begin to add a passkey: `options` is what the browser's navigator.credentials.create takes.
     */
    post: operations['offer_passkey']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/security/mfa/setup': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Set Up Mfa
     * @description Begin to set up an authenticator app; its first code, given to `verify-setup`, completes it.
     */
    post: operations['set_up_mfa']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/security/mfa/{mfa_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Remove Mfa Method
     * @description Remove one of one's own second factors.
     */
    delete: operations['remove_mfa_method']
    options?: never
    head?: never
    /**
     * Rename Mfa Method
     * @description Rename one of one's own second factors.
     */
    patch: operations['rename_mfa_method']
    trace?: never
  }
  '/api/v1/security/mfa/{mfa_id}/verify-setup': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Verify Mfa Setup
     * @description Complete the setup of an authenticator app; the first second factor brings ten backup codes.
     */
    post: operations['verify_mfa_setup']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Sessions
     * @description List the sessions you may see, newest first. Tags must all match.
     */
    get: operations['list_sessions']
    put?: never
    /**
     * Create Session
     * @description Start a session from a template. It answers at once; progress comes over the event socket.
     *
     *     With `dryRun`, only say whether it could start now, where, and if not why and when: nothing is written.
     */
    post: operations['create_session']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/by-tags': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Sessions By Tags
     * @description List the sessions that have any of these tags.
     */
    get: operations['list_sessions_by_tags']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Session
     * @description Show one session.
     */
    get: operations['get_session']
    put?: never
    post?: never
    /**
     * Delete Session
     * @description Stop a session. Its persistent home stays.
     */
    delete: operations['delete_session']
    options?: never
    head?: never
    /**
     * Update Session
     * @description Change a session's tags, its resources while it is hibernated, or its state.
     *
     *     The state running wakes, hibernated hibernates, terminated stops.
     */
    patch: operations['update_session']
    trace?: never
  }
  '/api/v1/sessions/{session_id}/connect': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Connect Session
     * @description Get an address that shows the session, once, within a minute. A hibernated session wakes.
     */
    post: operations['connect_session']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/connections': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Session Connections
     * @description Show who watches a session, since when, and who has control. Those who take part see each other's names.
     */
    get: operations['get_session_connections']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/connections/{connection_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * End Connection
     * @description End somebody's connection and its stream. A share that let them in stays, so they may come again.
     */
    delete: operations['end_connection']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/control': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Give Control
     * @description Give keyboard and mouse to one of those who take part, and to nobody else.
     */
    post: operations['give_control']
    /**
     * Take Control
     * @description Take control back: you and all who may control have it again.
     */
    delete: operations['take_control']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/control/request': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Request Control
     * @description Ask the owner for keyboard and mouse; they hear it on their event socket.
     */
    post: operations['request_control']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/disconnect': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Disconnect Session
     * @description End a connection and its stream; the session goes on.
     */
    post: operations['disconnect_session']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/events': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Session Events
     * @description Show what happened to a session, oldest first.
     */
    get: operations['get_session_events']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/files/access': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Open Files
     * @description Get the address of your session's files and a token for ten minutes; the files themselves do not pass here.
     */
    post: operations['open_files']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/heartbeat': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Session Heartbeat
     * @description Keep a connection alive; every 30 s is right.
     */
    post: operations['session_heartbeat']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/hibernate': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Hibernate Session
     * @description Free a session's processor and memory; its files stay.
     */
    put: operations['hibernate_session']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/invitees': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Invitees
     * @description Find people of the session's organisation by a part of their name, to share it with them.
     */
    get: operations['list_invitees']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/logs': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Session Logs
     * @description Show the end of a session's log, also after it ended.
     */
    get: operations['get_session_logs']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/placement': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Session Placement
     * @description Show why a session was given to its agent, and why not to the others.
     */
    get: operations['get_session_placement']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/policy': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Session Policy
     * @description Show what may cross a session's border, and who restricts it.
     */
    get: operations['get_session_policy']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/shares': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Shares
     * @description List a session's shares, newest first, with those that are over.
     */
    get: operations['list_shares']
    put?: never
    /**
     * Create Share
     * @description Let somebody take part in your session: one person, or whoever has the link, which is in this answer only.
     */
    post: operations['create_share']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/shares/{share_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Revoke Share
     * @description End a share. Whoever takes part by it is cut off at once.
     */
    delete: operations['revoke_share']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/tags': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Update Session Tags
     * @description Replace a session's tags.
     */
    patch: operations['update_session_tags']
    trace?: never
  }
  '/api/v1/sessions/{session_id}/usage': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Session Usage
     * @description Show what a running session uses now, as its agent measures it.
     */
    get: operations['get_session_usage']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/{session_id}/wake': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Wake Session
     * @description Bring a hibernated session back.
     */
    put: operations['wake_session']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/shares/join': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Join As Guest
     * @description Open a sharing link without a login, where the organisation lets guests in; get an address that works once.
     */
    post: operations['join_as_guest']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/shares/preview': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Preview Share
     * @description Show what a sharing link leads to, or why it does no more. It is not opened by this.
     */
    post: operations['preview_share']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/shares/redeem': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Redeem Share
     * @description Open a sharing link: its session is shared with you from now on.
     */
    post: operations['redeem_share']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Templates
     * @description List what you may launch. Tags must all match.
     *
     *     Search looks at names, tags, categories and descriptions, best matches first; where nothing fits, it guesses what
     *     was meant. `retired` shows those that were deleted, to who may restore them.
     */
    get: operations['list_templates']
    put?: never
    /**
     * Create Template
     * @description Make a template of a manifest, in JSON or YAML: your organisation's, or everybody's if you look after all.
     */
    post: operations['create_template']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/favorites': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Favorite Templates
     * @description List your favourites, the newest first.
     */
    get: operations['list_favorite_templates']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/validate': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Validate Template
     * @description Say what is wrong with a manifest, and where; nothing is written.
     */
    post: operations['validate_template']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/{name}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Template
     * @description Show one template, its manifest, and what each agent says to it.
     */
    get: operations['get_template']
    /**
     * Replace Template
     * @description Make a template say something else. It becomes a version that everybody gets; what runs goes on as it is.
     */
    put: operations['replace_template']
    post?: never
    /**
     * Delete Template
     * @description Take a template away. Sessions that run or sleep go on; it can be restored.
     */
    delete: operations['delete_template']
    options?: never
    head?: never
    /**
     * Update Template
     * @description Change parts of what a template says, as a merge patch of its manifest: null removes.
     */
    patch: operations['update_template']
    trace?: never
  }
  '/api/v1/templates/{name}/favorite': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Check Template Favorite
     * @description Say whether a template is among your favourites.
     */
    get: operations['check_template_favorite']
    put?: never
    /**
     * Add Template Favorite
     * @description Put a template among your favourites. Again does nothing.
     */
    post: operations['add_template_favorite']
    /**
     * Remove Template Favorite
     * @description Take a template out of your favourites.
     */
    delete: operations['remove_template_favorite']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/{name}/icon': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Template Icon
     * @description Return a template's icon.
     */
    get: operations['get_template_icon']
    /**
     * Set Template Icon
     * @description Give a template a picture, 256 kB at most; an empty body takes it away.
     */
    put: operations['set_template_icon']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/{name}/inheritance': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Template Inheritance
     * @description Show what of a template is as in the version it was made from, and what is not.
     */
    get: operations['get_template_inheritance']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/{name}/ratings': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Template Ratings
     * @description List what your organisation's people think of a template, newest first.
     */
    get: operations['list_template_ratings']
    put?: never
    /**
     * Rate Template
     * @description Say what you think of a template, in place of what you said before: 201 the first time, 200 later.
     */
    post: operations['rate_template']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/{name}/ratings/{rating_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Update Template Rating
     * @description Change what you said of a template.
     */
    put: operations['update_template_rating']
    post?: never
    /**
     * Delete Template Rating
     * @description Take a rating away: your own, or as somebody who looks after the organisation.
     */
    delete: operations['delete_template_rating']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/{name}/restore': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Restore Template
     * @description Bring a deleted template back.
     */
    post: operations['restore_template']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/{name}/stats': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Template Stats
     * @description Show how often a template was started of late, and by how many people.
     */
    get: operations['get_template_stats']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/{name}/versions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Template Versions
     * @description List a template's versions, the highest first. Drafts are for those who make them.
     */
    get: operations['list_template_versions']
    put?: never
    /**
     * Create Template Version
     * @description Begin a draft: a version that only those who look after the template can launch.
     */
    post: operations['create_template_version']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/{name}/versions/{version_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Template Version
     * @description Show one version and its manifest.
     */
    get: operations['get_template_version']
    put?: never
    post?: never
    /**
     * Delete Template Version
     * @description Forget a version; sessions that were started from it go on.
     */
    delete: operations['delete_template_version']
    options?: never
    head?: never
    /**
     * Update Template Version
     * @description Change a draft.
     */
    patch: operations['update_template_version']
    trace?: never
  }
  '/api/v1/templates/{name}/versions/{version_id}/clone': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Clone Template Version
     * @description Copy a version into a draft, or into a new template that remembers where it came from.
     */
    post: operations['clone_template_version']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/{name}/versions/{version_id}/deprecate': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Deprecate Template Version
     * @description Say that a version should not be chosen any more.
     */
    post: operations['deprecate_template_version']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/{name}/versions/{version_id}/publish': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Publish Template Version
     * @description Let people choose a version; which one everybody gets is another question.
     */
    post: operations['publish_template_version']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/templates/{name}/versions/{version_id}/set-default': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Set Default Template Version
     * @description Make a published version what everybody gets, or go back to an earlier one.
     */
    post: operations['set_default_template_version']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Users
     * @description List the people you may see, with their groups, limits and use.
     */
    get: operations['list_users']
    put?: never
    /**
     * Create User
     * @description Add a person to the organisation you are in, with no more rights than you have.
     */
    post: operations['create_user']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/import': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Import Users
     * @description Add people from a CSV file: username, email, fullName, and perhaps orgRole, groups (separated by ;), password.
     *
     *     Either all lines are taken or, unless `partial` is asked for, none. `dryRun` only says what would happen.
     */
    post: operations['import_users']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Current User
     * @description Who am I, where do I belong, and what may I do?
     */
    get: operations['get_current_user']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Update Current User
     * @description Change your own name or e-mail address.
     */
    patch: operations['update_current_user']
    trace?: never
  }
  '/api/v1/users/me/password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Change Own Password
     * @description Change your own password; your other sign-ins end.
     */
    post: operations['change_own_password']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/quota': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get Current User Quota
     * @description What may I use, and what do I use?
     */
    get: operations['get_current_user_quota']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get User
     * @description Show one person, with the organisations they belong to where you may see the people.
     */
    get: operations['get_user']
    put?: never
    post?: never
    /**
     * Delete User
     * @description Remove a person: everything of theirs ends, and their name and address are free again.
     */
    delete: operations['delete_user']
    options?: never
    head?: never
    /**
     * Update User
     * @description Change a person. Switched off, nothing of theirs works any more, and their sessions end.
     */
    patch: operations['update_user']
    trace?: never
  }
  '/api/v1/users/{user_id}/groups': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get User Groups
     * @description List the groups a person is in.
     */
    get: operations['get_user_groups']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user_id}/logins': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get User Logins
     * @description List where a person is signed in; who administers one organisation sees what was opened there.
     */
    get: operations['get_user_logins']
    put?: never
    post?: never
    /**
     * End User Logins
     * @description Sign a person out everywhere that you see.
     */
    delete: operations['end_user_logins']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user_id}/logins/{login_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * End User Login
     * @description End one of a person's logins; its sockets and streams close.
     */
    delete: operations['end_user_login']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user_id}/mfa': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Reset User Mfa
     * @description Remove a person's second factors and passkeys, for somebody who lost them.
     */
    delete: operations['reset_user_mfa']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user_id}/password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Set User Password
     * @description Give a person another password; they are signed out everywhere.
     */
    post: operations['set_user_password']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user_id}/quota': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get User Quota
     * @description Show a person's limits and use.
     */
    get: operations['get_user_quota']
    /**
     * Set User Quota
     * @description Set some of a person's limits; null removes one.
     */
    put: operations['set_user_quota']
    post?: never
    /**
     * Delete User Quota
     * @description Give a person the platform's defaults again.
     */
    delete: operations['delete_user_quota']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user_id}/sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Get User Sessions
     * @description List a person's sessions that you may see.
     */
    get: operations['get_user_sessions']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user_id}/unlock': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Unlock User
     * @description Let a person who gave too many wrong passwords try again.
     */
    post: operations['unlock_user']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/health': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Health
     * @description Say that the process answers; nothing else is asked.
     */
    get: operations['health']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/healthz': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Healthz
     * @description Say that the process answers; nothing else is asked.
     */
    get: operations['healthz']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/readyz': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Readyz
     * @description Say whether requests can be served: the database answers and has the newest tables.
     */
    get: operations['readyz']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/version': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Version
     * @description Say which version runs.
     */
    get: operations['version']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    /**
     * AgentKeyOut
     * @description An agent's new key; shown once.
     */
    AgentKeyOut: {
      /** Agentid */
      agentId: string
      /** Apikey */
      apiKey: string
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Message */
      message: string
      usage: components['schemas']['KeyUseOut']
      /** Warning */
      warning: string
    }
    /**
     * AgentList
     * @description A page of the fleet, by name; `total` counts all that match.
     */
    AgentList: {
      /** Agents */
      agents: components['schemas']['AgentOut'][]
      /** Nextcursor */
      nextCursor?: string | null
      /** Total */
      total: number
    }
    /**
     * AgentOut
     * @description An agent as the API shows it.
     */
    AgentOut: {
      /** Abilities */
      abilities: string[]
      /**
       * Activesessions
       * @default 0
       */
      activeSessions?: number
      /** Agentid */
      agentId: string
      /**
       * Approvalstatus
       * @enum {string}
       */
      approvalStatus: 'pending' | 'approved' | 'rejected'
      /** Approvedat */
      approvedAt?: string | null
      /** Approvedby */
      approvedBy?: string | null
      /** Capacity */
      capacity?: {
        [key: string]: unknown
      } | null
      /**
       * Connected
       * @default false
       */
      connected?: boolean
      /**
       * Cordoned
       * @default false
       */
      cordoned?: boolean
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /**
       * Draining
       * @default false
       */
      draining?: boolean
      /** Drainingfrom */
      drainingFrom?: number | null
      /** Drainingsince */
      drainingSince?: string | null
      /**
       * Epoch
       * @default 0
       */
      epoch?: number
      /** Evict */
      evict?: 'hibernate' | null
      /** Id */
      id: string
      /**
       * Keycreatedat
       * Format: date-time
       */
      keyCreatedAt: string
      /** Keylastusedat */
      keyLastUsedAt?: string | null
      /**
       * Keyrevoked
       * @default false
       */
      keyRevoked?: boolean
      /** Labels */
      labels?: {
        [key: string]: string
      }
      /** Lastheartbeat */
      lastHeartbeat?: string | null
      /** Maxsessions */
      maxSessions?: number | null
      /** Maxstarts */
      maxStarts?: number | null
      /** Metadata */
      metadata: {
        [key: string]: unknown
      }
      /** Orgid */
      orgId?: string | null
      /**
       * Platform
       * @enum {string}
       */
      platform: 'kubernetes' | 'docker' | 'vm' | 'cloud' | 'process'
      /** Previouskeyuntil */
      previousKeyUntil?: string | null
      /** Protocolversion */
      protocolVersion?: number | null
      /** Region */
      region?: string | null
      standing?: components['schemas']['StandingOut'] | null
      /**
       * Status
       * @enum {string}
       */
      status: 'online' | 'offline' | 'draining'
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
      /** Usage */
      usage?: {
        [key: string]: unknown
      } | null
      /** Version */
      version?: string | null
      /** Versionsbehind */
      versionsBehind?: number | null
      /** Websocketid */
      websocketId?: string | null
    }
    /**
     * AgentPatch
     * @description What an administrator changes; what is left out stays. `null` unsets region, organisation and the limits.
     */
    AgentPatch: {
      /** Cordoned */
      cordoned?: boolean | null
      /** Labels */
      labels?: {
        [key: string]: string
      } | null
      /** Maxsessions */
      maxSessions?: number | null
      /** Maxstarts */
      maxStarts?: number | null
      /** Orgid */
      orgId?: string | null
      /** Region */
      region?: string | null
    }
    /**
     * AgentUsageOut
     * @description What an agent used lately, oldest first; where it was away, samples are missing.
     */
    AgentUsageOut: {
      /** Agentid */
      agentId: string
      /** Everyseconds */
      everySeconds: number
      /** Samples */
      samples: components['schemas']['UsageSampleOut'][]
    }
    /**
     * AttemptOut
     * @description One try to start a session.
     */
    AttemptOut: {
      /** Agentid */
      agentId: string
      /**
       * At
       * Format: date-time
       */
      at: string
      /** Code */
      code?: string | null
      /** Message */
      message?: string | null
    }
    /**
     * AuditEntryOut
     * @description What somebody did or was refused. Entries are numbered without gaps; `prevHash` and `hash` chain them.
     */
    AuditEntryOut: {
      /** Action */
      action: string
      /** Actorid */
      actorId?: string | null
      /**
       * Actorkind
       * @enum {string}
       */
      actorKind: 'user' | 'key' | 'agent' | 'system' | 'anonymous'
      /** Actorname */
      actorName?: string | null
      /**
       * At
       * Format: date-time
       */
      at: string
      changes?: components['schemas']['Changes'] | null
      /** Code */
      code?: string | null
      /** Hash */
      hash?: string | null
      /** Ip */
      ip?: string | null
      /** Keyid */
      keyId?: string | null
      /** Loginid */
      loginId?: string | null
      /** Orgid */
      orgId?: string | null
      /**
       * Outcome
       * @enum {string}
       */
      outcome: 'ok' | 'denied' | 'failed'
      /** Prevhash */
      prevHash?: string | null
      /** Requestid */
      requestId?: string | null
      /** Resourceid */
      resourceId?: string | null
      /** Resourcetype */
      resourceType: string
      /** Seq */
      seq: number
      /** Useragent */
      userAgent?: string | null
    }
    /**
     * AuditList
     * @description A page of the audit log, with the spec's names.
     */
    AuditList: {
      /** Logs */
      logs: components['schemas']['AuditEntryOut'][]
      /** Nextcursor */
      nextCursor?: string | null
      /** Page */
      page: number
      /** Page Size */
      page_size: number
      /** Total */
      total: number
      /** Total Pages */
      total_pages: number
    }
    /**
     * BackupCodesOut
     * @description Ten codes that each stand in once for a lost second factor; they are shown this once.
     */
    BackupCodesOut: {
      /** Backupcodes */
      backupCodes?: string[] | null
    }
    /**
     * BelongingOut
     * @description An organisation that somebody belongs to, and as what.
     */
    BelongingOut: {
      /** Displayname */
      displayName: string
      /** Id */
      id: string
      /** Name */
      name: string
      orgRole: components['schemas']['OrgRole']
    }
    /**
     * Capacity
     * @description What an agent may use in all.
     */
    Capacity: {
      /** Cpu */
      cpu: string
      /** Maxsessions */
      maxSessions: number
      /** Memory */
      memory: string
      /** Storage */
      storage?: string | null
    }
    /**
     * CatalogSyncStarted
     * @description The syncs that were asked for.
     */
    CatalogSyncStarted: {
      /** Message */
      message: string
      /**
       * Status
       * @default syncing
       */
      status?: string
      /** Syncs */
      syncs: components['schemas']['SyncStarted'][]
    }
    /**
     * CeremonyOut
     * @description What `navigator.credentials.get` needs, and the token to send back with its answer.
     */
    CeremonyOut: {
      /** Options */
      options: {
        [key: string]: unknown
      }
      /** Token */
      token: string
    }
    /**
     * ChangeOut
     * @description A field that differs.
     */
    ChangeOut: {
      /** After */
      after?: unknown
      /** Before */
      before?: unknown
      /** Field */
      field: string
    }
    /**
     * Changes
     * @description What was before and after, without secrets; of two states what differs.
     */
    Changes: {
      /** After */
      after?: {
        [key: string]: unknown
      } | null
      /** Before */
      before?: {
        [key: string]: unknown
      } | null
    }
    /**
     * Check
     * @description One thing that was looked at.
     */
    Check: {
      /** Message */
      message: string
      /** Name */
      name: string
      /** Ok */
      ok: boolean
    }
    /**
     * CloneIn
     * @description Where a copy of a version goes: a draft of the same template, or a new template.
     */
    CloneIn: {
      /**
       * Changelog
       * @default
       */
      changelog?: string
      /** Displayname */
      displayName?: string | null
      /** Orgid */
      orgId?: string | null
      /** Template */
      template?: string | null
      /** Version */
      version?: string | null
    }
    /**
     * CodeIn
     * @description A code of the authenticator app.
     */
    CodeIn: {
      /** Code */
      code: string
    }
    /**
     * CommandIn
     * @description An administrator's order.
     */
    CommandIn: {
      /**
       * Action
       * @enum {string}
       */
      action: 'ping' | 'inventory' | 'usage' | 'shutdown' | 'restart'
      /** Payload */
      payload?: {
        [key: string]: unknown
      }
      /** Sessionid */
      sessionId?: string | null
    }
    /**
     * CommandList
     * @description A page of an agent's commands.
     */
    CommandList: {
      /** Commands */
      commands: components['schemas']['CommandOut'][]
      /** Nextcursor */
      nextCursor?: string | null
      /** Total */
      total: number
    }
    /**
     * CommandOut
     * @description A command and how far it is.
     */
    CommandOut: {
      /** Acknowledgedat */
      acknowledgedAt?: string | null
      /** Action */
      action: string
      /** Agentid */
      agentId: string
      /** Commandid */
      commandId: string
      /** Completedat */
      completedAt?: string | null
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Errormessage */
      errorMessage?: string | null
      /** Requestedby */
      requestedBy?: string | null
      /** Result */
      result?: {
        [key: string]: unknown
      } | null
      /** Sentat */
      sentAt?: string | null
      /** Sessionid */
      sessionId?: string | null
      /**
       * Status
       * @enum {string}
       */
      status: 'pending' | 'sent' | 'ack' | 'completed' | 'failed'
    }
    /**
     * ConnectOut
     * @description How to see a session: `session_url` works once, within a minute, when `ready`.
     */
    ConnectOut: {
      /** Connectionid */
      connectionId?: string | null
      /** Expiresat */
      expiresAt?: string | null
      /** Message */
      message: string
      /** Ready */
      ready: boolean
      /**
       * Role
       * @default controller
       * @enum {string}
       */
      role?: 'controller' | 'viewer'
      /** Sessionurl */
      sessionUrl?: string | null
      state: components['schemas']['State']
      /** Watermark */
      watermark?: string | null
    }
    /**
     * ConnectionList
     * @description The people watching a session.
     */
    ConnectionList: {
      /** Connections */
      connections: components['schemas']['ConnectionOut'][]
      /** Sessionid */
      sessionId: string
      /** Total */
      total: number
    }
    /**
     * ConnectionOut
     * @description Who watches, since when, and whether keyboard and mouse are theirs; from where, for who sees the session.
     */
    ConnectionOut: {
      /** Clientip */
      clientIp: string
      /**
       * Connectedat
       * Format: date-time
       */
      connectedAt: string
      /** Guest */
      guest: boolean
      /** Hascontrol */
      hasControl: boolean
      /** Id */
      id: string
      /**
       * Lastheartbeat
       * Format: date-time
       */
      lastHeartbeat: string
      /** Role */
      role: string
      /** Sessionid */
      sessionId: string
      /** Shareid */
      shareId?: string | null
      /** Useragent */
      userAgent: string
      /** Userid */
      userId: string
      /** Username */
      username: string
    }
    /**
     * ControlIn
     * @description Who is to have keyboard and mouse alone.
     */
    ControlIn: {
      /** Connectionid */
      connectionId: string
    }
    /**
     * ControlOut
     * @description Who takes part, and who has control now.
     */
    ControlOut: {
      /** Connections */
      connections: components['schemas']['ConnectionOut'][]
      /** Sessionid */
      sessionId: string
    }
    /**
     * Credential
     * @description What `PublicKeyCredential.toJSON()` gives.
     */
    Credential: {
      /** Id */
      id: string
      /** Rawid */
      rawId: string
      response: components['schemas']['CredentialResponse']
      /**
       * Type
       * @constant
       */
      type: 'public-key'
    }
    /**
     * CredentialResponse
     * @description The authenticator's answer, all in base64url.
     */
    CredentialResponse: {
      /** Attestationobject */
      attestationObject?: string | null
      /** Authenticatordata */
      authenticatorData?: string | null
      /** Clientdatajson */
      clientDataJSON: string
      /** Signature */
      signature?: string | null
      /**
       * Transports
       * @default []
       */
      transports?: string[]
      /** Userhandle */
      userHandle?: string | null
    }
    /**
     * DayOut
     * @description One day (UTC).
     */
    DayOut: {
      /**
       * Day
       * Format: date
       */
      day: string
      /** Launches */
      launches: number
      /** Users */
      users: number
    }
    /**
     * DefaultResourcesOut
     * @description Memory and CPU as Kubernetes quantities.
     */
    DefaultResourcesOut: {
      /** Cpu */
      cpu?: string | null
      /** Memory */
      memory?: string | null
    }
    /**
     * DeliveryOut
     * @description What became of a webhook.
     */
    DeliveryOut: {
      /** Message */
      message: string
      /**
       * Status
       * @enum {string}
       */
      status: 'syncing' | 'ignored'
    }
    /**
     * DisconnectOut
     * @description Who is left.
     */
    DisconnectOut: {
      /** Activeconnections */
      activeConnections: number
      /** Message */
      message: string
    }
    /**
     * EffectivePolicyOut
     * @description What holds; nothing is null. `sources` says who restricts what is restricted.
     */
    EffectivePolicyOut: {
      /** Clipboard */
      clipboard?: ('both' | 'in' | 'out' | 'off') | null
      /** Download */
      download?: boolean | null
      /** Maxuploadbytes */
      maxUploadBytes?: number | null
      /** Microphone */
      microphone?: boolean | null
      /** Printing */
      printing?: boolean | null
      /** Sources */
      sources: {
        [key: string]: components['schemas']['SourceOut']
      }
      /** Upload */
      upload?: boolean | null
      /** Watermark */
      watermark?: boolean | null
    }
    /**
     * EventList
     * @description What happened to a session, oldest first; the newest 200 are kept.
     */
    EventList: {
      /** Events */
      events: components['schemas']['EventOut'][]
      /** Sessionid */
      sessionId: string
      /** Total */
      total: number
    }
    /**
     * EventOut
     * @description One entry of a session's timeline; `actor` is the person who caused it.
     */
    EventOut: {
      /** Actor */
      actor?: string | null
      /**
       * At
       * Format: date-time
       */
      at: string
      /** Kind */
      kind: string
      /** Message */
      message?: string | null
      /** Number */
      number: number
    }
    /**
     * FailureOut
     * @description Why a session failed, in a sentence, with the end of its log.
     */
    FailureOut: {
      /** Code */
      code: string
      /** Logtail */
      logTail?: string | null
      /** Message */
      message: string
    }
    /**
     * FavoriteAnswer
     * @description Whether a template is among your favourites.
     */
    FavoriteAnswer: {
      /** Favorited */
      favorited: boolean
      /** Template */
      template: string
    }
    /**
     * FavoriteList
     * @description Your favourites, the newest first.
     */
    FavoriteList: {
      /** Templates */
      templates: components['schemas']['FavoriteOut'][]
      /** Total */
      total: number
    }
    /**
     * FavoriteOut
     * @description A favourite, ready to be shown.
     */
    FavoriteOut: {
      /** Category */
      category: string
      /** Description */
      description: string
      /** Displayname */
      displayName: string
      /**
       * Favorited
       * @default true
       * @constant
       */
      favorited?: true
      /**
       * Favoritedat
       * Format: date-time
       */
      favoritedAt: string
      /** Icon */
      icon?: string | null
      /** Name */
      name: string
      /** Tags */
      tags: string[]
    }
    /**
     * FavoriteSaid
     * @description What was done, to which template.
     */
    FavoriteSaid: {
      /** Message */
      message: string
      /** Template */
      template: string
    }
    /**
     * FileOut
     * @description What became of a file: added, changed, unchanged, retired, kept or rejected.
     */
    FileOut: {
      /** Changes */
      changes?: components['schemas']['ChangeOut'][] | null
      /** Findings */
      findings: components['schemas']['streamspace__server__repositories__schemas__FindingOut'][]
      /** Name */
      name?: string | null
      /** Outcome */
      outcome: string
      /** Path */
      path: string
    }
    /**
     * FilesAccessOut
     * @description Where a session's files are, and the token for them: `Authorization: Bearer` of requests below `url`.
     */
    FilesAccessOut: {
      /** Download */
      download: boolean
      /**
       * Expiresat
       * Format: date-time
       */
      expiresAt: string
      /** Maxuploadbytes */
      maxUploadBytes: number
      /** Token */
      token: string
      /** Upload */
      upload: boolean
      /** Url */
      url: string
    }
    /**
     * FirstAdmin
     * @description The person who will run a new organisation.
     */
    FirstAdmin: {
      /**
       * Email
       * Format: email
       */
      email: string
      /** Fullname */
      fullName: string
      /** Password */
      password: string
      /** Username */
      username: string
    }
    /**
     * GroupIn
     * @description A new group.
     */
    GroupIn: {
      /**
       * Description
       * @default
       */
      description?: string
      /** Displayname */
      displayName: string
      /** Name */
      name: string
      /** Parentid */
      parentId?: string | null
      /**
       * Type
       * @default team
       * @enum {string}
       */
      type?: 'team' | 'department' | 'project'
    }
    /**
     * GroupList
     * @description A page of groups.
     */
    GroupList: {
      /** Groups */
      groups: components['schemas']['GroupOut'][]
      /** Nextcursor */
      nextCursor?: string | null
      /** Total */
      total: number
    }
    /**
     * GroupMemberIn
     * @description Somebody to take in, by id, or by the name or e-mail address they sign in with.
     */
    GroupMemberIn: {
      /** @default member */
      role?: components['schemas']['GroupRole']
      /** Userid */
      userId?: string | null
      /** Username */
      username?: string | null
    }
    /**
     * GroupMemberList
     * @description A page of a group's people.
     */
    GroupMemberList: {
      /** Members */
      members: components['schemas']['GroupMemberOut'][]
      /** Nextcursor */
      nextCursor?: string | null
      /** Total */
      total: number
    }
    /**
     * GroupMemberOut
     * @description A person in a group.
     */
    GroupMemberOut: {
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Email */
      email: string
      /** Fullname */
      fullName: string
      /** Groupid */
      groupId: string
      /** Id */
      id: string
      role: components['schemas']['GroupRole']
      /** Userid */
      userId: string
      /** Username */
      username: string
    }
    /**
     * GroupMemberPatch
     * @description A member's new role.
     */
    GroupMemberPatch: {
      role: components['schemas']['GroupRole']
    }
    /**
     * GroupOut
     * @description A group as the API shows it.
     */
    GroupOut: {
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Description */
      description: string
      /** Displayname */
      displayName: string
      /** Id */
      id: string
      /** Membercount */
      memberCount: number
      /** Myrole */
      myRole?: string | null
      /** Name */
      name: string
      /** Orgid */
      orgId: string
      /** Parentid */
      parentId?: string | null
      quota?: components['schemas']['QuotaOut'] | null
      /**
       * Type
       * @enum {string}
       */
      type: 'team' | 'department' | 'project'
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
    }
    /**
     * GroupPatch
     * @description What to change; a field left out stays, and a parent of null makes it a group at the top.
     */
    GroupPatch: {
      /** Description */
      description?: string | null
      /** Displayname */
      displayName?: string | null
      /** Parentid */
      parentId?: string | null
      /** Type */
      type?: ('team' | 'department' | 'project') | null
    }
    /**
     * GroupRole
     * @description Roles inside one group.
     * @enum {string}
     */
    GroupRole: 'member' | 'admin' | 'owner'
    /**
     * GroupRuleIO
     * @description Who is in the provider's group `claim` gets a group here, a role in the organisation, or a system role.
     */
    GroupRuleIO: {
      /** Claim */
      claim: string
      /** Groupname */
      groupName?: string | null
      orgRole?: components['schemas']['OrgRole'] | null
      role?: components['schemas']['Role'] | null
    }
    /**
     * GuestIn
     * @description What the link carries, and what the others are to call you.
     */
    GuestIn: {
      /** Name */
      name: string
      /** Token */
      token: string
    }
    /**
     * GuestOut
     * @description How a guest sees a session: `session_url` works once, within a minute.
     */
    GuestOut: {
      /** Connectionid */
      connectionId?: string | null
      /** Expiresat */
      expiresAt?: string | null
      /** Message */
      message: string
      /** Name */
      name: string
      /** Ready */
      ready: boolean
      /**
       * Role
       * @default controller
       * @enum {string}
       */
      role?: 'controller' | 'viewer'
      /** Sessionid */
      sessionId: string
      /** Sessionurl */
      sessionUrl?: string | null
      state: components['schemas']['State']
      /** Watermark */
      watermark?: string | null
    }
    /**
     * HeadOut
     * @description The chain's end: its last entry's number and hash.
     */
    HeadOut: {
      /** Hash */
      hash: string
      /** Seq */
      seq: number
    }
    /**
     * HealthOut
     * @description The process answers.
     */
    HealthOut: {
      /**
       * Service
       * @default streamspace
       */
      service?: string
      /**
       * Status
       * @default healthy
       */
      status?: string
    }
    /**
     * Heartbeat
     * @description Every 10 s.
     *
     *     `usage` has what the machine uses: `cpuPercent`, `memoryUsedBytes`, `memoryTotalBytes`, `diskFreeBytes`,
     *     `diskTotalBytes`, `load` (1, 5, 15 minutes); `sessions`, the seconds since each session's last input; and
     *     `sessionUsage`, what each uses: `cpuCores`, `memoryBytes`, `processes`.
     */
    Heartbeat: {
      /**
       * Activesessions
       * @default 0
       */
      activeSessions?: number
      capacity?: components['schemas']['Capacity'] | null
      /**
       * Status
       * @default online
       * @enum {string}
       */
      status?: 'online' | 'draining'
      /** Usage */
      usage?: {
        [key: string]: unknown
      } | null
    }
    /**
     * HereOut
     * @description The organisation somebody is signed in to.
     */
    HereOut: {
      /** Displayname */
      displayName: string
      /** Id */
      id: string
      /** Name */
      name: string
      /** Requiremfa */
      requireMfa: boolean
    }
    /**
     * HomeList
     * @description A page of homes, the largest first.
     */
    HomeList: {
      /** Homes */
      homes: components['schemas']['HomeOut'][]
      /** Nextcursor */
      nextCursor?: string | null
      /** Total */
      total: number
    }
    /**
     * HomeOut
     * @description How much one person's home on one agent holds.
     */
    HomeOut: {
      /** Agentid */
      agentId: string
      /**
       * Measuredat
       * Format: date-time
       */
      measuredAt: string
      /** Orgid */
      orgId: string
      /** Size */
      size: string
      /** Sizebytes */
      sizeBytes: number
      /** Userid */
      userId: string
      /** Username */
      username: string
    }
    /**
     * ImportFailure
     * @description A line that cannot be taken.
     */
    ImportFailure: {
      /** Error */
      error: string
      /** Line */
      line: number
      /** Message */
      message: string
      /** Username */
      username: string
    }
    /**
     * ImportOut
     * @description What an import did, or would do.
     */
    ImportOut: {
      /** Created */
      created: string[]
      /** Failed */
      failed: components['schemas']['ImportFailure'][]
      /** Total */
      total: number
      /** Wouldcreate */
      wouldCreate: string[]
    }
    /**
     * InheritanceOut
     * @description What of the default version is as in its parent, and what is not.
     */
    InheritanceOut: {
      /** Inherited */
      inherited: string[]
      /** Overridden */
      overridden: components['schemas']['OverrideOut'][]
      parent?: components['schemas']['ParentOut'] | null
      /** Template */
      template: string
      /** Version */
      version: string
    }
    /**
     * InvitationOut
     * @description What a link leads to, before it is opened. Of one that is over only `state` says something.
     */
    InvitationOut: {
      /** Expiresat */
      expiresAt?: string | null
      /**
       * Guests
       * @default false
       */
      guests?: boolean
      /** Icon */
      icon?: string | null
      /** Orgid */
      orgId?: string | null
      /** Organization */
      organization?: string | null
      /** Owner */
      owner?: string | null
      /** Permission */
      permission?: ('view' | 'control') | null
      /** Sessionid */
      sessionId?: string | null
      sessionState?: components['schemas']['State'] | null
      /**
       * State
       * @enum {string}
       */
      state: 'active' | 'used_up' | 'expired' | 'revoked' | 'ended'
      /** Templatedisplayname */
      templateDisplayName?: string | null
    }
    /**
     * InviteeList
     * @description The first of those whose name has this in it.
     */
    InviteeList: {
      /** People */
      people: components['schemas']['InviteeOut'][]
      /** Total */
      total: number
    }
    /**
     * InviteeOut
     * @description Somebody with whom a session can be shared.
     */
    InviteeOut: {
      /** Fullname */
      fullName: string
      /** Id */
      id: string
      /** Username */
      username: string
    }
    /**
     * JoinTokenIn
     * @description What a new join token may be used for.
     */
    JoinTokenIn: {
      /**
       * Approve
       * @default false
       */
      approve?: boolean
      /**
       * Expiresin
       * @default 1h
       */
      expiresIn?: string
      /** Orgid */
      orgId?: string | null
      /** Platform */
      platform?: ('kubernetes' | 'docker' | 'vm' | 'cloud' | 'process') | null
      /** Region */
      region?: string | null
      /**
       * Uses
       * @default 1
       */
      uses?: number
    }
    /**
     * JoinTokenList
     * @description The join tokens there are.
     */
    JoinTokenList: {
      /** Jointokens */
      joinTokens: components['schemas']['JoinTokenOut'][]
      /** Total */
      total: number
    }
    /**
     * JoinTokenOut
     * @description A join token, without its text.
     */
    JoinTokenOut: {
      /** Approve */
      approve: boolean
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Createdby */
      createdBy: string
      /**
       * Expiresat
       * Format: date-time
       */
      expiresAt: string
      /** Id */
      id: string
      /** Lastusedat */
      lastUsedAt?: string | null
      /** Orgid */
      orgId?: string | null
      /** Platform */
      platform?: string | null
      /** Region */
      region?: string | null
      /**
       * State
       * @enum {string}
       */
      state: 'usable' | 'used_up' | 'expired'
      /** Uses */
      uses: number
      /** Usesleft */
      usesLeft: number
    }
    /**
     * KeyIn
     * @description A new API key. Without an expiry it lasts until it is revoked.
     */
    KeyIn: {
      /** Allowedips */
      allowedIps?: string[]
      /**
       * Description
       * @default
       */
      description?: string
      /** Expiresat */
      expiresAt?: string | null
      /**
       * Expiresin
       * @example 30d
       */
      expiresIn?: string | null
      /** Name */
      name: string
      /**
       * Ratelimit
       * @default 1000
       */
      rateLimit?: number
      /** Scopes */
      scopes: string[]
    }
    /**
     * KeyList
     * @description A page of API keys.
     */
    KeyList: {
      /** Apikeys */
      apiKeys: components['schemas']['KeyOut'][]
      /** Nextcursor */
      nextCursor?: string | null
      /** Total */
      total: number
    }
    /**
     * KeyOut
     * @description An API key as the API shows it: all but the key.
     */
    KeyOut: {
      /** Active */
      active: boolean
      /** Allowedips */
      allowedIps: string[]
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Description */
      description: string
      /** Expiresat */
      expiresAt?: string | null
      /** Id */
      id: string
      /** Lastusedat */
      lastUsedAt?: string | null
      /** Lastusedip */
      lastUsedIp?: string | null
      /** Name */
      name: string
      /** Orgid */
      orgId: string
      /** Prefix */
      prefix: string
      /** Ratelimit */
      rateLimit: number
      /** Revokedat */
      revokedAt?: string | null
      /** Scopes */
      scopes: string[]
      /** Usecount */
      useCount: number
      /** Userid */
      userId: string
      /** Username */
      username: string
    }
    /**
     * KeyUseOut
     * @description How an agent shows its key.
     */
    KeyUseOut: {
      /**
       * Header
       * @default X-Agent-API-Key
       */
      header?: string
      /** Value */
      value: string
    }
    /**
     * LogLine
     * @description A line of a sync's log.
     */
    LogLine: {
      /**
       * At
       * Format: date-time
       */
      at: string
      /** Message */
      message: string
    }
    /**
     * LoginEntry
     * @description One place where somebody is signed in.
     */
    LoginEntry: {
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Current */
      current: boolean
      /**
       * Expiresat
       * Format: date-time
       */
      expiresAt: string
      /** Id */
      id: string
      /** Ip */
      ip: string
      /**
       * Lastusedat
       * Format: date-time
       */
      lastUsedAt: string
      /** Method */
      method: string
      /** Orgid */
      orgId: string
      /** Providerid */
      providerId?: string | null
      /** Useragent */
      userAgent: string
    }
    /**
     * LoginIn
     * @description Name (or e-mail address) and password. With `cookie`, the tokens come as HttpOnly cookies and not in the body.
     */
    LoginIn: {
      /**
       * Cookie
       * @default false
       */
      cookie?: boolean
      /** Password */
      password: string
      /** Username */
      username: string
    }
    /**
     * LoginList
     * @description Where somebody is signed in, the last used first.
     */
    LoginList: {
      /** Logins */
      logins: components['schemas']['LoginEntry'][]
      /** Total */
      total: number
    }
    /**
     * LoginOut
     * @description A login: the access token lasts until `expires_at`, the refresh token makes the next one.
     */
    LoginOut: {
      /**
       * Expiresat
       * Format: date-time
       */
      expiresAt: string
      /**
       * Mfaenrolmentrequired
       * @default false
       */
      mfaEnrolmentRequired?: boolean
      /** Refreshtoken */
      refreshToken?: string | null
      /** Token */
      token?: string | null
      user: components['schemas']['UserOut']
    }
    /**
     * LogoutUrlOut
     * @description Where a browser goes after it signed out here, to sign out there too; null if there is no such place.
     */
    LogoutUrlOut: {
      /** Url */
      url: string | null
    }
    /**
     * LogsOut
     * @description The last lines of a session's log.
     */
    LogsOut: {
      /** Lines */
      lines: number
      /** Logs */
      logs: string
    }
    /**
     * MadeKeyOut
     * @description A key that was just made; `key` is shown this once.
     */
    MadeKeyOut: {
      /** Active */
      active: boolean
      /** Allowedips */
      allowedIps: string[]
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Description */
      description: string
      /** Expiresat */
      expiresAt?: string | null
      /** Id */
      id: string
      /** Key */
      key: string
      /** Lastusedat */
      lastUsedAt?: string | null
      /** Lastusedip */
      lastUsedIp?: string | null
      /** Name */
      name: string
      /** Orgid */
      orgId: string
      /** Prefix */
      prefix: string
      /** Ratelimit */
      rateLimit: number
      /** Revokedat */
      revokedAt?: string | null
      /** Scopes */
      scopes: string[]
      /** Usecount */
      useCount: number
      /** Userid */
      userId: string
      /** Username */
      username: string
    }
    /**
     * MadeShareOut
     * @description A share that was just made; a link's `token` and `url` are shown this once.
     */
    MadeShareOut: {
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Createdby */
      createdBy: string
      /**
       * Expiresat
       * Format: date-time
       */
      expiresAt: string
      /** Id */
      id: string
      /**
       * Kind
       * @enum {string}
       */
      kind: 'user' | 'link'
      /** Maxuses */
      maxUses?: number | null
      /**
       * Permission
       * @enum {string}
       */
      permission: 'view' | 'control'
      /** Revokedat */
      revokedAt?: string | null
      /** Sessionid */
      sessionId: string
      /**
       * State
       * @enum {string}
       */
      state: 'active' | 'used_up' | 'expired' | 'revoked'
      /** Token */
      token?: string | null
      /** Url */
      url?: string | null
      /** Userid */
      userId?: string | null
      /** Username */
      username?: string | null
      /** Uses */
      uses: number
    }
    /**
     * MemberIn
     * @description Somebody to take in, by id or by name.
     */
    MemberIn: {
      /** @default user */
      orgRole?: components['schemas']['OrgRole']
      /** Userid */
      userId?: string | null
      /** Username */
      username?: string | null
    }
    /**
     * MemberList
     * @description A page of an organisation's people.
     */
    MemberList: {
      /** Members */
      members: components['schemas']['MemberOut'][]
      /** Nextcursor */
      nextCursor?: string | null
      /** Total */
      total: number
    }
    /**
     * MemberOut
     * @description A person in an organisation.
     */
    MemberOut: {
      /** Active */
      active: boolean
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Email */
      email: string
      /** Fullname */
      fullName: string
      orgRole: components['schemas']['OrgRole']
      /** Userid */
      userId: string
      /** Username */
      username: string
    }
    /**
     * MemberPatch
     * @description A member's new role.
     */
    MemberPatch: {
      orgRole: components['schemas']['OrgRole']
    }
    /**
     * MfaIn
     * @description The second step: a code, or a passkey with the token that came with its options.
     */
    MfaIn: {
      /** Code */
      code?: string | null
      /**
       * Cookie
       * @default false
       */
      cookie?: boolean
      /** Credential */
      credential?: {
        [key: string]: unknown
      } | null
      /** Mfatoken */
      mfaToken: string
      /** Token */
      token?: string | null
    }
    /**
     * MfaMethodList
     * @description A person's second factors, and whether passkeys work here; if not, `reason` says why.
     */
    MfaMethodList: {
      /** Backupcodesleft */
      backupCodesLeft: number
      /** Canusepasskeys */
      canUsePasskeys: boolean
      /** Methods */
      methods: components['schemas']['MfaMethodOut'][]
      /** Reason */
      reason?: string | null
      /** Required */
      required: boolean
    }
    /**
     * MfaMethodOut
     * @description A second factor.
     */
    MfaMethodOut: {
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Id */
      id: string
      /** Lastusedat */
      lastUsedAt?: string | null
      /** Name */
      name: string
      /**
       * Type
       * @enum {string}
       */
      type: 'totp' | 'webauthn'
    }
    /**
     * MfaMethodPatch
     * @description What a second factor is called from now on.
     */
    MfaMethodPatch: {
      /** Name */
      name: string
    }
    /**
     * MfaSetupIn
     * @description Which second factor to set up. The password is needed when the sign-in is older than 15 minutes.
     */
    MfaSetupIn: {
      /**
       * Name
       * @default
       */
      name?: string
      /** Password */
      password?: string | null
      /**
       * Type
       * @enum {string}
       */
      type: 'totp' | 'sms' | 'email'
    }
    /**
     * MfaSetupOut
     * @description What an authenticator app is told: by QR code of `uri`, or by typing `secret`.
     */
    MfaSetupOut: {
      /** Id */
      id: string
      /** Issuer */
      issuer: string
      /** Secret */
      secret: string
      /** Uri */
      uri: string
    }
    /**
     * MfaTokenIn
     * @description Who is half signed in.
     */
    MfaTokenIn: {
      /** Mfatoken */
      mfaToken: string
    }
    /**
     * NamedQuotaIn
     * @description Limits of a person who is named.
     */
    NamedQuotaIn: {
      /**
       * Maxcpu
       * @example 4000m
       */
      maxCpu?: string | null
      /**
       * Maxmemory
       * @example 8Gi
       */
      maxMemory?: string | null
      /** Maxsessions */
      maxSessions?: number | null
      /**
       * Maxstorage
       * @example 50Gi
       */
      maxStorage?: string | null
      /** Username */
      username: string
    }
    /**
     * NewJoinTokenOut
     * @description A join token with its text, which is shown once.
     */
    NewJoinTokenOut: {
      /** Approve */
      approve: boolean
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Createdby */
      createdBy: string
      /**
       * Expiresat
       * Format: date-time
       */
      expiresAt: string
      /** Id */
      id: string
      /** Lastusedat */
      lastUsedAt?: string | null
      /** Orgid */
      orgId?: string | null
      /** Platform */
      platform?: string | null
      /** Region */
      region?: string | null
      /**
       * State
       * @enum {string}
       */
      state: 'usable' | 'used_up' | 'expired'
      /** Token */
      token: string
      /** Uses */
      uses: number
      /** Usesleft */
      usesLeft: number
    }
    /**
     * ObstacleOut
     * @description One thing that speaks against giving an agent a session.
     */
    ObstacleOut: {
      /** Code */
      code: string
      /** Message */
      message: string
      /** Params */
      params?: {
        [key: string]: string | number
      } | null
    }
    /**
     * OrgRole
     * @description Roles inside one organisation.
     * @enum {string}
     */
    OrgRole: 'viewer' | 'user' | 'maintainer' | 'org_admin'
    /**
     * OrganizationIn
     * @description A new organisation, perhaps with its first administrator.
     */
    OrganizationIn: {
      admin?: components['schemas']['FirstAdmin'] | null
      /**
       * Description
       * @default
       */
      description?: string
      /** Displayname */
      displayName: string
      /** K8Snamespace */
      k8sNamespace?: string | null
      /** Name */
      name: string
    }
    /**
     * OrganizationList
     * @description A page of organisations.
     */
    OrganizationList: {
      /** Nextcursor */
      nextCursor?: string | null
      /** Organizations */
      organizations: components['schemas']['OrganizationOut'][]
      /** Total */
      total: number
    }
    /**
     * OrganizationOut
     * @description An organisation as the API shows it.
     */
    OrganizationOut: {
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Deletedat */
      deletedAt?: string | null
      /** Description */
      description: string
      /** Displayname */
      displayName: string
      /** Guestlinks */
      guestLinks: boolean
      /** Id */
      id: string
      /** K8Snamespace */
      k8sNamespace: string
      /** Membercount */
      memberCount: number
      /** Name */
      name: string
      /** Purgeat */
      purgeAt?: string | null
      /** Requiremfa */
      requireMfa: boolean
      /**
       * Status
       * @enum {string}
       */
      status: 'active' | 'suspended' | 'deleted'
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
    }
    /**
     * OrganizationPatch
     * @description What to change; a field left out stays.
     */
    OrganizationPatch: {
      /** Description */
      description?: string | null
      /** Displayname */
      displayName?: string | null
      /** Guestlinks */
      guestLinks?: boolean | null
      /** K8Snamespace */
      k8sNamespace?: string | null
      /** Requiremfa */
      requireMfa?: boolean | null
      /** Status */
      status?: ('active' | 'suspended' | 'deleted') | null
    }
    /**
     * OverrideOut
     * @description Where a version differs from its parent.
     */
    OverrideOut: {
      /** Parentvalue */
      parentValue?: unknown
      /** Path */
      path: string
      /** Value */
      value?: unknown
    }
    /**
     * PackagesIn
     * @description Which template's packages to install.
     */
    PackagesIn: {
      /** Template */
      template: string
    }
    /**
     * ParentOut
     * @description What a version was made from.
     */
    ParentOut: {
      /** Id */
      id: string
      /** Template */
      template: string
      /** Version */
      version: string
    }
    /**
     * PasskeyOptionsIn
     * @description How the person calls the new passkey. The password is needed when the sign-in is older than 15 minutes.
     */
    PasskeyOptionsIn: {
      /**
       * Name
       * @default
       */
      name?: string
      /** Password */
      password?: string | null
    }
    /**
     * PasskeyOptionsOut
     * @description `options` goes to the browser's navigator.credentials, `token` comes back with its answer.
     */
    PasskeyOptionsOut: {
      /** Options */
      options: {
        [key: string]: unknown
      }
      /** Token */
      token: string
    }
    /**
     * PasskeyOut
     * @description The new passkey; with backup codes, shown this once, if it is the first second factor.
     */
    PasskeyOut: {
      /** Backupcodes */
      backupCodes?: string[] | null
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Id */
      id: string
      /** Lastusedat */
      lastUsedAt?: string | null
      /** Name */
      name: string
      /**
       * Type
       * @enum {string}
       */
      type: 'totp' | 'webauthn'
    }
    /**
     * PasswordChange
     * @description The old password and the new one.
     */
    PasswordChange: {
      /** Currentpassword */
      currentPassword: string
      /** Newpassword */
      newPassword: string
    }
    /**
     * PasswordIn
     * @description A new password.
     */
    PasswordIn: {
      /** Password */
      password: string
    }
    /**
     * PermissionsOut
     * @description What the caller may do: action → own, org or all.
     */
    PermissionsOut: {
      /** Keyscopes */
      keyScopes?: string[] | null
      /** Orgid */
      orgId: string
      orgRole: components['schemas']['OrgRole']
      /** Permissions */
      permissions: {
        [key: string]: string
      }
      role: components['schemas']['Role']
    }
    /**
     * PersonDetailOut
     * @description One person, with the organisations they belong to, as far as the caller sees the people there.
     */
    PersonDetailOut: {
      /** Active */
      active: boolean
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Email */
      email: string
      /** Fullname */
      fullName: string
      /** Groups */
      groups?: string[]
      /** Id */
      id: string
      /** Lastlogin */
      lastLogin?: string | null
      /**
       * Locked
       * @default false
       */
      locked?: boolean
      /** Orgid */
      orgId: string
      orgRole: components['schemas']['OrgRole']
      /** Organizations */
      organizations: components['schemas']['BelongingOut'][]
      /**
       * Provider
       * @enum {string}
       */
      provider: 'local' | 'saml' | 'oidc'
      quota?: components['schemas']['QuotaOut'] | null
      role: components['schemas']['Role']
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
      /** Username */
      username: string
    }
    /**
     * PersonIn
     * @description A new person. Local people need a password; others sign in elsewhere.
     */
    PersonIn: {
      /**
       * Email
       * Format: email
       */
      email: string
      /** Fullname */
      fullName: string
      /** Groups */
      groups?: string[]
      /** @default user */
      orgRole?: components['schemas']['OrgRole']
      /** Password */
      password?: string | null
      /**
       * Provider
       * @default local
       * @enum {string}
       */
      provider?: 'local' | 'saml' | 'oidc'
      /** @default user */
      role?: components['schemas']['Role']
      /** Username */
      username: string
    }
    /**
     * PersonList
     * @description A page of people.
     */
    PersonList: {
      /** Nextcursor */
      nextCursor?: string | null
      /** Total */
      total: number
      /** Users */
      users: components['schemas']['PersonOut'][]
    }
    /**
     * PersonOut
     * @description A person with what belongs to them.
     */
    PersonOut: {
      /** Active */
      active: boolean
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Email */
      email: string
      /** Fullname */
      fullName: string
      /** Groups */
      groups?: string[]
      /** Id */
      id: string
      /** Lastlogin */
      lastLogin?: string | null
      /**
       * Locked
       * @default false
       */
      locked?: boolean
      /** Orgid */
      orgId: string
      orgRole: components['schemas']['OrgRole']
      /**
       * Provider
       * @enum {string}
       */
      provider: 'local' | 'saml' | 'oidc'
      quota?: components['schemas']['QuotaOut'] | null
      role: components['schemas']['Role']
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
      /** Username */
      username: string
    }
    /**
     * PersonPatch
     * @description What to change; a field left out stays.
     */
    PersonPatch: {
      /** Active */
      active?: boolean | null
      /** Email */
      email?: string | null
      /** Fullname */
      fullName?: string | null
      orgRole?: components['schemas']['OrgRole'] | null
      role?: components['schemas']['Role'] | null
    }
    /**
     * Place
     * @description A region, and labels that an agent must all have.
     */
    Place: {
      /** Labels */
      labels?: {
        [key: string]: string
      }
      /** Region */
      region?: string | null
      /**
       * Regionrequired
       * @default true
       */
      regionRequired?: boolean
    }
    /**
     * PlaceOut
     * @description One of one's own organisations.
     */
    PlaceOut: {
      /** Current */
      current: boolean
      /** Displayname */
      displayName: string
      /** Id */
      id: string
      /** Name */
      name: string
      orgRole: components['schemas']['OrgRole']
    }
    /**
     * PlacementOut
     * @description Why a session runs where it does, as it was decided, and where it must run by its template and its person.
     */
    PlacementOut: {
      /** Agentid */
      agentId: string
      /** Agents */
      agents: components['schemas']['streamspace__server__sessions__schemas__VerdictOut'][]
      /** Attempts */
      attempts: components['schemas']['AttemptOut'][]
      /** Sessionid */
      sessionId: string
      /** Strategy */
      strategy?: string | null
      wanted: components['schemas']['Place']
    }
    /**
     * PlacesOut
     * @description The regions and labels of the agents that come into question, for who wants a session in a certain place.
     */
    PlacesOut: {
      /** Labels */
      labels: {
        [key: string]: string[]
      }
      /** Regions */
      regions: string[]
    }
    /**
     * PolicyIn
     * @description All that is said from now on: what is left out or null is left to others. An unknown field is refused.
     */
    PolicyIn: {
      /** Clipboard */
      clipboard?: ('both' | 'in' | 'out' | 'off') | null
      /** Download */
      download?: boolean | null
      /** Maxuploadbytes */
      maxUploadBytes?: number | null
      /** Microphone */
      microphone?: boolean | null
      /** Printing */
      printing?: boolean | null
      /** Upload */
      upload?: boolean | null
      /** Watermark */
      watermark?: boolean | null
    }
    /**
     * PolicyOut
     * @description What somebody says; null is left to others. `effective` is what holds with what stands above them.
     */
    PolicyOut: {
      /** Clipboard */
      clipboard?: ('both' | 'in' | 'out' | 'off') | null
      /** Download */
      download?: boolean | null
      effective: components['schemas']['EffectivePolicyOut']
      /** Maxuploadbytes */
      maxUploadBytes?: number | null
      /** Microphone */
      microphone?: boolean | null
      /** Printing */
      printing?: boolean | null
      /** Updatedat */
      updatedAt?: string | null
      /** Upload */
      upload?: boolean | null
      /** Watermark */
      watermark?: boolean | null
    }
    /**
     * PoolIn
     * @description Which application is to wait, for whom, and how many times.
     */
    PoolIn: {
      /** Agentid */
      agentId?: string | null
      /**
       * Maxageseconds
       * @default 3600
       */
      maxAgeSeconds?: number
      /** Orgid */
      orgId?: string | null
      resources?: components['schemas']['PoolResourcesIn']
      /** Size */
      size: number
      /** Template */
      template: string
    }
    /**
     * PoolList
     * @description The pools you may see.
     */
    PoolList: {
      /** Pools */
      pools: components['schemas']['PoolOut'][]
      /** Total */
      total: number
    }
    /**
     * PoolObstacle
     * @description What speaks against one agent.
     */
    PoolObstacle: {
      /** Agentid */
      agentId: string
      /** Code */
      code: string
      /** Message */
      message: string
      /** Packages */
      packages?: string[] | null
      /** Params */
      params?: {
        [key: string]: string | number
      } | null
    }
    /**
     * PoolOut
     * @description A pool, and how full it is.
     */
    PoolOut: {
      /** Agentid */
      agentId: string | null
      /** Claimed24H */
      claimed24h: number
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Id */
      id: string
      /** Maxageseconds */
      maxAgeSeconds: number
      /** Memorybytes */
      memoryBytes: number | null
      /** Message */
      message: string | null
      /** Missed24H */
      missed24h: number
      /** Orgid */
      orgId: string | null
      problem: components['schemas']['PoolProblem'] | null
      /** Ready */
      ready: number
      resources: components['schemas']['PoolResources']
      /** Size */
      size: number
      /** Starting */
      starting: number
      /** Template */
      template: string
    }
    /**
     * PoolPatch
     * @description What to change; what is left out stays. A size of 0 ends all that wait.
     */
    PoolPatch: {
      /** Maxageseconds */
      maxAgeSeconds?: number | null
      /** Size */
      size?: number | null
    }
    /**
     * PoolProblem
     * @description What keeps a pool from being full; the message says the same in English.
     */
    PoolProblem: {
      /** Agentid */
      agentId?: string | null
      /** Agents */
      agents?: components['schemas']['PoolObstacle'][]
      /**
       * Code
       * @enum {string}
       */
      code: 'template_gone' | 'agent_missing' | 'no_agent' | 'no_room' | 'timeout' | 'failed'
      /** Message */
      message: string
    }
    /**
     * PoolResources
     * @description What each session is given.
     */
    PoolResources: {
      /** Cpu */
      cpu: string
      /** Memory */
      memory: string
    }
    /**
     * PoolResourcesIn
     * @description What each session is given; what is left out is the template's, as for a start that asks for nothing.
     */
    PoolResourcesIn: {
      /** Cpu */
      cpu?: string | null
      /** Memory */
      memory?: string | null
    }
    /**
     * PresetList
     * @description Common providers.
     */
    PresetList: {
      /** Presets */
      presets: components['schemas']['PresetOut'][]
    }
    /**
     * PresetOut
     * @description What is known of a common provider.
     */
    PresetOut: {
      /** Displayname */
      displayName: string
      /** Groupsclaim */
      groupsClaim: string
      /** Hint */
      hint: string
      /** Issuer */
      issuer: string
      /** Kinds */
      kinds: ('oidc' | 'saml')[]
      /** Metadataurl */
      metadataUrl: string
      /** Name */
      name: string
      /** Public */
      public: boolean
      /** Scopes */
      scopes: string[]
    }
    /**
     * PreviewOut
     * @description What would become of a session if it were created now. Nothing is.
     */
    PreviewOut: {
      /** Agentid */
      agentId?: string | null
      /** Agents */
      agents: components['schemas']['streamspace__server__sessions__schemas__VerdictOut'][]
      /** Message */
      message: string
      places: components['schemas']['PlacesOut']
      /** Possible */
      possible: boolean
      /** Queueposition */
      queuePosition?: number | null
      quota: components['schemas']['QuotaCheckOut']
      /** Reasons */
      reasons: components['schemas']['streamspace__server__sessions__schemas__ReasonOut'][]
      /** Strategy */
      strategy: string
      /**
       * Waitinghelps
       * @default false
       */
      waitingHelps?: boolean
      wanted?: components['schemas']['Place']
      /** When */
      when?: string | null
    }
    /**
     * ProblemOut
     * @description The body of every error.
     */
    ProblemOut: {
      /** Details */
      details?: unknown
      /** Error */
      error: string
      /** Message */
      message: string
      /** Requestid */
      requestId?: string | null
    }
    /**
     * ProfileOut
     * @description Oneself, with what one may do: action → own, org or all.
     */
    ProfileOut: {
      /** Active */
      active: boolean
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Email */
      email: string
      /** Fullname */
      fullName: string
      /** Groups */
      groups?: string[]
      /** Id */
      id: string
      /** Lastlogin */
      lastLogin?: string | null
      /**
       * Locked
       * @default false
       */
      locked?: boolean
      /** Mfa */
      mfa: boolean
      /** Orgid */
      orgId: string
      orgRole: components['schemas']['OrgRole']
      organization: components['schemas']['HereOut']
      /** Organizations */
      organizations: components['schemas']['PlaceOut'][]
      /** Passwordgenerated */
      passwordGenerated: boolean
      /** Permissions */
      permissions: {
        [key: string]: string
      }
      /**
       * Provider
       * @enum {string}
       */
      provider: 'local' | 'saml' | 'oidc'
      quota?: components['schemas']['QuotaOut'] | null
      role: components['schemas']['Role']
      /** Setuprequired */
      setupRequired: boolean
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
      /** Username */
      username: string
    }
    /**
     * ProfilePatch
     * @description What somebody changes about themselves.
     */
    ProfilePatch: {
      /** Email */
      email?: string | null
      /** Fullname */
      fullName?: string | null
    }
    /**
     * ProgressOut
     * @description One step of a start.
     */
    ProgressOut: {
      /**
       * At
       * Format: date-time
       */
      at: string
      /** Message */
      message?: string | null
      /** Phase */
      phase: string
    }
    /**
     * ProofIn
     * @description The person's password, given again; none for people who sign in elsewhere.
     */
    ProofIn: {
      /** Password */
      password?: string | null
    }
    /**
     * ProviderIn
     * @description A new provider. For OpenID Connect its issuer and client; for SAML its metadata, as address or as text.
     */
    ProviderIn: {
      /** Allowunsolicited */
      allowUnsolicited?: boolean | null
      /** Alloweddomains */
      allowedDomains?: string[] | null
      /** Allowedgroups */
      allowedGroups?: string[] | null
      /** Clientid */
      clientId?: string | null
      /** Clientsecret */
      clientSecret?: string | null
      /** Defaultorgrole */
      defaultOrgRole?: ('viewer' | 'user' | 'maintainer') | null
      /** Displayname */
      displayName?: string | null
      /** Emailattribute */
      emailAttribute?: string | null
      /** Enabled */
      enabled?: boolean | null
      /** Grouprules */
      groupRules?: components['schemas']['GroupRuleIO'][] | null
      /** Groupsattribute */
      groupsAttribute?: string | null
      /** Groupsclaim */
      groupsClaim?: string | null
      /** Issuer */
      issuer?: string | null
      /** Jit */
      jit?: boolean | null
      /**
       * Kind
       * @enum {string}
       */
      kind: 'oidc' | 'saml'
      /** Listed */
      listed?: boolean | null
      /** Metadataurl */
      metadataUrl?: string | null
      /** Metadataxml */
      metadataXml?: string | null
      /** Name */
      name: string
      /** Nameattribute */
      nameAttribute?: string | null
      /** Orgid */
      orgId?: string | null
      /**
       * Preset
       * @default generic
       * @enum {string}
       */
      preset?:
        'google' | 'github' | 'entra' | 'okta' | 'keycloak' | 'authentik' | 'gitlab' | 'auth0' | 'generic'
      /** Recheckminutes */
      recheckMinutes?: number | null
      /** Scopes */
      scopes?: string[] | null
      /** Sessionhours */
      sessionHours?: number | null
      /** Subjectattribute */
      subjectAttribute?: string | null
      /** Trustemail */
      trustEmail?: boolean | null
      /** Trustmfa */
      trustMfa?: boolean | null
      /** Usernameattribute */
      usernameAttribute?: string | null
      /** Usernameclaim */
      usernameClaim?: string | null
      /** Wantresponsesigned */
      wantResponseSigned?: boolean | null
    }
    /**
     * ProviderList
     * @description Providers the caller may manage.
     */
    ProviderList: {
      /** Providers */
      providers: components['schemas']['ProviderOut'][]
      /** Total */
      total: number
    }
    /**
     * ProviderOut
     * @description A provider, with the addresses it must be told. Secrets are never shown.
     */
    ProviderOut: {
      /** Addresses */
      addresses: {
        [key: string]: string
      }
      /** Alloweddomains */
      allowedDomains: string[]
      /** Allowedgroups */
      allowedGroups: string[]
      /** Config */
      config: {
        [key: string]: unknown
      }
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      defaultOrgRole: components['schemas']['OrgRole']
      /** Displayname */
      displayName: string
      /** Enabled */
      enabled: boolean
      /** Grouprules */
      groupRules: components['schemas']['GroupRuleIO'][]
      /** Hassecret */
      hasSecret: boolean
      /** Id */
      id: string
      /** Jit */
      jit: boolean
      /**
       * Kind
       * @enum {string}
       */
      kind: 'oidc' | 'saml'
      /** Listed */
      listed: boolean
      /** Loginurl */
      loginUrl: string
      /**
       * Managedby
       * @enum {string}
       */
      managedBy: 'platform' | 'org'
      /** Name */
      name: string
      /** Orgid */
      orgId: string
      /** People */
      people: number
      /** Preset */
      preset: string
      /** Recheckminutes */
      recheckMinutes: number
      /** Sessionhours */
      sessionHours: number
      /** Trustemail */
      trustEmail: boolean
      /** Trustmfa */
      trustMfa: boolean
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
    }
    /**
     * ProviderPatch
     * @description What shall change; name, kind and organisation do not.
     */
    ProviderPatch: {
      /** Allowunsolicited */
      allowUnsolicited?: boolean | null
      /** Alloweddomains */
      allowedDomains?: string[] | null
      /** Allowedgroups */
      allowedGroups?: string[] | null
      /** Clientid */
      clientId?: string | null
      /** Clientsecret */
      clientSecret?: string | null
      /** Defaultorgrole */
      defaultOrgRole?: ('viewer' | 'user' | 'maintainer') | null
      /** Displayname */
      displayName?: string | null
      /** Emailattribute */
      emailAttribute?: string | null
      /** Enabled */
      enabled?: boolean | null
      /** Grouprules */
      groupRules?: components['schemas']['GroupRuleIO'][] | null
      /** Groupsattribute */
      groupsAttribute?: string | null
      /** Groupsclaim */
      groupsClaim?: string | null
      /** Issuer */
      issuer?: string | null
      /** Jit */
      jit?: boolean | null
      /** Listed */
      listed?: boolean | null
      /** Metadataurl */
      metadataUrl?: string | null
      /** Metadataxml */
      metadataXml?: string | null
      /** Nameattribute */
      nameAttribute?: string | null
      /** Recheckminutes */
      recheckMinutes?: number | null
      /** Scopes */
      scopes?: string[] | null
      /** Sessionhours */
      sessionHours?: number | null
      /** Subjectattribute */
      subjectAttribute?: string | null
      /** Trustemail */
      trustEmail?: boolean | null
      /** Trustmfa */
      trustMfa?: boolean | null
      /** Usernameattribute */
      usernameAttribute?: string | null
      /** Usernameclaim */
      usernameClaim?: string | null
      /** Wantresponsesigned */
      wantResponseSigned?: boolean | null
    }
    /**
     * ProviderTestOut
     * @description What asking the provider showed.
     */
    ProviderTestOut: {
      /** Checks */
      checks: components['schemas']['Check'][]
      /** Ok */
      ok: boolean
    }
    /**
     * PublicProvider
     * @description A way to sign in.
     */
    PublicProvider: {
      /** Displayname */
      displayName: string
      /** Id */
      id: string
      /**
       * Kind
       * @enum {string}
       */
      kind: 'oidc' | 'saml'
      /** Loginurl */
      loginUrl: string
      /** Name */
      name: string
      /** Preset */
      preset: string
    }
    /**
     * QuotaCheckOut
     * @description Whether a session would fit the limits; the details say which it would pass, and whose.
     */
    QuotaCheckOut: {
      /** Details */
      details?: {
        [key: string]: unknown
      } | null
      /** Message */
      message?: string | null
      /** Ok */
      ok: boolean
    }
    /**
     * QuotaIn
     * @description Limits to set: a field left out stays, null removes it.
     */
    QuotaIn: {
      /**
       * Maxcpu
       * @example 4000m
       */
      maxCpu?: string | null
      /**
       * Maxmemory
       * @example 8Gi
       */
      maxMemory?: string | null
      /** Maxsessions */
      maxSessions?: number | null
      /**
       * Maxstorage
       * @example 50Gi
       */
      maxStorage?: string | null
    }
    /**
     * QuotaList
     * @description A page of people's limits and use.
     */
    QuotaList: {
      /** Nextcursor */
      nextCursor?: string | null
      /** Quotas */
      quotas: components['schemas']['QuotaOut'][]
      /** Total */
      total: number
    }
    /**
     * QuotaOut
     * @description Limits and what is used of them; a limit of null is none of its own.
     */
    QuotaOut: {
      /** Createdat */
      createdAt?: string | null
      /** Groupid */
      groupId?: string | null
      /**
       * Inherited
       * @default false
       */
      inherited?: boolean
      /** Maxcpu */
      maxCpu?: string | null
      /** Maxmemory */
      maxMemory?: string | null
      /** Maxsessions */
      maxSessions?: number | null
      /** Maxstorage */
      maxStorage?: string | null
      /** Name */
      name?: string | null
      /** Orgid */
      orgId?: string | null
      /** Updatedat */
      updatedAt?: string | null
      /**
       * Usedcpu
       * @default 0m
       */
      usedCpu?: string
      /**
       * Usedmemory
       * @default 0
       */
      usedMemory?: string
      /**
       * Usedsessions
       * @default 0
       */
      usedSessions?: number
      /** Usedstorage */
      usedStorage?: string | null
      /** Userid */
      userId?: string | null
      /** Username */
      username?: string | null
    }
    /**
     * RatingIn
     * @description What you think of it: one to five stars, and a few words if you like.
     */
    RatingIn: {
      /** Rating */
      rating: number
      /**
       * Review
       * @default
       */
      review?: string
    }
    /**
     * RatingList
     * @description What your organisation's people think, newest first; average and count are the whole installation's.
     */
    RatingList: {
      /** Average */
      average?: number | null
      /** Count */
      count: number
      mine?: components['schemas']['RatingOut'] | null
      /** Nextcursor */
      nextCursor?: string | null
      /** Ratings */
      ratings: components['schemas']['RatingOut'][]
      /** Total */
      total: number
    }
    /**
     * RatingOut
     * @description What one person thinks of it.
     */
    RatingOut: {
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Fullname */
      fullName: string
      /** Id */
      id: string
      /** Rating */
      rating: number
      /** Review */
      review: string
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
      /** Userid */
      userId: string
      /** Username */
      username: string
    }
    /**
     * RedeemIn
     * @description What the link carries.
     */
    RedeemIn: {
      /** Token */
      token: string
    }
    /**
     * RedeemedOut
     * @description What a link led to; your own session for its owner, who needs no link.
     */
    RedeemedOut: {
      session: components['schemas']['SharedSessionOut']
    }
    /**
     * RefreshIn
     * @description The refresh token; a browser leaves it out and sends its cookie.
     */
    RefreshIn: {
      /** Refreshtoken */
      refreshToken?: string | null
    }
    /**
     * Registration
     * @description `POST /api/v1/agents/register`.
     */
    Registration: {
      /** Agentid */
      agentId: string
      capacity?: components['schemas']['Capacity'] | null
      /** Labels */
      labels?: {
        [key: string]: string
      } | null
      /** Metadata */
      metadata?: {
        [key: string]: unknown
      } | null
      /**
       * Platform
       * @enum {string}
       */
      platform: 'kubernetes' | 'docker' | 'vm' | 'cloud' | 'process'
      /** Region */
      region?: string | null
    }
    /**
     * RemovedOut
     * @description What went with a repository.
     */
    RemovedOut: {
      /** Message */
      message: string
      /** Templatecount */
      templateCount: number
      /** Templates */
      templates: string[]
    }
    /**
     * RepositoryIn
     * @description Where templates are, and how to get there.
     */
    RepositoryIn: {
      /**
       * Authpassphrase
       * @default
       */
      authPassphrase?: string
      /** Authsecret */
      authSecret?: string | null
      /**
       * Authtype
       * @default none
       * @enum {string}
       */
      authType?: 'none' | 'token' | 'basic' | 'ssh'
      /**
       * Authusername
       * @default
       */
      authUsername?: string
      /**
       * Branch
       * @default main
       */
      branch?: string
      /**
       * Description
       * @default
       */
      description?: string
      /**
       * Enabled
       * @default true
       */
      enabled?: boolean
      /** Hostkey */
      hostKey?: string | null
      /**
       * Intervalseconds
       * @default 3600
       */
      intervalSeconds?: number
      /**
       * Kind
       * @default template
       * @constant
       */
      kind?: 'template'
      /** Name */
      name: string
      /** Orgid */
      orgId?: string | null
      /**
       * Path
       * @default
       */
      path?: string
      /**
       * Review
       * @default false
       */
      review?: boolean
      /**
       * Type
       * @default git
       * @enum {string}
       */
      type?: 'git' | 'http'
      /** Url */
      url: string
    }
    /**
     * RepositoryList
     * @description The repositories you may see.
     */
    RepositoryList: {
      /** Repositories */
      repositories: components['schemas']['RepositoryOut'][]
      /** Total */
      total: number
    }
    /**
     * RepositoryOut
     * @description A repository; its secrets are never shown.
     */
    RepositoryOut: {
      /** Authtype */
      authType: string
      /** Awaitingreview */
      awaitingReview: number | null
      /** Branch */
      branch: string
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Description */
      description: string
      /** Enabled */
      enabled: boolean
      /** Errormessage */
      errorMessage: string | null
      /** Hostkey */
      hostKey: string | null
      /** Hostkeyfingerprint */
      hostKeyFingerprint: string | null
      /** Id */
      id: number
      /** Intervalseconds */
      intervalSeconds: number
      /** Kind */
      kind: string
      /** Lastcommit */
      lastCommit: string | null
      /** Lastsync */
      lastSync: string | null
      /** Name */
      name: string
      /** Nextsync */
      nextSync: string | null
      /** Orgid */
      orgId: string | null
      /** Path */
      path: string
      /** Review */
      review: boolean
      /** Status */
      status: string
      /** Templatecount */
      templateCount: number
      /** Type */
      type: string
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
      /** Url */
      url: string
      /** Webhook */
      webhook: boolean
    }
    /**
     * RepositoryPatch
     * @description What to change; what is left out stays.
     */
    RepositoryPatch: {
      /**
       * Authpassphrase
       * @default
       */
      authPassphrase?: string
      /** Authsecret */
      authSecret?: string | null
      /** Authtype */
      authType?: ('none' | 'token' | 'basic' | 'ssh') | null
      /**
       * Authusername
       * @default
       */
      authUsername?: string
      /** Branch */
      branch?: string | null
      /** Description */
      description?: string | null
      /** Enabled */
      enabled?: boolean | null
      /** Hostkey */
      hostKey?: string | null
      /** Intervalseconds */
      intervalSeconds?: number | null
      /** Name */
      name?: string | null
      /** Path */
      path?: string | null
      /** Review */
      review?: boolean | null
      /** Url */
      url?: string | null
    }
    /**
     * ReservedOut
     * @description What is promised to sessions, used or not.
     */
    ReservedOut: {
      /** Cpumillicores */
      cpuMillicores: number
      /** Memorybytes */
      memoryBytes: number
      /** Sessions */
      sessions: number
    }
    /**
     * ResourcesIn
     * @description Kubernetes quantities.
     */
    ResourcesIn: {
      /**
       * Cpu
       * @example 1000m
       */
      cpu?: string | null
      /**
       * Memory
       * @example 2Gi
       */
      memory?: string | null
    }
    /**
     * ResourcesOut
     * @description Kubernetes quantities.
     */
    ResourcesOut: {
      /** Cpu */
      cpu: string
      /** Memory */
      memory: string
    }
    /**
     * Role
     * @description System-wide roles.
     * @enum {string}
     */
    Role: 'user' | 'operator' | 'admin'
    /**
     * ScopeList
     * @description All scopes a key can have.
     */
    ScopeList: {
      /** Scopes */
      scopes: components['schemas']['ScopeOut'][]
    }
    /**
     * ScopeOut
     * @description A scope and what it lets through.
     */
    ScopeOut: {
      /** Actions */
      actions: string[]
      /** Name */
      name: string
    }
    /**
     * SessionIn
     * @description What to start. `user` is for those who may start sessions for others.
     */
    SessionIn: {
      /** Environment */
      environment?: {
        [key: string]: string
      }
      /**
       * Idletimeout
       * @example 30m
       */
      idleTimeout?: string | null
      /**
       * Maxsessionduration
       * @example 8h
       */
      maxSessionDuration?: string | null
      /** Parameters */
      parameters?: {
        [key: string]: boolean | number | string | null
      }
      /**
       * Persistenthome
       * @default true
       */
      persistentHome?: boolean
      placement?: components['schemas']['Place'] | null
      resources?: components['schemas']['ResourcesIn']
      /** Tags */
      tags?: string[]
      /**
       * Template
       * @example terminal
       */
      template: string
      /** Templateversion */
      templateVersion?: string | null
      /** User */
      user?: string | null
    }
    /**
     * SessionList
     * @description A list of sessions; `next_cursor` goes on where it ends.
     */
    SessionList: {
      /** Nextcursor */
      nextCursor?: string | null
      /** Sessions */
      sessions: components['schemas']['SessionOut'][]
      /** Tags */
      tags?: string[] | null
      /** Total */
      total: number
    }
    /**
     * SessionOut
     * @description A session as the API shows it.
     */
    SessionOut: {
      /** Activeconnections */
      activeConnections: number
      /** Agentid */
      agentId: string
      /** Attempts */
      attempts: components['schemas']['AttemptOut'][]
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Environment */
      environment: {
        [key: string]: unknown
      }
      /** Icon */
      icon: string
      /** Id */
      id: string
      /** Idletimeout */
      idleTimeout?: string | null
      /** Idlewarning */
      idleWarning?: string | null
      /** Maxsessionduration */
      maxSessionDuration?: string | null
      /** Name */
      name: string
      /** Namespace */
      namespace: string
      /** Orgid */
      orgId: string
      /** Parameters */
      parameters?: {
        [key: string]: unknown
      } | null
      /** Persistenthome */
      persistentHome: boolean
      placement?: components['schemas']['Place'] | null
      /** Platform */
      platform: string
      /** Progress */
      progress: components['schemas']['ProgressOut'][]
      /** Queueposition */
      queuePosition?: number | null
      reason?: components['schemas']['FailureOut'] | null
      resources: components['schemas']['ResourcesOut']
      /** Retryat */
      retryAt?: string | null
      /** Startedat */
      startedAt?: string | null
      state: components['schemas']['State']
      status: components['schemas']['StatusOut']
      /** Streamingpath */
      streamingPath: string
      /** Streamingport */
      streamingPort: number
      /** Streamingprotocol */
      streamingProtocol: string
      /** Tags */
      tags: string[]
      /** Template */
      template: string
      /** Templatedisplayname */
      templateDisplayName: string
      /** Templateversion */
      templateVersion?: string | null
      /** Terminatedat */
      terminatedAt?: string | null
      /** Terminationreason */
      terminationReason?: string | null
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
      /** User */
      user: string
      /** Userid */
      userId: string
    }
    /**
     * SessionPatch
     * @description What to change. A state does what the verb of that name does.
     */
    SessionPatch: {
      resources?: components['schemas']['ResourcesIn'] | null
      /** State */
      state?: ('running' | 'hibernated' | 'terminated') | null
      /** Tags */
      tags?: string[] | null
    }
    /**
     * SetupIn
     * @description What the first administrator chooses.
     */
    SetupIn: {
      /**
       * Email
       * Format: email
       */
      email: string
      /** Organizationname */
      organizationName?: string | null
      /** Password */
      password: string
      /** Passwordconfirm */
      passwordConfirm: string
    }
    /**
     * SetupStatus
     * @description Whether the first administrator has yet to choose a password.
     */
    SetupStatus: {
      /** Adminexists */
      adminExists: boolean
      /** Haspassword */
      hasPassword: boolean
      /** Message */
      message: string
      /** Setuprequired */
      setupRequired: boolean
    }
    /**
     * ShareIn
     * @description Whom to let in, how far and for how long: 24 hours unless said otherwise, 30 days at most.
     */
    ShareIn: {
      /** Expiresat */
      expiresAt?: string | null
      /**
       * Expiresin
       * @example 24h
       */
      expiresIn?: string | null
      /**
       * Kind
       * @default user
       * @enum {string}
       */
      kind?: 'user' | 'link'
      /** Maxuses */
      maxUses?: number | null
      /**
       * Permission
       * @default view
       * @enum {string}
       */
      permission?: 'view' | 'control'
      /** Userid */
      userId?: string | null
      /** Username */
      username?: string | null
    }
    /**
     * ShareList
     * @description A session's shares, newest first.
     */
    ShareList: {
      /** Shares */
      shares: components['schemas']['ShareOut'][]
      /** Total */
      total: number
    }
    /**
     * ShareOut
     * @description A share as the API shows it: all but a link's token.
     */
    ShareOut: {
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Createdby */
      createdBy: string
      /**
       * Expiresat
       * Format: date-time
       */
      expiresAt: string
      /** Id */
      id: string
      /**
       * Kind
       * @enum {string}
       */
      kind: 'user' | 'link'
      /** Maxuses */
      maxUses?: number | null
      /**
       * Permission
       * @enum {string}
       */
      permission: 'view' | 'control'
      /** Revokedat */
      revokedAt?: string | null
      /** Sessionid */
      sessionId: string
      /**
       * State
       * @enum {string}
       */
      state: 'active' | 'used_up' | 'expired' | 'revoked'
      /** Userid */
      userId?: string | null
      /** Username */
      username?: string | null
      /** Uses */
      uses: number
    }
    /**
     * SharedSessionList
     * @description The sessions that are shared with you, the newest first.
     */
    SharedSessionList: {
      /** Sessions */
      sessions: components['schemas']['SharedSessionOut'][]
      /** Total */
      total: number
    }
    /**
     * SharedSessionOut
     * @description Somebody else's session that you may take part in: what you need to, and no more.
     */
    SharedSessionOut: {
      /** Activeconnections */
      activeConnections: number
      /**
       * Expiresat
       * Format: date-time
       */
      expiresAt: string
      /** Icon */
      icon: string
      /** Id */
      id: string
      /** Owner */
      owner: string
      /**
       * Permission
       * @enum {string}
       */
      permission: 'view' | 'control'
      /** Shareid */
      shareId: string
      state: components['schemas']['State']
      /** Streamingprotocol */
      streamingProtocol: string
      /** Template */
      template: string
      /** Templatedisplayname */
      templateDisplayName: string
    }
    /**
     * SignInWays
     * @description What the sign-in page offers.
     */
    SignInWays: {
      /** Locallogin */
      localLogin: boolean
      /** Passkeys */
      passkeys: boolean
      /** Providers */
      providers: components['schemas']['PublicProvider'][]
    }
    /**
     * SourceOut
     * @description Whose policy restricts something.
     */
    SourceOut: {
      /** Id */
      id: string
      /**
       * Kind
       * @enum {string}
       */
      kind: 'organization' | 'group' | 'template'
      /** Name */
      name: string
    }
    /**
     * StandingOut
     * @description How an agent stands right now.
     */
    StandingOut: {
      /** Asleep */
      asleep: number
      /** Reasons */
      reasons: components['schemas']['ObstacleOut'][]
      reserved: components['schemas']['ReservedOut']
      starts: components['schemas']['StartsOut']
      /** Takessessions */
      takesSessions: boolean
    }
    /**
     * StartsOut
     * @description Starts and wakes: those the agent has begun, those that wait for their turn, and how many it gets at once.
     */
    StartsOut: {
      /** Atonce */
      atOnce: number
      /** Underway */
      underWay: number
      /** Waiting */
      waiting: number
    }
    /**
     * State
     * @description Where a session is in its life.
     * @enum {string}
     */
    State:
      | 'pending'
      | 'starting'
      | 'running'
      | 'hibernating'
      | 'hibernated'
      | 'waking'
      | 'terminating'
      | 'terminated'
      | 'failed'
    /**
     * StatisticsOut
     * @description How often a template was started, in your organisation unless you see all; days without starts are left out.
     */
    StatisticsOut: {
      /** Days */
      days: number
      /** Lastday */
      lastDay?: string | null
      /** Launches */
      launches: number
      /** Perday */
      perDay: components['schemas']['DayOut'][]
      /** Template */
      template: string
      /** Totallaunches */
      totalLaunches: number
      /** Users */
      users: number
    }
    /**
     * Status
     * @description What a version is.
     * @enum {string}
     */
    Status: 'draft' | 'published' | 'deprecated'
    /**
     * StatusOut
     * @description What to show of a session's state.
     */
    StatusOut: {
      /** Lastactivity */
      lastActivity?: string | null
      /** Message */
      message?: string | null
      /** Phase */
      phase: string
      /** Podname */
      podName?: string | null
      /** Url */
      url: string
    }
    /**
     * SwitchIn
     * @description The organisation to go on in.
     */
    SwitchIn: {
      /**
       * Cookie
       * @default false
       */
      cookie?: boolean
      /** Orgid */
      orgId: string
    }
    /**
     * SyncIn
     * @description How to sync.
     */
    SyncIn: {
      /**
       * Dryrun
       * @default false
       */
      dryRun?: boolean
      /**
       * Force
       * @default false
       */
      force?: boolean
    }
    /**
     * SyncList
     * @description The last syncs of a repository, the newest first.
     */
    SyncList: {
      /** Syncs */
      syncs: components['schemas']['SyncSummary'][]
      /** Total */
      total: number
    }
    /**
     * SyncOut
     * @description One sync, its log and what became of each file.
     */
    SyncOut: {
      /** Cause */
      cause: string
      /** Counts */
      counts: {
        [key: string]: number
      }
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Dryrun */
      dryRun: boolean
      /** Errormessage */
      errorMessage: string | null
      /** Files */
      files: components['schemas']['FileOut'][]
      /** Finishedat */
      finishedAt: string | null
      /** Log */
      log: components['schemas']['LogLine'][]
      /** Number */
      number: number
      /** Revision */
      revision: string | null
      /** Startedat */
      startedAt: string | null
      /** Status */
      status: string
    }
    /**
     * SyncStarted
     * @description A sync that was asked for; it goes on by itself.
     */
    SyncStarted: {
      /** Message */
      message: string
      /** Number */
      number: number
      /** Repositoryid */
      repositoryId: number
      /**
       * Status
       * @default syncing
       */
      status?: string
    }
    /**
     * SyncSummary
     * @description One sync.
     */
    SyncSummary: {
      /** Cause */
      cause: string
      /** Counts */
      counts: {
        [key: string]: number
      }
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Dryrun */
      dryRun: boolean
      /** Errormessage */
      errorMessage: string | null
      /** Finishedat */
      finishedAt: string | null
      /** Number */
      number: number
      /** Revision */
      revision: string | null
      /** Startedat */
      startedAt: string | null
      /** Status */
      status: string
    }
    /**
     * TagsIn
     * @description The whole new list of tags.
     */
    TagsIn: {
      /** Tags */
      tags: string[]
    }
    /**
     * TemplateDetail
     * @description A template with its manifest and what each agent says to it.
     */
    TemplateDetail: {
      /** Apptype */
      appType: string
      /** Asks */
      asks: boolean
      /** Availability */
      availability: components['schemas']['streamspace__server__templates__schemas__VerdictOut'][]
      /** Available */
      available: boolean
      /** Category */
      category: string
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      defaultResources: components['schemas']['DefaultResourcesOut']
      /** Description */
      description: string
      /** Displayname */
      displayName: string
      /** Favorited */
      favorited: boolean
      /** Featured */
      featured: boolean
      /** Findings */
      findings?: components['schemas']['streamspace__server__templates__schemas__FindingOut'][] | null
      /** Icon */
      icon?: string | null
      /** Id */
      id: string
      /** Manifest */
      manifest: {
        [key: string]: unknown
      }
      /** Name */
      name: string
      /** Orgid */
      orgId?: string | null
      /** Parameterschema */
      parameterSchema: {
        [key: string]: unknown
      }
      /** Popularity */
      popularity: number
      /** Rating */
      rating?: number | null
      /** Ratingcount */
      ratingCount: number
      /** Retired */
      retired?: boolean | null
      /** Revision */
      revision: number
      /** Source */
      source: string
      /** Streamingprotocol */
      streamingProtocol: string
      /** Tags */
      tags: string[]
      unavailableReason?: components['schemas']['streamspace__server__templates__schemas__ReasonOut'] | null
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
      /** Version */
      version: string
    }
    /**
     * TemplateList
     * @description A list of templates; `categories` counts all that you may launch, whatever was asked for.
     */
    TemplateList: {
      /** Categories */
      categories: {
        [key: string]: number
      }
      /** Corrected */
      corrected?: boolean | null
      /** Filters */
      filters: {
        [key: string]: unknown
      }
      /** Nextcursor */
      nextCursor?: string | null
      /** Tags */
      tags?: {
        [key: string]: number
      } | null
      /** Templates */
      templates: components['schemas']['TemplateOut'][]
      /** Total */
      total: number
    }
    /**
     * TemplateOut
     * @description A template as the launcher shows it.
     */
    TemplateOut: {
      /** Apptype */
      appType: string
      /** Asks */
      asks: boolean
      /** Available */
      available: boolean
      /** Category */
      category: string
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      defaultResources: components['schemas']['DefaultResourcesOut']
      /** Description */
      description: string
      /** Displayname */
      displayName: string
      /** Favorited */
      favorited: boolean
      /** Featured */
      featured: boolean
      /** Icon */
      icon?: string | null
      /** Id */
      id: string
      /** Name */
      name: string
      /** Orgid */
      orgId?: string | null
      /** Popularity */
      popularity: number
      /** Rating */
      rating?: number | null
      /** Ratingcount */
      ratingCount: number
      /** Retired */
      retired?: boolean | null
      /** Source */
      source: string
      /** Streamingprotocol */
      streamingProtocol: string
      /** Tags */
      tags: string[]
      unavailableReason?: components['schemas']['streamspace__server__templates__schemas__ReasonOut'] | null
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
      /** Version */
      version: string
    }
    /**
     * UsageOut
     * @description What a session uses at this moment.
     */
    UsageOut: {
      /** Cpucores */
      cpuCores: number
      /** Memorybytes */
      memoryBytes: number
      /** Processes */
      processes: number
      /** Sessionid */
      sessionId: string
    }
    /**
     * UsageSampleOut
     * @description What a machine used at one moment, what was promised on it, and how many sessions it ran.
     */
    UsageSampleOut: {
      /**
       * At
       * Format: date-time
       */
      at: string
      /** Cpupercent */
      cpuPercent?: number | null
      /** Diskfreebytes */
      diskFreeBytes?: number | null
      /** Memorytotalbytes */
      memoryTotalBytes?: number | null
      /** Memoryusedbytes */
      memoryUsedBytes?: number | null
      /** Reservedbytes */
      reservedBytes: number
      /** Reservedmillicores */
      reservedMillicores: number
      /** Reservedsessions */
      reservedSessions: number
      /** Sessions */
      sessions: number
    }
    /**
     * UserOut
     * @description A person as the API shows them.
     */
    UserOut: {
      /** Active */
      active: boolean
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Email */
      email: string
      /** Fullname */
      fullName: string
      /** Id */
      id: string
      /** Lastlogin */
      lastLogin?: string | null
      /** Orgid */
      orgId: string
      orgRole: components['schemas']['OrgRole']
      /**
       * Provider
       * @enum {string}
       */
      provider: 'local' | 'saml' | 'oidc'
      role: components['schemas']['Role']
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
      /** Username */
      username: string
    }
    /**
     * ValidationOut
     * @description What is to be said of a manifest; with an error it cannot be taken.
     */
    ValidationOut: {
      /** Findings */
      findings: components['schemas']['streamspace__server__templates__schemas__FindingOut'][]
      /** Name */
      name?: string | null
      /** Valid */
      valid: boolean
    }
    /**
     * VerifyOut
     * @description Whether the log is the one that was written. `gaps` are entries in which the server said that it is not.
     */
    VerifyOut: {
      /** Brokenat */
      brokenAt?: number | null
      /** Entries */
      entries: number
      /** Gaps */
      gaps?: number[]
      head: components['schemas']['HeadOut']
      /** Ok */
      ok: boolean
      /** Reason */
      reason?: string | null
    }
    /**
     * VersionDetail
     * @description A version with its manifest.
     */
    VersionDetail: {
      /** Automatic */
      automatic: boolean
      /** Changelog */
      changelog: string
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Createdby */
      createdBy?: string | null
      /** Deprecatedat */
      deprecatedAt?: string | null
      /** Id */
      id: string
      /** Isdefault */
      isDefault: boolean
      /** Manifest */
      manifest: {
        [key: string]: unknown
      }
      /** Parentid */
      parentId?: string | null
      /** Publishedat */
      publishedAt?: string | null
      status: components['schemas']['Status']
      /** Template */
      template: string
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
      /** Version */
      version: string
    }
    /**
     * VersionIn
     * @description A draft to make. Without a manifest it begins as what everybody gets now.
     */
    VersionIn: {
      /**
       * Changelog
       * @default
       */
      changelog?: string
      /** Manifest */
      manifest?: {
        [key: string]: unknown
      } | null
      /** Version */
      version: string
    }
    /**
     * VersionList
     * @description All versions, the highest first.
     */
    VersionList: {
      /** Total */
      total: number
      /** Versions */
      versions: components['schemas']['streamspace__server__templates__schemas__VersionOut'][]
    }
    /**
     * VersionPatch
     * @description What to change of a draft.
     */
    VersionPatch: {
      /** Changelog */
      changelog?: string | null
      /** Manifest */
      manifest?: {
        [key: string]: unknown
      } | null
    }
    /**
     * WebhookSecretOut
     * @description The secret of a webhook, shown this once, and where the webhook goes.
     */
    WebhookSecretOut: {
      /** Secret */
      secret: string
      /** Url */
      url: string
    }
    /**
     * HeartbeatOut
     * @description The answer to a heartbeat over HTTP: the agent is `online` only while its channel stands.
     */
    streamspace__server__agents__schemas__HeartbeatOut: {
      /** Agentid */
      agentId: string
      /**
       * Lastheartbeat
       * Format: date-time
       */
      lastHeartbeat: string
      /** Message */
      message: string
      /**
       * Status
       * @enum {string}
       */
      status: 'online' | 'offline' | 'draining'
    }
    /**
     * PasskeyIn
     * @description A passkey's answer, as the browser gives it, with the token that came with its options.
     */
    streamspace__server__logins__schemas__PasskeyIn: {
      /**
       * Cookie
       * @default false
       */
      cookie?: boolean
      /** Credential */
      credential: {
        [key: string]: unknown
      }
      /** Token */
      token: string
    }
    /**
     * PasskeyIn
     * @description A passkey that the browser made for the options with this token.
     */
    streamspace__server__mfa__schemas__PasskeyIn: {
      credential: components['schemas']['Credential']
      /**
       * Name
       * @default
       */
      name?: string
      /** Token */
      token: string
    }
    /**
     * VersionOut
     * @description What runs here.
     */
    streamspace__server__operations__VersionOut: {
      /**
       * Api
       * @default v1
       */
      api?: string
      /** Protocol */
      protocol: number
      /** Version */
      version: string
    }
    /**
     * FindingOut
     * @description A remark on a file, and where.
     */
    streamspace__server__repositories__schemas__FindingOut: {
      /** Code */
      code: string
      /** Column */
      column?: number | null
      /** Line */
      line?: number | null
      /** Message */
      message: string
      /**
       * Path
       * @default
       */
      path?: string
      /** Severity */
      severity: string
    }
    /**
     * HeartbeatOut
     * @description The connection lives on.
     */
    streamspace__server__sessions__schemas__HeartbeatOut: {
      /**
       * Status
       * @default ok
       * @constant
       */
      status?: 'ok'
    }
    /**
     * ReasonOut
     * @description One thing that speaks for or against something; `params` serve who says the message in another language.
     */
    streamspace__server__sessions__schemas__ReasonOut: {
      /** Code */
      code: string
      /** Message */
      message: string
      /** Packages */
      packages?: string[] | null
      /** Params */
      params?: {
        [key: string]: string | number
      } | null
    }
    /**
     * VerdictOut
     * @description An agent and what speaks against it, if anything, or puts it before others; the chosen one scores highest.
     */
    streamspace__server__sessions__schemas__VerdictOut: {
      /** Advantages */
      advantages?: components['schemas']['streamspace__server__sessions__schemas__ReasonOut'][]
      /** Agentid */
      agentId: string
      /** Ok */
      ok: boolean
      /** Reasons */
      reasons: components['schemas']['streamspace__server__sessions__schemas__ReasonOut'][]
      /** Score */
      score?: number | null
    }
    /**
     * FindingOut
     * @description A remark on a manifest, and where in its text.
     */
    streamspace__server__templates__schemas__FindingOut: {
      /** Code */
      code: string
      /** Column */
      column?: number | null
      /** Line */
      line?: number | null
      /** Message */
      message: string
      /** Path */
      path: string
      /**
       * Severity
       * @enum {string}
       */
      severity: 'error' | 'warning'
    }
    /**
     * ReasonOut
     * @description Why an agent cannot run something.
     */
    streamspace__server__templates__schemas__ReasonOut: {
      /** Code */
      code: string
      /** Message */
      message: string
      /** Packages */
      packages?: string[] | null
    }
    /**
     * VerdictOut
     * @description One agent, and why not.
     */
    streamspace__server__templates__schemas__VerdictOut: {
      /** Agentid */
      agentId: string
      /** Ok */
      ok: boolean
      /** Reasons */
      reasons: components['schemas']['streamspace__server__templates__schemas__ReasonOut'][]
    }
    /**
     * VersionOut
     * @description A version without its manifest.
     */
    streamspace__server__templates__schemas__VersionOut: {
      /** Automatic */
      automatic: boolean
      /** Changelog */
      changelog: string
      /**
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Createdby */
      createdBy?: string | null
      /** Deprecatedat */
      deprecatedAt?: string | null
      /** Id */
      id: string
      /** Isdefault */
      isDefault: boolean
      /** Parentid */
      parentId?: string | null
      /** Publishedat */
      publishedAt?: string | null
      status: components['schemas']['Status']
      /** Template */
      template: string
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
      /** Version */
      version: string
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  list_all_api_keys: {
    parameters: {
      query?: {
        limit?: number
        cursor?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['KeyList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_audit_entries: {
    parameters: {
      query?: {
        limit?: number
        cursor?: string | null
        after?: number | null
        page?: number | null
        page_size?: number | null
        user_id?: string | null
        username?: string | null
        org_id?: string | null
        action?: string | null
        resource_type?: string | null
        resource_id?: string | null
        ip_address?: string | null
        outcome?: ('ok' | 'denied' | 'failed') | null
        code?: string | null
        start_date?: string | null
        end_date?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AuditList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  export_audit_log: {
    parameters: {
      query?: {
        format?: 'csv' | 'json' | 'jsonl'
        user_id?: string | null
        username?: string | null
        org_id?: string | null
        action?: string | null
        resource_type?: string | null
        resource_id?: string | null
        ip_address?: string | null
        outcome?: ('ok' | 'denied' | 'failed') | null
        code?: string | null
        start_date?: string | null
        end_date?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  verify_audit_log: {
    parameters: {
      query?: {
        accept?: number[] | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['VerifyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_audit_entry: {
    parameters: {
      query?: never
      header?: never
      path: {
        seq: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AuditEntryOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `audit_entry_not_found`: There is no such entry in the audit log, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_homes: {
    parameters: {
      query?: {
        limit?: number
        cursor?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['HomeList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_quotas: {
    parameters: {
      query?: {
        limit?: number
        cursor?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuotaList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  set_quota_by_name: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['NamedQuotaIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuotaOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_limit`: A limit is a whole number of sessions, or a quantity such as 500m, 2 or 8Gi, and not negative. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_quota_by_name: {
    parameters: {
      query?: never
      header?: never
      path: {
        username: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuotaOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_quota_by_name: {
    parameters: {
      query?: never
      header?: never
      path: {
        username: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_agents: {
    parameters: {
      query?: {
        platform?: ('kubernetes' | 'docker' | 'vm' | 'cloud' | 'process') | null
        status?: ('online' | 'offline' | 'draining') | null
        region?: string | null
        approval?: ('pending' | 'approved' | 'rejected') | null
        label?: string[] | null
        limit?: number
        cursor?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_join_tokens: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['JoinTokenList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  create_join_token: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['JoinTokenIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NewJoinTokenOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_duration`: A duration is written like 90s, 30m or 8h. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  revoke_join_token: {
    parameters: {
      query?: never
      header?: never
      path: {
        token_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `join_token_not_found`: There is no join token of this id. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  register_agent: {
    parameters: {
      query?: never
      header?: {
        'X-Agent-API-Key'?: string
        'X-Agent-Join-Token'?: string | null
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Registration']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `reserved_agent_name`: No agent can have this name. Choose another one. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `bad_agent_key`: An agent shows its own key in X-Agent-API-Key: 64 hexadecimal digits. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `wrong_agent_key`: An agent of this name is registered with another key. Remove it first, or start this one with the old key. `agent_key_revoked`: This agent's key was revoked. Make it a new one with `streamspace agents generate-key`. `bad_join_token`: The join token is unknown, used up, expired, or for another platform. Ask an administrator for a new one. `agent_rejected`: An administrator rejected this agent. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_agent: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  remove_agent: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_busy`: Sessions still run on this agent. Drain it and wait, or stop them first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_agent: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['AgentPatch']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  approve_agent: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  command_agent: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['CommandIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CommandOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `command_not_supported`: This agent cannot do that. Upgrade it, or see what it can do under its abilities. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_offline`: The agent is not connected right now. Try again when it is back. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_agent_commands: {
    parameters: {
      query?: {
        status?: ('pending' | 'sent' | 'ack' | 'completed' | 'failed') | null
        limit?: number
        cursor?: string | null
      }
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CommandList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_agent_command: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
        command_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CommandOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. `command_not_found`: There is no such command. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  cordon_agent: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  drain_agent: {
    parameters: {
      query?: {
        evict?: 'hibernate' | null
      }
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  generate_agent_key: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentKeyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  agent_heartbeat: {
    parameters: {
      query?: never
      header?: {
        'X-Agent-API-Key'?: string
        'X-Agent-Instance'?: string | null
      }
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Heartbeat']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['streamspace__server__agents__schemas__HeartbeatOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `bad_agent_key`: An agent shows its own key in X-Agent-API-Key: 64 hexadecimal digits. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `wrong_agent_key`: An agent of this name is registered with another key. Remove it first, or start this one with the old key. `agent_key_revoked`: This agent's key was revoked. Make it a new one with `streamspace agents generate-key`. `agent_not_approved`: This agent waits for an administrator's approval: `streamspace agents approve`. `agent_rejected`: An administrator rejected this agent. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_held`: Another process acts for this agent. This one waits until that one has gone. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_attempts`: Too many wrong tries. Wait a while, then try again. `too_many_heartbeats`: This agent sends more heartbeats over HTTP than it may. One every ten seconds is enough. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  install_packages: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['PackagesIn']
      }
    }
    responses: {
      /** @description Successful Response */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CommandOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `nothing_to_install`: This template needs no Debian packages. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `cannot_install`: This agent cannot install packages: it must run as root on Debian with package installation allowed. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_offline`: The agent is not connected right now. Try again when it is back. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  reject_agent: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  revoke_agent_key: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  rotate_agent_key: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `agent_key_revoked`: This agent's key was revoked. Make it a new one with `streamspace agents generate-key`. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_connected`: The agent is not connected, so it cannot make a new key. Wait for it, or make one with `generate-key`. `cannot_rotate_key`: The agent did not make a new key; it keeps the one it has. Look into its log, or upgrade it. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  uncordon_agent: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  undrain_agent: {
    parameters: {
      query?: never
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_agent_usage: {
    parameters: {
      query?: {
        hours?: number
      }
      header?: never
      path: {
        agent_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentUsageOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_not_found`: There is no agent of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_api_keys: {
    parameters: {
      query?: {
        limit?: number
        cursor?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['KeyList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  create_api_key: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['KeyIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['MadeKeyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `unknown_scope`: There is no such scope. /api/v1/api-keys/scopes lists them. `bad_network`: An address or network is written like 192.0.2.7 or 192.0.2.0/24. `bad_expiry`: A key expires in the future, within ten years. `bad_duration`: A duration is written like 90s, 30m or 8h. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `stronger_key`: A key can make only keys that may do less, for a shorter time, from the same places or fewer. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_keys`: You have as many API keys as one person may. Remove some that are not used. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_api_key_scopes: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ScopeList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_api_key: {
    parameters: {
      query?: never
      header?: never
      path: {
        key_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['KeyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_not_found`: There is no such API key, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_api_key: {
    parameters: {
      query?: never
      header?: never
      path: {
        key_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_not_found`: There is no such API key, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  revoke_api_key: {
    parameters: {
      query?: never
      header?: never
      path: {
        key_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['KeyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_not_found`: There is no such API key, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  login: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['LoginIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LoginOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `invalid_credentials`: The user name or the password is wrong. `mfa_required`: One more step: give a code, or use a passkey. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `account_inactive`: This account is switched off; an administrator can switch it on. `organization_suspended`: Your organisation is suspended; its administrator can tell you why. `foreign_origin`: This request comes from another site. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_logins: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LoginList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  end_logins: {
    parameters: {
      query?: {
        current?: boolean
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  end_login: {
    parameters: {
      query?: never
      header?: never
      path: {
        login_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `login_not_found`: There is no such sign-in, or it is not yours. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  logout: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_logout_url: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LogoutUrlOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `sso_unreachable`: The identity provider does not answer, or not as it should. Try again later. `saml_unavailable`: SAML needs the program xmlsec1, which this machine lacks (Debian: apt-get install xmlsec1). */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  finish_login: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['MfaIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LoginOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `wrong_code`: This code or passkey is not right. `mfa_expired`: This sign-in took too long. Begin again. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_gone`: The identity provider that you came from is switched off, or no longer knows you. Begin again. `account_inactive`: This account is switched off; an administrator can switch it on. `organization_suspended`: Your organisation is suspended; its administrator can tell you why. `foreign_origin`: This request comes from another site. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `passkeys_need_name`: Passkeys need a host name: this installation is reached by an IP address. An administrator can set public_url. `passkeys_need_tls`: Browsers offer passkeys only over HTTPS, or on localhost. An administrator can set up a certificate. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  passkey_options_for_login: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['MfaTokenIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CeremonyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `mfa_expired`: This sign-in took too long. Begin again. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `passkeys_need_name`: Passkeys need a host name: this installation is reached by an IP address. An administrator can set public_url. `passkeys_need_tls`: Browsers offer passkeys only over HTTPS, or on localhost. An administrator can set up a certificate. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  backchannel_logout: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          logout_token: string
        }
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_logout_token`: This is not a logout token of this provider. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `sso_unreachable`: The identity provider does not answer, or not as it should. Try again later. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  finish_oidc_login: {
    parameters: {
      query?: {
        code?: string | null
        state?: string | null
        iss?: string | null
        error?: string | null
      }
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      303: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `sso_refused`: The identity provider's answer was refused. Try again; an administrator finds the reason in the log. `sso_expired`: This sign-in took too long, or began in another browser. Try again. `sso_denied`: The identity provider did not let you in. `sso_not_admitted`: You are known to the identity provider, but not allowed in here. Ask an administrator. `sso_email_not_verified`: The identity provider has not verified your e-mail address, so it does not count. `sso_account_elsewhere`: An account with your e-mail address exists already and signs in another way. Ask an administrator. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  begin_oidc_login: {
    parameters: {
      query?: {
        next?: string | null
      }
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      303: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `sso_unreachable`: The identity provider does not answer, or not as it should. Try again later. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  logout_at_oidc_provider: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      303: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. `no_provider_logout`: This provider has no sign-out of its own. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `sso_unreachable`: The identity provider does not answer, or not as it should. Try again later. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  login_with_passkey: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['streamspace__server__logins__schemas__PasskeyIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LoginOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `wrong_code`: This code or passkey is not right. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `single_sign_on_required`: Your identity provider vouches for you: sign in there first. This passkey is your second step. `account_inactive`: This account is switched off; an administrator can switch it on. `organization_suspended`: Your organisation is suspended; its administrator can tell you why. `foreign_origin`: This request comes from another site. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `passkeys_need_name`: Passkeys need a host name: this installation is reached by an IP address. An administrator can set public_url. `passkeys_need_tls`: Browsers offer passkeys only over HTTPS, or on localhost. An administrator can set up a certificate. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  passkey_options: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CeremonyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `passkeys_need_name`: Passkeys need a host name: this installation is reached by an IP address. An administrator can set public_url. `passkeys_need_tls`: Browsers offer passkeys only over HTTPS, or on localhost. An administrator can set up a certificate. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_sign_in_ways: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SignInWays']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  refresh_login: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['RefreshIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LoginOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `refresh_token_reused`: This sign-in was renewed elsewhere with the same token, so it was ended. Sign in again. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `account_inactive`: This account is switched off; an administrator can switch it on. `foreign_origin`: This request comes from another site. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  take_only_saml_response: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          RelayState?: string
          SAMLResponse: string
        }
      }
    }
    responses: {
      /** @description Successful Response */
      303: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_named`: There is not exactly one SAML provider, so the address must name it: /auth/saml/NAME/login. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  begin_only_saml_login: {
    parameters: {
      query?: {
        next?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      303: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_named`: There is not exactly one SAML provider, so the address must name it: /auth/saml/NAME/login. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `saml_unavailable`: SAML needs the program xmlsec1, which this machine lacks (Debian: apt-get install xmlsec1). */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  only_saml_metadata: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_named`: There is not exactly one SAML provider, so the address must name it: /auth/saml/NAME/login. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `saml_unavailable`: SAML needs the program xmlsec1, which this machine lacks (Debian: apt-get install xmlsec1). */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  take_saml_response: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          RelayState?: string
          SAMLResponse: string
        }
      }
    }
    responses: {
      /** @description Successful Response */
      303: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `sso_refused`: The identity provider's answer was refused. Try again; an administrator finds the reason in the log. `sso_expired`: This sign-in took too long, or began in another browser. Try again. `sso_denied`: The identity provider did not let you in. `sso_not_admitted`: You are known to the identity provider, but not allowed in here. Ask an administrator. `sso_email_not_verified`: The identity provider has not verified your e-mail address, so it does not count. `sso_account_elsewhere`: An account with your e-mail address exists already and signs in another way. Ask an administrator. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  finish_saml_login: {
    parameters: {
      query: {
        ticket: string
      }
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      303: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  begin_saml_login: {
    parameters: {
      query?: {
        next?: string | null
      }
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      303: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `saml_unavailable`: SAML needs the program xmlsec1, which this machine lacks (Debian: apt-get install xmlsec1). */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  saml_metadata: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `saml_unavailable`: SAML needs the program xmlsec1, which this machine lacks (Debian: apt-get install xmlsec1). */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  saml_logout: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      303: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `sso_refused`: The identity provider's answer was refused. Try again; an administrator finds the reason in the log. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `saml_unavailable`: SAML needs the program xmlsec1, which this machine lacks (Debian: apt-get install xmlsec1). */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  take_saml_logout: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          RelayState?: string
          SAMLRequest: string
        }
      }
    }
    responses: {
      /** @description Successful Response */
      303: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `sso_refused`: The identity provider's answer was refused. Try again; an administrator finds the reason in the log. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `saml_unavailable`: SAML needs the program xmlsec1, which this machine lacks (Debian: apt-get install xmlsec1). */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  setup_admin: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['SetupIn']
      }
    }
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. `passwords_differ`: The two passwords are not the same. `weak_password`: A password has at least 8 characters, and is not among the ones everybody tries first. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `already_set_up`: The first administrator has chosen a password already. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `email_taken`: Somebody has this e-mail address already. `password_elsewhere`: This person signs in through an identity provider, which keeps their password. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  setup_status: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SetupStatus']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  switch_organization: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['SwitchIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LoginOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_repositories: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RepositoryList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  create_repository: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['RepositoryIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RepositoryOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_repository`: This is not where a repository could be. `bad_credentials`: These credentials do not fit the way of signing in. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_exists`: There is a repository of this name already. `too_many_repositories`: An organisation has at most 50 repositories. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_repository: {
    parameters: {
      query?: never
      header?: never
      path: {
        repository_id: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RepositoryOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_not_found`: There is no such repository, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_repository: {
    parameters: {
      query?: never
      header?: never
      path: {
        repository_id: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RemovedOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_not_found`: There is no such repository, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_repository: {
    parameters: {
      query?: never
      header?: never
      path: {
        repository_id: number
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['RepositoryPatch']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RepositoryOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_repository`: This is not where a repository could be. `bad_credentials`: These credentials do not fit the way of signing in. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_not_found`: There is no such repository, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_exists`: There is a repository of this name already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  sync_repository: {
    parameters: {
      query?: {
        dryRun?: boolean
      }
      header?: never
      path: {
        repository_id: number
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        'application/json': components['schemas']['SyncIn'] | null
      }
    }
    responses: {
      /** @description Successful Response */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SyncStarted']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_not_found`: There is no such repository, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_disabled`: This repository is switched off; switch it on first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_repository_syncs: {
    parameters: {
      query?: never
      header?: never
      path: {
        repository_id: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SyncList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_not_found`: There is no such repository, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_repository_sync: {
    parameters: {
      query?: {
        outcome?: ('added' | 'changed' | 'unchanged' | 'retired' | 'kept' | 'rejected')[] | null
      }
      header?: never
      path: {
        repository_id: number
        number: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SyncOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_not_found`: There is no such repository, or you may not see it. `sync_not_found`: This repository has no such sync. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  approve_repository_sync: {
    parameters: {
      query?: never
      header?: never
      path: {
        repository_id: number
        number: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SyncOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_not_found`: There is no such repository, or you may not see it. `sync_not_found`: This repository has no such sync. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `nothing_to_decide`: This sync does not wait for a decision, or a newer one took its place. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  reject_repository_sync: {
    parameters: {
      query?: never
      header?: never
      path: {
        repository_id: number
        number: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SyncOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_not_found`: There is no such repository, or you may not see it. `sync_not_found`: This repository has no such sync. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `nothing_to_decide`: This sync does not wait for a decision, or a newer one took its place. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  receive_repository_webhook: {
    parameters: {
      query?: never
      header?: never
      path: {
        repository_id: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DeliveryOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `stale_delivery`: This delivery is older than five minutes, or its clock is wrong. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `bad_signature`: There is no such webhook, or its signature is missing or wrong. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  renew_webhook_secret: {
    parameters: {
      query?: never
      header?: never
      path: {
        repository_id: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['WebhookSecretOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_not_found`: There is no such repository, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_webhook_secret: {
    parameters: {
      query?: never
      header?: never
      path: {
        repository_id: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `repository_not_found`: There is no such repository, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  sync_catalog: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CatalogSyncStarted']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_groups: {
    parameters: {
      query?: {
        search?: string | null
        type?: ('team' | 'department' | 'project') | null
        limit?: number
        cursor?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['GroupList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  create_group: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['GroupIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['GroupOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_exists`: A group of this name exists already. `group_cycle`: A group cannot be inside itself, or inside a group that is inside it. `too_deep`: Groups can be nested ten levels deep. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_group: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['GroupOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_group: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_empty`: Other groups are inside this one. Move or remove them first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_group: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['GroupPatch']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['GroupOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_cycle`: A group cannot be inside itself, or inside a group that is inside it. `too_deep`: Groups can be nested ten levels deep. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_group_members: {
    parameters: {
      query?: {
        limit?: number
        cursor?: string | null
      }
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['GroupMemberList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  add_group_member: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['GroupMemberIn']
      }
    }
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. `not_in_organization`: There is no such person in this organisation. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `already_in_group`: This person is in the group already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  remove_group_member: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. `not_in_group`: This person is not in the group. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_group_member: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
        user_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['GroupMemberPatch']
      }
    }
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. `not_in_group`: This person is not in the group. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_group_policy: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PolicyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  set_group_policy: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['PolicyIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PolicyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_group_quota: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuotaOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  set_group_quota: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['QuotaIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuotaOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_limit`: A limit is a whole number of sessions, or a quantity such as 500m, 2 or 8Gi, and not negative. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_group_quota: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_identity_providers: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProviderList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  create_identity_provider: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ProviderIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProviderOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_provider`: These settings do not make an identity provider. `provider_open_to_everybody`: Anybody can have an account there: name the domains or groups that may come in, or turn off making people. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_exists`: An identity provider has this name already; names are part of its addresses. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `saml_unavailable`: SAML needs the program xmlsec1, which this machine lacks (Debian: apt-get install xmlsec1). `sso_unreachable`: The identity provider does not answer, or not as it should. Try again later. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_provider_presets: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PresetList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_identity_provider: {
    parameters: {
      query?: never
      header?: never
      path: {
        provider_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProviderOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_identity_provider: {
    parameters: {
      query?: never
      header?: never
      path: {
        provider_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `provider_managed_by_platform`: This identity provider is the installation's administrators' to change. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_identity_provider: {
    parameters: {
      query?: never
      header?: never
      path: {
        provider_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ProviderPatch']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProviderOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_provider`: These settings do not make an identity provider. `provider_open_to_everybody`: Anybody can have an account there: name the domains or groups that may come in, or turn off making people. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `provider_managed_by_platform`: This identity provider is the installation's administrators' to change. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `sso_unreachable`: The identity provider does not answer, or not as it should. Try again later. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  test_identity_provider: {
    parameters: {
      query?: never
      header?: never
      path: {
        provider_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProviderTestOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `provider_not_found`: There is no identity provider of this name. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_my_permissions: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PermissionsOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_shared_sessions: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SharedSessionList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_shared_session: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SharedSessionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `not_shared`: This session is not shared with you, or no longer. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  connect_shared_session: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ConnectOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `not_shared`: This session is not shared with you, or no longer. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `wrong_state`: The session's present state does not allow this. `session_crowded`: As many people as a session can show take part already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `no_gateway`: No gateway is connected, so the screen cannot be shown. Start one with `streamspace gateway`. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_organizations: {
    parameters: {
      query?: {
        search?: string | null
        status?: ('active' | 'suspended' | 'deleted') | null
        limit?: number
        cursor?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['OrganizationList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  create_organization: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['OrganizationIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['OrganizationOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `weak_password`: A password has at least 8 characters, and is not among the ones everybody tries first. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_exists`: An organisation of this name exists already. `username_taken`: Somebody has this user name already. `email_taken`: Somebody has this e-mail address already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_organization: {
    parameters: {
      query?: never
      header?: never
      path: {
        org_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['OrganizationOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_organization: {
    parameters: {
      query?: never
      header?: never
      path: {
        org_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_protected`: The default organisation cannot be suspended or deleted. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_organization: {
    parameters: {
      query?: never
      header?: never
      path: {
        org_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['OrganizationPatch']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['OrganizationOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_protected`: The default organisation cannot be suspended or deleted. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_organization_members: {
    parameters: {
      query?: {
        limit?: number
        cursor?: string | null
      }
      header?: never
      path: {
        org_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['MemberList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  add_organization_member: {
    parameters: {
      query?: never
      header?: never
      path: {
        org_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['MemberIn']
      }
    }
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `not_yourself`: You cannot deactivate or remove yourself, or lower your own role. Somebody else must. `last_administrator`: An organisation keeps at least one administrator. Make somebody else one first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  remove_organization_member: {
    parameters: {
      query?: never
      header?: never
      path: {
        org_id: string
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `not_yourself`: You cannot deactivate or remove yourself, or lower your own role. Somebody else must. `last_administrator`: An organisation keeps at least one administrator. Make somebody else one first. `only_organization`: This is the only organisation the person belongs to. Deactivate or remove the person instead. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_organization_member: {
    parameters: {
      query?: never
      header?: never
      path: {
        org_id: string
        user_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['MemberPatch']
      }
    }
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `not_yourself`: You cannot deactivate or remove yourself, or lower your own role. Somebody else must. `last_administrator`: An organisation keeps at least one administrator. Make somebody else one first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_organization_policy: {
    parameters: {
      query?: never
      header?: never
      path: {
        org_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PolicyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  set_organization_policy: {
    parameters: {
      query?: never
      header?: never
      path: {
        org_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['PolicyIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PolicyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_organization_quota: {
    parameters: {
      query?: never
      header?: never
      path: {
        org_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuotaOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  set_organization_quota: {
    parameters: {
      query?: never
      header?: never
      path: {
        org_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['QuotaIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuotaOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_limit`: A limit is a whole number of sessions, or a quantity such as 500m, 2 or 8Gi, and not negative. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_organization_quota: {
    parameters: {
      query?: never
      header?: never
      path: {
        org_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_pools: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PoolList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  create_pool: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['PoolIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PoolOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_resources`: Resources are Kubernetes quantities: CPU from 100m to 64, memory from 128Mi to 512Gi. `cannot_wait`: Only applications that the streaming engine shows can be started ahead. `foreign_template`: A pool for everybody needs a template that everybody may use. `foreign_agent`: This agent runs sessions of another organisation only. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `agent_not_found`: There is no agent of this name. `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_wait`: As many sessions as the settings allow an organisation wait already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_pool: {
    parameters: {
      query?: never
      header?: never
      path: {
        pool_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PoolOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `pool_not_found`: There is no such pool, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_pool: {
    parameters: {
      query?: never
      header?: never
      path: {
        pool_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `pool_not_found`: There is no such pool, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_pool: {
    parameters: {
      query?: never
      header?: never
      path: {
        pool_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['PoolPatch']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PoolOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `pool_not_found`: There is no such pool, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_wait`: As many sessions as the settings allow an organisation wait already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_default_quota: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuotaOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  set_default_quota: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['QuotaIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuotaOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_limit`: A limit is a whole number of sessions, or a quantity such as 500m, 2 or 8Gi, and not negative. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  search_scim: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/scim+json': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. `bad_scim_search`: This filter, order or page is not one that can be answered. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  list_scim_groups: {
    parameters: {
      query?: {
        attributes?: string | null
        excludedAttributes?: string | null
        filter?: string | null
        startIndex?: number | null
        count?: number | null
        sortBy?: string | null
        sortOrder?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. `bad_scim_search`: This filter, order or page is not one that can be answered. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  create_scim_group: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/scim+json': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `display_name_provisioned`: A group of this organisation has this displayName already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  search_scim_groups: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/scim+json': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. `bad_scim_search`: This filter, order or page is not one that can be answered. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  get_scim_group: {
    parameters: {
      query?: {
        attributes?: string | null
        excludedAttributes?: string | null
      }
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. `bad_scim_search`: This filter, order or page is not one that can be answered. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  replace_scim_group: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/scim+json': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `display_name_provisioned`: A group of this organisation has this displayName already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  delete_scim_group: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  patch_scim_group: {
    parameters: {
      query?: never
      header?: never
      path: {
        group_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/scim+json': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `display_name_provisioned`: A group of this organisation has this displayName already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  list_scim_resource_types: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `not_found`: There is nothing at this address. /api/openapi.json lists every operation. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  get_scim_resource_type: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `not_found`: There is nothing at this address. /api/openapi.json lists every operation. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  list_scim_schemas: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `not_found`: There is nothing at this address. /api/openapi.json lists every operation. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  get_scim_schema: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `not_found`: There is nothing at this address. /api/openapi.json lists every operation. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  get_scim_provider_config: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `not_found`: There is nothing at this address. /api/openapi.json lists every operation. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  list_scim_users: {
    parameters: {
      query?: {
        attributes?: string | null
        excludedAttributes?: string | null
        filter?: string | null
        startIndex?: number | null
        count?: number | null
        sortBy?: string | null
        sortOrder?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. `bad_scim_search`: This filter, order or page is not one that can be answered. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  create_scim_user: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/scim+json': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `user_name_provisioned`: Somebody in this organisation has this userName already. `email_taken`: Somebody has this e-mail address already. `username_taken`: Somebody has this user name already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  search_scim_users: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/scim+json': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. `bad_scim_search`: This filter, order or page is not one that can be answered. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  get_scim_user: {
    parameters: {
      query?: {
        attributes?: string | null
        excludedAttributes?: string | null
      }
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. `bad_scim_search`: This filter, order or page is not one that can be answered. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  replace_scim_user: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/scim+json': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `user_name_provisioned`: Somebody in this organisation has this userName already. `email_taken`: Somebody has this e-mail address already. `username_taken`: Somebody has this user name already. `not_yourself`: You cannot deactivate or remove yourself, or lower your own role. Somebody else must. `last_administrator`: An organisation keeps at least one administrator. Make somebody else one first. `last_system_administrator`: The installation keeps at least one active administrator. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  delete_scim_user: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `not_yourself`: You cannot deactivate or remove yourself, or lower your own role. Somebody else must. `last_administrator`: An organisation keeps at least one administrator. Make somebody else one first. `last_system_administrator`: The installation keeps at least one active administrator. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  patch_scim_user: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/scim+json': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/scim+json': unknown
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_scim_resource`: This is not a SCIM resource, or says what cannot be kept. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `user_name_provisioned`: Somebody in this organisation has this userName already. `email_taken`: Somebody has this e-mail address already. `username_taken`: Somebody has this user name already. `not_yourself`: You cannot deactivate or remove yourself, or lower your own role. Somebody else must. `last_administrator`: An organisation keeps at least one administrator. Make somebody else one first. `last_system_administrator`: The installation keeps at least one active administrator. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
          'application/scim+json': {
            /** Detail */
            detail?: string | null
            /** Schemas */
            schemas: string[]
            /** Scimtype */
            scimType?: string | null
            /** Status */
            status: string
          }
        }
      }
    }
  }
  renew_backup_codes: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: {
      content: {
        'application/json': components['schemas']['ProofIn'] | null
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['BackupCodesOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `reauthentication_required`: Give your password again, or sign in again: this changes how you prove who you are. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `no_mfa_method`: Set up an authenticator app or a passkey first; backup codes stand in for those. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_mfa_methods: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['MfaMethodList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  add_passkey: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['streamspace__server__mfa__schemas__PasskeyIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PasskeyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_passkey`: The passkey could not be added: the browser's answer does not fit what was asked, or came too late. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `passkey_known`: This passkey has been added before. `too_many_mfa_methods`: You have as many second factors as one person may have; remove one first. `passkeys_need_name`: Passkeys need a host name: this installation is reached by an IP address. An administrator can set public_url. `passkeys_need_tls`: Browsers offer passkeys only over HTTPS, or on localhost. An administrator can set up a certificate. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  offer_passkey: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['PasskeyOptionsIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PasskeyOptionsOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `reauthentication_required`: Give your password again, or sign in again: this changes how you prove who you are. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `passkeys_need_name`: Passkeys need a host name: this installation is reached by an IP address. An administrator can set public_url. `passkeys_need_tls`: Browsers offer passkeys only over HTTPS, or on localhost. An administrator can set up a certificate. `too_many_mfa_methods`: You have as many second factors as one person may have; remove one first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  set_up_mfa: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['MfaSetupIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['MfaSetupOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `reauthentication_required`: Give your password again, or sign in again: this changes how you prove who you are. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_mfa_methods`: You have as many second factors as one person may have; remove one first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `not_implemented`: Codes by SMS or e-mail are not implemented; use an authenticator app or a passkey. */
      501: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  remove_mfa_method: {
    parameters: {
      query?: never
      header?: never
      path: {
        mfa_id: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        'application/json': components['schemas']['ProofIn'] | null
      }
    }
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `reauthentication_required`: Give your password again, or sign in again: this changes how you prove who you are. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `mfa_method_not_found`: You have no such second factor. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `last_mfa_method`: Your organisation requires a second factor, and this is your last. Set up another one first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  rename_mfa_method: {
    parameters: {
      query?: never
      header?: never
      path: {
        mfa_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['MfaMethodPatch']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['MfaMethodOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `mfa_method_not_found`: You have no such second factor. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  verify_mfa_setup: {
    parameters: {
      query?: never
      header?: never
      path: {
        mfa_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['CodeIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['BackupCodesOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `wrong_setup_code`: The code does not fit. Check that the telephone's clock is right, and take the code that is shown now. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `mfa_method_not_found`: You have no such second factor. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_sessions: {
    parameters: {
      query?: {
        user?: string | null
        state?: components['schemas']['State'][] | null
        template?: string | null
        agent?: string | null
        tags?: string[] | null
        limit?: number
        cursor?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  create_session: {
    parameters: {
      query?: {
        dryRun?: boolean
      }
      header?: {
        'Idempotency-Key'?: string | null
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['SessionIn']
      }
    }
    responses: {
      /** @description With `dryRun`: what would become of it */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PreviewOut']
        }
      }
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_resources`: Resources are Kubernetes quantities: CPU from 100m to 64, memory from 128Mi to 512Gi. `bad_parameters`: The template asks for something else; the details say what, parameter by parameter. `bad_placement`: This application's sessions do not run there. `bad_duration`: A duration is written like 90s, 30m or 8h. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `quota_exceeded`: This would pass a limit. The details say which, whose, and how much is used. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `user_not_found`: There is no such person that you could start a session for. `version_not_found`: This template has no such version. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `idempotency_key_reused`: This Idempotency-Key was used for a different request. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `no_capacity`: No agent can run this now. The details say why, agent by agent. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_sessions_by_tags: {
    parameters: {
      query?: {
        tags?: string[] | null
        limit?: number
        cursor?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionList']
        }
      }
      /** @description `bad_request`: The request is malformed. `tags_required`: Name at least one tag: ?tags=a&tags=b. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_session: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_session: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_session: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['SessionPatch']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_resources`: Resources are Kubernetes quantities: CPU from 100m to 64, memory from 128Mi to 512Gi. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `quota_exceeded`: This would pass a limit. The details say which, whose, and how much is used. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `wrong_state`: The session's present state does not allow this. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `no_capacity`: No agent can run this now. The details say why, agent by agent. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  connect_session: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ConnectOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `quota_exceeded`: This would pass a limit. The details say which, whose, and how much is used. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `wrong_state`: The session's present state does not allow this. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `no_gateway`: No gateway is connected, so the screen cannot be shown. Start one with `streamspace gateway`. `no_capacity`: No agent can run this now. The details say why, agent by agent. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_session_connections: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ConnectionList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  end_connection: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
        connection_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. `connection_not_found`: There is no such connection; it may have ended. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  give_control: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ControlIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ControlOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. `connection_not_found`: There is no such connection; it may have ended. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `nothing_to_control`: This session does not run, so there is nothing to control. `control_not_possible`: The machine that runs this session cannot hand control around. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_offline`: The agent is not connected right now. Try again when it is back. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  take_control: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ControlOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. `connection_not_found`: There is no such connection; it may have ended. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `nothing_to_control`: This session does not run, so there is nothing to control. `control_not_possible`: The machine that runs this session cannot hand control around. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_offline`: The agent is not connected right now. Try again when it is back. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  request_control: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ControlIn']
      }
    }
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `foreign_connection`: This connection belongs to another session or person. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. `connection_not_found`: There is no such connection; it may have ended. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  disconnect_session: {
    parameters: {
      query: {
        connectionId: string
      }
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DisconnectOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `foreign_connection`: This connection belongs to another session or person. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. `connection_not_found`: There is no such connection; it may have ended. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_session_events: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['EventList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  open_files: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FilesAccessOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `files_not_reachable`: This session does not run, so its files cannot be reached. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `no_gateway`: No gateway is connected, so the screen cannot be shown. Start one with `streamspace gateway`. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  session_heartbeat: {
    parameters: {
      query: {
        connectionId: string
      }
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['streamspace__server__sessions__schemas__HeartbeatOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `foreign_connection`: This connection belongs to another session or person. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. `connection_not_found`: There is no such connection; it may have ended. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  hibernate_session: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `wrong_state`: The session's present state does not allow this. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_invitees: {
    parameters: {
      query: {
        search: string
      }
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['InviteeList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_session_logs: {
    parameters: {
      query?: {
        lines?: number
      }
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LogsOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. `logs_not_found`: This session's log is no longer kept. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_offline`: The agent is not connected right now. Try again when it is back. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_session_placement: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PlacementOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_session_policy: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['EffectivePolicyOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_shares: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ShareList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  create_share: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ShareIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['MadeShareOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_share`: An invitation names a person; a link names nobody. `bad_share_life`: A share lasts between a minute and 30 days. `bad_duration`: A duration is written like 90s, 30m or 8h. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. `invitee_not_found`: There is nobody of that name in this organisation. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `wrong_state`: The session's present state does not allow this. `too_many_shares`: This session has as many shares as it may have. End one first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  revoke_share: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
        share_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. `share_not_found`: There is no such share, or it is over. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_session_tags: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['TagsIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_session_usage: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['UsageOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `nothing_to_measure`: This session does not run, so it uses nothing. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `agent_offline`: The agent is not connected right now. Try again when it is back. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  wake_session: {
    parameters: {
      query?: never
      header?: never
      path: {
        session_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `quota_exceeded`: This would pass a limit. The details say which, whose, and how much is used. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `session_not_found`: There is no such session, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `wrong_state`: The session's present state does not allow this. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `no_capacity`: No agent can run this now. The details say why, agent by agent. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  join_as_guest: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['GuestIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['GuestOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `guests_not_allowed`: This organisation lets nobody in without a login. Sign in, then open the link again. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `share_not_found`: There is no such share, or it is over. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `wrong_state`: The session's present state does not allow this. `session_crowded`: As many people as a session can show take part already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `no_gateway`: No gateway is connected, so the screen cannot be shown. Start one with `streamspace gateway`. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  preview_share: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['RedeemIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['InvitationOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `share_not_found`: There is no such share, or it is over. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  redeem_share: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['RedeemIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RedeemedOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `share_not_found`: There is no such share, or it is over. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_templates: {
    parameters: {
      query?: {
        search?: string | null
        category?: string | null
        tags?: string[] | null
        featured?: boolean | null
        appType?: string | null
        favorites?: boolean
        retired?: boolean
        facets?: boolean
        sort?: ('name' | 'popularity' | 'created' | 'rating' | 'relevance') | null
        limit?: number
        cursor?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TemplateList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  create_template: {
    parameters: {
      query?: {
        orgId?: string | null
        version?: string | null
        changelog?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/yaml': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TemplateDetail']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_manifest`: This is not a template; the details say where and why. `bad_version`: A version is written as semver.org says, such as 1.2.0 or 2.0.0-beta.1. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_exists`: There is a template of this name already. `version_exists`: This template has a version of this number already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_favorite_templates: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FavoriteList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  validate_template: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/yaml': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ValidationOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_template: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TemplateDetail']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  replace_template: {
    parameters: {
      query?: {
        version?: string | null
        changelog?: string
      }
      header?: {
        'If-Match'?: string | null
      }
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/yaml': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TemplateDetail']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_manifest`: This is not a template; the details say where and why. `bad_version`: A version is written as semver.org says, such as 1.2.0 or 2.0.0-beta.1. `name_is_fixed`: A template keeps its name; make another one under the new name. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_retired`: This template was deleted; restore it first. `version_exists`: This template has a version of this number already. `too_many_versions`: This template has as many versions as it may have; delete some first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `changed_meanwhile`: Somebody changed this template after you had read it. Read it again, then repeat your change. */
      412: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_template: {
    parameters: {
      query?: never
      header?: {
        'If-Match'?: string | null
      }
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `changed_meanwhile`: Somebody changed this template after you had read it. Read it again, then repeat your change. */
      412: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_template: {
    parameters: {
      query?: {
        version?: string | null
        changelog?: string
      }
      header?: {
        'If-Match'?: string | null
      }
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
        'application/merge-patch+json': Record<string, never>
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TemplateDetail']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_manifest`: This is not a template; the details say where and why. `bad_version`: A version is written as semver.org says, such as 1.2.0 or 2.0.0-beta.1. `name_is_fixed`: A template keeps its name; make another one under the new name. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_retired`: This template was deleted; restore it first. `version_exists`: This template has a version of this number already. `too_many_versions`: This template has as many versions as it may have; delete some first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `changed_meanwhile`: Somebody changed this template after you had read it. Read it again, then repeat your change. */
      412: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  check_template_favorite: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FavoriteAnswer']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  add_template_favorite: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FavoriteSaid']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_favorites`: You have as many favourites as one may have; remove some first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  remove_template_favorite: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FavoriteSaid']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `favorite_not_found`: This template is not among your favourites. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_template_icon: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `icon_not_found`: This template has no icon. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  set_template_icon: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'image/png': string
        'image/svg+xml': string
        'image/webp': string
      }
    }
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. `bad_icon`: An icon is an SVG, PNG or WebP image of at most 256 kB. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_template_inheritance: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['InheritanceOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_template_ratings: {
    parameters: {
      query?: {
        limit?: number
        cursor?: string | null
      }
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RatingList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  rate_template: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['RatingIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RatingOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_template_rating: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
        rating_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['RatingIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RatingOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `rating_not_found`: There is no such rating, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_template_rating: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
        rating_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `rating_not_found`: There is no such rating, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  restore_template: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TemplateDetail']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_template_stats: {
    parameters: {
      query?: {
        days?: number
      }
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['StatisticsOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_template_versions: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['VersionList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  create_template_version: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['VersionIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['streamspace__server__templates__schemas__VersionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_manifest`: This is not a template; the details say where and why. `bad_version`: A version is written as semver.org says, such as 1.2.0 or 2.0.0-beta.1. `name_is_fixed`: A template keeps its name; make another one under the new name. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_retired`: This template was deleted; restore it first. `version_exists`: This template has a version of this number already. `too_many_versions`: This template has as many versions as it may have; delete some first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_template_version: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
        /** @description A version's id or its number. */
        version_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['VersionDetail']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `version_not_found`: This template has no such version. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_template_version: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
        /** @description A version's id or its number. */
        version_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `version_not_found`: This template has no such version. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `default_version`: This is the version that everybody gets; make another one the default first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_template_version: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
        /** @description A version's id or its number. */
        version_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['VersionPatch']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['streamspace__server__templates__schemas__VersionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_manifest`: This is not a template; the details say where and why. `name_is_fixed`: A template keeps its name; make another one under the new name. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `version_not_found`: This template has no such version. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `not_a_draft`: Only a draft can be changed; clone this version to go on from it. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  clone_template_version: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
        /** @description A version's id or its number. */
        version_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['CloneIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['streamspace__server__templates__schemas__VersionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_manifest`: This is not a template; the details say where and why. `bad_version`: A version is written as semver.org says, such as 1.2.0 or 2.0.0-beta.1. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `version_not_found`: This template has no such version. `organization_not_found`: There is no such organisation, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_exists`: There is a template of this name already. `template_retired`: This template was deleted; restore it first. `version_exists`: This template has a version of this number already. `too_many_versions`: This template has as many versions as it may have; delete some first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  deprecate_template_version: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
        /** @description A version's id or its number. */
        version_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['streamspace__server__templates__schemas__VersionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `version_not_found`: This template has no such version. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `not_published`: Only a published version can be what everybody gets, or be deprecated. `default_version`: This is the version that everybody gets; make another one the default first. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  publish_template_version: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
        /** @description A version's id or its number. */
        version_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['streamspace__server__templates__schemas__VersionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `version_not_found`: This template has no such version. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  set_default_template_version: {
    parameters: {
      query?: never
      header?: never
      path: {
        name: string
        /** @description A version's id or its number. */
        version_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['streamspace__server__templates__schemas__VersionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `version_not_found`: This template has no such version. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `not_published`: Only a published version can be what everybody gets, or be deprecated. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_fast`: You asked for this very often. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  list_users: {
    parameters: {
      query?: {
        search?: string | null
        role?: components['schemas']['Role'] | null
        orgRole?: components['schemas']['OrgRole'] | null
        active?: boolean | null
        provider?: ('local' | 'saml' | 'oidc') | null
        group?: string | null
        /** @description By what; with `-` before it, the largest or latest first. Who never signed in did so before everybody else. */
        sort?: 'username' | '-username' | 'createdAt' | '-createdAt' | 'lastLogin' | '-lastLogin'
        limit?: number
        cursor?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PersonList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  create_user: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['PersonIn']
      }
    }
    responses: {
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PersonOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_username`: A user name has 3 to 32 letters, digits, hyphens or underscores. `weak_password`: A password has at least 8 characters, and is not among the ones everybody tries first. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `group_not_found`: There is no such group, or you may not see it. `not_in_organization`: There is no such person in this organisation. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `username_taken`: Somebody has this user name already. `email_taken`: Somebody has this e-mail address already. `already_in_group`: This person is in the group already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  import_users: {
    parameters: {
      query?: {
        dryRun?: boolean
        partial?: boolean
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ImportOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_import`: The file is not CSV with the columns username, email and fullName. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_current_user: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProfileOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_current_user: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ProfilePatch']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProfileOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `email_taken`: Somebody has this e-mail address already. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  change_own_password: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['PasswordChange']
      }
    }
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. `weak_password`: A password has at least 8 characters, and is not among the ones everybody tries first. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `wrong_password`: The current password is wrong. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `password_elsewhere`: This person signs in through an identity provider, which keeps their password. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. `too_many_attempts`: Too many wrong tries. Wait a while, then try again. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_current_user_quota: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuotaOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_user: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PersonDetailOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_user: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `not_yourself`: You cannot deactivate or remove yourself, or lower your own role. Somebody else must. `last_system_administrator`: The installation keeps at least one active administrator. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  update_user: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['PersonPatch']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PersonDetailOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `email_taken`: Somebody has this e-mail address already. `not_yourself`: You cannot deactivate or remove yourself, or lower your own role. Somebody else must. `last_administrator`: An organisation keeps at least one administrator. Make somebody else one first. `last_system_administrator`: The installation keeps at least one active administrator. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_user_groups: {
    parameters: {
      query?: {
        limit?: number
        cursor?: string | null
      }
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['GroupList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_user_logins: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LoginList']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  end_user_logins: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  end_user_login: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
        login_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. `login_not_found`: There is no such sign-in, or it is not yours. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  reset_user_mfa: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  set_user_password: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['PasswordIn']
      }
    }
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. `weak_password`: A password has at least 8 characters, and is not among the ones everybody tries first. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `password_elsewhere`: This person signs in through an identity provider, which keeps their password. */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_user_quota: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuotaOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  set_user_quota: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['QuotaIn']
      }
    }
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['QuotaOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_limit`: A limit is a whole number of sessions, or a quantity such as 500m, 2 or 8Gi, and not negative. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  delete_user_quota: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  get_user_sessions: {
    parameters: {
      query?: {
        limit?: number
        cursor?: string | null
      }
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionList']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_cursor`: This cursor is not one that we handed out; begin again without it. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  unlock_user: {
    parameters: {
      query?: never
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. `key_address`: This API key may not be used from this address. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `mfa_enrolment_required`: Your organisation asks for a second factor. Set one up first, under Account, Security. `key_scope`: The scopes of this API key leave this out. `beyond_your_rights`: You cannot give, change or take away rights that you do not have yourself. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `user_not_found`: There is no such person, or you may not see them. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `key_rate_limit`: This API key was used too often in the last hour. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  health: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['HealthOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  healthz: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['HealthOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  readyz: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['HealthOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `not_ready`: The control plane is not ready. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
  version: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['streamspace__server__operations__VersionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
    }
  }
}
