import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { showToast } from '../design/Toasts.tsx';
import { CreateReportLinkDocument, ReportLinksDocument, type ReportLinksQuery, RevokeReportLinkDocument } from '../generated/later.ts';
import { toErrorText } from '../graph/errors.ts';
import { toPath } from '../routes.ts';
import { LinkToShare } from '../session/LinkToShare.tsx';
import { useLaterText } from '../text/later.ts';
import { useLanguage } from '../text/text.ts';

/** The links by which people read the report who have no place in the session: made, listed and revoked. */
export function ReportLinksDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useLaterText();
  const { data, error, refetch } = useQuery(ReportLinksDocument, { fetchPolicy: 'no-cache' });
  const [create, made] = useMutation(CreateReportLinkDocument, { fetchPolicy: 'no-cache' });
  const problem = made.error ?? error;
  const link = made.data?.createReportLink;
  const links = data?.reportLinks ?? [];

  async function make(): Promise<void> {
    await create().catch(() => undefined);
    await refetch().catch(() => undefined);
  }

  return (
    <Dialog title={text('reportLink.title')} onClose={onClose} actions={<Button onClick={onClose}>{text('close')}</Button>}>
      <Stack>
        <p>{text('reportLink.lead')}</p>
        {problem && <Note tone="bad">{toErrorText(problem, text)}</Note>}
        {/* One that was revoked is not offered any more. */}
        {link && links.some(({ id }) => id === link.id) && (
          <LinkToShare
            link={`${new URL(toPath({ name: 'sharedReport' }), location.origin).href}#${link.secret}`}
            label={text('reportLink.link')}
            codeLabel={text('reportLink.qr')}
            lead={text('reportLink.once')}
          />
        )}
        <Row>
          <Button look="primary" isDisabled={made.loading} onClick={() => void make()}>
            {text('reportLink.create')}
          </Button>
        </Row>
        {data && links.length === 0 && <p>{text('reportLink.none')}</p>}
        <ul>
          {links.map((each) => (
            <ReportLink key={each.id} link={each} onRevoked={() => void refetch().catch(() => undefined)} />
          ))}
        </ul>
      </Stack>
    </Dialog>
  );
}

interface ReportLinkProps {
  readonly link: ReportLinksQuery['reportLinks'][number];
  readonly onRevoked: () => void;
}

function ReportLink({ link, onRevoked }: ReportLinkProps) {
  const text = useLaterText();
  const format = new Intl.DateTimeFormat(useLanguage(), { dateStyle: 'medium', timeStyle: 'medium' });
  const [revoke, { loading }] = useMutation(RevokeReportLinkDocument, { variables: { id: link.id } });
  const made = text('reportLink.made', { when: format.format(new Date(link.createdAt)), name: link.createdBy?.name ?? text('someone') });

  async function revokeNow(): Promise<void> {
    try {
      await revoke();
      onRevoked();
    } catch (error) {
      showToast('bad', toErrorText(error, text));
    }
  }

  return (
    <li>
      <Row isSpread>
        <span>{made}</span>
        <Button size="small" isDisabled={loading} aria-label={text('reportLink.revokeOf', { made })} onClick={() => void revokeNow()}>
          {text('reportLink.revoke')}
        </Button>
      </Row>
    </li>
  );
}
