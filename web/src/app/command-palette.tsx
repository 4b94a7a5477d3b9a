import {
  Modal,
  ScrollArea,
  Text,
  TextInput,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  IconBuilding,
  IconHome,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSparkles,
  IconStack2,
  IconSun,
} from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { AppIcon } from '@/components/app-icon'
import { Avatar } from '@/components/person'
import { templatesQuery } from '@/features/applications/api/templates'
import { findTemplates } from '@/features/applications/search'
import { peopleHintsQuery } from '@/features/people/api/people'
import { sessionsQuery } from '@/features/sessions/api/sessions'
import { findSessions } from '@/features/sessions/table'
import { may } from '@/lib/authorization'

import { accountSections } from './account-sections'
import { adminSections } from './admin-sections'
import classes from './command-palette.module.css'
import RefusalDialog from './refusal-dialog'
import { useLaunch } from './use-launch'
import { useLeave } from './use-leave'
import { useSwitch } from './use-switch'

interface Command {
  id: string
  group: string
  label: string
  hint?: string
  icon: ReactNode
  run: () => void
  /** The palette stays, because the command may still have something to say. */
  stay?: boolean
}

/** Everything by typing: applications, sessions, pages, the theme, the way out. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const { launch, launching, refusal, forgetRefusal } = useLaunch()
  const commands = useCommands(text, launch)
  const index = Math.min(chosen, Math.max(0, commands.length - 1))
  const current = commands[index]
  const run = (command: Command | undefined) => {
    if (!command || launching) return
    if (!command.stay) onClose()
    command.run()
  }

  useEffect(() => {
    if (current) document.getElementById(`command-${current.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [current])

  if (refusal) {
    return (
      <RefusalDialog
        refusal={refusal}
        onClose={() => {
          forgetRefusal()
          onClose()
        }}
      />
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      yOffset="12vh"
      size={600}
      padding={0}
      aria-label={t('palette.title')}
      transitionProps={{ transition: 'pop', duration: 120 }}
    >
      <TextInput
        classNames={{ input: classes.input }}
        size="md"
        variant="unstyled"
        leftSection={<IconSearch size={18} />}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        role="combobox"
        aria-expanded
        aria-controls="commands"
        aria-activedescendant={current ? `command-${current.id}` : undefined}
        autoComplete="off"
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setChosen(0)
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
          if (step !== undefined && commands.length > 0) {
            event.preventDefault()
            setChosen((index + step + commands.length) % commands.length)
          } else if (event.key === 'Enter') {
            event.preventDefault()
            run(current)
          }
        }}
      />
      <ScrollArea.Autosize mah="52vh" className={classes.results} viewportProps={{ tabIndex: -1 }}>
        <div role="listbox" id="commands" aria-label={t('palette.title')}>
          {commands.map((command, position) => (
            <div key={command.id} role="presentation">
              {command.group !== commands[position - 1]?.group && (
                <div className={classes.group} role="presentation">
                  {command.group}
                </div>
              )}
              {/* The keyboard works in the text field, as for every combobox. */}
              <div
                id={`command-${command.id}`}
                role="option"
                aria-selected={position === index}
                className={classes.option}
                onPointerMove={() => setChosen(position)}
                onClick={() => run(command)}
              >
                {command.icon}
                <span className={classes.label}>{command.label}</span>
                {command.hint && <span className={classes.hint}>{command.hint}</span>}
              </div>
            </div>
          ))}
        </div>
        {commands.length === 0 && (
          <Text c="dimmed" fz="sm" ta="center" py="xl" role="status">
            {t('palette.nothing')}
          </Text>
        )}
      </ScrollArea.Autosize>
    </Modal>
  )
}

function useCommands(text: string, launch: ReturnType<typeof useLaunch>['launch']): Command[] {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const leave = useLeave()
  const { switchTo } = useSwitch()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme()
  const templates = useQuery(templatesQuery()).data?.templates ?? []
  const mine =
    useInfiniteQuery(sessionsQuery({ user: me.username, ended: false })).data?.pages.flatMap(
      (page) => page.sessions,
    ) ?? []

  const sessions = findSessions(
    mine.filter((one) => one.state !== 'terminated'),
    text,
    '-started',
  ).map<Command>((session) => ({
    id: `session-${session.id}`,
    group: t('palette.sessions'),
    label: session.templateDisplayName,
    hint: t(`state.${session.state}`),
    icon: <AppIcon src={session.icon} name={session.templateDisplayName} size={22} />,
    run: () => void navigate({ to: '/sessions/$id', params: { id: session.id } }),
  }))
  const applications = findTemplates(templates, text, null)
    .filter((one) => one.available)
    .map<Command>((template) => ({
      id: `launch-${template.name}`,
      group: t('palette.applications'),
      label: template.displayName,
      hint: template.category,
      icon: <AppIcon src={template.icon} name={template.displayName} size={22} />,
      run: () => launch(template),
      stay: true,
    }))
  const places: Command[] = [
    { label: t('nav.home'), icon: <IconHome size={18} />, run: () => void navigate({ to: '/' }) },
    {
      label: t('nav.sessions'),
      icon: <IconStack2 size={18} />,
      run: () => void navigate({ to: '/sessions' }),
    },
    ...accountSections(me).map(({ to, name, icon: Icon }) => ({
      label: `${t('account.title')}: ${t(`account.nav.${name}`)}`,
      icon: <Icon size={18} />,
      run: () => void navigate({ to }),
    })),
    ...(me.setupRequired
      ? [
          {
            label: t('setup.title'),
            icon: <IconSparkles size={18} />,
            run: () => void navigate({ to: '/setup' }),
          },
        ]
      : []),
    ...adminSections(me).map(({ to, name, icon: Icon }) => ({
      label: `${t('nav.admin')}: ${t(`nav.${name}`)}`,
      icon: <Icon size={18} />,
      run: () => void navigate({ to }),
    })),
  ].map((place) => ({ ...place, id: `go-${place.label}`.replace(/[^\w-]/g, '-'), group: t('palette.pages') }))
  const other: Command[] = [
    ...me.organizations
      .filter((one) => !one.current)
      .map((one) => ({
        id: `organization-${one.id}`,
        group: t('palette.other'),
        label: t('organization.switchTo', { name: one.displayName }),
        icon: <IconBuilding size={18} />,
        run: () => switchTo(one.id),
      })),
    {
      id: 'theme',
      group: t('palette.other'),
      label: scheme === 'dark' ? t('theme.toLight') : t('theme.toDark'),
      icon: scheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />,
      run: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark'),
    },
    {
      id: 'leave',
      group: t('palette.other'),
      label: t('action.signOut'),
      icon: <IconLogout size={18} />,
      run: leave,
    },
  ]
  const [asked] = useDebouncedValue(text.trim(), 200)
  const canFind = may(me, 'people:view') && text.trim().length > 1
  const found = useQuery({ ...peopleHintsQuery(asked), enabled: canFind && asked.length > 1 }).data?.users
  const people = (canFind ? (found ?? []) : []).map<Command>((person) => ({
    id: `person-${person.id}`,
    group: t('nav.people'),
    label: person.fullName || person.username,
    hint: person.email,
    icon: <Avatar name={person.fullName || person.username} size={22} />,
    run: () => void navigate({ to: '/admin/people/$id', params: { id: person.id } }),
  }))
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const matching = [...places, ...other].filter((one) =>
    words.every((word) => one.label.toLowerCase().includes(word)),
  )
  const few = text === ''
  return [...sessions.slice(0, few ? 4 : 8), ...applications.slice(0, few ? 6 : 12), ...people, ...matching]
}
