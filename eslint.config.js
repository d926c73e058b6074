import tseslint from 'typescript-eslint'

const botFramework = {
  group: ['botbuilder*', 'botframework*', '@microsoft/teams-ai*'],
  message: 'Only bot/ speaks Teams, so that moving to the successor of these packages is a change of one folder.',
}
const botFolder = { group: ['**/bot/*'], message: 'bot/ is the outermost layer: nothing below it may know it.' }
const cardsFolder = { group: ['**/cards/*'], message: 'services/ is the product without Teams: it knows no cards.' }
const processEnv = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message: 'bot/config.ts is the only reader of the environment.',
}

export default tseslint.config(
  { ignores: ['node_modules', 'dist', '.data', '.output'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/require-await': 'off',
      // Everything here is made by factories of closures: no method uses `this`, so each may be passed on.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-params': ['error', 3],
      'no-console': 'error',
      'no-restricted-syntax': ['error', processEnv],
    },
  },
  {
    files: ['services/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [botFramework, botFolder, cardsFolder] }] },
  },
  {
    files: ['cards/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [botFramework, botFolder] }],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/services/*'],
              allowTypeImports: true,
              message: 'Cards are pure: only types come from services/.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['bot/config.ts', 'services/sandbox/main.ts', 'tests/**', '*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['bot/index.ts', 'services/sandbox/main.ts', 'tests/**'], rules: { 'no-console': 'off' } },
  { files: ['*.js', 'bot/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
)
