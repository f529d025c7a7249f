/** What a figure needs of a 2-D drawing context apart from its dots; `SvgPen` draws so, too. */
export interface PlainPen {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineJoin: 'round' | 'bevel' | 'miter';
  font: string;
  textAlign: 'left' | 'right' | 'center' | 'start' | 'end';
  textBaseline: 'top' | 'middle' | 'alphabetic' | 'bottom' | 'hanging' | 'ideographic';
  save(): void;
  restore(): void;
  beginPath(): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  fill(): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  strokeText(text: string, x: number, y: number): void;
  translate(x: number, y: number): void;
  rotate(angle: number): void;
}

/** What dots need of one, on bytes of our own and on a page's canvas alike. */
export interface DotPen
  extends Pick<
    PlainPen,
    'fillStyle' | 'save' | 'restore' | 'beginPath' | 'arc' | 'fill' | 'fillRect'
  > {
  globalAlpha: number;
  rect(x: number, y: number, width: number, height: number): void;
  clip(): void;
  scale(x: number, y: number): void;
}

/** What a whole figure needs of one, dots and all else: a page's canvas. */
export interface Pen extends PlainPen, DotPen {}
