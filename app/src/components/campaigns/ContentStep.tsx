import { useRef } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { MarkdownField } from '@/components/patterns/MarkdownField';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useT } from '@/i18n/i18n';
import type { FullCampaign } from '@/queries/campaigns';
import type { CampaignValues } from './draft-model';
import { MailPreview } from './MailPreview';
import { MergeFieldPick } from './MergeFieldPick';
import type { CampaignDraft } from './use-campaign-draft';

export interface ContentStepProps {
  form: UseFormReturn<CampaignValues>;
  campaign: FullCampaign;
  draft: CampaignDraft;
}

/** Subject and text at the left, at the right the mail that becomes of them. */
export function ContentStep({ form, campaign, draft }: ContentStepProps) {
  const t = useT();
  const { errors } = form.formState;
  return (
    <div className="grid gap-6 xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-5">
        <SubjectField form={form} />
        <Field label={t('campaigns.text')} hint={t('campaigns.textHint')} error={errors.body?.message}>
          <Controller
            control={form.control}
            name="body"
            render={({ field }) => (
              <MarkdownField
                value={field.value}
                onValueChange={field.onChange}
                rows={14}
                maxLength={100_000}
                tools={(insert) => <MergeFieldPick label={t('campaigns.fieldIntoText')} onInsert={insert} />}
              />
            )}
          />
        </Field>
      </div>
      <MailPreview
        campaign={{ id: campaign.id, version: draft.version }}
        stale={draft.dirty || draft.saving}
      />
    </div>
  );
}

function SubjectField({ form }: { form: UseFormReturn<CampaignValues> }) {
  const t = useT();
  const box = useRef<HTMLInputElement>(null);
  const { ref, ...control } = form.register('subject');
  const insert = (text: string) => {
    const input = box.current;
    if (!input) return;
    const { value } = input;
    const [start, end] = [input.selectionStart ?? value.length, input.selectionEnd ?? value.length];
    form.setValue('subject', value.slice(0, start) + text + value.slice(end), { shouldDirty: true });
    input.focus();
    input.setSelectionRange(start + text.length, start + text.length);
  };
  return (
    <Field
      label={t('campaigns.subject')}
      error={form.formState.errors.subject?.message}
      aside={<MergeFieldPick label={t('campaigns.fieldIntoSubject')} onInsert={insert} />}
    >
      <Input
        autoComplete="off"
        maxLength={200}
        {...control}
        ref={(element) => {
          ref(element);
          box.current = element;
        }}
      />
    </Field>
  );
}
