declare module 'svg-to-pdfkit' {
  /** Draws an SVG document on the page of a PDF. */
  export default function drawSvg(
    document: PDFKit.PDFDocument,
    svg: string,
    x: number,
    y: number,
    options: {
      /** A unit of the drawing is a point. */
      assumePt: boolean;
      /** The registered font of a text; may ask for it to be slanted or made bold. */
      fontCallback(
        family: string,
        bold: boolean,
        italic: boolean,
        faux: { fauxItalic: boolean; fauxBold: boolean },
      ): string;
    },
  ): void;
}
