import { ActionIcon, Kbd, Menu, Text, Tooltip, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { useOs } from '@mantine/hooks'
import {
  IconCheck,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { chooseLanguage, LANGUAGES, type Language } from '@/lib/i18n'

import { accountSections } from '../account-sections'
import { openPalette } from '../shortcuts'
import { useLeave } from '../use-leave'
import classes from './header-tools.module.css'
import { OrganizationItems, OrganizationSwitcher } from './organization-switcher'

const SCHEMES = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
] as const

/** The palette's button and the person's menu, at the end of every header. */
export function HeaderTools() {
  const { t } = useTranslation()
  const os = useOs()
  return (
    <div className={classes.tools}>
      <OrganizationSwitcher />
      <UnstyledButton className={classes.palette} onClick={openPalette}>
        <IconSearch size={15} aria-hidden />
        <span className={classes.paletteText}>{t('palette.open')}</span>
        <Kbd size="xs">{os === 'macos' ? '⌘ K' : 'Ctrl K'}</Kbd>
      </UnstyledButton>
      <Tooltip label={t('palette.open')}>
        <ActionIcon
          className={classes.paletteSmall}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('palette.open')}
          onClick={openPalette}
        >
          <IconSearch size={18} />
        </ActionIcon>
      </Tooltip>
      <PersonMenu />
    </div>
  )
}

function PersonMenu() {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const leave = useLeave()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const name = me.fullName || me.username
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.person}>
          <span className={classes.avatar} aria-hidden>
            {initials(name)}
          </span>
          <span className="visually-hidden">{t('person.menu', { name })}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <Text fz="sm" fw={600} truncate title={name}>
            {name}
          </Text>
          <Text fz="xs" c="dimmed" truncate>
            {me.email || me.username} · {t(`role.${me.role}`)}
          </Text>
        </div>
        <Menu.Divider />
        {accountSections(me).map(({ to, name, icon: Icon }) => (
          <Menu.Item
            key={to}
            leftSection={<Icon size={16} />}
            renderRoot={(props) => <Link to={to} {...props} />}
          >
            {t(`account.nav.${name}`)}
          </Menu.Item>
        ))}
        <div className={classes.narrow}>
          <OrganizationItems />
        </div>
        <Menu.Divider />
        <Menu.Label>{t('theme.label')}</Menu.Label>
        {SCHEMES.map(({ value, icon: Icon }) => (
          <Menu.RadioItem
            key={value}
            value={value}
            checked={colorScheme === value}
            checkIcon={<IconCheck size={15} />}
            closeMenuOnClick={false}
            rightSection={<Icon size={16} className={classes.quiet} />}
            onChange={() => setColorScheme(value)}
          >
            {t(`theme.${value}`)}
          </Menu.RadioItem>
        ))}
        <Menu.Label>{t('language')}</Menu.Label>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <Menu.RadioItem
            key={language}
            value={language}
            checked={i18n.language === language}
            checkIcon={<IconCheck size={15} />}
            lang={language}
            onChange={() => void chooseLanguage(language)}
          >
            {LANGUAGES[language]}
          </Menu.RadioItem>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconKeyboard size={16} />}
          rightSection={<Kbd size="xs">?</Kbd>}
          onClick={() => window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }))}
        >
          {t('shortcuts.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={leave}>
          {t('action.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean)
  return (
    (words[0]?.charAt(0) ?? '') + (words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : '')
  ).toUpperCase()
}
