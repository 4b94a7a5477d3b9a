export interface paths {
  '/api/v1/agents': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Agents
     * @description List the fleet.
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
    get?: never
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
     * @description Show one agent.
     */
    get: operations['get_agent']
    put?: never
    post?: never
    /**
     * Remove Agent
     * @description Forget an agent; it must enrol again.
     */
    delete: operations['remove_agent']
    options?: never
    head?: never
    patch?: never
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
     * @description Give an agent no new sessions.
     */
    post: operations['drain_agent']
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
     * @description Sign in with name and password.
     */
    post: operations['login']
    delete?: never
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
     * @description Change a session's tags, or its state: running wakes, hibernated hibernates, terminated stops.
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
     * @description Show who watches a session, from where, since when.
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
  '/api/v1/templates': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List Templates
     * @description List what you may launch. Tags must all match; search looks at name, description and tags.
     */
    get: operations['list_templates']
    put?: never
    post?: never
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
    put?: never
    post?: never
    delete?: never
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
    put?: never
    post?: never
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
     * @description Who am I, and what may I do?
     */
    get: operations['get_current_user']
    put?: never
    post?: never
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
     * AgentList
     * @description A list of agents.
     */
    AgentList: {
      /** Agents */
      agents: components['schemas']['AgentOut'][]
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
       * Createdat
       * Format: date-time
       */
      createdAt: string
      /** Id */
      id: string
      /** Lastheartbeat */
      lastHeartbeat?: string | null
      /** Metadata */
      metadata: {
        [key: string]: unknown
      }
      /**
       * Platform
       * @enum {string}
       */
      platform: 'kubernetes' | 'docker' | 'vm' | 'cloud' | 'process'
      /** Region */
      region?: string | null
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
      /** Websocketid */
      websocketId?: string | null
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
     * @description Who watches, from where, since when.
     */
    ConnectionOut: {
      /** Clientip */
      clientIp: string
      /**
       * Connectedat
       * Format: date-time
       */
      connectedAt: string
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
      /** Useragent */
      userAgent: string
      /** Userid */
      userId: string
      /** Username */
      username: string
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
     * HeartbeatOut
     * @description The connection lives on.
     */
    HeartbeatOut: {
      /**
       * Status
       * @default ok
       * @constant
       */
      status?: 'ok'
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
      /** Platform */
      platform?: ('kubernetes' | 'docker' | 'vm' | 'cloud' | 'process') | null
      /**
       * Uses
       * @default 1
       */
      uses?: number
    }
    /**
     * JoinTokenOut
     * @description A join token; shown once.
     */
    JoinTokenOut: {
      /** Approve */
      approve: boolean
      /**
       * Expiresat
       * Format: date-time
       */
      expiresAt: string
      /** Platform */
      platform?: string | null
      /** Token */
      token: string
      /** Uses */
      uses: number
    }
    /**
     * LoginIn
     * @description Name and password. With `cookie`, the tokens come as HttpOnly cookies and not in the body.
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
     * LoginOut
     * @description A login: the access token lasts until `expires_at`, the refresh token makes the next one.
     */
    LoginOut: {
      /**
       * Expiresat
       * Format: date-time
       */
      expiresAt: string
      /** Refreshtoken */
      refreshToken?: string | null
      /** Token */
      token?: string | null
      user: components['schemas']['UserOut']
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
     * OrgRole
     * @description Roles inside one organisation.
     * @enum {string}
     */
    OrgRole: 'viewer' | 'user' | 'maintainer' | 'org_admin'
    /**
     * PackagesIn
     * @description Which template's packages to install.
     */
    PackagesIn: {
      /** Template */
      template: string
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
      /** Id */
      id: string
      /** Lastlogin */
      lastLogin?: string | null
      /** Orgid */
      orgId: string
      orgRole: components['schemas']['OrgRole']
      /** Permissions */
      permissions: {
        [key: string]: string
      }
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
     * ReasonOut
     * @description Why an agent cannot run something.
     */
    ReasonOut: {
      /** Code */
      code: string
      /** Message */
      message: string
      /** Packages */
      packages?: string[] | null
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
      /**
       * Persistenthome
       * @default true
       */
      persistentHome?: boolean
      resources?: components['schemas']['ResourcesIn']
      /** Tags */
      tags?: string[]
      /**
       * Template
       * @example terminal
       */
      template: string
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
      /** Maxsessionduration */
      maxSessionDuration?: string | null
      /** Name */
      name: string
      /** Namespace */
      namespace: string
      /** Orgid */
      orgId: string
      /** Persistenthome */
      persistentHome: boolean
      /** Platform */
      platform: string
      /** Progress */
      progress: components['schemas']['ProgressOut'][]
      reason?: components['schemas']['FailureOut'] | null
      resources: components['schemas']['ResourcesOut']
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
      /** State */
      state?: ('running' | 'hibernated' | 'terminated') | null
      /** Tags */
      tags?: string[] | null
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
      /** Availability */
      availability: components['schemas']['VerdictOut'][]
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
      /** Featured */
      featured: boolean
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
      /** Popularity */
      popularity: number
      /** Streamingprotocol */
      streamingProtocol: string
      /** Tags */
      tags: string[]
      unavailableReason?: components['schemas']['ReasonOut'] | null
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
    }
    /**
     * TemplateList
     * @description A list of templates, with how many each category has.
     */
    TemplateList: {
      /** Categories */
      categories: {
        [key: string]: number
      }
      /** Nextcursor */
      nextCursor?: string | null
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
      /** Featured */
      featured: boolean
      /** Icon */
      icon?: string | null
      /** Id */
      id: string
      /** Name */
      name: string
      /** Popularity */
      popularity: number
      /** Streamingprotocol */
      streamingProtocol: string
      /** Tags */
      tags: string[]
      unavailableReason?: components['schemas']['ReasonOut'] | null
      /**
       * Updatedat
       * Format: date-time
       */
      updatedAt: string
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
     * VerdictOut
     * @description One agent, and why not.
     */
    VerdictOut: {
      /** Agentid */
      agentId: string
      /** Ok */
      ok: boolean
      /** Reasons */
      reasons: components['schemas']['ReasonOut'][]
    }
    /**
     * VersionOut
     * @description What runs here.
     */
    VersionOut: {
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
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  list_agents: {
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
          'application/json': components['schemas']['AgentList']
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
          'application/json': components['schemas']['JoinTokenOut']
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `wrong_agent_key`: An agent of this name is registered with another key. Remove it first, or start this one with the old key. `bad_join_token`: The join token is unknown, used up, expired, or for another platform. Ask an administrator for a new one. `agent_rejected`: An administrator rejected this agent. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `too_many_attempts`: Too many wrong tries. Wait a minute, then try again. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
    }
  }
  drain_agent: {
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `invalid_credentials`: The user name or the password is wrong. */
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
      /** @description `too_many_attempts`: Too many wrong tries. Wait a minute, then try again. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
  list_sessions: {
    parameters: {
      query?: {
        user?: string | null
        state?: components['schemas']['State'][] | null
        template?: string | null
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
      /** @description `bad_request`: The request is malformed. `bad_cursor`: The cursor is not one that we handed out. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
  create_session: {
    parameters: {
      query?: never
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
      /** @description Successful Response */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionOut']
        }
      }
      /** @description `bad_request`: The request is malformed. `bad_resources`: Resources are Kubernetes quantities: CPU from 100m to 64, memory from 128Mi to 512Gi. `bad_duration`: A duration is written like 90s, 30m or 8h. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `template_not_found`: There is no template of this name that you may use. `user_not_found`: There is no such person that you could start a session for. */
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
      /** @description `bad_request`: The request is malformed. `tags_required`: Name at least one tag: ?tags=a&tags=b. `bad_cursor`: The cursor is not one that we handed out. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `foreign_connection`: This connection belongs to another session or person. */
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
          'application/json': components['schemas']['HeartbeatOut']
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. `foreign_connection`: This connection belongs to another session or person. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
    }
  }
  list_templates: {
    parameters: {
      query?: {
        search?: string | null
        category?: string | null
        tags?: string[] | null
        featured?: boolean | null
        sort?: 'name' | 'popularity' | 'created'
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
      /** @description `bad_request`: The request is malformed. */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
      /** @description `unauthenticated`: Sign in first, or sign in again. `token_expired`: Your sign-in must be renewed. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ProblemOut']
        }
      }
      /** @description `forbidden`: You may not do this. `foreign_origin`: This request comes from another site. */
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
          'application/json': components['schemas']['VersionOut']
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
