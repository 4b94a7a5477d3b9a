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
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { chooseLanguage, LANGUAGES, type Language } from '@/lib/i18n'

import { openPalette } from '../shortcuts'
import { useLeave } from '../use-leave'
import classes from './header-tools.module.css'

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
        <Menu.Label>{t('theme.label')}</Menu.Label>
        {SCHEMES.map(({ value, icon: Icon }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            closeMenuOnClick={false}
            leftSection={<Icon size={16} />}
            rightSection={colorScheme === value ? <IconCheck size={15} /> : null}
            onClick={() => setColorScheme(value)}
          >
            {t(`theme.${value}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('language')}</Menu.Label>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <Menu.Item
            key={language}
            role="menuitemradio"
            aria-checked={i18n.language === language}
            lang={language}
            rightSection={i18n.language === language ? <IconCheck size={15} /> : null}
            onClick={() => void chooseLanguage(language)}
          >
            {LANGUAGES[language]}
          </Menu.Item>
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
