import qrcode from 'qrcode-generator';

interface QrCodeProps {
  readonly content: string;
  readonly label: string;
  readonly className: string;
}

/** A QR code as one path. */
export function QrCode({ content, label, className }: QrCodeProps) {
  const code = qrcode(0, 'M');
  code.addData(content);
  code.make();
  const size = code.getModuleCount();
  const places = Array.from({ length: size * size }, (_, index) => [Math.floor(index / size), index % size] as const);
  const path = places
    .filter(([row, column]) => code.isDark(row, column))
    .map(([row, column]) => `M${column} ${row}h1v1h-1z`)
    .join('');
  return (
    <svg className={className} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={path} fill="currentColor" />
    </svg>
  );
}
