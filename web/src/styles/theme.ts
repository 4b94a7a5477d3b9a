import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const iris: MantineColorsTuple = [
  '#eff1fc',
  '#dce0f8',
  '#bac2f0',
  '#98a3e8',
  '#7f8ce2',
  '#6675d9',
  '#4a5bcb',
  '#3f4eb4',
  '#37449d',
  '#2d3986',
]
const gray: MantineColorsTuple = [
  '#f7f7f9',
  '#f0f0f4',
  '#e6e6ec',
  '#dadae2',
  '#cbccd5',
  '#9b9da8',
  '#5f616b',
  '#484a53',
  '#2f3037',
  '#1b1c20',
]
const dark: MantineColorsTuple = [
  '#dcdde3',
  '#b9bbc5',
  '#9b9eaa',
  '#6d707d',
  '#33353e',
  '#282a32',
  '#1b1d22',
  '#111216',
  '#0c0d10',
  '#07080a',
]

const font = '"Inter Variable", -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, sans-serif'

export const theme = createTheme({
  colors: { iris, gray, dark },
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 6 },
  defaultRadius: 'md',
  fontFamily: font,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontFamily: font, fontWeight: '600' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, fz: 'xs' } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md' } },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.45, blur: 3 } },
    },
    TextInput: { defaultProps: { size: 'sm' } },
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f7f7f9',
    '--mantine-color-text': '#1b1c20',
    '--mantine-color-dimmed': '#5f616b',
    '--mantine-color-placeholder': '#6a6c77',
    '--mantine-color-error': '#b42323',
    '--mantine-color-anchor': '#3f4eb4',
    '--ss-surface': '#ffffff',
    '--ss-border': '#e4e4ea',
    '--ss-border-strong': '#d3d3dc',
    '--ss-hover': '#f2f2f6',
    '--ss-shadow': '0 1px 2px rgb(20 22 40 / 5%)',
    '--ss-shadow-raised': '0 2px 4px rgb(20 22 40 / 4%), 0 12px 28px rgb(20 22 40 / 9%)',
    '--ss-ok': '#1a7f4b',
    '--ss-busy': '#3f4eb4',
    '--ss-quiet': '#5f616b',
    '--ss-warn': '#8f5a00',
    '--ss-bad': '#b42323',
  },
  dark: {
    '--mantine-color-body': '#0f1013',
    '--mantine-color-text': '#e6e7ec',
    '--mantine-color-dimmed': '#a0a3af',
    '--mantine-color-placeholder': '#8c8f9b',
    '--mantine-color-error': '#ff9a94',
    '--mantine-color-anchor': '#a7b1f0',
    '--ss-surface': '#17181d',
    '--ss-border': '#26282f',
    '--ss-border-strong': '#383b45',
    '--ss-hover': '#1f2127',
    '--ss-shadow': '0 1px 2px rgb(0 0 0 / 30%)',
    '--ss-shadow-raised': '0 2px 4px rgb(0 0 0 / 30%), 0 14px 32px rgb(0 0 0 / 45%)',
    '--ss-ok': '#56c98d',
    '--ss-busy': '#a7b1f0',
    '--ss-quiet': '#a0a3af',
    '--ss-warn': '#e6b455',
    '--ss-bad': '#ff8f88',
  },
})
