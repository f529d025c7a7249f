import '@fontsource-variable/inter/wght.css';
import './design/tokens.css';
import './design/base.css';
import './design/controls.css';
import './design/layout.css';
import './design/parts.css';
import { render } from 'preact';
import { connect } from './api/live.ts';
import { adoptToken } from './api/token.ts';
import { App } from './shell/App.tsx';
import { followAddress } from './state/route.ts';
import { followScheme } from './state/scheme.ts';

adoptToken();
followScheme();
followAddress();
render(<App />, document.getElementById('studio')!);
void connect();
