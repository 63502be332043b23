import { type ReactNode, Suspense } from 'react';
import { Button } from '../design/Button.tsx';
import { lazyPart } from '../design/lazyPart.tsx';
import { Row, Stack } from '../design/Panel.tsx';
import { type EstimatePartsFragment, SettleRoundDocument, type SettleRoundMutation } from '../generated/graph.ts';
import { useAction } from '../graph/useAction.ts';
import { createStore, useStore } from '../store.ts';
import { useText } from '../text/text.ts';
import { type Round, useSession } from './context.ts';
import { leaveRound } from './leaveRound.ts';
import styles from './ResultPanel.module.css';
import { useShortcuts } from './shortcuts.ts';
import { ValuePicker } from './ValuePicker.tsx';

const FirstWriteNote = lazyPart(async () => (await import('./FirstWriteNote.tsx')).FirstWriteNote);
const DecisionField = lazyPart(async () => (await import('./DecisionField.tsx')).DecisionField);

interface Choice {
  readonly roundId: string;
  /** By track, where another value than the suggested one was chosen. */
  readonly values: Readonly<Record<string, number>>;
  readonly decision: string;
}

/** What was chosen. Outside the form: a settlement that fails brings the form back, and this with it. */
const lastChoice = createStore<Choice>({ roundId: '', values: {}, decision: '' });

/** Settles a revealed round, on the suggestion unless another card is chosen; `others` are the ways not to settle it. */
export function SettleForm({ round, others }: { readonly round: Round; readonly others: ReactNode }) {
  const { session } = useSession();
  const text = useText();
  const [settle, isSettling] = useAction(SettleRoundDocument);
  const choice = useStore(lastChoice);
  const item = session.items.find(({ id }) => id === round.item.id);
  const isOfRound = choice.roundId === round.id;
  const chosen = isOfRound ? choice.values : {};
  const decision = isOfRound ? choice.decision : (item?.decision ?? '');
  const choose = (fields: Partial<Choice>) => lastChoice.set({ roundId: round.id, values: chosen, decision, ...fields });

  const estimates = session.tracks.flatMap(({ id }) => {
    const value = chosen[id] ?? round.results.find((result) => result.track === id)?.suggestion.value;
    return value === null || value === undefined ? [] : [{ track: id, value }];
  });
  const canSettle = estimates.length > 0 && !isSettling;
  const isForJira = session.settings.writeBack && item?.topic === null;
  const settleNow = () =>
    void settle(
      { roundId: round.id, estimates, ...(isOfRound && { decision: decision.trim() }) },
      {
        optimisticResponse: { settleRound: round } as unknown as SettleRoundMutation,
        update: (cache, { data }) => {
          const known = data?.settleRound.estimates ?? [];
          const settled =
            known.length > 0
              ? known
              : estimates.map((estimate) => toEstimate({ ...estimate, label: labelOf(round, estimate.value) }, isForJira));
          leaveRound({ session, round, item: { state: 'ESTIMATED', estimates: settled } })(cache);
        },
      },
    );
  useShortcuts({ s: canSettle ? settleNow : undefined });
  const said = estimates.map(({ value }) => labelOf(round, value)).join(' / ');

  return (
    <Stack>
      {session.tracks.map((track) => (
        <ValuePicker
          key={track.id}
          name={session.tracks.length > 1 ? text('settle.onTrack', { track: track.label }) : text('settle.choose')}
          cards={round.deck.cards}
          value={estimates.find((estimate) => estimate.track === track.id)?.value}
          onChoose={(value) => choose({ values: { ...chosen, [track.id]: value } })}
        />
      ))}
      {isForJira && (
        <Suspense>
          <div className={styles.firstWrite}>
            <FirstWriteNote itemId={round.item.id} />
          </div>
        </Suspense>
      )}
      <div className={styles.bar}>
        <Row>
          <Button look="primary" size="large" shortcut="S" isDisabled={!canSettle} onClick={settleNow}>
            {estimates.length === 0 ? text('settle') : text('settle.on', { value: said })}
          </Button>
          {others}
          <Suspense>
            <DecisionField decision={decision} onChange={(written) => choose({ decision: written })} />
          </Suspense>
        </Row>
      </div>
    </Stack>
  );
}

/** A settled value on its way, before the graph has said how it stands. */
function toEstimate(
  { track, value, label }: Pick<EstimatePartsFragment, 'track' | 'value' | 'label'>,
  isForJira: boolean,
): EstimatePartsFragment {
  const nothing = { attempts: 0, reason: null, reasonCode: null, valueInJira: null, writtenAt: null };
  const writeBack = { __typename: 'WriteBack', state: isForJira ? 'PENDING' : 'NOT_NEEDED', ...nothing } as const;
  return { __typename: 'Estimate', track, value, label, writeBack } as EstimatePartsFragment;
}

function labelOf(round: Round, value: number): string {
  return round.deck.cards.find((card) => card.value === value)?.label ?? String(value);
}
