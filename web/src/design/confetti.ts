const pieces = 70;
const colours = ['#e9b949', '#74d3b0', '#f6f1e2', '#d9795d', '#6c8fd0'];

/** A short burst of paper over the page; nothing for whoever prefers reduced motion. */
export function throwConfetti(): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (let index = 0; index < pieces; index += 1) throwPiece(index);
}

function throwPiece(index: number): void {
  const piece = document.createElement('i');
  piece.setAttribute('aria-hidden', 'true');
  piece.dataset['confetti'] = '';
  Object.assign(piece.style, {
    position: 'fixed',
    zIndex: '30',
    left: `${50 + (Math.random() - 0.5) * 20}vw`,
    top: '40vh',
    width: '9px',
    height: `${6 + Math.random() * 10}px`,
    borderRadius: '2px',
    background: colours[index % colours.length] ?? 'gold',
    pointerEvents: 'none',
  });
  document.body.append(piece);
  const sideways = (Math.random() - 0.5) * innerWidth * 0.8;
  const upwards = -(0.15 + Math.random() * 0.35) * innerHeight;
  const turn = `rotate(${Math.random() * 900}deg)`;
  const flight = piece.animate(
    [
      { transform: 'none', opacity: 1 },
      { transform: `translate(${sideways * 0.7}px, ${upwards}px) ${turn}`, opacity: 1, offset: 0.35, easing: 'ease-in' },
      { transform: `translate(${sideways}px, ${innerHeight * 0.6}px) ${turn}`, opacity: 0 },
    ],
    { duration: 1600 + Math.random() * 900, easing: 'cubic-bezier(0.1, 0.7, 0.3, 1)' },
  );
  flight.onfinish = () => piece.remove();
}
