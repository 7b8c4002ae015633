import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = ['#eef7f3', '#dbece4', '#b6d9cb', '#8dc6b0', '#5fae94', '#37937a', '#1d7a66', '#13665a', '#0d5446', '#083b31'];
const brick: MantineColorsTuple = ['#fdf1ee', '#fbe0d9', '#f4bfb3', '#ec9c8a', '#e27b64', '#d25f46', '#bd4a33', '#9c3322', '#7d2618', '#5c180d'];

/** The component kit in our own type, colours and spacing; what it draws takes its colours from tokens.css. */
export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 8, dark: 6 },
  autoContrast: true,
  colors: { pine, brick },
  fontFamily: 'var(--face-text)',
  fontSizes: { xs: '0.875rem', sm: '1rem', md: '1.0625rem', lg: '1.25rem', xl: '1.55rem' },
  headings: { fontFamily: 'var(--face-head)', fontWeight: '650' },
  defaultRadius: 5,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'md' }, styles: { root: { minHeight: 'var(--target)', height: 'auto', paddingBlock: 8 }, label: { whiteSpace: 'normal' } } },
    TextInput: { defaultProps: { size: 'md', inputWrapperOrder: ['label', 'description', 'error', 'input'] } },
    PasswordInput: { defaultProps: { size: 'md', inputWrapperOrder: ['label', 'description', 'error', 'input'] } },
    NumberInput: { defaultProps: { size: 'md', inputWrapperOrder: ['label', 'description', 'error', 'input'] } },
    Textarea: { defaultProps: { size: 'md', inputWrapperOrder: ['label', 'description', 'error', 'input'] } },
    Select: { defaultProps: { size: 'md', inputWrapperOrder: ['label', 'description', 'error', 'input'] } },
    NativeSelect: { defaultProps: { size: 'md', inputWrapperOrder: ['label', 'description', 'error', 'input'] } },
    Checkbox: { defaultProps: { size: 'md' } },
    Radio: { defaultProps: { size: 'md' } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.5 } } },
  },
});

const colours = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-anchor': 'var(--pine)',
  '--mantine-color-default': 'var(--sheet)',
  '--mantine-color-default-hover': 'var(--sunk)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--edge)',
  '--mantine-color-error': 'var(--brick)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-pine-outline': 'var(--pine)',
  '--mantine-color-pine-light-color': 'var(--pine)',
};

export const kitVariables: CSSVariablesResolver = () => ({ variables: { '--mantine-line-height': '1.55' }, light: colours, dark: colours });
