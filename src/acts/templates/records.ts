/** Templates of letters as acts see them. */
import type { Templates } from '../../outbound/rendering/render.ts';
import type { ToRender } from '../../outbound/templates/views.ts';

export type TemplateVersion = {
  readonly id: string;
  readonly subject: string | null;
  /** Null: the shipped one counts again. */
  readonly body: string | null;
  readonly by: string;
  readonly at: string;
};

export type TemplateNeeds = {
  /** `version`: one of before, by its id. */
  readonly template?: { readonly language: string; readonly name: string; readonly version?: string | undefined };
  readonly templateLanguage?: string;
};
export type TemplateRecords = {
  readonly template?: {
    readonly shipped: Templates;
    /** Languages that were added here. */
    readonly languages: readonly string[];
    /** Null: it was never changed. */
    readonly newest: TemplateVersion | null;
    /** The one that was asked for; null: there is none. */
    readonly version: TemplateVersion | null;
    /** What the last letters of its kind were written from. */
    readonly recent: readonly ToRender[];
  };
  readonly templateLanguage?: {
    readonly shipped: readonly string[];
    readonly added: boolean;
    /** Templates that count in it. */
    readonly templates: number;
  };
};
