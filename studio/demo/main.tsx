import './demo.css';
import { render } from 'preact';
import { openClassifier } from './classifier.ts';
import { Demo } from './Demo.tsx';
import { loadFacts } from './facts.ts';

const root = document.getElementById('demo')!;
try {
  const facts = await loadFacts();
  document.title = facts.title;
  render(<Demo facts={facts} classify={await openClassifier(facts)} />, root);
} catch (error) {
  const remedy =
    location.protocol === 'file:'
      ? 'A browser loads nothing from a file’s folder: serve it, as with “npx serve” or “python3 -m http.server”.'
      : 'All files of the folder belong together.';
  const message = error instanceof Error ? error.message : `${error}`;
  render(<p role="alert">{`The net cannot be loaded. ${remedy} (${message})`}</p>, root);
}
