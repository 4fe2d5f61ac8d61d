import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** Shades of the one accent; what is seen comes from tokens.css. */
const accent: MantineColorsTuple = ['#ecf0fd', '#dbe2fa', '#c2cdf5', '#a3b6fb', '#7f97ec', '#5f7be0', '#4765d8', '#3352c4', '#2a45a8', '#22388a']

export const theme = createTheme({
  respectReducedMotion: true,
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono', ui-monospace, SFMono-Regular, Menlo, 'DejaVu Sans Mono', monospace",
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent },
  fontSizes: { xs: '0.6875rem', sm: '0.75rem', md: '0.8125rem', lg: '0.875rem', xl: '1rem' },
  lineHeights: { xs: '1rem', sm: '1rem', md: '1.25rem', lg: '1.125rem', xl: '1.5rem' },
  radius: { sm: '0.25rem', md: '0.375rem', lg: '0.625rem' },
  defaultRadius: 'md',
  spacing: { xs: '0.375rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.25rem' },
  components: {
    Button: { defaultProps: { size: 'compact-md' }, styles: { root: { height: '1.75rem', fontWeight: 400 } } },
    SegmentedControl: {
      styles: { root: { background: 'var(--hover)' }, label: { fontWeight: 400, fontSize: '0.75rem' }, indicator: { background: 'var(--raised)' } },
      defaultProps: { withItemsBorders: false },
    },
    InputWrapper: { styles: { label: { fontSize: '0.75rem', fontWeight: 400 }, description: { fontSize: '0.6875rem', lineHeight: '1rem' } } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
  },
})
