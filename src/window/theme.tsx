import { useEffect, useState } from 'preact/hooks';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const place = 's3-mock-theme';

export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(stored);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(place, theme);
    } catch {
      // A browser may refuse to store anything; the choice then lasts as long as the page.
    }
  }, [theme]);
  return (
    <label class="select theme">
      <span class="hidden">Colours</span>
      <select
        value={theme}
        onChange={({ currentTarget: { value } }) => setTheme(themes.find((one) => one === value) ?? 'system')}
      >
        {themes.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}

function stored(): Theme {
  try {
    const found = localStorage.getItem(place);
    return themes.find((one) => one === found) ?? 'system';
  } catch {
    return 'system';
  }
}
