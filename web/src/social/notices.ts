import { createPreference } from '../session/preferences.ts';

/** How one wants to be told, on this device; only the tab's title speaks unless one asks for more. */
export const isTitleMarked = createPreference('notices.title', true);
export const isSoundOn = createPreference('notices.sound', false);
export const isVibrationOn = createPreference('notices.vibration', false);

export type Occasion = 'started' | 'complete' | 'nudged';

/** Tones in hertz, one after another. */
const melodies: Readonly<Record<Occasion, readonly number[]>> = {
  started: [523, 659],
  complete: [659, 784, 1047],
  nudged: [880, 880],
};
const toneSeconds = 0.14;
const volume = 0.12;
const pulses: Readonly<Record<Occasion, readonly number[]>> = { started: [80], complete: [60, 60, 60], nudged: [160, 80, 160] };

let audio: AudioContext | undefined;

function play(tones: readonly number[]): void {
  audio ??= new AudioContext();
  const context = audio;
  // A page that nobody has touched yet may not sound: the browser resumes it with the next touch.
  void context.resume().catch(() => undefined);
  tones.forEach((frequency, index) => {
    const from = context.currentTime + index * toneSeconds;
    const oscillator = new OscillatorNode(context, { frequency, type: 'sine' });
    const gain = new GainNode(context, { gain: 0 });
    // Rising and falling: a tone that is cut off clicks.
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(volume, from + toneSeconds / 4);
    gain.gain.linearRampToValueAtTime(0, from + toneSeconds);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(from);
    oscillator.stop(from + toneSeconds);
  });
}

/** Sounds and vibrates as the person has chosen. */
export function notify(occasion: Occasion): void {
  if (isSoundOn.store.get()) play(melodies[occasion]);
  if (isVibrationOn.store.get() && 'vibrate' in navigator) navigator.vibrate([...pulses[occasion]]);
}
