// Written by `npm run api` from docs/reference/openapi.json. Do not edit.
export interface paths {
"/v1/track": {
/** Takes `track` messages in Segment's shape; answers when they are durable. */ post: {
parameters: {   };
requestBody: { content: { "application/json": {
event: string;
/** Anything; revenue (or total, or value) with currency becomes the event's amount. */ properties?: { [key: string]: unknown };
/** The person's id in your own system. */ userId?: string;
/** A device's id before the person is known. */ anonymousId?: string;
/** An address, where there is no id. */ email?: string;
/** Repeat it to send again safely: it is kept once. */ messageId?: string;
/** When it happened. */ timestamp?: string;
/** When you sent it, by the same clock. */ sentAt?: string;
context?: { [key: string]: unknown };
} } };
responses: { 200: { content: { "application/json": unknown } }; };
};
};
"/v1/identify": {
/** Takes `identify` messages in Segment's shape; answers when they are durable. */ post: {
parameters: {   };
requestBody: { content: { "application/json": {
/** Values of declared attributes, by key. */ traits?: { [key: string]: unknown };
/** The person's id in your own system. */ userId?: string;
/** A device's id before the person is known. */ anonymousId?: string;
/** An address, where there is no id. */ email?: string;
/** Repeat it to send again safely: it is kept once. */ messageId?: string;
/** When it happened. */ timestamp?: string;
/** When you sent it, by the same clock. */ sentAt?: string;
context?: { [key: string]: unknown };
} } };
responses: { 200: { content: { "application/json": unknown } }; };
};
};
"/v1/page": {
/** Takes `page` messages in Segment's shape; answers when they are durable. */ post: {
parameters: {   };
requestBody: { content: { "application/json": {
name?: string;
/** Anything; revenue (or total, or value) with currency becomes the event's amount. */ properties?: { [key: string]: unknown };
/** The person's id in your own system. */ userId?: string;
/** A device's id before the person is known. */ anonymousId?: string;
/** An address, where there is no id. */ email?: string;
/** Repeat it to send again safely: it is kept once. */ messageId?: string;
/** When it happened. */ timestamp?: string;
/** When you sent it, by the same clock. */ sentAt?: string;
context?: { [key: string]: unknown };
} } };
responses: { 200: { content: { "application/json": unknown } }; };
};
};
"/v1/screen": {
/** Takes `screen` messages in Segment's shape; answers when they are durable. */ post: {
parameters: {   };
requestBody: { content: { "application/json": {
name?: string;
/** Anything; revenue (or total, or value) with currency becomes the event's amount. */ properties?: { [key: string]: unknown };
/** The person's id in your own system. */ userId?: string;
/** A device's id before the person is known. */ anonymousId?: string;
/** An address, where there is no id. */ email?: string;
/** Repeat it to send again safely: it is kept once. */ messageId?: string;
/** When it happened. */ timestamp?: string;
/** When you sent it, by the same clock. */ sentAt?: string;
context?: { [key: string]: unknown };
} } };
responses: { 200: { content: { "application/json": unknown } }; };
};
};
"/v1/group": {
/** Takes `group` messages in Segment's shape; answers when they are durable. */ post: {
parameters: {   };
requestBody: { content: { "application/json": {
groupId?: string;
/** Values of declared attributes, by key. */ traits?: { [key: string]: unknown };
/** The person's id in your own system. */ userId?: string;
/** A device's id before the person is known. */ anonymousId?: string;
/** An address, where there is no id. */ email?: string;
/** Repeat it to send again safely: it is kept once. */ messageId?: string;
/** When it happened. */ timestamp?: string;
/** When you sent it, by the same clock. */ sentAt?: string;
context?: { [key: string]: unknown };
} } };
responses: { 200: { content: { "application/json": unknown } }; };
};
};
"/v1/alias": {
/** Takes `alias` messages in Segment's shape; answers when they are durable. */ post: {
parameters: {   };
requestBody: { content: { "application/json": {
previousId?: string;
/** The person's id in your own system. */ userId?: string;
/** A device's id before the person is known. */ anonymousId?: string;
/** An address, where there is no id. */ email?: string;
/** Repeat it to send again safely: it is kept once. */ messageId?: string;
/** When it happened. */ timestamp?: string;
/** When you sent it, by the same clock. */ sentAt?: string;
context?: { [key: string]: unknown };
} } };
responses: { 200: { content: { "application/json": unknown } }; };
};
};
"/v1/batch": {
/** Takes `batch` messages in Segment's shape; answers when they are durable. */ post: {
parameters: {   };
requestBody: { content: { "application/json": {
batch: ({ [key: string]: unknown })[];
sentAt?: string;
} } };
responses: { 200: { content: { "application/json": unknown } }; };
};
};
"/api/v1/health": {
/** Whether the app answers, reaches its database, and jobs run. */ get: {
parameters: {   };

responses: { 200: { content: { "application/json": components["schemas"]["Health"] } }; };
};
};
"/api/v1/workspaces/{workspace}/reports/goals": {
/** Return where every goal of a year stands, those above campaigns by what the campaigns that serve them reached. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Without it: this year */ year?: number | null;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["GoalStandingOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/reports/past": {
/** Return what the last 40 campaigns whose results are in reached in a metric, for setting a realistic goal. */ get: {
parameters: { path: {
workspace: string;
}; query: {
metric: components["schemas"]["GoalMetric"];
/** The campaign that is planned; left out */ but?: string | null;
category?: components["schemas"]["Category"] | null;
type?: components["schemas"]["CampaignType"] | null;
channel?: components["schemas"]["TouchpointChannel"] | null;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["PastResultsOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/reports/overview": {
/** Return what all campaigns brought and cost in a period, by month and by campaign, beside as many days before it. */ get: {
parameters: { path: {
workspace: string;
}; query: {
/** The first day, in the workspace's zone */ first: string;
/** The last day, included */ last: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["OverviewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/reports": {
/** Return every figure of each campaign as a whole, the newest first; without `campaign` those with something launched. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Words in the campaign's name */ q?: string;
/** Only these, launched or not, without paging */ campaign?: (string)[] | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_KeyNumbersOut_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/report": {
/** Return every figure of the campaign as of now. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ReportOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/report/pdf": {
/** Return the report as a document to print or pass on. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query?: {
language?: "en" | "fr" | "sv" | "zh" | null;
}; };

responses: { 200: { content: { "application/pdf": unknown } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/report/csv": {
/** Return every figure of every touchpoint, of people held out and of the campaign, as a table for a spreadsheet. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query?: {
language?: "en" | "fr" | "sv" | "zh" | null;
}; };

responses: { 200: { content: { "text/csv": unknown } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/report/breakdown": {
/** Return every figure for each part of an attribute's values; dates by year, many numbers in five ranges. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query: {
/** Key of a declared attribute */ attribute: string;
touchpoint_id?: string | null;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["BreakdownRowOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/report/series": {
/** Return what happened when, by the workspace's clock; empty steps are left out. Without `since`: the last 3 hours, 14 days or 2 years. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query?: {
step?: components["schemas"]["Step"];
since?: string | null;
touchpoint_id?: string | null;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["ReportMoment"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/report/people": {
/** Return the people behind one number of the report. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query?: {
/** Key in the metric catalogue */ metric?: string;
touchpoint_id?: string | null;
/** Of withheld, failed or unknown messages */ reason?: string | null;
/** Of clicks and conversions; needs touchpoint_id */ link?: number | null;
attribute?: string | null;
value?: string | null;
low?: number | null;
high?: number | null;
unknown?: boolean;
other?: boolean;
/** People of the comparison instead of a metric */ side?: components["schemas"]["Side"] | null;
/** With `side`: those who had it */ event?: string | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["PeopleBehind"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/report/exports": {
/** Return the people behind one number of the report as a file; needs the permission to export people. A POST although it changes nothing but the audit trail: what leaves the product is written down. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CellIn"] } };
responses: { 200: { content: { "text/csv": unknown } }; };
};
};
"/api/v1/workspaces/{workspace}/trends": {
/** Return revenue and people who agreed to email, day by day in the workspace's zone. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
days?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Trends"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/attention": {
/** Return what of the campaign wants somebody's attention today, what is wrong before what is to be looked at. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["AttentionOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/attention": {
/** Return what wants attention in the campaigns that are planned or running, what is wrong first. Looks at the 20 campaigns that begin first, those that one leads before others. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["AttentionList"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/check": {
/** Ask everything that should be asked before a launch. */ get: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["LaunchCheck"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/launch": {
/** Launch a draft. Its audience is taken when sending begins, unless it is frozen now. 409 with the blocking `answers` when the launch check does not allow it. */ post: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };
requestBody?: { content: { "application/json": components["schemas"]["LaunchIn"] | null } };
responses: { 200: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/silent": {
/** Return a draft like it, to those who got it and did not click; look at it and launch it. */ post: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SilentIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/channels": {
/** Return every channel with its checklist: address, format, sizes, and how it is measured. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["ChannelOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/channel-plan": {
/** Return the campaign's channel plan, with what is missing from it. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ChannelPlanOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/channel-plan/segments": {
/** Add a row at the end of the grid; answers the whole plan. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SegmentIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["ChannelPlanOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/channel-plan/segments/{segment_id}": {
/** Save a row; 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
campaign_id: string;
segment_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SegmentSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ChannelPlanOut"] } }; };
};
/** Take a row out with its contacts; their touchpoints stay. */ delete: {
parameters: { path: {
campaign_id: string;
segment_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ChannelPlanOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/channel-plan/contacts": {
/** Add a contact to a cell; answers the whole plan. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ContactIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["ChannelPlanOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/channel-plan/contacts/{contact_id}": {
/** Save a contact, also in another cell; 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
campaign_id: string;
contact_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ContactSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ChannelPlanOut"] } }; };
};
/** Take a contact out of its cell; its touchpoint stays. */ delete: {
parameters: { path: {
campaign_id: string;
contact_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ChannelPlanOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/channel-plan/contacts/{contact_id}/touchpoint": {
/** Make a draft of what the cell says, once: a contact that has its touchpoint keeps it. */ post: {
parameters: { path: {
campaign_id: string;
contact_id: string;
workspace: string;
}; query?: {
/** The kind of content in words, for the name */ content?: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["ContactOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/playbook/pages": {
/** Return pages by title; those whose title has the words first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Words in title or text; Chinese anywhere in them */ q?: string;
kind?: components["schemas"]["PageKind"] | null;
tag?: string;
/** Only those shown beside this */ applies?: components["schemas"]["PagePlace"] | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_PlaybookPageRow_"] } }; };
};
/** Write a new page. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PlaybookPageIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["PlaybookPageOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/playbook/tags": {
/** Return every tag in use, by name. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (string)[] } }; };
};
};
"/api/v1/workspaces/{workspace}/playbook/starters": {
/** Add the ready-made pages that are not there; answers the first pages of the playbook. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["StartersIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Page_PlaybookPageRow_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/playbook/pages/{page_id}": {
/** Return one page, as it was written and as it is shown. */ get: {
parameters: { path: {
page_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["PlaybookPageOut"] } }; };
};
/** Save a page; 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
page_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PlaybookPageSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["PlaybookPageOut"] } }; };
};
/** Delete a page with its versions. */ delete: {
parameters: { path: {
page_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/playbook/pages/{page_id}/versions": {
/** Return what the page said before each save, the newest first, at most 100. */ get: {
parameters: { path: {
page_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["PageVersion"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/lessons": {
/** Return the newest first, each with the lessons that contradict it. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
q?: string;
state?: components["schemas"]["LessonState"] | null;
category?: components["schemas"]["Category"] | null;
type?: components["schemas"]["CampaignType"] | null;
channel?: string;
/** Learned in this campaign */ campaign_id?: string | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_LessonBeside_"] } }; };
};
/** Write down a finding, as a draft. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["LessonDraft"] } };
responses: { 201: { content: { "application/json": components["schemas"]["LessonBeside"] } }; };
};
};
"/api/v1/workspaces/{workspace}/lessons/{lesson_id}": {
/** Return one lesson with those that contradict it. */ get: {
parameters: { path: {
lesson_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["LessonBeside"] } }; };
};
/** Save a lesson; 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
lesson_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["LessonSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["LessonBeside"] } }; };
};
/** Delete a lesson. */ delete: {
parameters: { path: {
lesson_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/lessons/{lesson_id}/state": {
/** Publish a lesson or makes it a draft again. */ put: {
parameters: { path: {
lesson_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["LessonMove"] } };
responses: { 200: { content: { "application/json": components["schemas"]["LessonBeside"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/lessons/matching": {
/** Return up to 10 lessons of other campaigns that fit this one's context and brief, the closest first, and why. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["LessonMatch"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaign-templates": {
/** Return templates that were saved in this workspace, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Words in the name */ q?: string;
/** Those out of use instead */ archived?: boolean;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_CampaignTemplateRow_"] } }; };
};
/** Keep a campaign as a template. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CampaignTemplateIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["CampaignTemplateOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaign-templates/ready": {
/** Return the templates that come with Gonfalon, in a language. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Of ready-made templates */ language?: string;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["CampaignTemplateRow"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaign-templates/{template_id}": {
/** Return one template with its plan. */ get: {
parameters: { path: {
template_id: string;
workspace: string;
}; query?: {
/** Of ready-made templates */ language?: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["CampaignTemplateOut"] } }; };
};
/** Change name, description and names of roles; 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
template_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CampaignTemplateSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CampaignTemplateOut"] } }; };
};
/** Take a saved template out of use; it can be restored, and campaigns made from it stay. */ delete: {
parameters: { path: {
template_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/campaign-templates/{template_id}/restore": {
/** Bring an archived template back. */ post: {
parameters: { path: {
template_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["CampaignTemplateOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaign-templates/{template_id}/preview": {
/** Return what would be made of the wish: days, tasks with dates, roles. Nothing is made. */ post: {
parameters: { path: {
template_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TemplateWish"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CampaignTemplatePreview"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaign-templates/{template_id}/campaigns": {
/** Make a campaign from the template: all of it or nothing. */ post: {
parameters: { path: {
template_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TemplateWish"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaign-templates/{template_id}/duplicate": {
/** Keep a second template with the same plan, also of a ready-made one. */ post: {
parameters: { path: {
template_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TemplateCopy"] } };
responses: { 201: { content: { "application/json": components["schemas"]["CampaignTemplateOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/duplicate": {
/** Make a second campaign with the plan of this one, its days shifted; results and approvals stay behind. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TemplateWish"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/retrospective": {
/** Return the campaign's retrospective; it is there, empty, before anybody begins it. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["RetrospectiveOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/retrospective/passages/{section}": {
/** Save a passage; what somebody else wrote since `version` is kept, and the answer says so. */ put: {
parameters: { path: {
campaign_id: string;
section: components["schemas"]["RetroSection"];
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RetroSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["RetroSaved"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/retrospective/actions": {
/** Add something to do next; answers the whole retrospective. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RetroActionIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["RetrospectiveOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/retrospective/actions/{action_id}": {
/** Take an action out; a task it became stays. */ delete: {
parameters: { path: {
campaign_id: string;
action_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["RetrospectiveOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/retrospective/actions/{action_id}/task": {
/** Make an action a task of a campaign. */ post: {
parameters: { path: {
campaign_id: string;
action_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RetroTaskIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["RetrospectiveOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/retrospective/close": {
/** Close it and keeps the numbers as they are now. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RetroClose"] } };
responses: { 200: { content: { "application/json": components["schemas"]["RetrospectiveOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/retrospective/reopen": {
/** Open a closed retrospective again. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["RetrospectiveOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/retrospective.pdf": {
/** Return the summary to share, as a PDF of a page or two. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query?: {
language?: string;
}; };

responses: { 200: { content: { "application/pdf": unknown } }; };
};
};
"/api/v1/workspaces/{workspace}/calendar": {
/** Return campaigns, touchpoints, deliverables, milestones, tasks, moments and holidays between two days. Each filter may be given several times; what is left out is not filtered. Days are in the workspace's zone. */ get: {
parameters: { path: {
workspace: string;
}; query: {
/** The first day */ from: string;
/** The last day; two years behind the first at most */ to: string;
campaign?: (string)[];
channel?: (string)[];
audience?: (string)[];
owner?: (string)[];
kinds?: (components["schemas"]["ItemKind"])[];
}; };

responses: { 200: { content: { "application/json": components["schemas"]["CalendarOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/calendar/moments": {
/** Return every moment (at most 500), by its first day. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["StoredMoment"])[] } }; };
};
/** Write down a moment for everybody. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["MomentDraft"] } };
responses: { 201: { content: { "application/json": components["schemas"]["StoredMoment"] } }; };
};
};
"/api/v1/workspaces/{workspace}/calendar/moments/{moment_id}": {
/** Change a moment; 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
moment_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["MomentSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["StoredMoment"] } }; };
};
/** Take a moment off the calendar, in every year. */ delete: {
parameters: { path: {
moment_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/calendar/settings": {
/** Return how far apart touchpoints should be, and whose holidays are shown. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["CalendarSettingsOut"] } }; };
};
/** Set how far apart touchpoints should be, and whose holidays are shown beside those of the working calendar. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CalendarSettingsIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CalendarSettingsOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/calendar/priorities/{campaign_id}": {
/** Say whether a campaign goes first or gives way where two reach the same people too soon after each other. */ put: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PriorityIn"] } };
responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/calendar/collisions": {
/** Return which planned touchpoints hit the same people too soon after each other, how many, and what can be done. Counted from the audiences as they are now: drafts and other channels are in it, and so is what was launched in the days before. Of a touchpoint whose topic is known, only people who can be reached for it are counted. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["CollisionsOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/calendar/collisions/trim": {
/** Send a draft to its audience without the people of another touchpoint's, as a new live audience. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TrimIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TrimOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/calendar/moves/preview": {
/** Return what a move would shift, break, and make collide; writes nothing. A touchpoint keeps its clock time whatever the clocks do between the two days. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CalendarMoveIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CalendarMoveOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/calendar/moves": {
/** Carry out what a preview has shown; 409 `preview_stale` when it would be something else by now. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CalendarMoveApply"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CalendarMoveOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/calendar/feeds": {
/** List your own feeds that work, the newest first. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["FeedOut"])[] } }; };
};
/** Make a secret address for other calendars; this answer is the only time it is shown. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["FeedIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["FeedMade"] } }; };
};
};
"/api/v1/workspaces/{workspace}/calendar/feeds/{feed_id}": {
/** Make the address answer as if it had never been there. */ delete: {
parameters: { path: {
feed_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/touchpoints": {
/** Return the campaign's touchpoints (at most 200), in the order they were made. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["TouchpointOut"])[] } }; };
};
/** Plan a touchpoint. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TouchpointDraft"] } };
responses: { 201: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints": {
/** Return every touchpoint of the workspace, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Without it: all but archived ones */ state?: components["schemas"]["TouchpointState"] | null;
channel?: components["schemas"]["TouchpointChannel"] | null;
/** Words in its name or its campaign's */ q?: string;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_TouchpointOut_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}": {
/** Return one touchpoint. */ get: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
/** Save a draft; 409 when it was launched or somebody else has saved since `version`. */ put: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TouchpointSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
/** Put a draft away; it can be restored. */ delete: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/name": {
/** Give it another name, also after its launch; 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TouchpointName"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/duplicate": {
/** Plan a draft like this touchpoint, without its time and results. */ post: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TouchpointCopy"] } };
responses: { 201: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/restore": {
/** Bring an archived draft back. */ post: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/done": {
/** Mark what was carried out elsewhere as done, or corrects its numbers. 409 for what Gonfalon sends, and while an approval that its launch needs is missing. */ put: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TouchpointDone"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
/** Take back that a touchpoint is done; its numbers go with it. */ delete: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/budget": {
/** Return the campaign's budget lines with exact sums, and how its approval stands. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["BudgetOut"] } }; };
};
/** Add a line; answers it and the sums. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["NewLine"] } };
responses: { 201: { content: { "application/json": components["schemas"]["BudgetChangeOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/budget/burn": {
/** Plan, orders and spending by day, and the forecast at completion. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["BurnOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/budget/paste": {
/** Read lines copied from a spreadsheet (tabs between cells), at most 500; with `apply` adds them if none is wrong. Columns: name, kind, quantity, price of a unit, currency, tax, first day, last day, deliverable; or as a first row names them. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["BudgetPaste"] } };
responses: { 200: { content: { "application/json": components["schemas"]["BudgetPasteOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/budget/{line_id}": {
/** Save a line; answers it and the sums. 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
campaign_id: string;
line_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["LineSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["BudgetChangeOut"] } }; };
};
/** Take a line away; answers the sums. 409 when orders or bills are entered on it. */ delete: {
parameters: { path: {
campaign_id: string;
line_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["BudgetChangeOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/budget/entries": {
/** Return orders, bills and what took them back, the newest first. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query?: {
line_id?: string | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_ListedEntry_"] } }; };
};
/** Enter an order or a bill. With an `external_id` that is entered already, answers that entry's id. 409 `approval_needed` for an order while the budget waits for its approval. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["EntryDraft"] } };
responses: { 201: { content: { "application/json": components["schemas"]["SpendEntered"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/budget/entries/import": {
/** Read a CSV of bills or media spend, at most 5,000 rows; with `apply` enters those that can be, each once. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SpendImportIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["SpendImportOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/budget/entries/{entry_id}/reversal": {
/** Take an entry back by a counter-entry; both stay to be seen. */ post: {
parameters: { path: {
campaign_id: string;
entry_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ReversalIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["SpendEntered"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/budget/reallocations": {
/** Move from and to the campaign's lines, the newest first. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_Reallocation_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/budget/reallocations": {
/** Move planned money; what needs an approval waits for it (`state`), and the last yes carries it out. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ReallocationIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["Reallocation"] } }; };
};
};
"/api/v1/workspaces/{workspace}/budget/reallocations/{move_id}/carry-out": {
/** Carry out a waiting move that needs no approval any more; 409 `approval_needed` while it does. */ post: {
parameters: { path: {
move_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Reallocation"] } }; };
};
};
"/api/v1/workspaces/{workspace}/budget/reallocations/{move_id}": {
/** Take back a move that waits. */ delete: {
parameters: { path: {
move_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/budget/sums": {
/** Return budgets summed for each campaign (its parts included), channel, goal, kind, month or quarter. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
by?: components["schemas"]["By"];
/** Within that campaign and its parts */ parent_id?: string | null;
/** Without it: all but archived campaigns */ state?: components["schemas"]["CampaignState"] | null;
resource?: components["schemas"]["Resource"] | null;
/** Empty: lines without one */ channel?: string | null;
/** A goal's id: with the campaigns that serve it; empty: campaigns without one */ goal?: string | null;
/** Only money from this month on */ first?: string | null;
/** Only money up to this month */ last?: string | null;
/** Words in the campaign's name */ q?: string;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["BudgetSums"] } }; };
};
};
"/api/v1/workspaces/{workspace}/budget/sums/export": {
/** Return the same as CSV, all of it, safe to open in a spreadsheet. Amounts are in the workspace's currency. A POST although it changes nothing but the audit trail: what leaves the product is written down. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["BudgetQuestion"] } };
responses: { 200: { content: { "text/csv": unknown } }; };
};
};
"/api/v1/workspaces/{workspace}/budget/settings": {
/** Return whether net or gross amounts count, the usual tax, and above what moves need an approval (not told to guests). */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["BudgetSettingsOut"] } }; };
};
/** Save them; when the other of net and gross counts, all sums are made true at once. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["BudgetSettingsIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["BudgetSettingsOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/budget/rates": {
/** Return every exchange rate, by currency, the newest first. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["ExchangeRate"])[] } }; };
};
/** Say what a currency is worth from a day on; answers every rate. What was converted before keeps its rate. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ExchangeRateIn"] } };
responses: { 200: { content: { "application/json": (components["schemas"]["ExchangeRate"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/budget/rates/{currency}/{day}": {
/** Take a rate away; answers the others. */ delete: {
parameters: { path: {
currency: string;
day: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["ExchangeRate"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/brief": {
/** Return the campaign's brief. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["BriefOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/brief/passages": {
/** Add an audience, a message, a hypothesis or a mandatory item; answers the whole brief. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PassageIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["BriefOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/brief/passages/{passage_id}": {
/** Save a passage's text; what somebody else wrote since `version` is kept, and the answer says so. */ put: {
parameters: { path: {
campaign_id: string;
passage_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PassageSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["PassageSaved"] } }; };
};
/** Take a passage out, an audience with its messages; answers the whole brief. */ delete: {
parameters: { path: {
campaign_id: string;
passage_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["BriefOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/brief/passages/{passage_id}/place": {
/** Say which audience a passage is about, or what a message starts from; answers the whole brief. */ put: {
parameters: { path: {
campaign_id: string;
passage_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PassagePlace"] } };
responses: { 200: { content: { "application/json": components["schemas"]["BriefOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/brief/changes": {
/** Return every text that was ever saved, the newest first. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_BriefChange_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/brief/versions": {
/** Return the kept versions, the newest first. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["BriefVersionOut"])[] } }; };
};
/** Keep the brief as it is now; answers all kept versions. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["BriefVersionIn"] } };
responses: { 201: { content: { "application/json": (components["schemas"]["BriefVersionOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/brief/versions/{number}": {
/** Return what the brief said at a kept version. */ get: {
parameters: { path: {
campaign_id: string;
number: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["KeptBriefOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/brief/versions/{number}/restore": {
/** Make the brief what it was at a kept version. */ post: {
parameters: { path: {
campaign_id: string;
number: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["BriefOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/brief/similar": {
/** Return up to 10 passages of other campaigns' briefs that are about the same things, the closest first. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query?: {
/** A text; without one the brief itself is compared */ q?: string;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["SimilarPassage"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/brief.pdf": {
/** Return the brief as a PDF of one page, or as few as it needs. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query?: {
language?: string;
}; };

responses: { 200: { content: { "application/pdf": unknown } }; };
};
};
"/api/v1/workspaces/{workspace}/reviews/money": {
/** Return what campaigns cost in a period, and what was used of their plans at its end. The plans are those of today. */ get: {
parameters: { path: {
workspace: string;
}; query: {
/** The first day, in the workspace's zone */ first: string;
/** The last day, included */ last: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["ReviewMoneyOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/reviews/campaigns": {
/** Return campaigns under way in a period: by what they did, whatever their first day says, or else by their days. */ get: {
parameters: { path: {
workspace: string;
}; query: {
/** The first day, in the workspace's zone */ first: string;
/** The last day, included */ last: string;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["ReviewUnderWay"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/reviews/happened": {
/** Return what happened in each campaign in a period, those in which most happened first, at most 200. */ get: {
parameters: { path: {
workspace: string;
}; query: {
/** The first day, in the workspace's zone */ first: string;
/** The last day, included */ last: string;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["ReviewHappened"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/reviews/slips": {
/** Return tasks that are late against their deadline or baseline: those open at the period's end, and those that were done late in it. Deadlines, baselines and the planned ends of open tasks are those of today. */ get: {
parameters: { path: {
workspace: string;
}; query: {
/** The first day, in the workspace's zone */ first: string;
/** The last day, included */ last: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["ReviewSlipsOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/reviews/decisions": {
/** Return what approvers decided in a period, the newest first, at most 200. */ get: {
parameters: { path: {
workspace: string;
}; query: {
/** The first day, in the workspace's zone */ first: string;
/** The last day, included */ last: string;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["ReviewDecision"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/goal": {
/** Set the campaign's one goal. */ put: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["GoalIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
/** Take the campaign's goal away. */ delete: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/goal/tell": {
/** Tell the campaign's people of its goal; 409 while it needs an approval that it does not have. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["GoalTell"] } };
responses: { 200: { content: { "application/json": components["schemas"]["GoalToldOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/goals": {
/** Return the goals of a year, this one by default: priorities, goals above campaigns, and campaigns' goals. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
year?: number | null;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["GoalTreeOut"] } }; };
};
/** Set a goal above campaigns. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["GoalAboveIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["GoalAboveOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/goals/search": {
/** Return goals of all years by their words, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query: {
/** Words in the goal, or its campaign's name */ q: string;
limit?: number;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["GoalFound"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/goals/archived": {
/** Return the archived goals above campaigns, of all years. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["GoalAboveOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/goals/{goal_id}": {
/** Return one goal above campaigns. */ get: {
parameters: { path: {
goal_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["GoalAboveOut"] } }; };
};
/** Save a goal above campaigns; 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
goal_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["GoalAboveSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["GoalAboveOut"] } }; };
};
/** Archive a goal above campaigns; the campaigns' own goals stay, and serve it again once it is restored. */ delete: {
parameters: { path: {
goal_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/goals/{goal_id}/restore": {
/** Bring an archived goal above campaigns back. */ post: {
parameters: { path: {
goal_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["GoalAboveOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/goals/{goal_id}/tell": {
/** Tell its owner and the leaders of the campaigns that serve it. */ post: {
parameters: { path: {
goal_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["GoalTell"] } };
responses: { 200: { content: { "application/json": components["schemas"]["GoalToldOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/priorities": {
/** Add a priority to a year. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["GoalPriorityIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["GoalPriorityOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/priorities/{priority_id}": {
/** Save a priority; 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
priority_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["GoalPrioritySave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["GoalPriorityOut"] } }; };
};
/** Delete a priority; its goals stay, without one. */ delete: {
parameters: { path: {
priority_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/timeline": {
/** Return the campaign's whole timeline in one answer: tasks in order, links, slack, what is critical, slippage. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["TimelineOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/timeline/changes": {
/** Return what has changed since a timeline was read; the whole one where too much has happened since (no `since` then). */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query?: {
/** The token of the timeline that you have */ since?: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["TimelineChanges"] | components["schemas"]["TimelineOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/tasks": {
/** Add a task and schedules it. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TaskDraft"] } };
responses: { 201: { content: { "application/json": components["schemas"]["TaskOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/tasks/paste": {
/** Make tasks of lines copied from a spreadsheet; says line by line what is wrong, and then makes none. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PasteIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["PasteOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/tasks/delete": {
/** Delete tasks with everything below them, such as those that were just pasted. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TasksGone"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TasksDeleted"] } }; };
};
};
"/api/v1/workspaces/{workspace}/tasks": {
/** Return tasks by their name, in all campaigns: open ones first, by their end. */ get: {
parameters: { path: {
workspace: string;
}; query: {
/** Words in the name */ q: string;
limit?: number;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["TaskFound"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/tasks/{task_id}": {
/** Return one task with what it waits for and what waits for it. */ get: {
parameters: { path: {
task_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["TaskOut"] } }; };
};
/** Save the words of a task; 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
task_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TaskSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TaskOut"] } }; };
};
/** Delete a task with everything below it. */ delete: {
parameters: { path: {
task_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/tasks/{task_id}/state": {
/** Move a task on the board. Ending it hands the work over: the owners of what waited for it are told. */ put: {
parameters: { path: {
task_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TaskMove"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TaskMoved"] } }; };
};
};
"/api/v1/workspaces/{workspace}/tasks/{task_id}/place": {
/** Move a task in the list, or below another one. */ put: {
parameters: { path: {
task_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TaskPlace"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TaskOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/my-work": {
/** Return what somebody has to do, in all campaigns. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Done tasks, the latest first, instead of open ones by their end */ done?: boolean;
campaign_id?: string | null;
/** Somebody else's work; without it: yours */ owner_id?: string | null;
/** Words in the name */ q?: string;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_WorkRow_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/timeline/preview": {
/** Return what changes would move, whom they would overload and which deadlines would be missed; writes nothing. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ChangesIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["PreviewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/timeline/apply": {
/** Apply what a preview has shown; 409 `preview_stale` when it would be something else by now. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ApplyIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["PreviewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/baselines": {
/** Keep the present dates and holds the tasks to them. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["BaselineIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["BaselineMade"] } }; };
};
};
"/api/v1/workspaces/{workspace}/baselines/{baseline_id}/chosen": {
/** Hold the tasks to an earlier snapshot. */ put: {
parameters: { path: {
baseline_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/baselines/{baseline_id}": {
/** Forget a snapshot. */ delete: {
parameters: { path: {
baseline_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/tasks/{task_id}/repeat": {
/** Make a task come again; an earlier rule of it ends. */ put: {
parameters: { path: {
task_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RepeatIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["RepeatOut"] } }; };
};
/** Take away the later occurrences that nobody has begun. */ delete: {
parameters: { path: {
task_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["RepeatOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/capacity": {
/** Return hours asked of each member in each week, across all campaigns, beside the hours they have. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** A day of the first week; without it: this week */ from?: string | null;
/** A day of the last week */ to?: string | null;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["CapacityOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/capacity/{user_id}": {
/** Return what one member is asked for in a span of weeks, in campaigns you may see. */ get: {
parameters: { path: {
user_id: string;
workspace: string;
}; query?: {
/** A day of the first week; without it: this week */ from?: string | null;
to?: string | null;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["AskedOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns": {
/** Return campaigns, searched, filtered and sorted. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Without it: all but archived ones */ state?: components["schemas"]["CampaignState"] | null;
category?: components["schemas"]["Category"] | null;
type?: components["schemas"]["CampaignType"] | null;
stage?: components["schemas"]["Stage"] | null;
leader_id?: string | null;
/** Only the parts of this campaign */ parent_id?: string | null;
/** Words in the name */ q?: string;
sort?: components["schemas"]["CampaignSort"];
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_CampaignOut_"] } }; };
};
/** Return plans a campaign. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CampaignPlan"] } };
responses: { 201: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaign-types": {
/** Return the types of campaigns with their usual kinds of content and metrics, for proposals while planning. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["CampaignTypeOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}": {
/** Return one campaign. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
/** Save a campaign; 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CampaignSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
/** Delete a campaign of which nothing was launched. */ delete: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/state": {
/** Start, ends, reopens or archives a campaign. */ put: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CampaignMove"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/stage": {
/** Return where the campaign stands and what each stage asks for before it is left. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["StageOut"] } }; };
};
/** Take the campaign to its next stage or back; 409 `stage_needs` names what is missing when no reason is given. */ put: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["StageMove"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/members": {
/** Return who has which part in the campaign, by name. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["Participant"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/members/{user_id}": {
/** Give a member a part in the campaign. A guest of the workspace sees it from this moment. */ put: {
parameters: { path: {
campaign_id: string;
user_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CampaignMemberIn"] } };
responses: { 204: { content: {  } }; };
};
/** Take somebody out of the campaign. */ delete: {
parameters: { path: {
campaign_id: string;
user_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/delivery": {
/** Return what waits to leave, and whether the provider takes it. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Outbox"] } }; };
};
};
"/api/v1/workspaces/{workspace}/delivery/domains": {
/** Return how messages of the last 30 days fared by the receiver's domain, where some failed; the most failures first. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["DomainOutcomes"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/contact-limits": {
/** Return how often one person may be written to. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ContactLimits"] } }; };
};
/** Change it for every message that has not left yet. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ContactLimits"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ContactLimits"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/delivery": {
/** Return how a launched touchpoint stands; poll it while it runs. */ get: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ProgressOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/pause": {
/** Stop sending within the second. */ post: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ProgressOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/resume": {
/** Go on with a paused or held touchpoint. */ post: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ProgressOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/cancel": {
/** End it for good; what was not sent is withheld. */ post: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ProgressOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/unknown/send": {
/** Send the messages in doubt once more. Any of them may have arrived the first time; asked again it sends none. */ post: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ProgressOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/messages": {
/** Return the people behind the numbers. */ get: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
}; query?: {
state?: components["schemas"]["MessageState"] | null;
reason?: string | null;
/** Part of the address */ search?: string;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_StoredMessage_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/messages/exports": {
/** Return CSV of the people behind the numbers; safe to open in a spreadsheet. A POST although it changes nothing but the audit trail: what leaves the product is written down. */ post: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["MessagesExportIn"] } };
responses: { 200: { content: { "text/csv": unknown } }; };
};
};
"/api/v1/workspaces/{workspace}/suppressions": {
/** Return addresses that get nothing, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
search?: string;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_Suppression_"] } }; };
};
/** Suppress an address: nothing is sent to it again to the address. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SuppressionIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["Suppression"] } }; };
};
};
"/api/v1/workspaces/{workspace}/suppressions/{suppression_id}": {
/** Allow sending to the address again; consent still decides. */ delete: {
parameters: { path: {
suppression_id: number;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/{template_id}/test": {
/** Send one rendered message to a member or a confirmed address, marked as a test; it is in no report. */ post: {
parameters: { path: {
template_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TestIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TestOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/test-addresses": {
/** Return addresses of no members that were asked whether tests may come. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["TestAddress"])[] } }; };
};
/** Mail an address the question whether tests may come; it takes them once it has said yes. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TestAddressIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["TestAddress"] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/settings": {
/** Return how the workspace's mail leaves. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["EmailSettingsOut"] } }; };
};
/** Change how the workspace's mail leaves. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["EmailSettingsIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["EmailSettingsOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/settings/test": {
/** Try to reach the mail server, with the settings given or, without any, the stored ones. Sends nothing. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody?: { content: { "application/json": components["schemas"]["EmailSettingsIn"] | null } };
responses: { 200: { content: { "application/json": components["schemas"]["ConnectionTest"] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/providers": {
/** List the providers that take mail by an API of their own. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["ProviderOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/dkim": {
/** Make a new signing key; the answer has the DNS record to publish. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["DkimIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["EmailSettingsOut"] } }; };
};
/** Stop signing. */ delete: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["EmailSettingsOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/senders": {
/** Return sender identities in use, oldest first. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["SenderIdentity"])[] } }; };
};
/** Return a new sender identity. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SenderIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["SenderIdentity"] } }; };
};
};
"/api/v1/workspaces/{workspace}/senders/{sender_id}": {
/** Change a sender identity. */ put: {
parameters: { path: {
sender_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SenderIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["SenderIdentity"] } }; };
};
/** Take a sender identity out of use. */ delete: {
parameters: { path: {
sender_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/sandbox/mails": {
/** Mail the sandbox received for this workspace, newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** part of recipient or subject */ search?: string;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_SandboxMail_"] } }; };
};
/** Delete all mails the sandbox has of this workspace. */ delete: {
parameters: { path: {
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/sandbox/mails/{mail_id}": {
/** Return one mail with its headers, parts and source. */ get: {
parameters: { path: {
mail_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["SandboxMailFull"] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/relays": {
/** List the workspace's further ways out, oldest first. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["RelayOut"])[] } }; };
};
/** Add a way out. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RelayIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["RelayOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/relays/test": {
/** Try to reach a server or provider; with the stored password of a relay where none is given. Sends nothing. */ post: {
parameters: { path: {
workspace: string;
}; query?: {
relay_id?: string | null;
}; };
requestBody: { content: { "application/json": components["schemas"]["RelayIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ConnectionTest"] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/relays/{relay_id}": {
/** Change a way out. */ put: {
parameters: { path: {
relay_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RelayIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["RelayOut"] } }; };
};
/** Remove a way out. */ delete: {
parameters: { path: {
relay_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/email/returns": {
/** Return how the workspace hears of mail that comes back. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ReturnsOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/returns/mails": {
/** List mail that came back, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_Returned_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/returns/mailbox": {
/** Read a mailbox for mail that comes back. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["MailboxIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ReturnsOut"] } }; };
};
/** Stop reading the mailbox. */ delete: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ReturnsOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/returns/mailbox/test": {
/** Look into a mailbox and leave it as it is. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["MailboxIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["MailboxTest"] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/domains/check": {
/** Ask the DNS about the domains that mail is from. Changes nothing. */ post: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["DomainCheck"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms": {
/** List forms, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Part of the name */ q?: string;
archived?: boolean;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_FormRow_"] } }; };
};
/** Make a draft. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["FormIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["FormOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms/preview": {
/** Draw a definition as visitors would see it. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["FormPreviewIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["FormPreviewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms/{form_id}": {
/** Show a form and what stops it from being opened. */ get: {
parameters: { path: {
form_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["FormOut"] } }; };
};
/** Save a form; visitors go on seeing what was opened. 409 when somebody else has saved since. */ put: {
parameters: { path: {
form_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["FormSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["FormOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms/{form_id}/open": {
/** Let visitors see and answer what was saved; 409 with what is missing when it is not ready. */ post: {
parameters: { path: {
form_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["FormOpen"] } };
responses: { 200: { content: { "application/json": components["schemas"]["FormOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms/{form_id}/close": {
/** Take no more answers. */ post: {
parameters: { path: {
form_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["FormRow"] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms/{form_id}/duplicate": {
/** Make a draft of the same definition, without answers. */ post: {
parameters: { path: {
form_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["FormCopy"] } };
responses: { 201: { content: { "application/json": components["schemas"]["FormRow"] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms/{form_id}/archive": {
/** Close the form and take it out of the lists; its answers stay. */ post: {
parameters: { path: {
form_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["FormRow"] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms/{form_id}/restore": {
/** Bring an archived form back, closed. */ post: {
parameters: { path: {
form_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["FormRow"] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms/{form_id}/answers": {
/** List answers, the newest first. */ get: {
parameters: { path: {
form_id: string;
workspace: string;
}; query?: {
state?: components["schemas"]["AnswerState"] | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_FormAnswer_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms/{form_id}/answers/{answer_id}/take": {
/** Count an answer that was held or refused. */ post: {
parameters: { path: {
form_id: string;
answer_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["FormAnswer"] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms/{form_id}/answers/{answer_id}/refuse": {
/** Refuse an answer that is held; it counts nowhere. */ post: {
parameters: { path: {
form_id: string;
answer_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["FormAnswer"] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms/{form_id}/results": {
/** Count what the answers say. */ get: {
parameters: { path: {
form_id: string;
workspace: string;
}; query?: {
/** Compare by the values of this field */ by_field?: string;
/** Compare those who ever did this with others */ by_event?: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["FormResults"] } }; };
};
};
"/api/v1/workspaces/{workspace}/forms/{form_id}/answers/exports": {
/** Export the answers that count, a line each. */ post: {
parameters: { path: {
form_id: string;
workspace: string;
};  };

responses: { 200: { content: { "text/csv": unknown } }; };
};
};
"/api/v1/workspaces/{workspace}/scores": {
/** List the workspace's scores by name; there are never more than a few. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
archived?: boolean;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["ScoreList"] } }; };
};
/** Make a draft. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ScoreIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["Score"] } }; };
};
};
"/api/v1/workspaces/{workspace}/scores/simulate": {
/** Try rules and stages on everybody; nothing is kept. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ScoreTrial"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ScoreSimulation"] } }; };
};
};
"/api/v1/workspaces/{workspace}/scores/{score_id}": {
/** Show a score and what stops it from being counted. */ get: {
parameters: { path: {
score_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Score"] } }; };
};
/** Save a score; one that runs is counted anew. 409 when somebody else has saved since. */ put: {
parameters: { path: {
score_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ScoreSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Score"] } }; };
};
};
"/api/v1/workspaces/{workspace}/scores/{score_id}/start": {
/** Count the score from now on; 409 while a rule of it cannot be asked. */ post: {
parameters: { path: {
score_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Score"] } }; };
};
};
"/api/v1/workspaces/{workspace}/scores/{score_id}/pause": {
/** Count it no longer; people's points stay as last counted. */ post: {
parameters: { path: {
score_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Score"] } }; };
};
};
"/api/v1/workspaces/{workspace}/scores/{score_id}/archive": {
/** Pause the score and take it out of the list. */ post: {
parameters: { path: {
score_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Score"] } }; };
};
};
"/api/v1/workspaces/{workspace}/scores/{score_id}/restore": {
/** Bring an archived score back, paused. */ post: {
parameters: { path: {
score_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Score"] } }; };
};
};
"/api/v1/workspaces/{workspace}/scores/{score_id}/figures": {
/** Return how the points spread as last counted, and the stages over the last 180 days. */ get: {
parameters: { path: {
score_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ScoreFigures"] } }; };
};
};
"/api/v1/workspaces/{workspace}/scores/{score_id}/people": {
/** List people by their points, the most first. */ get: {
parameters: { path: {
score_id: string;
workspace: string;
}; query?: {
/** Only of this stage */ stage?: string | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_Scored_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/scores/{score_id}/moves": {
/** List who went from one stage to another, the newest first; kept for 180 days. */ get: {
parameters: { path: {
score_id: string;
workspace: string;
}; query?: {
/** Only of this stage */ stage?: string | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_ScoreMove_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/{person_id}/scores": {
/** Return why a person has so many points of each score that runs, as of this moment. */ get: {
parameters: { path: {
person_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["PersonScores"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/intents": {
/** Return which events tell of awareness, consideration and purchase in this workspace. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Intents"] } }; };
};
/** Sort events into families of intent, all at once; an event that is in none tells of no intent. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["Intents"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Intents"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/sentences/read": {
/** Read a rule from an English sentence; says where it is unclear, and what could be written next. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SentenceIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["SentenceOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/sentences/say": {
/** Say a rule as an English sentence that can be read again. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RuleIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["SaidOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/costs": {
/** Return what each part of a rule costs in people: how many it means alone, and how many there were without it. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RuleIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CostsOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/shares": {
/** Return how two to five audiences overlap: people by the combination of audiences they are in, the largest first. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ComparedIn"] } };
responses: { 200: { content: { "application/json": (components["schemas"]["ShareOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/profile": {
/** Return what makes an audience different from everybody: attributes, tags and events by lift. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["AudienceProfileOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/library": {
/** Return the manual: every audience in use (at most 1,000), the ideal customers and main segments first. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["AudienceDefinition"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/definition": {
/** Write what an audience is for; at most five are main segments. */ put: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["DefinitionIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["AudienceDefinition"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/live": {
/** Return whether the members of an audience are kept, and how many entered and left each day. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["LiveOut"] } }; };
};
/** Keep the members of an audience from now on, so that it is known who enters and leaves; or no longer. */ put: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["LiveIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["LiveOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/changes": {
/** Return who entered and left a live audience, the newest first; kept for a year. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
}; query?: {
entered?: boolean | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_MembershipChange_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/personas": {
/** Return the workspace's personas (at most twelve are in use) by name. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
archived?: boolean;
/** Those of this audience only */ audience?: string | null;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["Persona"])[] } }; };
};
/** Describe a buyer. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PersonaIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["Persona"] } }; };
};
};
"/api/v1/workspaces/{workspace}/personas/stages": {
/** Return how many people of each persona are in which stage, by the furthest they came in the last 90 days. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["StageCounts"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/personas/{persona_id}": {
/** Return a persona, archived or not. */ get: {
parameters: { path: {
persona_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Persona"] } }; };
};
/** Change a description; 409 when somebody else has saved since. Another audience begins new figures. */ put: {
parameters: { path: {
persona_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PersonaSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Persona"] } }; };
};
};
"/api/v1/workspaces/{workspace}/personas/{persona_id}/review": {
/** Say that the description holds today; later figures are compared with today's. */ post: {
parameters: { path: {
persona_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PersonaReview"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Persona"] } }; };
};
};
"/api/v1/workspaces/{workspace}/personas/{persona_id}/archive": {
/** Take a persona out of use; it can be restored. */ post: {
parameters: { path: {
persona_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Persona"] } }; };
};
};
"/api/v1/workspaces/{workspace}/personas/{persona_id}/restore": {
/** Take an archived persona back into use. */ post: {
parameters: { path: {
persona_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Persona"] } }; };
};
};
"/api/v1/workspaces/{workspace}/personas/{persona_id}/figures": {
/** Return what a persona's people are like now, on earlier days, and how they differ from those of the review. */ get: {
parameters: { path: {
persona_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["PersonaFigures"] } }; };
};
};
"/api/v1/workspaces/{workspace}/personas/{persona_id}/notes": {
/** Return the findings of research behind a persona (at most 200), the newest first. */ get: {
parameters: { path: {
persona_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["PersonaNote"])[] } }; };
};
/** Write down what was found out, and how it is known. */ post: {
parameters: { path: {
persona_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PersonaNoteIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["PersonaNote"] } }; };
};
};
"/api/v1/workspaces/{workspace}/personas/{persona_id}/notes/{note_id}": {
/** Delete a finding. */ delete: {
parameters: { path: {
persona_id: string;
note_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/sizes": {
/** Return how many people an audience had on each of the last days; counted once a day while it is in use. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
}; query?: {
days?: number;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["SizeOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences": {
/** Return audiences by name; for guests those that their campaigns are for. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Only those whose name or description contains this */ q?: string;
kind?: components["schemas"]["AudienceKind"] | null;
/** Those out of use instead */ archived?: boolean;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_AudienceOut_"] } }; };
};
/** Make a segment or an empty list. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["AudienceIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["AudienceOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/count": {
/** Count a rule that need not be saved: total, reach per channel and topic, some of the people. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RuleIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CountOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/overlap": {
/** Return how many people two audiences share. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["OverlapIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Overlap"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/counts": {
/** Return total and reach of many saved audiences in one go; those that cannot be counted are left out. */ get: {
parameters: { path: {
workspace: string;
}; query: {
/** Repeated for each */ id: (string)[];
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["AudienceCount"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/vocabulary": {
/** Return what a rule builder offers: attributes with their operators, tags, events, topics, campaigns. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Vocabulary"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/values": {
/** Return the commonest values of a text or choice attribute, at most 50. */ get: {
parameters: { path: {
workspace: string;
}; query: {
attribute: string;
/** Only values that contain this */ q?: string;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["ValueCount"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/copy": {
/** Return whether the analytics copy follows, and how fresh it is. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["CopyStatus"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}": {
/** Return one audience, also one that is archived. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["AudienceOut"] } }; };
};
/** Change an audience; a 409 says that somebody else did so meanwhile. */ put: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["AudienceChange"] } };
responses: { 200: { content: { "application/json": components["schemas"]["AudienceOut"] } }; };
};
/** Take an audience out of use; it can be restored. */ delete: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/restore": {
/** Bring an archived audience back. */ post: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/duplicate": {
/** Make a second audience with the same rule or the same people. */ post: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["DuplicateIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["AudienceOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/count": {
/** Return total, reach and some of the people of a saved audience. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["CountOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/members": {
/** Return the people of an audience, by id. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
}; query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_AudienceMember_"] } }; };
};
/** Put people on a list. */ post: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ListAddIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ListAdded"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/members/remove": {
/** Take people off a list. */ post: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ListRemoveIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ListRemoved"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/users": {
/** Return what needs the audience, at most 200: first what still waits for it, then what was launched to it. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["AudienceUser"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/snapshots": {
/** Return memberships written down at launches, the newest first, at most 100: how the audience grew. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["SnapshotOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates": {
/** Return templates, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Part of the name or subject */ q?: string;
archived?: boolean;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_TemplateRow_"] } }; };
};
/** Make a template from a starter or from its own source. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TemplateIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["TemplateOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/starters": {
/** Return templates to begin with, in the workspace's language, rendered for a made-up person. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["StarterOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/check": {
/** Return everything that is wrong with a source, its links and the fields it takes. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SourceIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TemplateCheck"] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/gaps": {
/** Return how many people lack a field that is printed without a default. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["GapsIn"] } };
responses: { 200: { content: { "application/json": (components["schemas"]["GapOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/preview": {
/** Return a source as a person would get it. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PreviewIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TemplatePreview"] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/blocks": {
/** Return a source as blocks; 422 where it is no MJML, or does not close what it opens. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["BlocksIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["MailTree-Output"] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/source": {
/** Return the source of a mail of blocks. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SourceIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["SourceOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/{template_id}": {
/** Return a template with the content of its newest version. */ get: {
parameters: { path: {
template_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["TemplateOut"] } }; };
};
/** Save a new version; 409 when somebody else has saved since. */ put: {
parameters: { path: {
template_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TemplateSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TemplateOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/{template_id}/versions": {
/** Return every version, the newest first. */ get: {
parameters: { path: {
template_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["VersionOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/{template_id}/versions/{number}": {
/** Return the content of one version. */ get: {
parameters: { path: {
template_id: string;
number: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["SourceOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/{template_id}/versions/{number}/preview.html": {
/** Return a saved version as a page that may only be shown, with nothing in it that can run. */ get: {
parameters: { path: {
template_id: string;
number: number;
workspace: string;
}; query?: {
person_id?: number | null;
}; };

responses: { 200: { content: { "text/html": unknown } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/{template_id}/versions/{number}/restore": {
/** Make an old version the newest again. */ post: {
parameters: { path: {
template_id: string;
number: number;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RestoreIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TemplateOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/{template_id}/duplicate": {
/** Return a copy of the newest version. */ post: {
parameters: { path: {
template_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CopyIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["TemplateOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/{template_id}/archive": {
/** Take the template out of the lists. */ post: {
parameters: { path: {
template_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["TemplateOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/{template_id}/unarchive": {
/** Bring the template back. */ post: {
parameters: { path: {
template_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["TemplateOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/assets": {
/** Return the library, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
q?: string;
/** Instead of the library: what was taken out of it */ archived?: boolean;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_AssetOut_"] } }; };
};
/** Keep a PNG, JPEG, GIF or WebP of at most 5 MB; what it is is told from its bytes. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "multipart/form-data": FormData } };
responses: { 201: { content: { "application/json": components["schemas"]["AssetOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/assets/{asset_id}": {
/** Take a picture out of the library; sent messages still show it. */ delete: {
parameters: { path: {
asset_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/assets/{asset_id}/restore": {
/** Bring an archived picture back into the library. */ post: {
parameters: { path: {
asset_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["AssetOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/brand": {
/** Return how the workspace's mails look and speak. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Brand"] } }; };
};
/** Change it for new mails and checks; 409 when somebody else has saved since. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["BrandSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Brand"] } }; };
};
};
"/api/v1/workspaces/{workspace}/mail-rows": {
/** Return the rows that are kept once for all mails. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["MailRow"])[] } }; };
};
/** Keep rows for all mails. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["MailRowIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["MailRowMade"] } }; };
};
};
"/api/v1/workspaces/{workspace}/mail-rows/{mail_row_id}": {
/** Change it in every mail that holds it; each gets a new version. 409 when somebody else has saved since. */ put: {
parameters: { path: {
mail_row_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["MailRowSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["MailRowSaved"] } }; };
};
/** Offer it no longer; mails that hold it keep it. */ delete: {
parameters: { path: {
mail_row_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/content-reviews": {
/** Return reviews of content with what each waits for, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
state?: components["schemas"]["ReviewState"] | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_ReviewRow_"] } }; };
};
/** Begin the review of a content; 409 while one is open. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ReviewIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["ReviewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/content-reviews/of": {
/** Return the newest review of a content; null where nobody asked for one. */ get: {
parameters: { path: {
workspace: string;
}; query: {
kind: components["schemas"]["ContentKind"];
content_id: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["ReviewOut"] | null } }; };
};
};
"/api/v1/workspaces/{workspace}/content-reviews/{review_id}": {
/** Return a review with its steps and answers, as it stands with the newest version. */ get: {
parameters: { path: {
review_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ReviewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/content-reviews/{review_id}/versions/{number}": {
/** Return a version of what is reviewed, as it looks and as it is written. Show `html` where nothing runs. */ get: {
parameters: { path: {
review_id: string;
number: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ReviewVersionOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/content-reviews/{review_id}/hand-in": {
/** Hand in the newest version as the draft that is due; 409 when another was saved meanwhile. */ post: {
parameters: { path: {
review_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["HandInIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ReviewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/content-reviews/{review_id}/answers": {
/** Say yes to the newest version, or what is to change; 409 when another was saved meanwhile. */ post: {
parameters: { path: {
review_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ReviewAnswerIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ReviewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/content-reviews/{review_id}/end": {
/** Give a review up; its content then counts as not reviewed. */ post: {
parameters: { path: {
review_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ReviewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/review-settings": {
/** Return whether content needs a review before it is launched. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ReviewSettings"] } }; };
};
/** Set whether content needs a review before it is launched; for owners. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ReviewSettings"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ReviewSettings"] } }; };
};
};
"/api/v1/workspaces/{workspace}/content-remarks": {
/** Return where the comments of a content point; those without a place are about the whole. */ get: {
parameters: { path: {
workspace: string;
}; query: {
kind: components["schemas"]["ContentKind"];
content_id: string;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["PinOut"])[] } }; };
};
/** Add a comment on a place in a version; the comments of the content show it. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RemarkIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["RemarkMade"] } }; };
};
};
"/api/v1/workspaces/{workspace}/content-reviews/{review_id}/links": {
/** Return the links that still open a review, the newest first; not their addresses. */ get: {
parameters: { path: {
review_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["ReviewLinkOut"])[] } }; };
};
/** Make a link by which somebody outside sees the content's versions, remarks and answers. */ post: {
parameters: { path: {
review_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ReviewLinkIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["ReviewLinkMade"] } }; };
};
};
"/api/v1/workspaces/{workspace}/review-links/{review_link_id}": {
/** Make a link open nothing any more; what was said by it stays. */ delete: {
parameters: { path: {
review_link_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/events/catalogue": {
/** Return the events that have come, by name, and which of them have stopped or changed. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["EventKindOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/events/catalogue/{kind_id}": {
/** Return an event with its properties and their types. */ get: {
parameters: { path: {
kind_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["EventKindViewOut"] } }; };
};
/** Save who answers for an event and what it means; 409 when somebody else has saved since. */ put: {
parameters: { path: {
kind_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["EventKindSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["EventKindViewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/events/catalogue/{kind_id}/settle": {
/** Say that the types that its properties have come as are right; nobody is told of these again. */ post: {
parameters: { path: {
kind_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["EventKindViewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/events": {
/** Return what people did, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Only this person's, by when they happened */ person_id?: number | null;
name?: string | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_Event_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/events/names": {
/** Return the names events have, the commonest first. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["EventName"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/events/properties": {
/** Return the properties of events with a name, the commonest first. */ get: {
parameters: { path: {
workspace: string;
}; query: {
name: string;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["EventProperty"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/events/live": {
/** Return what came to the collector in the last day and what became of it, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Part of the event's name */ q?: string;
kind?: string | null;
outcome?: components["schemas"]["Outcome"] | null;
source_id?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["Receipt"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/tracking": {
/** Return whether opens and clicks are followed. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["PolicyBody"] } }; };
};
/** Change it for messages that are rendered from now on. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PolicyBody"] } };
responses: { 200: { content: { "application/json": components["schemas"]["PolicyBody"] } }; };
};
};
"/api/v1/workspaces/{workspace}/sources": {
/** Return where data comes from, by name. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["DataSourceOut"])[] } }; };
};
/** Write down a source. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SourceDraft"] } };
responses: { 201: { content: { "application/json": components["schemas"]["DataSourceMade"] } }; };
};
};
"/api/v1/workspaces/{workspace}/sources/bringers": {
/** Return the keys, forms and newest imports that can bring data, with the source that each belongs to. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["Bringer"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/sources/{source_id}": {
/** Return a source with what brings its data, from where it came, and its public key. */ get: {
parameters: { path: {
source_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["DataSourceViewOut"] } }; };
};
/** Save what is said of a source; 409 when somebody else has saved since. */ put: {
parameters: { path: {
source_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SourceSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["DataSourceViewOut"] } }; };
};
/** Strike a source from the register; what it brought stays. 409 while pages send by its key. */ delete: {
parameters: { path: {
source_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/sources/{source_id}/links": {
/** Say which keys, forms and imports bring its data; what belonged to another source belongs to this one. */ put: {
parameters: { path: {
source_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["DataSourceLinks"] } };
responses: { 200: { content: { "application/json": components["schemas"]["DataSourceViewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/sources/{source_id}/key": {
/** Make the public key that its pages send by; one that works is kept. */ post: {
parameters: { path: {
source_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["DataSourceViewOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/approvals": {
/** Return requests for approval, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Waiting for you, asked by you, or all that you may see */ view?: components["schemas"]["View"];
state?: "waiting" | "approved" | "changes" | "refused" | "withdrawn" | "replaced" | "void" | null;
kind?: components["schemas"]["SubjectKind"] | null;
campaign_id?: string | null;
/** Words in the title or the campaign's name */ q?: string;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_ApprovalRow_"] } }; };
};
/** Ask for an approval; asked again while it waits, it is the same request. 409 when no rule needs one or it is given. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ApprovalAsk"] } };
responses: { 201: { content: { "application/json": components["schemas"]["ApprovalOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/approvals/standing": {
/** Return how the approval of something stands now, and whose it needs. */ get: {
parameters: { path: {
workspace: string;
}; query: {
kind: components["schemas"]["SubjectKind"];
id: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["StandingOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/approvals/{request_id}": {
/** Return one request, with its state as of now. */ get: {
parameters: { path: {
request_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ApprovalOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/approvals/{request_id}/decisions": {
/** Approve, asks for changes or refuses, as a member who is asked or stands in for one; twice is once. */ post: {
parameters: { path: {
request_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["DecisionIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ApprovalOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/approvals/{request_id}/withdraw": {
/** Take a waiting request back. */ post: {
parameters: { path: {
request_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ApprovalOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/approval-groups": {
/** Return the groups of approvers by name (at most 100). */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["ApprovalGroup"])[] } }; };
};
/** Make a group of approvers. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ApprovalGroupIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["ApprovalGroup"] } }; };
};
};
"/api/v1/workspaces/{workspace}/approval-groups/{group_id}": {
/** Save a group; whoever is in it decides what waits for it. 409 when somebody saved since `version`. */ put: {
parameters: { path: {
group_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ApprovalGroupSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ApprovalGroup"] } }; };
};
/** Delete a group; 409 while a rule or a waiting request needs it. */ delete: {
parameters: { path: {
group_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/approval-rules": {
/** Return the rules in the order in which their steps are asked (at most 100). */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["ApprovalRuleOut"])[] } }; };
};
/** Make a rule, asked after the others. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ApprovalRuleIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["ApprovalRuleOut"] } }; };
};
/** Put the rules in another order. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RuleOrder"] } };
responses: { 200: { content: { "application/json": (components["schemas"]["ApprovalRuleOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/approval-rules/{rule_id}": {
/** Save a rule; 409 when somebody saved since `version`. */ put: {
parameters: { path: {
rule_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ApprovalRuleSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ApprovalRuleOut"] } }; };
};
/** Delete a rule; what waits because of it goes on. */ delete: {
parameters: { path: {
rule_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/approval-rules/suggested": {
/** Add the usual groups and rules that are not there yet, switched off; answers with all rules. */ post: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["ApprovalRuleOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/approval-rules/try": {
/** Return what something would need by the rules in force. Changes nothing. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TryIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TryOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/metrics": {
/** Return every metric. `goal`: a campaign's goal may be set on it; `people`: the people behind it can be listed. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Without it: the workspace's */ language?: "en" | "fr" | "sv" | "zh" | null;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["MetricOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/topics": {
/** Return what people can agree to hear about, in the order of the preference page. Guests: of their campaigns. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Also those that were archived */ archived?: boolean;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["Topic"])[] } }; };
};
/** Make a topic. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TopicIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["Topic"] } }; };
};
};
"/api/v1/workspaces/{workspace}/topics/{topic_id}": {
/** Rename, describes or moves a topic. */ put: {
parameters: { path: {
topic_id: number;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TopicUpdate"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Topic"] } }; };
};
/** Take a topic off every page; what people said about it stays. */ delete: {
parameters: { path: {
topic_id: number;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/topics/{topic_id}/restore": {
/** Bring an archived topic back. */ post: {
parameters: { path: {
topic_id: number;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/people/{person_id}/consents": {
/** Return what a person allows now, with the proofs. */ get: {
parameters: { path: {
person_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ConsentsOut"] } }; };
};
/** Record what a person said, with the proof. */ post: {
parameters: { path: {
person_id: number;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ConsentIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Changed"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/{person_id}/tracking-consent": {
/** Record whether a person lets their opens and clicks be measured, with the proof. */ post: {
parameters: { path: {
person_id: number;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TrackingConsentIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Changed"] } }; };
};
};
"/api/v1/workspaces/{workspace}/consent/standings": {
/** Return how many people stand where by topic and channel, and how many stricter rules would lose. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** What if the exact wording had to be known? */ proof?: boolean;
/** What if a consent held for so long only? */ months?: number | null;
/** What if people had to have confirmed it from their mailbox? */ confirmed?: boolean;
/** How soon “soon” is */ days?: number;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["ConsentStanding"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/consent/past": {
/** Return how many people agreed at the end of a past day, by the log alone; of those who are here today. */ get: {
parameters: { path: {
workspace: string;
}; query: {
on: string;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["PastStanding"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/consent/ending": {
/** Put those on a list whose consent ends soon, to ask them again. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["EndingIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ListedOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/{person_id}/consents/past": {
/** Return what a person's consent stood at, at the end of a past day, by the log alone. */ get: {
parameters: { path: {
person_id: number;
workspace: string;
}; query: {
on: string;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["PastConsent"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/companies": {
/** List companies by name. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Words of the name or key */ search?: string;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_Company_"] } }; };
};
/** Make a company by hand. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CompanyIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["Company"] } }; };
};
};
"/api/v1/workspaces/{workspace}/companies/count": {
/** Return how many companies have these words. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Words of the name or key */ search?: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["CompanyCount"] } }; };
};
};
"/api/v1/workspaces/{workspace}/companies/properties": {
/** Return what is known of companies: names and types of their properties, the commonest first. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["KnownPropertyOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/companies/{company_id}": {
/** Return one company. */ get: {
parameters: { path: {
company_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Company"] } }; };
};
/** Change what is given; the rest stays. */ patch: {
parameters: { path: {
company_id: number;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CompanyChange"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Company"] } }; };
};
/** Remove a company; its people stay. */ delete: {
parameters: { path: {
company_id: number;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/companies/{company_id}/people": {
/** Return people who belong to a company, those known last first. */ get: {
parameters: { path: {
company_id: number;
workspace: string;
}; query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_PersonOut_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/companies/{company_id}/people/{person_id}": {
/** Put a person into a company; who is in it stays. */ put: {
parameters: { path: {
company_id: number;
person_id: number;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
/** Take a person out of a company. */ delete: {
parameters: { path: {
company_id: number;
person_id: number;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/attributes": {
/** Return what is declared about people, in the order it was declared. Guests: what rules of their audiences ask about. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["Attribute"])[] } }; };
};
/** Declare an attribute. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["AttributeIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["Attribute"] } }; };
};
};
"/api/v1/workspaces/{workspace}/attributes/{key}": {
/** Rename or describes an attribute, or sets its choices; key and type stay. */ put: {
parameters: { path: {
key: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["AttributeUpdate"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Attribute"] } }; };
};
/** Hide an attribute and its values; refused while audiences use it, unless asked twice. */ delete: {
parameters: { path: {
key: string;
workspace: string;
}; query?: {
/** Also when audiences speak of it */ even_if_used?: boolean;
}; };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/traits": {
/** Return what events told of people and no attribute holds, the newest first; at most 300. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["TraitProposal"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/traits/{key}/attribute": {
/** Make an attribute of a trait; everybody gets the value that was kept for them. */ post: {
parameters: { path: {
key: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ProposalTaken"] } };
responses: { 201: { content: { "application/json": components["schemas"]["Taken"] } }; };
};
};
"/api/v1/workspaces/{workspace}/traits/{key}": {
/** Leave a trait out: what was kept of it is dropped, and later values are not kept. */ delete: {
parameters: { path: {
key: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/imports": {
/** Import, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_ImportOut_"] } }; };
};
/** Take a CSV or Excel file (the raw bytes as the body) and says what it looks like, with a plan that would do. */ post: {
parameters: { path: {
workspace: string;
}; query: {
/** What the file is called */ file_name: string;
}; };
requestBody: { content: { "application/octet-stream": Blob } };
responses: { 201: { content: { "application/json": components["schemas"]["ImportOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/imports/{import_id}": {
/** Return one import; ask again while it runs to show its progress. */ get: {
parameters: { path: {
import_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ImportOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/imports/{import_id}/reading": {
/** Look at the file again with another encoding, delimiter or header. */ put: {
parameters: { path: {
import_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["Reading"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ImportOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/imports/{import_id}/preview": {
/** Return the first 20 rows exactly as the plan would store them, or why they would be rejected. */ post: {
parameters: { path: {
import_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["Plan"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ImportPreview"] } }; };
};
};
"/api/v1/workspaces/{workspace}/imports/{import_id}/trial": {
/** Begin to find out what the plan would do, without doing it; `trial` of the import then says it. */ post: {
parameters: { path: {
import_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["Plan"] } };
responses: { 202: { content: { "application/json": components["schemas"]["ImportOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/imports/{import_id}/undo/preview": {
/** Return what undoing the import would do and leave; nothing is changed. */ post: {
parameters: { path: {
import_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Undone"] } }; };
};
};
"/api/v1/workspaces/{workspace}/imports/{import_id}/undo": {
/** Begin to undo an import of the last seven days; `undo` of the import then says what it did and left. */ post: {
parameters: { path: {
import_id: string;
workspace: string;
};  };

responses: { 202: { content: { "application/json": components["schemas"]["ImportOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/imports/{import_id}/start": {
/** Begin the import in the background. Starting twice imports once. */ post: {
parameters: { path: {
import_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["Plan"] } };
responses: { 202: { content: { "application/json": components["schemas"]["ImportOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/imports/{import_id}/cancel": {
/** End an import that waits or runs; nothing of it stays. */ post: {
parameters: { path: {
import_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ImportOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/imports/{import_id}/rejects": {
/** Return rows that were not taken, or not whole, in the file's order. */ get: {
parameters: { path: {
import_id: string;
workspace: string;
}; query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_RejectOut_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/imports/{import_id}/rejects.csv": {
/** Return the rejected rows as CSV: line, reason and column first, then the cells of the file. */ get: {
parameters: { path: {
import_id: string;
workspace: string;
};  };

responses: { 200: { content: { "text/csv": unknown } }; };
};
};
"/api/v1/workspaces/{workspace}/people": {
/** Return people, searched, filtered and sorted. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Words found in names, addresses, numbers or ids */ search?: string;
/** `attribute.KEY:OP[:VALUE]` (is, is_not, contains, lt, le, gt, ge, known, unknown), `tag:is:NAME`, `tag:is_not:NAME`, `email:known`, `phone:unknown`, `consent.CHANNEL.TOPIC:granted|withdrawn|none`; all must hold */ filter?: (string)[];
sort?: components["schemas"]["Sort"];
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_PersonOut_"] } }; };
};
/** Find the person by external id, email or phone, or makes one; merges attributes and adds tags. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PersonIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["PersonOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/count": {
/** Return how many people a question means. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Words found in names, addresses, numbers or ids */ search?: string;
/** `attribute.KEY:OP[:VALUE]` (is, is_not, contains, lt, le, gt, ge, known, unknown), `tag:is:NAME`, `tag:is_not:NAME`, `email:known`, `phone:unknown`, `consent.CHANNEL.TOPIC:granted|withdrawn|none`; all must hold */ filter?: (string)[];
}; };

responses: { 200: { content: { "application/json": components["schemas"]["TotalOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/tags": {
/** Give and takes tags of many people in one go; answers for how many something changed. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TaggedIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Changed"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/attributes": {
/** Give many people one value of an attribute in one go; answers for how many it changed. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["AttributeSetIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Changed"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/consents": {
/** Record in one go what many people said about topics, with proof; answers how many states it changed. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ConsentsIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Changed"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/erase": {
/** Erase many people for good in one go, if they are as many as were confirmed; no import brings them back. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ErasedIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ErasedOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/exports": {
/** Write CSV of the chosen people; safe to open in a spreadsheet, and an import reads it back. A POST although it changes nothing but the audit trail: what leaves the product is written down. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ExportIn"] } };
responses: { 200: { content: { "text/csv": unknown } }; };
};
};
"/api/v1/workspaces/{workspace}/duplicates": {
/** Return people who may be one, two by two. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
kind?: components["schemas"]["DuplicateKind"] | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_DuplicateOut_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/duplicates/kinds": {
/** Return how many pairs of each kind are proposed, and when they were looked for. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["DuplicatesOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/duplicates/search": {
/** Have duplicates looked for; the answer's kinds say when it is done. */ post: {
parameters: { path: {
workspace: string;
};  };

responses: { 202: { content: { "application/json": unknown } }; };
};
};
"/api/v1/workspaces/{workspace}/duplicates/apart": {
/** Remember that two people are two; they are not proposed again. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ApartIn"] } };
responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/duplicates/merge": {
/** Make one of every pair of a sure kind; the older one stays. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["MergeAllIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["MergedOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/{person_id}/merges/with/{other_id}": {
/** Return what making the other one this person would do. */ get: {
parameters: { path: {
person_id: number;
other_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["MergePreview"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/{person_id}/merges": {
/** Return who was made one with a person or split from them, the newest first. */ get: {
parameters: { path: {
person_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["Merge"])[] } }; };
};
/** Make the other one this person; asked again, answers the merge that is there. */ post: {
parameters: { path: {
person_id: number;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["MergeIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Merge"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/merges/{merge_id}/undo": {
/** Make a merged person somebody again, with everything that was theirs. */ post: {
parameters: { path: {
merge_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Merge"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/{person_id}/split": {
/** Make somebody new of some identities and events of a person. */ post: {
parameters: { path: {
person_id: number;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SplitIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["SplitOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/tags": {
/** Return every tag that was ever given, by name. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (string)[] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/{person_id}": {
/** Return everything known of a person. */ get: {
parameters: { path: {
person_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ProfileOut"] } }; };
};
/** Change what is given; the rest stays. */ patch: {
parameters: { path: {
person_id: number;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["PersonChange"] } };
responses: { 200: { content: { "application/json": components["schemas"]["PersonOut"] } }; };
};
/** Erase a person for good; an import cannot bring them back. */ delete: {
parameters: { path: {
person_id: number;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/people/{person_id}/timeline": {
/** Return what a person did and what happened to them, the newest first. */ get: {
parameters: { path: {
person_id: number;
workspace: string;
}; query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_Happening_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/people/{person_id}/archive": {
/** Return everything kept of a person, to hand to them. A POST, because the audit trail notes who took it. */ post: {
parameters: { path: {
person_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": { [key: string]: unknown } } }; };
};
};
"/api/v1/workspaces/{workspace}/things/{kind}/{thing_id}/comments": {
/** Return threads about a thing, the newest first, each with its replies. */ get: {
parameters: { path: {
kind: components["schemas"]["ThingKind"];
thing_id: string;
workspace: string;
}; query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_ThreadOut_"] } }; };
};
/** Return comments on a thing or answers in a thread; answers the whole thread. Takes an Idempotency-Key. */ post: {
parameters: { path: {
kind: components["schemas"]["ThingKind"];
thing_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CommentIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ThreadOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/comments/{comment_id}": {
/** Replace one's own words; 409 when the comment has changed since `version`. */ put: {
parameters: { path: {
comment_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CommentEdit"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ThreadOut"] } }; };
};
/** Empty one's own comment; its place in the thread stays. */ delete: {
parameters: { path: {
comment_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/comments/{comment_id}/resolved": {
/** Mark a thread as settled or opens it again. */ put: {
parameters: { path: {
comment_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ThreadState"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ThreadOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/notices": {
/** Return what one was told, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Only what is not read yet */ unread?: boolean;
/** Only these kinds */ kind?: (components["schemas"]["NoticeKind"])[] | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_Notice_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/notices/unread": {
/** Return how many notices wait. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["UnreadOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/notices/read": {
/** Mark everything up to a notice as read. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ReadAll"] } };
responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/notices/{notice_id}/read": {
/** Mark a notice as read or unread. */ put: {
parameters: { path: {
notice_id: number;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["NoticeState"] } };
responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/things/{kind}/{thing_id}/read": {
/** Mark what one was told about a thing as read. */ post: {
parameters: { path: {
kind: components["schemas"]["ThingKind"];
thing_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/notice-settings": {
/** Return how each kind of notice reaches one by mail. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["DeliveryOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/notice-settings/{kind}": {
/** Choose how a kind of notice reaches one by mail. */ put: {
parameters: { path: {
kind: components["schemas"]["NoticeKind"];
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["DeliveryIn"] } };
responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/things/{kind}/{thing_id}": {
/** Return a thing by its name, and who follows it. */ get: {
parameters: { path: {
kind: components["schemas"]["ThingKind"];
thing_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ThingOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/things/{kind}/{thing_id}/following": {
/** Follow a thing, or leaves it. */ put: {
parameters: { path: {
kind: components["schemas"]["ThingKind"];
thing_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["Following"] } };
responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/things/{kind}/{thing_id}/presence": {
/** Say that one looks at a thing, every 20 seconds; answers who else does. After 45 seconds one is gone. */ post: {
parameters: { path: {
kind: components["schemas"]["ThingKind"];
thing_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Presence"] } }; };
};
/** Say that one looks elsewhere now. */ delete: {
parameters: { path: {
kind: components["schemas"]["ThingKind"];
thing_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/activity": {
/** Return what happened in a campaign, comments included, the newest first. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
}; query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_Activity_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/activity": {
/** Return how much happened in each campaign from one day to another, for reviews. */ get: {
parameters: { path: {
workspace: string;
}; query: {
/** The first day, in the workspace's zone */ first: string;
/** The last day, included */ last: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["ActivitySummary"] } }; };
};
};
"/api/v1/setup": {
/** Return whether the set-up link still works. */ get: {
parameters: {  query: {
token: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["SetupState"] } }; };
};
/** Make the first workspace and its owner, and signs the owner in. */ post: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["SetupIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["SetupDone"] } }; };
};
};
"/api/v1/session": {
/** Sign in; the answer carries the session cookie. */ post: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["SignInIn"] } };
responses: { 204: { content: {  } }; };
};
/** Sign out of this browser. */ delete: {
parameters: {   };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/me": {
/** Return the signed-in user with every workspace and what may be done there. */ get: {
parameters: {   };

responses: { 200: { content: { "application/json": components["schemas"]["MeOut"] } }; };
};
/** Change name, language and theme. */ put: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["ProfileIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["MeOut"] } }; };
};
};
"/api/v1/me/password": {
/** Change the password; every session ends, also this one. */ post: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["PasswordIn"] } };
responses: { 204: { content: {  } }; };
};
};
"/api/v1/me/sessions": {
/** Return where one is signed in, the latest first. */ get: {
parameters: {   };

responses: { 200: { content: { "application/json": (components["schemas"]["SessionOut"])[] } }; };
};
};
"/api/v1/me/sessions/{session_id}": {
/** Sign one of one's sessions out. */ delete: {
parameters: { path: {
session_id: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces": {
/** Return a further workspace, owned by whoever makes it. */ post: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["WorkspaceIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["WorkspaceOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}": {
/** Return the workspace's name, zone, currency and language. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["WorkspaceOut"] } }; };
};
/** Change the workspace. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["WorkspaceIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["WorkspaceOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/members": {
/** Return everybody in the workspace, by name. Guests know who works on their campaigns, and no addresses but their own. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["Member"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/members/{user_id}": {
/** Give a member another role. */ put: {
parameters: { path: {
user_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RoleIn"] } };
responses: { 204: { content: {  } }; };
};
/** Take a member out of the workspace. */ delete: {
parameters: { path: {
user_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/invitations": {
/** Return invitations that wait for an answer, also those whose days are over: they can be mailed again. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["InvitationOut"])[] } }; };
};
/** Invite somebody by email address: mails them the link, and answers it to pass on by other ways. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["InvitationIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["InvitationMade"] } }; };
};
};
"/api/v1/workspaces/{workspace}/invitations/{invitation_id}": {
/** Take an invitation back. */ delete: {
parameters: { path: {
invitation_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/invitations/{invitation_id}/mail": {
/** Mail an invitation once more; its link works for seven more days. */ post: {
parameters: { path: {
invitation_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/invitations": {
/** Return what an invitation link offers. */ get: {
parameters: {  query: {
token: string;
/** What only the mailed link carries */ proof?: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["InvitationView"] } }; };
};
};
"/api/v1/invitations/accept": {
/** Join the workspace and signs in. */ post: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["AcceptIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Joined"] } }; };
};
};
"/api/v1/password-links": {
/** Return whether a link still works, and whose password it sets. */ get: {
parameters: {  query: {
token: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["LinkState"] } }; };
};
/** Mail a link for a new password, if the address is a member's; the answer is the same if it is not. */ post: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["LinkWanted"] } };
responses: { 204: { content: {  } }; };
};
};
"/api/v1/password-links/use": {
/** Set a new password, once for each link; every session of the user ends. */ post: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["NewPassword"] } };
responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/api-keys": {
/** Return keys that work, the newest first. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["ApiKey"])[] } }; };
};
/** Make a key; the answer is the only time it is shown. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["KeyIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["KeyMade"] } }; };
};
};
"/api/v1/workspaces/{workspace}/api-keys/{key_id}": {
/** Stop a key from working. */ delete: {
parameters: { path: {
key_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/audit": {
/** Return the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Only actions that begin with this, e.g. `campaign.` */ action?: string | null;
/** Only this actor's id */ actor?: string | null;
target_type?: string | null;
target_id?: string | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_AuditEntry_"] } }; };
};
};
"/api/v1/me/account-log": {
/** Return when and where one signed in, and what was refused in one's name; the newest first, of the last 90 days. */ get: {
parameters: {  query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_LogLine_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/account-log": {
/** Return the same of every member, and what was refused to members and keys in this workspace. For owners. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_LogLine_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/work-calendar": {
/** Return when the workspace works, and which members differ from it. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["WorkCalendarOut"] } }; };
};
/** Set when the workspace works. Timelines keep their dates and say that they are stale until planned again. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["WorkCalendarIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["WorkCalendarOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/work-calendar/members/{user_id}": {
/** Set how a member's week differs from the workspace's. */ put: {
parameters: { path: {
user_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["MemberCalendarIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["WorkCalendarOut"] } }; };
};
};
}
export interface components {
schemas: {
/** Accepting: a name and a password, or the password of the existing account. */ AcceptIn: {
token: string;
name?: string;
password: string;
};
/** The task that a next action became. */ ActionTask: {
campaign_id: string;
campaign_name: string;
id: string;
state: string;
};
/** A line of what happened: of the audit trail (`action`, what it was done to), or a comment with its words. */ Activity: {
id: string;
at: string;
actor: string;
action: string;
thing_kind: string | null;
thing_id: string | null;
title: string | null;
body: string | null;
mentions: (components["schemas"]["MemberRef"])[];
/** What it was about: names, amounts, states, days */ values: { [key: string]: string | number };
};
/** What happened in the workspace's campaigns, the liveliest first. */ ActivitySummary: {
first: string;
last: string;
campaigns: (components["schemas"]["CampaignActivity"])[];
};
/** What a person agreed to, and how that is known: when (null: now), how, and under which words. */ Agreement: {
topic_ids: (number)[];
origin: string;
channel?: components["schemas"]["Channel"];
at?: string | null;
wording?: string;
};
/** What a cell says about writing to the person, the mildest first. */ Answer: "granted" | "open" | "refused" | "bounced" | "blocked";
/** One question answered. `code` is `question.finding` and stable; `values` is what a translation needs. */ AnswerOut: {
question: string;
code: string;
level: components["schemas"]["Level"];
/** In English. */ sentence: string;
values: { [key: string]: unknown };
fix: components["schemas"]["FixOut"] | null;
};
/** What became of an answer. */ AnswerState: "taken" | "waiting" | "held" | "refused" | "expired";
/** Two people who are two. */ ApartIn: {
first_id: number;
second_id: number;
};
/** A key that works, recognisable by its first characters. */ ApiKey: {
id: string;
name: string;
prefix: string;
scopes: (components["schemas"]["Scope"])[];
created_at: string;
last_used_at: string | null;
created_by: components["schemas"]["KeyMaker"] | null;
};
/** The same changes with the fingerprint of the preview in which they were shown. */ ApplyIn: {
changes?: (components["schemas"]["TaskChange"] | components["schemas"]["LinkChange"] | components["schemas"]["UnlinkChange"] | components["schemas"]["FromDayChange"])[];
fingerprint: string;
};
/** What is to be approved. id: of the touchpoint (launch), campaign (budget, goal, brief), move or template. */ ApprovalAsk: {
kind: components["schemas"]["SubjectKind"];
id: string;
/** A word to the approvers. */ note?: string;
};
/** One difference between what was asked for and what is there now. path: the field, then the key in it. `…_minor` is money, `…_at` a time, `…_hash` only says that it changed; `audience_size` are people, `rules` the number of steps asked for. */ ApprovalChange: {
path: (string)[];
before: unknown;
after: unknown;
};
/** What somebody decided. */ ApprovalDecisionOut: {
by: string;
instead_of: (string)[];
verdict: components["schemas"]["VerdictKind"];
reason: string;
at: string;
/** Decided by the only owner, who had asked: nobody else could. */ alone: boolean;
};
/** Members whose yes a step can ask for. */ ApprovalGroup: {
id: string;
name: string;
version: number;
updated_at: string;
updated_by: string;
members: (components["schemas"]["GroupMember"])[];
stand_ins: (components["schemas"]["StandIn"])[];
};
/** A group of approvers. */ ApprovalGroupIn: {
name: string;
members?: (string)[];
stand_ins?: (components["schemas"]["StandInIn"])[];
};
/** A group to be saved as it was read. */ ApprovalGroupSave: {
name: string;
members?: (string)[];
stand_ins?: (components["schemas"]["StandInIn"])[];
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** A request with everything an approver needs; state and changes are computed now. */ ApprovalOut: {
id: string;
kind: components["schemas"]["SubjectKind"];
subject_id: string;
title: string;
note: string;
campaign: components["schemas"]["CampaignRef"] | null;
asked_by: string;
asked_at: string;
state: "waiting" | "approved" | "changes" | "refused" | "withdrawn" | "replaced" | "void";
/** Why it is void. */ changes: (components["schemas"]["ApprovalChange"])[];
/** Everything the approval covers, as it was when it was asked for. */ content: { [key: string]: unknown };
audience_size: number | null;
amount_minor: number | null;
channel: string;
category: string;
risks: (components["schemas"]["Risk"])[];
steps: (components["schemas"]["ApprovalStepOut"])[];
previous: components["schemas"]["PreviousOut"] | null;
/** The step that you can decide now. */ decide: string | null;
/** You can take it back. */ withdraw: boolean;
};
/** A request in a list. state: as last noticed; `void` when what it was asked for has changed. */ ApprovalRow: {
id: string;
kind: components["schemas"]["SubjectKind"];
subject_id: string;
title: string;
campaign: components["schemas"]["CampaignName"] | null;
asked_by: string;
asked_at: string;
state: "waiting" | "approved" | "changes" | "refused" | "withdrawn" | "replaced" | "void";
/** Who decides the open step: a group's name, a role's or part's word */ waits_for: string;
waits_for_kind: components["schemas"]["ApproverKind"];
due_at: string | null;
/** You can decide it now. */ mine: boolean;
audience_size: number | null;
amount_minor: number | null;
};
/** Above what a subject needs whose approval. All conditions must hold; of the risks one is enough. */ ApprovalRuleIn: {
kind: components["schemas"]["SubjectKind"];
/** Only above this, in the workspace's currency. */ over_minor?: number | null;
/** Only for more people than this. */ over_people?: number | null;
/** Empty: any. */ channels?: (string)[];
/** Empty: any. */ categories?: (components["schemas"]["Category"])[];
risks?: (components["schemas"]["Risk"])[];
steps: (components["schemas"]["StepIn"])[];
enabled?: boolean;
};
/** A rule. */ ApprovalRuleOut: {
id: string;
kind: components["schemas"]["SubjectKind"];
over_minor: number | null;
over_people: number | null;
channels: (string)[];
categories: (string)[];
risks: (components["schemas"]["Risk"])[];
steps: (components["schemas"]["StepOut"])[];
enabled: boolean;
version: number;
updated_at: string;
updated_by: string;
};
/** A rule to be saved as it was read. */ ApprovalRuleSave: {
kind: components["schemas"]["SubjectKind"];
/** Only above this, in the workspace's currency. */ over_minor?: number | null;
/** Only for more people than this. */ over_people?: number | null;
/** Empty: any. */ channels?: (string)[];
/** Empty: any. */ categories?: (components["schemas"]["Category"])[];
risks?: (components["schemas"]["Risk"])[];
steps: (components["schemas"]["StepIn"])[];
enabled?: boolean;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** One step. state: `stuck` when it is its turn and nobody can decide it. */ ApprovalStepOut: {
id: string;
kind: components["schemas"]["ApproverKind"];
ref: string;
label: string;
quorum: components["schemas"]["Quorum"];
state: "done" | "open" | "stuck" | "ahead";
due_at: string | null;
overdue: boolean;
/** Owners step in: nobody else is left, or somebody joined after it was asked. */ owners: boolean;
/** Only who asked can decide it, as the workspace's only owner. */ alone: boolean;
people: (components["schemas"]["ApproverOut"])[];
decisions: (components["schemas"]["ApprovalDecisionOut"])[];
};
/** Who is meant by a step. */ ApproverKind: "group" | "role" | "part";
/** Somebody who may decide the step now. instead_of: whom they stand in for. */ ApproverOut: {
id: string;
name: string;
instead_of: (string)[];
};
/** What a person is asked for, the first 200 by their beginning. */ AskedOut: {
items: (components["schemas"]["AskedTask"])[];
/** Whether there are more */ more: boolean;
};
/** Something that a person is asked for. */ AskedTask: {
id: string;
name: string;
campaign_id: string;
campaign_name: string;
state: components["schemas"]["TaskState"];
starts_on: string;
ends_on: string;
effort_hours: number | number | null;
};
/** A picture and the public address to use in messages. */ AssetOut: {
id: string;
name: string;
media_type: string;
size: number;
width: number | null;
height: number | null;
url: string;
created_at: string;
archived_at: string | null;
};
/** What wants attention in several campaigns. */ AttentionList: {
items: (components["schemas"]["CampaignAttention"])[];
/** How many campaigns were looked at */ campaigns: number;
/** Whether there are open campaigns that were not looked at */ more: boolean;
};
/** One thing that wants attention. */ AttentionOut: {
/** Names the sentence, e.g. `touchpoint.late` */ code: string;
tone: "bad" | "look";
/** What it is about: touchpoint, campaign, budget, task, approval … */ kind: string;
id: string;
/** What the sentence says: a name, days, money in minor units */ values: { [key: string]: unknown };
};
/** A declared attribute. `choices` are the allowed strings of a choice, empty for other types. */ Attribute: {
key: string;
label: string;
type: components["schemas"]["AttributeType"];
choices: (string)[];
description: string;
created_at: string;
};
/** An attribute to be declared; without a key one is made of the label. */ AttributeIn: {
label: string;
choices?: (string)[];
description?: string;
type: components["schemas"]["AttributeType"];
key?: string;
};
/** One value for all of the people; null forgets. */ AttributeSetIn: {
person_ids?: (number)[] | null;
matching?: components["schemas"]["MatchingIn"] | null;
key: string;
value: string | number | number | boolean | null;
};
/** What kind of value an attribute holds. */ AttributeType: "text" | "number" | "money" | "date" | "boolean" | "choice";
/** An attribute's name, what it means, and the allowed values of a choice. */ AttributeUpdate: {
label: string;
choices?: (string)[];
description?: string;
};
/** An attribute that rules may speak of, with the operators that fit it. */ AttributeWord: {
key: string;
label: string;
type: components["schemas"]["ValueType"];
choices: (string)[];
operators: (components["schemas"]["Op"])[];
};
/** A conversion is an event of this name, at most `days` days after the touch of the chosen basis. */ Attribution: {
basis?: components["schemas"]["Basis"];
days?: number;
conversion_event?: string;
};
/** The whole new state of an audience; ``version`` is the one that was read. */ AudienceChange: {
version: number;
name: string;
description?: string;
rule?: { [key: string]: unknown } | null;
};
/** How many people a saved audience means and reaches now. */ AudienceCount: {
id: string;
total: number;
reach: (components["schemas"]["ChannelReach"])[];
};
/** An audience with what the manual says of it. size: as last counted, None before the first count. uses: how many things need it. due_on: when it is to be looked at again. version: 0 where nothing was written yet. */ AudienceDefinition: {
id: string;
kind: components["schemas"]["AudienceKind"];
name: string;
description: string;
rule: { [key: string]: unknown } | null;
size: number | null;
uses: number;
owner: components["schemas"]["DefinitionOwner"] | null;
main: boolean;
ideal: boolean;
source: string;
problem: string;
frustration: string;
pays: string;
evidence: string;
reviewed_on: string | null;
due_on: string;
overdue: boolean;
version: number;
created_at: string;
};
/** An audience to be made. A segment has a rule, a list has none. */ AudienceIn: {
kind?: components["schemas"]["AudienceKind"];
name: string;
description?: string;
rule?: { [key: string]: unknown } | null;
};
/** How an audience is defined: by a rule (live) or by its members (fixed). */ AudienceKind: "segment" | "list";
/** A person of an audience, in short. */ AudienceMember: {
id: number;
email: string | null;
external_id: string | null;
attributes: { [key: string]: unknown };
};
/** An audience. ``broken`` says why its rule can no longer be asked, ``fault`` for programs; empty when it can. */ AudienceOut: {
id: string;
kind: components["schemas"]["AudienceKind"];
name: string;
description: string;
rule: { [key: string]: unknown } | null;
version: number;
broken: string;
fault: components["schemas"]["FaultOut"] | null;
created_by: string;
created_at: string;
updated_at: string;
archived_at: string | null;
};
/** What makes an audience different from everybody, the most different first. */ AudienceProfileOut: {
members: number;
everybody: number;
traits: (components["schemas"]["AudienceTrait"])[];
};
/** A value, tag or event: how many of an audience's members have it, and how many of everybody. ``key`` is the attribute's for ``attribute``, and empty otherwise. */ AudienceTrait: {
kind: "attribute" | "tag" | "event";
key: string;
value: string;
members: number;
everybody: number;
};
/** Something that needs an audience: another ``audience``, or a ``touchpoint`` (then with its campaign). ``waiting``: it has not been launched yet, so it still needs the audience. */ AudienceUser: {
kind: "audience" | "touchpoint";
id: string;
name: string;
campaign_id: string | null;
campaign: string;
waiting: boolean;
};
/** Who did what to what, and when. */ AuditEntry: {
id: number;
at: string;
actor_kind: string;
actor_id: string | null;
actor_name: string;
action: string;
target_type: string | null;
target_id: string | null;
target_name: string | null;
details: { [key: string]: unknown };
};
/** How a provider shows that events are its own; it decides what has to be entered where. */ Authenticity: "signed" | "key" | "password";
/** A snapshot of a campaign's dates, without them. */ Baseline: {
id: string;
name: string;
chosen: boolean;
created_at: string;
created_by: string;
};
/** A snapshot to be kept. */ BaselineIn: {
name: string;
};
/** The snapshot's id. */ BaselineMade: {
id: string;
};
/** Which touch earns a conversion: a person's click, or the delivery alone. */ Basis: "click" | "delivery";
/** Why something needs a yes that its facts and the rules of this moment would not ask for. */ Because: "rule_changed" | "lately";
/** Points for what somebody did: an event by its name, an opened or a clicked message. ``each``: every time counts; otherwise the last time alone. ``half_life``: after so many days what happened is worth half, after twice as many a quarter; without one it keeps its worth. ``most``: more points than these the rule never gives (or takes off), however often it happened. */ BehaviourRule: {
kind?: "behaviour";
category?: components["schemas"]["ScoreCategory"];
/** Negative ones are taken off. */ points: number;
what: "event" | "opened" | "clicked";
name?: string;
where?: (components["schemas"]["Property"])[];
each?: boolean;
most?: number;
half_life?: number | null;
};
/** Which way a metric should go. */ Better: "higher" | "lower" | "neither";
/** A source to be opened as blocks. */ BlocksIn: {
body?: string;
};
Body_upload_asset: {
file: Blob;
};
/** The brand kit with its version; 0 while nobody has saved one. */ Brand: {
kit: components["schemas"]["BrandKit"];
version: number;
saved_by: string;
};
/** How a workspace's mails look (`theme`, `logo`) and speak (`tone`, `words`), and what stands at their foot. */ BrandKit: {
theme?: components["schemas"]["MailTheme"];
logo?: string;
footer?: string;
tone?: string;
words?: (components["schemas"]["BrandWord"])[];
};
/** A changed brand kit; `version` is the one it was made from, 0 for the first. */ BrandSave: {
version: number;
kit: components["schemas"]["BrandKit"];
};
/** A word that mails should not say, and what they say instead; nothing: it is forbidden without another. */ BrandWord: {
avoid: string;
prefer?: string;
};
/** The figures of one part of an attribute's values. */ BreakdownRowOut: {
bucket: components["schemas"]["Bucket"];
figures: { [key: string]: components["schemas"]["Figure"] };
};
/** A text of a passage that was saved once. */ BriefChange: {
id: number;
passage_id: string;
section: components["schemas"]["Section"];
version: number;
text: string;
by: string;
at: string;
};
/** The brief of a campaign: passages that every brief has once first, then each list in its order. */ BriefOut: {
passages: (components["schemas"]["PassageOut"])[];
};
/** Why the brief is kept as it is. */ BriefVersionIn: {
note?: string;
};
/** A kept version of the whole brief. */ BriefVersionOut: {
number: number;
note: string;
by: string;
created_at: string;
};
/** A key, form or import that brings data, with the source it belongs to and its last sign. */ Bringer: {
kind: components["schemas"]["BringerKind"];
ref: string;
name: string;
source_id: string | null;
last_at: string | null;
};
/** What brings data. */ BringerKind: "key" | "form" | "import";
/** What was sent, credited and spent in some days. Conversions count on their own day, costs on that of the bill. */ BroughtOut: {
sent: number;
conversions: number;
revenue: number;
cost: number;
/** Null: nothing was spent */ roi: number | null;
};
/** A part of an attribute's values: one value, a range with both ends (None: open), or no value at all. */ Bucket: {
value: string | null;
low: number | null;
high: number | null;
unknown: boolean;
other: boolean;
};
/** What a change left of a campaign's budget: its lines that are new or not as before, and exact sums of all. */ BudgetChangeOut: {
by_resource: (components["schemas"]["ResourceTotal"])[];
planned_minor: number;
approved_minor: number;
committed_minor: number;
spent_minor: number;
lines: (components["schemas"]["BudgetLine"])[];
/** An approval that was given or asked for does not cover what is planned now */ approval_void: boolean;
};
/** One sum, in minor units of the workspace's currency. */ BudgetGroup: {
/** A campaign's or goal's id, a name, or a period's first day; empty: none */ key: string;
/** A campaign's name, or a goal's words, else its campaign's name */ label: string;
/** The asked campaign's own lines, beside those of its parts */ own: boolean;
/** Budget lines; of a month or quarter: those with a plan for it */ lines: number;
/** Campaigns below it, or serving the goal; of the total: groups */ parts: number;
planned_minor: number;
approved_minor: number;
committed_minor: number;
spent_minor: number;
};
/** A line as it is stored. Amounts are in the workspace's currency, but for the price of a unit. */ BudgetLine: {
name: string;
resource: components["schemas"]["Resource"];
quantity: number | number;
/** A part of one: 0.25 is 25 % */ tax_rate: number | number;
spread: components["schemas"]["Spread"];
starts_on: string | null;
ends_on: string | null;
/** The deliverable it pays for */ task_id: string | null;
unit_price_minor: number;
planned_minor: number;
currency: string;
channel: string;
id: string;
task_name: string | null;
/** What one of its currency was worth when the plan was last saved */ rate: number | number;
/** Of the plan, without moves; like gross_minor */ net_minor: number;
gross_minor: number;
/** Received from other lines; negative: given to them */ moved_minor: number;
approved_minor: number | null;
/** Ordered and not invoiced yet */ committed_minor: number;
spent_minor: number;
version: number;
updated_by: string;
};
/** A campaign's budget: its lines in order, and exact sums. */ BudgetOut: {
by_resource: (components["schemas"]["ResourceTotal"])[];
planned_minor: number;
approved_minor: number;
committed_minor: number;
spent_minor: number;
currency: string;
/** Which amount counts in plans and sums */ counts: components["schemas"]["Counts"];
lines: (components["schemas"]["BudgetLine"])[];
/** Proposed for new lines */ tax_rate: number | number;
/** How the budget's approval stands, e.g. approved, missing, void */ approval: string;
approval_id: string | null;
};
/** Cells copied from a spreadsheet. Without `apply` they are only looked at. */ BudgetPaste: {
text: string;
apply?: boolean;
};
/** What was understood, and what is wrong. Rows are added only when none is wrong. */ BudgetPasteOut: {
rows: (components["schemas"]["BudgetPastedLine"])[];
wrong: (components["schemas"]["WrongCell"])[];
added: number;
reading: components["schemas"]["SheetReading"];
};
/** A pasted row as it was understood. */ BudgetPastedLine: {
name: string;
resource: components["schemas"]["Resource"];
quantity: number | number;
unit_price_minor: number | null;
currency: string;
/** A part of one: 0.25 is 25 % */ tax_rate: number | number;
starts_on: string | null;
ends_on: string | null;
};
/** What budgets are summed over, and which. */ BudgetQuestion: {
by?: components["schemas"]["By"];
/** Within that campaign and its parts */ parent_id?: string | null;
/** Without it: all but archived campaigns */ state?: components["schemas"]["CampaignState"] | null;
resource?: components["schemas"]["Resource"] | null;
/** Empty: lines without one */ channel?: string | null;
/** A goal's id: with the campaigns that serve it; empty: campaigns without one */ goal?: string | null;
/** Only money from this month on */ first?: string | null;
/** Only money up to this month */ last?: string | null;
/** Words in the campaign's name */ q?: string;
};
/** How the workspace counts. */ BudgetSettingsIn: {
counts: components["schemas"]["Counts"];
/** Proposed for new lines */ tax_rate?: number | string;
/** Moves above it need an approval; null: the rules alone decide */ move_limit_minor?: number | null;
/** As last read */ version: number;
};
/** How the workspace counts. version 0: these are the defaults. */ BudgetSettingsOut: {
counts: components["schemas"]["Counts"];
/** A part of one: 0.25 is 25 % */ tax_rate: number | number;
move_limit_minor: number | null;
version: number;
currency: string;
};
/** A page of sums, and what all of them come to. */ BudgetSums: {
items: (components["schemas"]["BudgetGroup"])[];
next_cursor: string | null;
total: number;
sum: components["schemas"]["BudgetGroup"];
currency: string;
parent_name: string | null;
goal_name: string | null;
};
/** A campaign's burn and its forecast. */ BurnOut: {
currency: string;
today: string;
planned_minor: number;
committed_minor: number;
spent_minor: number;
/** Planned, without a date */ undated_minor: number;
forecast: components["schemas"]["ForecastOut"];
points: (components["schemas"]["BurnPoint"])[];
};
/** Sums up to the end of a day; null where it is not known yet, or past. */ BurnPoint: {
day: string;
planned_minor: number;
spent_minor: number | null;
/** Spent, and ordered and not invoiced */ used_minor: number | null;
expected_minor: number | null;
low_minor: number | null;
high_minor: number | null;
};
/** A button; where it leads is an attribute. */ ButtonBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "button";
runs?: (components["schemas"]["TextRun"])[];
};
/** What the sums are for each of. */ By: "campaign" | "channel" | "goal" | "resource" | "quarter" | "month";
/** A campaign. `shown`: its days are in the range; else it is only named by an item. `priority`: 1 goes first. */ CalendarBar: {
id: string;
name: string;
type: string;
state: string;
stage: string;
starts_on: string | null;
ends_on: string | null;
leader_id: string | null;
priority: number;
shown: boolean;
};
/** A public holiday; `place` is its country, with the region behind a dash. */ CalendarHoliday: {
day: string;
name: string;
place: string;
};
/** Something of a campaign on its days (inclusive, in the workspace's zone; None: it has none yet). `at`: the instant a touchpoint goes out. `movable`: nothing has made its date a fact. */ CalendarItem: {
kind: components["schemas"]["ItemKind"];
id: string;
name: string;
campaign_id: string;
state: string;
starts_on: string | null;
ends_on: string | null;
movable: boolean;
at: string | null;
channel: string | null;
audience_id: string | null;
owner_id: string | null;
};
/** A moment on the days of one of its occurrences. */ CalendarMoment: {
id: string;
kind: components["schemas"]["MomentKind"];
name: string;
starts_on: string;
ends_on: string;
yearly: boolean;
};
/** The same move with the fingerprint of the preview that showed what it breaks. */ CalendarMoveApply: {
kind: components["schemas"]["MoveKind"];
id: string;
day: string | null;
time?: string | null;
edge?: components["schemas"]["Edge"];
touchpoints?: boolean;
tasks?: boolean;
fingerprint: string;
};
/** A move. `day`: when a touchpoint goes out (null takes its day away), a task's or a campaign's first day. `time`: a touchpoint's clock time in the workspace's zone; without it, it keeps the one it has. `edge`: what of a campaign is moved. `touchpoints`, `tasks`: what is planned in a campaign moves with it by as many days. */ CalendarMoveIn: {
kind: components["schemas"]["MoveKind"];
id: string;
day: string | null;
time?: string | null;
edge?: components["schemas"]["Edge"];
touchpoints?: boolean;
tasks?: boolean;
};
/** What a move comes to: the first shift is what was asked for, the others go with it (the first 50 are named). `made`, `solved`: collisions, those with most people first; `counted` is false while people are still being counted. */ CalendarMoveOut: {
fingerprint: string;
name: string;
shifts: (components["schemas"]["MoveShift"])[];
shifted: number;
breaks: (components["schemas"]["MoveBreak"])[];
blocked: boolean;
made: (components["schemas"]["MoveCollision"])[];
solved: (components["schemas"]["MoveCollision"])[];
counted: boolean;
};
/** What stands between two days, and the drafts that have no day yet (the newest 500). */ CalendarOut: {
first: string;
last: string;
today: string;
campaigns: (components["schemas"]["CalendarBar"])[];
items: (components["schemas"]["CalendarItem"])[];
undated: (components["schemas"]["CalendarItem"])[];
moments: (components["schemas"]["CalendarMoment"])[];
holidays: (components["schemas"]["CalendarHoliday"])[];
audiences: (components["schemas"]["Named"])[];
people: (components["schemas"]["Named"])[];
/** The weekdays on which the workspace works; Monday is 0. */ weekdays: (number)[];
/** Free days on working weekdays: holidays and days off. */ days_off: (string)[];
/** There is more than can be shown; narrow it down. */ truncated: boolean;
};
/** Touchpoints to the same people fewer than `days` days apart collide, unless `pairs` says otherwise. `places`: whose holidays are shown beside those of the working calendar. */ CalendarSettingsIn: {
days: number;
pairs?: (components["schemas"]["ChannelsApart"])[];
places?: (components["schemas"]["HolidayPlace"])[];
};
/** The settings, with the place whose holidays come from the working calendar, if it has one. */ CalendarSettingsOut: {
days: number;
pairs: (components["schemas"]["ChannelsApart"])[];
places: (components["schemas"]["HolidayPlace"])[];
own: components["schemas"]["HolidayPlace"] | null;
};
/** How much happened in a campaign, and how many people took part. */ CampaignActivity: {
campaign_id: string;
name: string;
changes: number;
comments: number;
people: number;
};
/** One thing that wants attention, and in which campaign. */ CampaignAttention: {
/** Names the sentence, e.g. `touchpoint.late` */ code: string;
tone: "bad" | "look";
/** What it is about: touchpoint, campaign, budget, task, approval … */ kind: string;
id: string;
/** What the sentence says: a name, days, money in minor units */ values: { [key: string]: unknown };
campaign_id: string;
campaign_name: string;
};
/** A campaign's part. */ CampaignBroughtOut: {
id: string;
name: string;
state: string;
now: components["schemas"]["BroughtOut"];
before: components["schemas"]["BroughtOut"];
};
/** Sums of a campaign's budget lines, in minor units of the currency. */ CampaignBudget: {
planned_minor: number;
spent_minor: number;
lines: number;
currency: string;
};
/** A campaign's goal, with its campaign. */ CampaignGoalOut: {
id: string;
name: string;
owner: components["schemas"]["Named"] | null;
parent: components["schemas"]["Named"] | null;
metric: components["schemas"]["GoalMetric"];
unit: components["schemas"]["Unit-Output"];
lower_is_better: boolean;
baseline: number | number | null;
start: number | number | null;
/** Money in minor units, rates as a fraction of one. */ target: number | number;
deadline: string;
told: boolean;
told_at: string | null;
told_by: string;
version: number;
campaign_id: string;
campaign_name: string;
campaign_state: string;
starts_on: string | null;
};
/** The part somebody has. */ CampaignMemberIn: {
part: components["schemas"]["Part"];
};
/** A campaign's money, beside the sums of all (`all`). */ CampaignMoney: {
campaign_id: string;
name: string;
starts_on: string | null;
ends_on: string | null;
period_spent_minor: number;
period_ordered_minor: number;
planned_minor: number;
committed_minor: number;
spent_minor: number;
/** Spent and ordered beyond the plan; 0 within it */ over_minor: number;
/** Lines that are over their own plan */ lines_over: number;
};
/** The state a campaign is to have. */ CampaignMove: {
state: components["schemas"]["CampaignState"];
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** The campaign a request belongs to. */ CampaignName: {
id: string;
name: string;
};
/** A campaign. A running one whose last day is over reads as ended. */ CampaignOut: {
id: string;
name: string;
category: components["schemas"]["Category"];
type: components["schemas"]["CampaignType"];
stage: components["schemas"]["Stage"];
parent: components["schemas"]["Named"] | null;
/** How many campaigns are a part of this one */ children: number;
description: string;
leader: components["schemas"]["Named"] | null;
starts_on: string | null;
ends_on: string | null;
state: components["schemas"]["CampaignState"];
attribution: components["schemas"]["Attribution"];
goal: components["schemas"]["GoalOut"] | null;
budget: components["schemas"]["CampaignBudget"];
touchpoints: components["schemas"]["CampaignTouchpoints"];
/** What whoever asks does in it; null: nothing, or leading it */ my_part: components["schemas"]["Part"] | null;
version: number;
updated_at: string;
updated_by: string;
created_at: string;
};
/** What its leader says of a campaign. Days are inclusive and in the workspace's zone. */ CampaignPlan: {
name: string;
category: components["schemas"]["Category"];
type?: components["schemas"]["CampaignType"];
description?: string;
leader_id?: string | null;
/** The campaign or programme this one is a part of */ parent_id?: string | null;
starts_on?: string | null;
ends_on?: string | null;
attribution?: components["schemas"]["Attribution"];
};
/** The campaign it belongs to. */ CampaignRef: {
id: string;
name: string;
};
/** A campaign's new values. */ CampaignSave: {
name: string;
category: components["schemas"]["Category"];
type?: components["schemas"]["CampaignType"];
description?: string;
leader_id?: string | null;
/** The campaign or programme this one is a part of */ parent_id?: string | null;
starts_on?: string | null;
ends_on?: string | null;
attribution?: components["schemas"]["Attribution"];
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** How the list is ordered; campaigns without the value come last. "-" is descending. */ CampaignSort: "-created" | "created" | "name" | "-name" | "state" | "-state" | "leader" | "-leader" | "starts" | "-starts" | "ends" | "-ends" | "budget" | "-budget";
/** Where a campaign stands. */ CampaignState: "planned" | "running" | "ended" | "archived";
/** A campaign to be saved as a template. */ CampaignTemplateIn: {
campaign_id: string;
name: string;
description?: string;
};
/** A template with its plan. */ CampaignTemplateOut: {
id: string;
/** Comes with Gonfalon; it cannot be changed, only begun from */ ready: boolean;
name: string;
description: string;
category: components["schemas"]["Category"];
type: components["schemas"]["CampaignType"];
days: number;
tasks: number;
touchpoints: number;
lines: number;
roles: number;
version: number;
updated_at: string | null;
updated_by: string;
archived_at: string | null;
/** Of its amounts */ currency: string;
plan: components["schemas"]["PlanDocument"];
};
/** What would be made. */ CampaignTemplatePreview: {
starts_on: string;
ends_on: string;
tasks: (components["schemas"]["PlannedTask"])[];
first_task_on: string | null;
last_task_on: string | null;
/** Tasks that would end after the campaign */ late: number;
touchpoints: number;
passages: number;
lines: number;
planned_minor: number;
currency: string;
roles: (components["schemas"]["FilledRole"])[];
/** Audiences, senders and topics that are gone and will be left open */ gone: number;
};
/** A template in a list. */ CampaignTemplateRow: {
id: string;
/** Comes with Gonfalon; it cannot be changed, only begun from */ ready: boolean;
name: string;
description: string;
category: components["schemas"]["Category"];
type: components["schemas"]["CampaignType"];
days: number;
tasks: number;
touchpoints: number;
lines: number;
roles: number;
version: number;
updated_at: string | null;
updated_by: string;
archived_at: string | null;
};
/** New words of a template, and new names of its roles by key. */ CampaignTemplateSave: {
name: string;
description?: string;
roles?: { [key: string]: unknown };
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** How many touchpoints there are, how many Gonfalon has launched, and how many were carried out elsewhere. */ CampaignTouchpoints: {
planned: number;
launched: number;
done: number;
};
/** The main kind of work in a campaign; decides what is proposed, forbids nothing. */ CampaignType: "content" | "search" | "social" | "email" | "event" | "launch" | "influencer" | "user_generated";
/** What a type of campaign usually needs. */ CampaignTypeOut: {
type: components["schemas"]["CampaignType"];
/** Kinds of content, the most usual first */ content: (string)[];
/** What its goals are usually about */ metrics: (components["schemas"]["GoalMetric"])[];
/** What a goal is proposed to be about, by what the campaign is for: only what it can have */ proposed: { [key: string]: (components["schemas"]["GoalMetric"])[] };
};
/** A campaign whose messages rules may speak of. */ CampaignWord: {
id: string;
name: string;
};
/** Everybody's load across campaigns, week by week. */ CapacityOut: {
people: (components["schemas"]["PersonLoad"])[];
first: string;
last: string;
};
/** What a campaign is for. */ Category: "acquisition" | "monetisation" | "engagement";
/** Why somebody entered or left: something of theirs changed, time passed, or the rule (or what it needs) did. */ Cause: "person" | "time" | "rule";
/** One number of the report: a metric of the campaign or a touchpoint, narrowed down. `side`: of the comparison. */ CellIn: {
/** Key in the metric catalogue */ metric?: string;
touchpoint_id?: string | null;
/** Of withheld, failed or unknown messages */ reason?: string | null;
/** Of clicks and conversions; needs touchpoint_id */ link?: number | null;
attribute?: string | null;
value?: string | null;
low?: number | null;
high?: number | null;
unknown?: boolean;
other?: boolean;
side?: components["schemas"]["Side"] | null;
/** With `side`: those who had it */ event?: string | null;
};
/** How many states a statement changed; 0 when all of them were already so. */ Changed: {
changed: number;
};
/** Changes to a timeline, in their order. None at all plans again, e.g. after a calendar has changed. */ ChangesIn: {
changes?: (components["schemas"]["TaskChange"] | components["schemas"]["LinkChange"] | components["schemas"]["UnlinkChange"] | components["schemas"]["FromDayChange"])[];
};
/** A way to reach a person that needs their permission. */ Channel: "email" | "sms" | "push";
/** A channel: whether Gonfalon sends it itself, and its checklist. */ ChannelOut: {
channel: components["schemas"]["TouchpointChannel"];
sent_here: boolean;
/** Whether it goes to known people, so that an audience is needed */ addressed: boolean;
checklist: (components["schemas"]["CheckPointOut"])[];
};
/** A campaign's channel plan. */ ChannelPlanOut: {
segments: (components["schemas"]["PlanSegment"])[];
contacts: (components["schemas"]["ContactOut"])[];
gaps: (components["schemas"]["PlanGap"])[];
/** Touchpoints of the campaign that no contact names */ unplaced: (components["schemas"]["ContactTouchpoint"])[];
};
/** How many members one channel and topic reach now, and why not the others. Every member counts once, in the first that applies: ``no_address``, ``suppressed``, ``unsubscribed``, ``no_consent`` (never gave it), ``reachable``. The five add up to the total. */ ChannelReach: {
channel: string;
topic: string;
reachable: number;
no_address: number;
suppressed: number;
unsubscribed: number;
no_consent: number;
};
/** How many days touchpoints on two channels should be apart; 0: they never collide. */ ChannelsApart: {
one: string;
other: string;
days: number;
};
/** What a point of a checklist is about. */ CheckPart: "address" | "format" | "size" | "measure";
/** A point of a checklist; `values` fill the sentence that `code` names. */ CheckPointOut: {
code: string;
part: components["schemas"]["CheckPart"];
values: { [key: string]: string | number };
/** Who sets the limit: an address or a standard; empty: our own advice */ source: string;
};
/** One of several options (`choice`) or any number of them (`choices`); `other` lets visitors write their own. */ ChoiceField: {
/** Unique in the form; never shown */ id: string;
label: string;
help?: string;
required?: boolean;
show_if?: components["schemas"]["FormCondition"] | null;
kind?: "choice" | "choices";
attribute?: string | null;
options: (components["schemas"]["FormOption"])[];
other?: boolean;
/** How many may be chosen */ most?: number | null;
/** As a list that opens, for many options */ menu?: boolean;
};
/** A way out of a collision: what happens to the touchpoint `id`. people: who then gets nothing from it on that day. day and days: where it moves to, and by how much (later: positive). */ CollisionFix: {
kind: components["schemas"]["FixKind"];
id: string;
other_id: string;
people: number;
day: string | null;
days: number;
};
/** Two touchpoints that hit `people` of the same people, `days` days apart; `one` is the earlier. `fixes`: the cheapest first. */ CollisionOut: {
one: components["schemas"]["CollisionTouchpoint"];
other: components["schemas"]["CollisionTouchpoint"];
days: number;
people: number;
fixes: (components["schemas"]["CollisionFix"])[];
};
/** A touchpoint that collides. `people`: how many it hits; null while that is being counted. */ CollisionTouchpoint: {
id: string;
name: string;
campaign_id: string;
campaign: string;
channel: string;
day: string | null;
at: string | null;
launched: boolean;
audience_id: string | null;
audience: string;
people: number | null;
};
/** Where planned touchpoints hit the same people fewer than `days` days apart. `at`: when people were counted last; null with `computing` while that is done for the first time. `computing`: a newer count is on its way, so ask again in a moment. `sets`: how many sets of people are compared. */ CollisionsOut: {
computing: boolean;
at: string | null;
sets: number;
days: number;
collisions: (components["schemas"]["CollisionOut"])[];
/** How many pairs collide; the list holds those with most people. */ total: number;
/** Null: the workspace has no contact limit, or you see a part only. */ over: components["schemas"]["OverLimit"] | null;
unknown: (components["schemas"]["UnknownTouchpoint"])[];
/** Touchpoints too far in the future to be looked at together. */ left_out: number;
};
/** What becomes of one column. `attribute` is the key of an existing attribute; label, type and choices make a new one. `format` as detected. Of a consent column: `answers` what its texts mean ("" the empty cell, "*" any other), `channel` which it is about ("" all, null that of the import's consent). no_consent: somebody has looked, and the column says nothing of permission whatever it seems to. rule: whose value counts where both have one, "" as the plan says. */ ColumnPlan: {
column: number;
to: components["schemas"]["Target"];
attribute?: string;
label?: string;
type?: components["schemas"]["AttributeType"];
choices?: (string)[];
format?: "" | "ymd" | "dmy" | "mdy" | "point" | "comma";
answers?: { [key: string]: components["schemas"]["Answer"] };
channel?: "email" | "sms" | "phone" | "" | null;
no_consent?: boolean;
rule?: "" | "overwrite" | "fill";
};
/** New words for the comment as it was at `version`. */ CommentEdit: {
body: string;
version: number;
};
/** A new comment: plain text with links, `<@member id>` for a mention. parent_id: the comment it answers. */ CommentIn: {
/** At most 8,000 characters */ body: string;
parent_id?: string | null;
};
/** Somebody by their present name. member: still in the workspace. id: null for an API key. */ CommentMember: {
id: string | null;
name: string;
member: boolean;
};
/** A comment. In `body`, `<@id>` is a mention of one of `mentions`; it is empty once the comment was removed. */ CommentOut: {
id: string;
parent_id: string | null;
author: components["schemas"]["CommentMember"];
body: string;
mentions: (components["schemas"]["CommentMember"])[];
created_at: string;
edited_at: string | null;
removed: boolean;
version: number;
};
/** A company: the key by which its source names it, what it is called, and what is known of it. */ Company: {
id: number;
key: string;
name: string;
properties: { [key: string]: string | number | number | boolean };
people: number;
created_at: string;
updated_at: string;
};
/** Changes of a company; what is left out stays, a property that is null is forgotten. */ CompanyChange: {
name?: string | null;
properties?: { [key: string]: unknown };
};
/** How many companies there are. */ CompanyCount: {
count: number;
};
/** A company made by hand. key: what its source calls it, the name where none is given. */ CompanyIn: {
name: string;
key?: string;
properties?: { [key: string]: unknown };
};
/** How a condition looks at an earlier answer. */ Compare: "is" | "is_not" | "answered" | "not_answered" | "at_least" | "at_most";
/** Two to five audiences. */ ComparedIn: {
audiences: (string)[];
};
/** A text that may go on with the sentence, and what kind of thing it is. */ CompletionOut: {
kind: string;
text: string;
};
/** Points for everybody whom a condition in the language of audiences means. */ ConditionRule: {
kind?: "condition";
category?: components["schemas"]["ScoreCategory"];
/** Negative ones are taken off. */ points: number;
/** A rule tree; see the reference of audience rules. */ when: { [key: string]: unknown };
};
/** What only some people get: `condition` is Liquid's, such as `person.city == "Lyon"`. */ "ConditionalBlock-Input": {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "conditional";
condition?: string;
blocks?: (components["schemas"]["HeadingBlock"] | components["schemas"]["TextBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["ButtonBlock"] | components["schemas"]["DividerBlock"] | components["schemas"]["SpacerBlock"] | components["schemas"]["SocialBlock"] | components["schemas"]["MenuBlock"] | components["schemas"]["TableBlock"] | components["schemas"]["ProductsBlock"] | components["schemas"]["CouponBlock"] | components["schemas"]["CountdownBlock"] | components["schemas"]["VideoBlock"] | components["schemas"]["ConditionalBlock-Input"] | components["schemas"]["RepeatedBlock-Input"] | components["schemas"]["RawBlock"])[];
};
/** What only some people get: `condition` is Liquid's, such as `person.city == "Lyon"`. */ "ConditionalBlock-Output": {
/** A name that the editor gives; nothing is kept of it */ id: string;
attributes: { [key: string]: unknown };
type: "conditional";
condition: string;
blocks: (components["schemas"]["HeadingBlock"] | components["schemas"]["TextBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["ButtonBlock"] | components["schemas"]["DividerBlock"] | components["schemas"]["SpacerBlock"] | components["schemas"]["SocialBlock"] | components["schemas"]["MenuBlock"] | components["schemas"]["TableBlock"] | components["schemas"]["ProductsBlock"] | components["schemas"]["CouponBlock"] | components["schemas"]["CountdownBlock"] | components["schemas"]["VideoBlock"] | components["schemas"]["ConditionalBlock-Output"] | components["schemas"]["RepeatedBlock-Output"] | components["schemas"]["RawBlock"])[];
};
/** Rows that only some people get. */ "ConditionalRows-Input": {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "conditional_rows";
condition?: string;
rows?: (components["schemas"]["SectionRow-Input"] | components["schemas"]["WrapperRow-Input"] | components["schemas"]["ConditionalRows-Input"] | components["schemas"]["RepeatedRows-Input"] | components["schemas"]["SharedRow-Input"] | components["schemas"]["RawBlock"])[];
};
/** Rows that only some people get. */ "ConditionalRows-Output": {
/** A name that the editor gives; nothing is kept of it */ id: string;
attributes: { [key: string]: unknown };
type: "conditional_rows";
condition: string;
rows: (components["schemas"]["SectionRow-Output"] | components["schemas"]["WrapperRow-Output"] | components["schemas"]["ConditionalRows-Output"] | components["schemas"]["RepeatedRows-Output"] | components["schemas"]["SharedRow-Output"] | components["schemas"]["RawBlock"])[];
};
/** Whether a mail server can be used with these settings; `sentence` says what to do when not, in English. */ ConnectionTest: {
ok: boolean;
/** Why not, as a stable code; null: it can. */ fault: components["schemas"]["Fault"] | null;
/** What the other side said, or the system; empty: nothing. */ said: string;
sentence: string;
encrypted: boolean;
pipelining: boolean;
/** Largest mail the server takes in bytes; 0: it does not say. */ max_size: number;
};
/** A box that gives consent to topics on a channel; its label is the wording that is kept as proof. Never ticked beforehand. */ ConsentField: {
/** Unique in the form; never shown */ id: string;
label: string;
help?: string;
required?: boolean;
show_if?: components["schemas"]["FormCondition"] | null;
kind?: "consent";
channel?: components["schemas"]["Channel"];
topics: (number)[];
};
/** What a person said about topics on a channel, and under which exact wording. */ ConsentIn: {
channel: components["schemas"]["Channel"];
topic_ids: (number)[];
state: "granted" | "withdrawn";
wording?: string;
basis?: components["schemas"]["LegalBasis"];
/** Until when it holds; null: as long as the topic says */ expires_at?: string | null;
};
/** The permission that everybody in the file gave: where it was given, when, and under which words. With columns mapped to consent, only rows that say yes in all of them carry it. Those that say no are recorded as a refusal, unless the person has agreed since `at`; open ones say nothing. */ ConsentPlan: {
channel?: components["schemas"]["Channel"];
topic_ids: (number)[];
at: string;
origin: string;
wording?: string;
};
/** One line of the proof ledger: what was said when (`at`), and when we wrote it down (`recorded_at`). A statement on being measured has the channel TRACKING and no topic. */ ConsentProof: {
id: number;
channel: components["schemas"]["Channel"] | "tracking";
topic_id: number | null;
topic: string | null;
state: components["schemas"]["ConsentState"] | "retracted";
at: string;
recorded_at: string;
source: components["schemas"]["ConsentSource"];
wording: string;
details: { [key: string]: unknown };
basis: components["schemas"]["LegalBasis"];
expires_at: string | null;
};
/** How a statement reached us. */ ConsentSource: "import" | "form" | "preference_page" | "one_click" | "api" | "member" | "complaint" | "expiry";
/** How many people stand where with a topic on a channel. reached: agreed, have an address that is not blocked. blocked: agreed, and aren't reached. soon: of the reached, whose consent ends within the days asked for. without_proof, old, unconfirmed: of the reached, who would not meet each of the demands; lost: who would not meet all those that are made. */ ConsentStanding: {
topic_id: number;
channel: components["schemas"]["Channel"];
reached: number;
blocked: number;
withdrawn: number;
expired: number;
soon: number;
without_proof: number;
old: number;
unconfirmed: number;
lost: number;
};
/** What a person said about a channel and topic. Who never said anything has no state. */ ConsentState: "granted" | "withdrawn" | "expired";
/** What the people said about topics of a channel: when (null: now), how it is known, and under which words. A grant needs its `origin`. */ ConsentsIn: {
person_ids?: (number)[] | null;
matching?: components["schemas"]["MatchingIn"] | null;
channel?: components["schemas"]["Channel"];
topic_ids: (number)[];
state: "granted" | "withdrawn";
at?: string | null;
origin?: string;
wording?: string;
basis?: components["schemas"]["LegalBasis"];
/** Until when it holds; null: as long as the topic says */ expires_at?: string | null;
};
/** Everything a person has said about being contacted: what holds now, and the proofs, the newest first. */ ConsentsOut: {
consents: (components["schemas"]["TopicConsent"])[];
proofs: (components["schemas"]["ConsentProof"])[];
};
/** One contact in a cell of the grid. */ ContactIn: {
segment_id: string;
stage: components["schemas"]["PathStage"];
channel: components["schemas"]["TouchpointChannel"];
/** Kind of content, a code of `campaign-types` or own words */ content?: string;
/** What it says */ note?: string;
/** A touchpoint of the same campaign */ touchpoint_id?: string | null;
/** Codes of the channel's checklist */ ticked?: (string)[];
};
/** At most `messages` to one person on one channel within any `days`. */ ContactLimitBody: {
messages: number;
days: number;
};
/** How often one person may be written to. */ ContactLimits: {
/** Null: as often as one likes. */ limit: components["schemas"]["ContactLimitBody"] | null;
};
/** A contact in its cell. */ ContactOut: {
id: string;
segment_id: string;
stage: components["schemas"]["PathStage"];
channel: components["schemas"]["TouchpointChannel"];
content: string;
note: string;
ticked: (string)[];
touchpoint: components["schemas"]["ContactTouchpoint"] | null;
version: number;
};
/** A contact's new values. Ticks that are not of the channel's checklist fall away. */ ContactSave: {
segment_id: string;
stage: components["schemas"]["PathStage"];
channel: components["schemas"]["TouchpointChannel"];
/** Kind of content, a code of `campaign-types` or own words */ content?: string;
/** What it says */ note?: string;
/** A touchpoint of the same campaign */ touchpoint_id?: string | null;
/** Codes of the channel's checklist */ ticked?: (string)[];
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** The touchpoint behind a contact. */ ContactTouchpoint: {
id: string;
name: string;
channel: components["schemas"]["TouchpointChannel"];
state: components["schemas"]["TouchpointState"];
send_at: string | null;
launched_at: string | null;
done_on: string | null;
};
/** What can be reviewed. */ ContentKind: "template" | "asset";
/** The name of a copy. */ CopyIn: {
name: string;
};
/** How the analytics copy is: ``state``, since when it is known to equal the truth, what is wrong. */ CopyStatus: {
state: string;
usable: boolean;
at: string | null;
problem: string;
};
/** How many people the part at `place` means alone, and how many the rule would mean without it. */ CostOut: {
place: string;
alone: number;
without: number;
};
/** What a rule means in total, of how many people, and what each of its parts does. */ CostsOut: {
total: number;
everybody: number;
parts: (components["schemas"]["CostOut"])[];
};
/** How many people a rule means now. ``engine`` is who answered: ``copy`` or ``postgresql``. */ CountOut: {
total: number;
reach: (components["schemas"]["ChannelReach"])[];
sample: (components["schemas"]["AudienceMember"])[];
engine: string;
};
/** Days left until a day, counted when the mail is sent. `after` is said once it is over. */ CountdownBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "countdown";
until?: string;
label?: string;
after?: string;
};
/** A country whose holidays are known, with its regions. */ CountryOut: {
code: string;
regions: (string)[];
};
/** Which of two amounts counts in plans and sums. */ Counts: "net" | "gross";
/** A code to use, what it gives and until when. */ CouponBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "coupon";
label?: string;
code?: string;
note?: string;
};
/** A key, form or import, named by its id. */ DataSourceLink: {
kind: components["schemas"]["BringerKind"];
ref: string;
};
/** What brings a source's data, from now on. */ DataSourceLinks: {
links: (components["schemas"]["DataSourceLink"])[];
};
/** The id of a new source. */ DataSourceMade: {
id: string;
};
/** A source in the register. silent: whether it has given no sign for longer than it may. */ DataSourceOut: {
id: string;
name: string;
kind: components["schemas"]["SourceKind"];
owner: components["schemas"]["DataSourceOwnerOut"] | null;
legal_ground: components["schemas"]["LegalGround"];
note: string;
quiet_hours: number | null;
last_at: string | null;
silent: boolean;
version: number;
updated_at: string;
updated_by: string;
};
/** The member who answers for a source. */ DataSourceOwnerOut: {
id: string;
name: string;
};
/** A source with what brings its data. write_key: the public key for its pages; null where it has none that works. collector: the address to send to. */ DataSourceViewOut: {
id: string;
name: string;
kind: components["schemas"]["SourceKind"];
owner: components["schemas"]["DataSourceOwnerOut"] | null;
legal_ground: components["schemas"]["LegalGround"];
note: string;
quiet_hours: number | null;
last_at: string | null;
silent: boolean;
version: number;
updated_at: string;
updated_by: string;
links: (components["schemas"]["Bringer"])[];
signals: (components["schemas"]["Signal"])[];
write_key: string | null;
collector: string;
};
/** A day between two bounds. */ DateField: {
/** Unique in the form; never shown */ id: string;
label: string;
help?: string;
required?: boolean;
show_if?: components["schemas"]["FormCondition"] | null;
kind?: "date";
attribute?: string | null;
earliest?: string | null;
latest?: string | null;
};
/** A member. */ DeciderOut: {
id: string;
name: string;
};
/** A decision in the open step; a reason is needed for all but an approval. */ DecisionIn: {
step_id: string;
verdict: components["schemas"]["VerdictKind"];
reason?: string;
};
/** What an audience is for. version: as read, 0 the first time. reviewed: somebody looked, and it still holds. */ DefinitionIn: {
version: number;
owner_id?: string | null;
main?: boolean;
ideal?: boolean;
source?: string;
problem?: string;
frustration?: string;
pays?: string;
evidence?: string;
reviewed?: boolean;
};
/** A member by their present name. */ DefinitionOwner: {
id: string;
name: string;
};
/** How a notice reaches its member besides the list in the product. */ Delivery: "now" | "daily" | "off";
/** How notices of a kind shall come by mail. */ DeliveryIn: {
delivery: components["schemas"]["Delivery"];
};
/** How notices of a kind reach one by mail, and how they would if nothing had been chosen. */ DeliveryOut: {
kind: components["schemas"]["NoticeKind"];
delivery: components["schemas"]["Delivery"];
usual: components["schemas"]["Delivery"];
};
/** What the file looks like, and a plan that would do. sheets: a workbook's. rows: null when unknown. */ Detected: {
reading: components["schemas"]["Reading"];
sheets: (string)[];
rows: number | null;
columns: (components["schemas"]["DetectedColumn"])[];
warnings: (components["schemas"]["Warning_"])[];
suggested: components["schemas"]["Plan"] | null;
};
/** A column of the file: its name (made up where the file has none), first values, and what they look like. format: order of a date (ymd, dmy, mdy), decimal mark of a number (point, comma), else "". doubtful: the cells can be read in both orders or with both marks, and `format` is the workspace's ("" where it has none: somebody must choose). consent: what it says about permission, null where it says nothing of it. */ DetectedColumn: {
index: number;
name: string;
samples: (string)[];
type: components["schemas"]["AttributeType"];
format: string;
choices: (string)[];
doubtful: boolean;
consent: components["schemas"]["Hint"] | null;
};
/** On which screen the place was chosen. */ Device: "desktop" | "phone";
/** Where a launched touchpoint stands. */ DispatchState: "preparing" | "running" | "paused" | "held" | "finished" | "cancelled";
/** A rule across the column. */ DividerBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "divider";
};
/** The domain to sign for; a new key is made. */ DkimIn: {
domain: string;
selector?: string;
};
/** A DNS record to publish. */ DnsRecordOut: {
type: "TXT";
name: string;
value: string;
};
/** What was found of one domain. */ DomainCheck: {
domain: string;
records: (components["schemas"]["RecordCheck"])[];
};
/** How messages to one domain fared. */ DomainOutcomes: {
domain: string;
accepted: number;
rejected: number;
deferred: number;
unknown: number;
};
/** One way in which the people differ from those of the last review. before, after: people, parts (0 to 1), or minor units per person. kind, key, value: of a trait. */ Drift: {
of: components["schemas"]["DriftOf"];
before: number;
after: number;
kind: string;
key: string;
value: string;
};
/** What can drift: the number of people, a part of them (0 to 1), or money per person. */ DriftOf: "people" | "active" | "bought" | "clicked" | "value" | "trait";
/** What the copy is called. */ DuplicateIn: {
name: string;
};
/** Why two people may be one, the surest first. */ DuplicateKind: "email" | "external_id" | "name_birthday" | "phone" | "name_company" | "name_postcode";
/** Two people who may be one, side by side, and why; `first` is the older one. */ DuplicateOut: {
kind: components["schemas"]["DuplicateKind"];
first: components["schemas"]["PersonOut"];
second: components["schemas"]["PersonOut"];
};
/** What is proposed, and when it was looked for: never (null), or still under way (`done_at` null). */ DuplicatesOut: {
kinds: (components["schemas"]["KindCountOut"])[];
asked_at: string | null;
done_at: string | null;
};
/** What of a campaign is moved: its first day with all the others, or one of its ends. */ Edge: "whole" | "start" | "end";
/** In what an effect is told: a share of what it was before (0.12 is 12 % more), or a difference in the metric's own unit: a count, a fraction of one, money in minor units. */ EffectUnit: "relative" | "count" | "share" | "money";
/** The visitor's address; whoever it belongs to is the person who answers. */ EmailField: {
/** Unique in the form; never shown */ id: string;
label: string;
help?: string;
required?: boolean;
show_if?: components["schemas"]["FormCondition"] | null;
kind?: "email";
};
/** How the workspace's mail leaves: its first way out, and what holds for all. */ EmailSettingsIn: {
provider: string;
/** The mail server; of a provider with an API empty: its own address. */ host?: string;
port?: number;
security?: components["schemas"]["Security"];
username?: string;
/** Or the key of a provider's API. */ password?: string | null;
/** What a provider with an API wants to know besides. */ options?: { [key: string]: unknown };
/** The key by which a provider signs its events; absent: as stored. */ events_key?: string | null;
/** Connections each sender process opens at most. */ connections?: number;
/** Its share of connections beside other ways out. */ weight?: number;
/** Messages a minute, of all senders; null: no limit. */ per_minute?: number | null;
/** Domain that takes bounces; empty: the From address. */ return_path_domain?: string;
/** Our name to the mail server (EHLO); empty: the host of the base address, else the domain mail is from. */ hello?: string;
/** Messages a minute to receivers' domains. */ domain_rates?: { [key: string]: number };
};
/** How the workspace's mail leaves. The password is never shown. */ EmailSettingsOut: {
/** sandbox, smtp or the name of a provider with an API. */ provider: string;
host: string;
port: number;
security: components["schemas"]["Security"];
username: string;
has_password: boolean;
options: { [key: string]: string };
has_events_key: boolean;
connections: number;
weight: number;
per_minute: number | null;
domain_rates: { [key: string]: number };
return_path_domain: string;
hello: string;
/** The name in EHLO as it is now; empty: the address of this machine. */ greets_as: string;
dkim_domain: string;
dkim_selector: string;
/** Whether mail that comes back after it was accepted is heard of. */ hears_back: boolean;
/** What to publish so that receivers can check signatures. */ dkim_record: components["schemas"]["DnsRecordOut"] | null;
updated_at: string | null;
};
/** A company of a person. */ EmployerOut: {
id: number;
name: string;
};
/** The encodings a file can be read in; other names of the same one are taken too. */ Encoding: "utf-8" | "utf-8-sig" | "utf-16" | "utf-16-le" | "utf-16-be" | "utf-32" | "cp1252" | "iso8859-1" | "iso8859-15" | "mac-roman" | "cp850" | "cp437" | "cp1250" | "iso8859-2" | "cp852" | "mac-latin2" | "cp1251" | "koi8-r" | "cp866" | "iso8859-5" | "mac-cyrillic" | "cp1253" | "cp1254" | "cp857" | "cp1255" | "cp1256" | "iso8859-6" | "cp1257" | "cp1258" | "cp874" | "gb18030" | "big5" | "cp932" | "euc_jp" | "iso2022_jp" | "cp949";
/** A list, and whom to put on it: those whose consent to the topic ends within so many days. */ EndingIn: {
audience_id: string;
topic_id: number;
channel: components["schemas"]["Channel"];
days?: number;
};
/** An order, a bill or a credit note (which lowers what was spent). */ EntryDraft: {
line_id: string;
kind: components["schemas"]["EntryKind"];
day: string;
/** In the minor units of `currency`; above nothing */ amount_minor: number;
/** Left out: the workspace's */ currency?: string | null;
/** A part of one: 0.25 is 25 % */ tax_rate?: number | string;
/** Whether the amount is the gross one */ includes_tax?: boolean;
supplier?: string;
reference?: string;
note?: string;
/** The sender's own number: sent again, nothing is entered twice */ external_id?: string | null;
/** The order that this bill settles */ commitment_id?: string | null;
};
/** What an entry says of money. */ EntryKind: "commitment" | "invoice" | "media" | "credit" | "adjustment";
/** Whom to erase; confirmed: how many people these are, as typed by whoever wants it. Other than so many: 409. */ ErasedIn: {
person_ids?: (number)[] | null;
matching?: components["schemas"]["MatchingIn"] | null;
confirmed: number;
};
/** How many people were erased. */ ErasedOut: {
erased: number;
};
/** Something that happened, as stored; `amount_minor` is in minor units of `currency`. */ Event: {
id: number;
person_id: number;
name: string;
at: string;
received_at: string;
properties: { [key: string]: unknown };
amount_minor: number | null;
currency: string | null;
};
/** An event of the catalogue. recent: how often it came in the last 28 days. longest_pause: seconds, in the same time. stopped: whether it is silent for twice that. unusual: how many of its properties came as another type than they mostly have. */ EventKindOut: {
id: string;
name: string;
owner: components["schemas"]["KindOwnerOut"] | null;
description: string;
first_at: string;
last_at: string;
count: number;
recent: number;
longest_pause: number | null;
stopped: boolean;
unusual: number;
version: number;
};
/** What somebody says of an event. */ EventKindSave: {
/** As last read; refused with 409 when somebody has saved since. */ version: number;
owner_id?: string | null;
description?: string;
};
/** An event with its properties, the commonest first. Of many that came at once, properties of a thousand count. */ EventKindViewOut: {
id: string;
name: string;
owner: components["schemas"]["KindOwnerOut"] | null;
description: string;
first_at: string;
last_at: string;
count: number;
recent: number;
longest_pause: number | null;
stopped: boolean;
unusual: number;
version: number;
shapes: (components["schemas"]["EventShape"])[];
};
/** An event's name and how often it occurs among the newest 200,000 events. */ EventName: {
name: string;
count: number;
};
/** A property that events of a name have, as a condition asks for it: “total”, “tags[]” or “products[].sku”. */ EventProperty: {
property: string;
type: "text" | "number" | "boolean";
};
/** People of the group with the event within the campaign's days. */ EventRateOut: {
event: string;
people: number;
events: number;
amount: number;
share: number | null;
amount_per_person: number | null;
};
/** A property as one type. unusual: the property mostly has another, and nobody has said that this is right. */ EventShape: {
property: string;
type: string;
count: number;
first_at: string;
last_at: string;
unusual: boolean;
};
/** How a provider tells a workspace of its mail. */ EventsSource: {
/** What the provider is called. */ provider: string;
/** Takes the provider's events by POST; enter it there. */ address: string;
authenticity: components["schemas"]["Authenticity"];
/** What the provider has to show; empty: it signs. */ password: string;
/** The key by which it signs is stored. */ has_key: boolean;
/** When it last told of an event, to a minute; null: not yet. */ heard_at: string | null;
};
/** Where the numbers behind a lesson can be looked at. */ EvidenceKind: "campaign" | "report" | "touchpoint" | "link";
/** A person as they are and as an import would leave them: only what it changes. person_id: null for a new one. before and after hold email, phone, external_id, attributes and tags (those added); null: nothing is known yet. */ Example: {
line: number;
person_id: number | null;
name: string;
before: { [key: string]: unknown };
after: { [key: string]: unknown };
};
/** What one of a currency is worth in the workspace's from a day on. */ ExchangeRate: {
currency: string;
day: string;
rate: number | number;
set_by: string;
created_at: string;
};
/** What one of a currency is worth from a day on. */ ExchangeRateIn: {
/** ISO 4217, e.g. EUR */ currency: string;
day: string;
rate: number | string;
};
/** What happens to people who are known already. */ Existing: "fill" | "overwrite" | "skip";
/** What could have stood there: a `word` itself, or a kind of thing with some of its names. */ ExpectedOut: {
kind: string;
text: string;
names: (string)[];
};
/** Whom to export, and what of them. columns: id, email, phone, external_id, tags, created_at, updated_at, attribute.KEY, consent.CHANNEL.TOPIC; all when none is named. */ ExportIn: {
person_ids?: (number)[] | null;
matching?: components["schemas"]["MatchingIn"] | null;
columns?: (string)[];
};
/** Why a connection could not be made ready. What the other side said goes with it. */ Fault: "timeout" | "not_allowed" | "unreachable" | "tls" | "certificate" | "refused" | "greeting" | "no_starttls" | "starttls" | "unprotected" | "no_sign_in" | "sign_in" | "folder" | "full" | "lost";
/** Why a rule cannot be asked: a stable ``reason`` and the ``values`` in its sentence, for other languages. */ FaultOut: {
reason: string;
values: { [key: string]: string | number };
sentence: string;
};
/** What a feed shows; an empty list is no filter. */ FeedFilters: {
kinds?: (components["schemas"]["ItemKind"])[];
campaigns?: (string)[];
channels?: (string)[];
audiences?: (string)[];
owners?: (string)[];
};
/** A feed to be made. */ FeedIn: {
name: string;
filters?: components["schemas"]["FeedFilters"];
};
/** A new feed's address: whoever knows it can read your calendar. It is not shown again. */ FeedMade: {
id: string;
address: string;
};
/** A feed of yours. Its address was shown when it was made. */ FeedOut: {
id: string;
name: string;
filters: components["schemas"]["FeedFilters"];
created_at: string;
};
/** A field the template takes; `guarded` if it says what happens without it. */ FieldOut: {
path: string;
guarded: boolean;
part: string;
line: number | null;
};
/** One number. Money in minor units, shares as fractions of one; no `value`: “–”, and `missing` says why. */ Figure: {
value: number | number | null;
/** What a ratio was divided by; of an estimate: its people. */ base: number | number | null;
missing: components["schemas"]["Missing"] | null;
/** Of an estimate: where its 95 % interval begins */ low: number | number | null;
/** Of an estimate: where its 95 % interval ends */ high: number | number | null;
};
/** A role and who has it. */ FilledRole: {
key: string;
name: string;
part: components["schemas"]["Part"];
leads: boolean;
member_id: string | null;
member_name: string;
/** Who had it is not a member any more */ left: boolean;
};
/** What can be done about a collision. */ FixKind: "merge" | "move" | "trim" | "give_way";
/** Where something is put right. */ FixOut: {
place: components["schemas"]["Place"];
id: string | null;
};
/** How many entered and left on a day of the workspace's zone. */ FlowOut: {
day: string;
entered: number;
left: number;
};
/** Whether one follows a thing. */ Following: {
following: boolean;
};
/** What it will have cost in the end. */ ForecastOut: {
/** Spent, ordered, and the rest of the plan of each line */ by_plan_minor: number;
/** If money goes on going as it has; null: too early to say */ by_pace_minor: number | null;
low_minor: number | null;
high_minor: number | null;
};
/** What one visitor sent. values: by the field's id, as `read_answers` understood them. */ FormAnswer: {
id: number;
number: number;
person_id: number | null;
state: components["schemas"]["AnswerState"];
values: { [key: string]: unknown };
source: { [key: string]: unknown };
at: string;
decided_at: string | null;
decided_by: string;
};
/** Shows a field only where an earlier field's answer is so. Several values: any of them. */ FormCondition: {
/** Unique in the form; never shown */ field: string;
compare?: components["schemas"]["Compare"];
values?: (string)[];
};
/** What a copy is called. */ FormCopy: {
name: string;
};
/** A whole form. confirm: an answer counts only after the visitor has confirmed it by a mail (double opt-in). mail: what a visitor is sent once it counts. tags and list_id: what people who answered get. most: how many answers are taken. closes_on: the last day, in the workspace's zone. once_each: one answer of each person counts. sites: hosts that may show the form inside their pages; none: any. */ FormDefinition: {
language?: "en" | "fr" | "sv" | "zh";
title?: string;
intro?: string;
steps?: (components["schemas"]["FormStep"])[];
button?: string;
thanks?: components["schemas"]["FormThanks"];
confirm?: boolean;
mail?: components["schemas"]["FormMail"] | null;
tags?: (string)[];
list_id?: string | null;
most?: number | null;
closes_on?: string | null;
once_each?: boolean;
sites?: (string)[];
/** Colour of buttons */ accent?: string;
};
/** A part of the answers, "" for all of them. By an event: "yes" or "no". */ FormGroup: {
group: string;
answers: number;
};
/** A new form; without a definition it begins with the usual fields of its kind. */ FormIn: {
name: string;
kind?: components["schemas"]["FormKind"];
definition?: components["schemas"]["FormDefinition"] | null;
};
/** What a form is for; it decides the event that an answer raises and how its results read. */ FormKind: "form" | "survey" | "contest";
/** A mail to the visitor once the answer counts, in plain words. */ FormMail: {
subject: string;
text: string;
};
/** Which saved version visitors are to see. */ FormOpen: {
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** Something to choose. tag: what people who chose it are tagged with. */ FormOption: {
/** Unique in the form; never shown */ value: string;
label: string;
tag?: string;
};
/** A whole form, its address, and what stops it from being opened. */ FormOut: {
id: string;
name: string;
kind: components["schemas"]["FormKind"];
state: components["schemas"]["FormState"];
/** Whether what was saved differs from what visitors see */ changed: boolean;
/** Answers that count */ taken: number;
/** Answers that wait for the visitor's confirmation */ waiting: number;
/** Answers that wait for a member's look */ held: number;
answered_at: string | null;
updated_at: string;
updated_by: string;
archived_at: string | null;
version: number;
published: number | null;
definition: components["schemas"]["FormDefinition"];
created_at: string;
url: string;
problems: (components["schemas"]["FormProblem"])[];
};
/** A definition to look at before it is saved. */ FormPreviewIn: {
name?: string;
definition: components["schemas"]["FormDefinition"];
};
/** The page, for a frame that may run its script and send nothing. */ FormPreviewOut: {
html: string;
};
/** What stops a form from being opened. field: the id of the field it is about, "" for the form itself. */ FormProblem: {
code: string;
field: string;
details: { [key: string]: string };
};
/** The results of a form: groups (one, "", without a comparison), tallies, spreads, and the newest words. */ FormResults: {
groups: (components["schemas"]["FormGroup"])[];
/** Of choices, scales, boxes and matrices */ tallies: (components["schemas"]["FormTally"])[];
/** Of scales and numbers */ spreads: (components["schemas"]["FormSpread"])[];
/** The newest words under each field of free text */ said: (components["schemas"]["FormSaid"])[];
};
/** A form in a list. */ FormRow: {
id: string;
name: string;
kind: components["schemas"]["FormKind"];
state: components["schemas"]["FormState"];
/** Whether what was saved differs from what visitors see */ changed: boolean;
/** Answers that count */ taken: number;
/** Answers that wait for the visitor's confirmation */ waiting: number;
/** Answers that wait for a member's look */ held: number;
answered_at: string | null;
updated_at: string;
updated_by: string;
archived_at: string | null;
};
/** What somebody wrote, the newest first. */ FormSaid: {
field: string;
text: string;
};
/** A form as it is to be saved. */ FormSave: {
/** As last read; refused with 409 when somebody has saved since. */ version: number;
name: string;
definition: components["schemas"]["FormDefinition"];
};
/** A number or scale. Promoters answered 9 or 10, passives 7 or 8, detractors 0 to 6. */ FormSpread: {
field: string;
group: string;
answers: number;
mean: number;
median: number;
promoters: number;
passives: number;
detractors: number;
};
/** Whether visitors can answer. */ FormState: "draft" | "open" | "closed";
/** A page of the form. */ FormStep: {
title?: string;
fields?: (components["schemas"]["TextField"] | components["schemas"]["EmailField"] | components["schemas"]["PhoneField"] | components["schemas"]["NumberField"] | components["schemas"]["DateField"] | components["schemas"]["ChoiceField"] | components["schemas"]["ScaleField"] | components["schemas"]["MatrixField"] | components["schemas"]["TickField"] | components["schemas"]["ConsentField"] | components["schemas"]["HiddenField"] | components["schemas"]["NoteField"])[];
};
/** How many answers chose a value of a field. row: of a matrix, else "". group: of the comparison, else "". */ FormTally: {
field: string;
row: string;
value: string;
group: string;
answers: number;
};
/** What a visitor sees afterwards: words, or another address (https). */ FormThanks: {
title?: string;
text?: string;
address?: string;
};
/** What is not begun begins on this day at the earliest; what is going on does not end before it. */ FromDayChange: {
op: "from_day";
day: string;
};
/** What is missing from a plan. */ GapKind: "nobody" | "nothing" | "no_purchase" | "audience_gone";
/** `missing` of `people` have nothing in a field that is printed without a default. */ GapOut: {
field: string;
missing: number;
people: number;
};
/** A source and whose fields to look at: a snapshot, a fixed list, or everybody. */ GapsIn: {
subject?: string;
preheader?: string;
body?: string;
text?: string;
blocks?: components["schemas"]["MailTree-Input"] | null;
snapshot_id?: number | null;
list_id?: string | null;
};
/** A goal above campaigns; their goals may hang on it. It needs words, since no campaign names it. */ GoalAboveIn: {
metric: components["schemas"]["GoalMetric"];
/** Money in minor units, rates as a fraction of one. */ target: number | string;
deadline: string;
baseline?: number | string | null;
name: string;
/** Who answers for it */ owner_id?: string | null;
/** The priority of the year that it serves */ priority_id?: string | null;
/** From when it counts; else from the first day of the year */ starts_on?: string | null;
};
/** A goal above campaigns. `roll_up`: how what campaigns reach makes its number. */ GoalAboveOut: {
id: string;
name: string;
owner: components["schemas"]["Named"] | null;
parent: components["schemas"]["Named"] | null;
metric: components["schemas"]["GoalMetric"];
unit: components["schemas"]["Unit-Output"];
lower_is_better: boolean;
baseline: number | number | null;
start: number | number | null;
/** Money in minor units, rates as a fraction of one. */ target: number | number;
deadline: string;
told: boolean;
told_at: string | null;
told_by: string;
version: number;
priority_id: string | null;
starts_on: string;
roll_up: components["schemas"]["RollUp"];
archived_at: string | null;
};
/** A goal's new values. */ GoalAboveSave: {
metric: components["schemas"]["GoalMetric"];
/** Money in minor units, rates as a fraction of one. */ target: number | string;
deadline: string;
baseline?: number | string | null;
name: string;
/** Who answers for it */ owner_id?: string | null;
/** The priority of the year that it serves */ priority_id?: string | null;
/** From when it counts; else from the first day of the year */ starts_on?: string | null;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** A goal found by its words, or by the name of its campaign. year: of its priority, else of its deadline. */ GoalFound: {
id: string;
name: string;
year: number;
campaign_id: string | null;
campaign_name: string | null;
};
/** A campaign's goal. `version` is that of the goal read before; leave it out for a first goal. */ GoalIn: {
metric: components["schemas"]["GoalMetric"];
/** Money in minor units, rates as a fraction of one. */ target: number | string;
deadline: string;
baseline?: number | string | null;
/** The goal in words */ name?: string;
/** Who answers for it */ owner_id?: string | null;
/** The goal above that it serves */ parent_id?: string | null;
version?: number | null;
};
/** Metrics that a goal may set a target for, by their keys. */ GoalMetric: "conversions" | "conversion_rate" | "revenue" | "roi" | "cost_per_conversion" | "clickers" | "click_rate" | "open_rate" | "delivered" | "unsubscribe_rate";
/** A goal. `start`: from where the way to the target is counted. `told`: the team was told of it as it is now. */ GoalOut: {
id: string;
name: string;
owner: components["schemas"]["Named"] | null;
parent: components["schemas"]["Named"] | null;
metric: components["schemas"]["GoalMetric"];
unit: components["schemas"]["Unit-Output"];
lower_is_better: boolean;
baseline: number | number | null;
start: number | number | null;
/** Money in minor units, rates as a fraction of one. */ target: number | number;
deadline: string;
told: boolean;
told_at: string | null;
told_by: string;
version: number;
};
/** What one campaign contributes, in the metric of the goal it serves. */ GoalPartOut: {
campaign_id: string;
value: number | number | null;
missing: components["schemas"]["Missing"] | null;
};
/** A priority of a year. */ GoalPriorityIn: {
year: number;
name: string;
kind: components["schemas"]["PriorityKind"];
owner_id?: string | null;
position?: number;
};
/** A priority of a year. `metrics`: what goals of its kind are usually about. */ GoalPriorityOut: {
id: string;
year: number;
name: string;
kind: components["schemas"]["PriorityKind"];
metrics: (components["schemas"]["GoalMetric"])[];
owner: components["schemas"]["Named"] | null;
position: number;
version: number;
};
/** A priority's new values. */ GoalPrioritySave: {
year: number;
name: string;
kind: components["schemas"]["PriorityKind"];
owner_id?: string | null;
position?: number;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** The goal and where it stands. `share`: of the way from the start to the target. `expected`: where it should stand today if it came on evenly. */ GoalProgressOut: {
metric: components["schemas"]["GoalMetric"];
unit: components["schemas"]["Unit-Output"];
baseline: number | number | null;
target: number | number;
deadline: string;
now: number | number | null;
missing: components["schemas"]["Missing"] | null;
share: number | null;
reached: boolean;
days_left: number;
expected: number | null;
};
/** Where a goal stands. `now`: null where nobody knows (`missing` says why), and where the parts don't add up, because the same people may be counted in several campaigns. `share`: of the way from the start to the target. `expected`: on a straight line. */ GoalStandingOut: {
goal_id: string;
now: number | number | null;
missing: components["schemas"]["Missing"] | null;
expected: number | null;
share: number | null;
reached: boolean;
parts: (components["schemas"]["GoalPartOut"])[];
};
/** What the team is told of a goal. */ GoalTell: {
note?: string;
};
/** Who was told. */ GoalToldOut: {
people: (string)[];
};
/** The goals of a year: priorities, the goals above by priority, the campaigns' goals by the goal they serve. */ GoalTreeOut: {
year: number;
/** Years that have anything, and this one */ years: (number)[];
priorities: (components["schemas"]["GoalPriorityOut"])[];
goals: (components["schemas"]["GoalAboveOut"])[];
/** Also those that serve no goal above */ campaigns: (components["schemas"]["CampaignGoalOut"])[];
};
/** A member of a group. present: still a member of the workspace. */ GroupMember: {
group_id: string;
id: string;
name: string;
present: boolean;
};
/** People sent to, or held out, of a touchpoint. */ GroupOut: {
touchpoint_id: string;
side: components["schemas"]["Side"];
people: number;
events: (components["schemas"]["EventRateOut"])[];
};
/** The open draft step, and the newest version as it was seen. */ HandInIn: {
step: number;
version: number;
};
/** One line of a person's timeline. kind: event, message, hit, consent or created. `name` says what within the kind (the event's name, the message's state, open or click, granted or withdrawn); details are the kind's own facts. */ Happening: {
at: string;
kind: string;
id: number;
name: string;
details: { [key: string]: unknown };
};
/** One header field, decoded. */ HeaderOut: {
name: string;
value: string;
};
/** A heading of level 1 to 3. */ HeadingBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "heading";
level?: 1 | 2 | 3;
runs?: (components["schemas"]["TextRun"])[];
};
/** That the process answers, reaches its database, and that jobs run. */ Health: {
ok: boolean;
version: string;
};
/** A task that would begin later than asked for, because it waits for these. */ HeldOut: {
id: string;
name: string;
wanted: string;
starts_on: string;
by: (string)[];
};
/** What the address of the page says under a name (`?source=fair`), never shown. */ HiddenField: {
kind?: "hidden";
/** Unique in the form; never shown */ id: string;
parameter: string;
attribute?: string | null;
};
/** What a column says about permission. otherwise: what texts are taken for that are not listed. */ Hint: {
channel: "email" | "sms" | "phone" | "";
meanings: (components["schemas"]["Meaning"])[];
otherwise: components["schemas"]["Answer"];
};
/** A free day by name. */ HolidayOut: {
day: string;
name: string;
};
/** A country by its two letters, and a region of it with holidays of its own. */ HolidayPlace: {
country: string;
region?: string;
};
/** One identity of a person. */ IdentityIn: {
kind: "email" | "phone" | "external" | "anonymous" | "device";
value: string;
};
/** An identity beside the primary ones. */ IdentityOut: {
kind: string;
value: string;
created_at: string;
};
/** Where an identity of the person who goes is found afterwards. */ IdentityPlace: "primary" | "beside";
/** A picture; its address, words for it and link are attributes. */ ImageBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "image";
};
/** An import with everything known of it. error: one sentence, when it failed; nothing was changed then. undoable_until: null when it cannot be undone (any more). */ ImportOut: {
id: string;
file_name: string;
file_size: number;
state: components["schemas"]["ImportState"];
detected: components["schemas"]["Detected"];
plan: components["schemas"]["Plan"] | null;
progress: components["schemas"]["Progress"];
result: components["schemas"]["Result"];
error: string | null;
trial: components["schemas"]["Trial"] | null;
undo: components["schemas"]["Undo"] | null;
undoable_until: string | null;
created_by: string;
created_at: string;
started_at: string | null;
finished_at: string | null;
};
/** The first rows exactly as they would be stored; keys: of each column's attribute, by its index. */ ImportPreview: {
rows: (components["schemas"]["PreviewRow"])[];
keys: { [key: string]: string };
};
/** Where an import stands. */ ImportState: "uploaded" | "running" | "finished" | "failed" | "cancelled";
/** How much looking a content is worth; it proposes the steps. */ Importance: "small" | "usual" | "important";
/** Which events tell of which intent; an event belongs to one family at most. */ Intents: {
awareness?: (string)[];
consideration?: (string)[];
purchase?: (string)[];
};
/** Whom to invite, as what. */ InvitationIn: {
email: string;
role: components["schemas"]["Role"];
};
/** A new invitation. The link is shown once. */ InvitationMade: {
id: string;
link: string;
};
/** An invitation that was not accepted yet; past `expires_at` its link works only once it is mailed again. */ InvitationOut: {
id: string;
email: string;
role: components["schemas"]["Role"];
expires_at: string;
created_at: string;
/** What became of the mail with the link; `none`: the invitation is older than its mailing. */ mail_state: "none" | "waiting" | "sent" | "refused" | "not_sent" | "unknown";
/** The mail server's words. */ mail_detail: string;
};
/** What the invited person sees before accepting. */ InvitationView: {
email: string;
role: components["schemas"]["Role"];
workspace: string;
/** Told only to who has the mailed link, with its `proof`. */ has_account: boolean | null;
};
/** What can stand on the calendar. */ ItemKind: "campaign" | "touchpoint" | "task" | "deliverable" | "milestone" | "moment" | "holiday";
/** The workspace one has joined. */ Joined: {
workspace: string;
};
/** A kept version with what it said. */ KeptBriefOut: {
number: number;
note: string;
by: string;
created_at: string;
passages: (components["schemas"]["PassageOut"])[];
};
/** A key to be made. */ KeyIn: {
name: string;
scopes: (components["schemas"]["Scope"])[];
};
/** A new key; `key` is shown this once. */ KeyMade: {
id: string;
key: string;
};
/** Who made a key, which ends with their membership. */ KeyMaker: {
id: string;
name: string;
};
/** A campaign in a list of reports. `launched`: how many of its touchpoints were launched or carried out. */ KeyNumbersOut: {
campaign_id: string;
name: string;
state: string;
currency: string;
starts_on: string | null;
ends_on: string | null;
launched: number;
figures: { [key: string]: components["schemas"]["Figure"] };
goal: components["schemas"]["GoalProgressOut"] | null;
};
/** How many pairs of a kind are proposed, and whether they may be accepted all at once. */ KindCountOut: {
kind: components["schemas"]["DuplicateKind"];
count: number;
sure: boolean;
};
/** The member who answers for an event. */ KindOwnerOut: {
id: string;
name: string;
};
/** A property that companies have: the type of its values, and how many of the newest thousand have it. */ KnownPropertyOut: {
name: string;
type: string;
companies: number;
};
/** A task that would newly miss its deadline or fixed day, or by more than before. */ LateOut: {
id: string;
name: string;
days: number;
};
/** A task that ended after its baseline. */ LateTask: {
name: string;
/** Calendar days */ slip_days: number;
};
/** The launch check of a touchpoint as it was at `version`. */ LaunchCheck: {
version: number;
/** Nothing is blocking. */ ready: boolean;
/** “X of Y people will get it; …”, in English. */ sentence: string;
reach: components["schemas"]["LaunchReach"] | null;
answers: (components["schemas"]["AnswerOut"])[];
};
/** How a touchpoint is launched. */ LaunchIn: {
/** Take the audience now. Else it is taken when sending begins: whoever is in it then gets it. */ freeze?: boolean;
};
/** Why a launch came to nothing. `code` is stable, as in the answers of the API. */ LaunchProblem: {
code: string;
/** In English. */ sentence: string;
};
/** Who of the audience would get it now. `withheld` counts the others by reason; it all adds up to `audience`. */ LaunchReach: {
audience: number;
reachable: number;
withheld: { [key: string]: number };
};
/** Metrics that the table has no column for, because no row has a value, and why. */ LeftOut: {
missing: components["schemas"]["Missing"];
metrics: (string)[];
};
/** A row that is none of its own: what stands in it, and why (total, footer or nothing). */ LeftOutRow: {
number: number;
why: "total" | "footer" | "nothing";
text: string;
};
/** On which ground somebody is written to (GDPR Art. 6; the last two where a country's law allows them). */ LegalBasis: "consent" | "contract" | "legitimate_interest" | "customer";
/** On which ground personal data is processed (GDPR, article 6 (1) a–f). */ LegalGround: "" | "consent" | "contract" | "obligation" | "vital" | "public" | "interest";
/** A lesson as it stands today, with the names it needs. */ Lesson: {
title: string;
situation: string;
change: string;
category: components["schemas"]["Category"] | null;
type: components["schemas"]["CampaignType"] | null;
channel: string | null;
effect: components["schemas"]["LessonEffect-Output"] | null;
evidence: components["schemas"]["LessonEvidence"] | null;
expires_on: string;
id: string;
state: components["schemas"]["LessonState"];
audience: components["schemas"]["Named"] | null;
campaign: components["schemas"]["Named"] | null;
owner: components["schemas"]["Named"] | null;
version: number;
created_at: string;
updated_at: string;
updated_by: string;
};
/** A lesson with those that found the opposite for the same context and metric, where they were asked for. */ LessonBeside: {
title: string;
situation: string;
change: string;
category: components["schemas"]["Category"] | null;
type: components["schemas"]["CampaignType"] | null;
channel: string | null;
effect: components["schemas"]["LessonEffect-Output"] | null;
evidence: components["schemas"]["LessonEvidence"] | null;
expires_on: string;
id: string;
state: components["schemas"]["LessonState"];
audience: components["schemas"]["Named"] | null;
campaign: components["schemas"]["Named"] | null;
owner: components["schemas"]["Named"] | null;
version: number;
created_at: string;
updated_at: string;
updated_by: string;
/** The newest three */ contradicts: (components["schemas"]["Lesson"])[];
};
/** What is said of a lesson. Context left out means: everywhere. */ LessonDraft: {
title: string;
situation?: string;
change?: string;
category?: components["schemas"]["Category"] | null;
type?: components["schemas"]["CampaignType"] | null;
channel?: string | null;
audience_id?: string | null;
/** Where it was learned */ campaign_id?: string | null;
effect?: components["schemas"]["LessonEffect-Input"] | null;
evidence?: components["schemas"]["LessonEvidence"] | null;
/** A year from now unless given */ expires_on?: string | null;
/** Who is told before it expires; the writer unless given */ owner_id?: string | null;
};
/** How much a metric changed: the best guess, and the range it lies in where that is known. Relative: 0.12 is 12 % more than before; else in the metric's own unit. */ "LessonEffect-Input": {
metric: components["schemas"]["GoalMetric"];
/** Money in minor units, rates as a fraction of one. */ value: number | string;
unit?: components["schemas"]["EffectUnit"];
low?: number | string | null;
high?: number | string | null;
};
/** How much a metric changed: the best guess, and the range it lies in where that is known. Relative: 0.12 is 12 % more than before; else in the metric's own unit. */ "LessonEffect-Output": {
metric: components["schemas"]["GoalMetric"];
/** Money in minor units, rates as a fraction of one. */ value: number | number;
unit: components["schemas"]["EffectUnit"];
low: number | number | null;
high: number | number | null;
};
/** Where the numbers can be looked at: `id` of a thing of the workspace (`report`: the campaign it is about), or `url`. */ LessonEvidence: {
kind: components["schemas"]["EvidenceKind"];
id?: string | null;
url?: string;
};
/** A lesson that fits a campaign, and by what. */ LessonMatch: {
title: string;
situation: string;
change: string;
category: components["schemas"]["Category"] | null;
type: components["schemas"]["CampaignType"] | null;
channel: string | null;
effect: components["schemas"]["LessonEffect-Output"] | null;
evidence: components["schemas"]["LessonEvidence"] | null;
expires_on: string;
id: string;
state: components["schemas"]["LessonState"];
audience: components["schemas"]["Named"] | null;
campaign: components["schemas"]["Named"] | null;
owner: components["schemas"]["Named"] | null;
version: number;
created_at: string;
updated_at: string;
updated_by: string;
/** The newest three */ contradicts: (components["schemas"]["Lesson"])[];
because: ("type" | "category" | "channel" | "audience" | "words")[];
};
/** Whether the lesson is shown to others. */ LessonMove: {
state: "draft" | "published";
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** A lesson's new values. */ LessonSave: {
title: string;
situation?: string;
change?: string;
category?: components["schemas"]["Category"] | null;
type?: components["schemas"]["CampaignType"] | null;
channel?: string | null;
audience_id?: string | null;
/** Where it was learned */ campaign_id?: string | null;
effect?: components["schemas"]["LessonEffect-Input"] | null;
evidence?: components["schemas"]["LessonEvidence"] | null;
/** A year from now unless given */ expires_on?: string | null;
/** Who is told before it expires; the writer unless given */ owner_id?: string | null;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** Where a lesson stands. A published one whose day has come reads as expired. */ LessonState: "draft" | "published" | "expired";
/** How an answer counts. */ Level: "ok" | "look" | "blocking";
/** By how much people sent to exceed those held out, as a difference of shares with its 95 % interval. `control`: the touchpoint whose held-out people were compared with. */ Lift: {
touchpoint_id: string;
control: string;
event: string;
difference: number;
low: number;
high: number;
};
/** A budget line's new plan. What is spent on it is entered on its own and leaves `version` as it is. */ LineSave: {
name: string;
resource: components["schemas"]["Resource"];
/** Without tax, in the minor units of the line's currency */ unit_price_minor?: number | null;
/** Instead of a price of a unit */ planned_minor?: number | null;
quantity?: number | string;
/** Left out: the workspace's */ currency?: string | null;
/** A part of one: 0.25 is 25 % */ tax_rate?: number | string;
spread?: components["schemas"]["Spread"];
starts_on?: string | null;
ends_on?: string | null;
/** The deliverable it pays for */ task_id?: string | null;
/** A touchpoint's channel; empty: the deliverable's, or the campaign's only one */ channel?: string;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** A link between two tasks, new or with another kind or lag. */ LinkChange: {
op: "link";
predecessor_id: string;
successor_id: string;
kind?: components["schemas"]["LinkKind"];
lag_days?: number;
};
/** A link by what it ties. */ LinkEnds: {
predecessor_id: string;
successor_id: string;
};
/** Which end of the predecessor holds which end of the successor: finish or start. */ LinkKind: "fs" | "ss" | "ff" | "sf";
/** What one link brought. Money in minor units. An empty `url`: it differs by person. */ LinkResult: {
touchpoint_id: string;
number: number;
url: string;
label: string;
clicks: number;
clickers: number;
machine_clicks: number;
conversions: number;
revenue: number;
};
/** Whether a link can still be used, and whose it is. */ LinkState: {
open: boolean;
email: string;
};
/** UTM parameters of a touchpoint's links, which other people's analytics read; an empty one takes the usual value. A parameter that a link has already is never changed. */ LinkTags: {
source?: string;
medium?: string;
campaign?: string;
content?: string;
};
/** Whose password was forgotten. */ LinkWanted: {
email: string;
};
/** Who is to be put on a list: by person id, by key (email or own id, as in a CSV column), by rule. */ ListAddIn: {
people?: (number)[];
keys?: (string)[];
rule?: { [key: string]: unknown } | null;
};
/** How many are new on the list, and how many of the given keys found nobody. */ ListAdded: {
added: number;
missing: number;
};
/** A fixed list that the person is on. */ ListOut: {
id: string;
name: string;
};
/** Who is to be taken off a list. */ ListRemoveIn: {
people: (number)[];
};
/** How many were on the list. */ ListRemoved: {
removed: number;
};
/** An entry in a list. open_minor: of an order that stands, what is not invoiced yet. */ ListedEntry: {
id: string;
line_id: string;
kind: components["schemas"]["EntryKind"];
day: string;
currency: string;
net_minor: number;
gross_minor: number;
/** A part of one: 0.25 is 25 % */ tax_rate: number | number;
rate: number | number;
counted_minor: number;
supplier: string;
reference: string;
note: string;
source: components["schemas"]["Source"];
external_id: string | null;
commitment_id: string | null;
reverses_id: string | null;
entered_by: string;
created_at: string;
line_name: string;
reversed_by_id: string | null;
/** Of an order: what is not invoiced yet */ open_minor: number | null;
};
/** How many people are new on the list. */ ListedOut: {
added: number;
};
/** Whether the members of an audience are to be kept. */ LiveIn: {
live: boolean;
};
/** Whether the members of an audience are kept: since when, of which moment they are, who came and went. */ LiveOut: {
live: boolean;
since: string | null;
/** null: being filled for the first time */ refreshed_at: string | null;
/** the last 90 days on which somebody entered or left */ flows: (components["schemas"]["FlowOut"])[];
};
/** What happened at the door. */ LogKind: "signed_in" | "sign_in_refused" | "sign_in_limited" | "password_changed" | "password_reset" | "request_denied";
/** What happened, and how often from the same place within the hour. who: a member, or (by_key) an API key. */ LogLine: {
id: number;
kind: components["schemas"]["LogKind"];
/** The member's name, or the API key's. */ who: string;
by_key: boolean;
/** What was refused: a permission or a code. */ detail: string;
ip: string;
user_agent: string;
count: number;
since: string;
at: string;
};
/** One column of a section. */ "MailColumn-Input": {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
blocks?: (components["schemas"]["HeadingBlock"] | components["schemas"]["TextBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["ButtonBlock"] | components["schemas"]["DividerBlock"] | components["schemas"]["SpacerBlock"] | components["schemas"]["SocialBlock"] | components["schemas"]["MenuBlock"] | components["schemas"]["TableBlock"] | components["schemas"]["ProductsBlock"] | components["schemas"]["CouponBlock"] | components["schemas"]["CountdownBlock"] | components["schemas"]["VideoBlock"] | components["schemas"]["ConditionalBlock-Input"] | components["schemas"]["RepeatedBlock-Input"] | components["schemas"]["RawBlock"])[];
};
/** One column of a section. */ "MailColumn-Output": {
/** A name that the editor gives; nothing is kept of it */ id: string;
attributes: { [key: string]: unknown };
blocks: (components["schemas"]["HeadingBlock"] | components["schemas"]["TextBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["ButtonBlock"] | components["schemas"]["DividerBlock"] | components["schemas"]["SpacerBlock"] | components["schemas"]["SocialBlock"] | components["schemas"]["MenuBlock"] | components["schemas"]["TableBlock"] | components["schemas"]["ProductsBlock"] | components["schemas"]["CouponBlock"] | components["schemas"]["CountdownBlock"] | components["schemas"]["VideoBlock"] | components["schemas"]["ConditionalBlock-Output"] | components["schemas"]["RepeatedBlock-Output"] | components["schemas"]["RawBlock"])[];
};
/** A name that leads somewhere. */ MailLink: {
label?: string;
href?: string;
};
/** One product of a list. */ MailProduct: {
src?: string;
alt?: string;
name?: string;
note?: string;
price?: string;
href?: string;
action?: string;
};
/** A shared row and in how many mails it stands. */ MailRow: {
id: string;
name: string;
version: number;
rows: (components["schemas"]["SectionRow-Output"] | components["schemas"]["WrapperRow-Output"] | components["schemas"]["ConditionalRows-Output"] | components["schemas"]["RepeatedRows-Output"] | components["schemas"]["SharedRow-Output"] | components["schemas"]["RawBlock"])[];
mails: number;
};
/** A row to keep for all mails. */ MailRowIn: {
name: string;
rows: (components["schemas"]["SectionRow-Input"] | components["schemas"]["WrapperRow-Input"] | components["schemas"]["ConditionalRows-Input"] | components["schemas"]["RepeatedRows-Input"] | components["schemas"]["SharedRow-Input"] | components["schemas"]["RawBlock"])[];
};
/** The id of a new row. */ MailRowMade: {
id: string;
};
/** A changed row; `version` is the one it was made from. `beside`: an open mail that takes it itself. */ MailRowSave: {
name: string;
rows: (components["schemas"]["SectionRow-Input"] | components["schemas"]["WrapperRow-Input"] | components["schemas"]["ConditionalRows-Input"] | components["schemas"]["RepeatedRows-Input"] | components["schemas"]["SharedRow-Input"] | components["schemas"]["RawBlock"])[];
version: number;
beside?: string | null;
};
/** In how many other mails the row was changed. */ MailRowSaved: {
mails: number;
};
/** Colours, faces and corners. Everything else follows from them, the dark scheme too. */ MailTheme: {
accent?: string;
ink?: string;
page?: string;
card?: string;
font?: string;
heading_font?: string;
radius?: number;
};
/** A whole mail. `theme` is how it looks; a mail that has a head of its own making keeps it in `head` instead. */ "MailTree-Input": {
version?: 1;
attributes?: { [key: string]: unknown };
title?: string;
theme?: components["schemas"]["MailTheme"] | null;
head?: string;
body?: { [key: string]: unknown };
rows?: (components["schemas"]["SectionRow-Input"] | components["schemas"]["WrapperRow-Input"] | components["schemas"]["ConditionalRows-Input"] | components["schemas"]["RepeatedRows-Input"] | components["schemas"]["SharedRow-Input"] | components["schemas"]["RawBlock"])[];
};
/** A whole mail. `theme` is how it looks; a mail that has a head of its own making keeps it in `head` instead. */ "MailTree-Output": {
version: 1;
attributes: { [key: string]: unknown };
title: string;
theme: components["schemas"]["MailTheme"] | null;
head: string;
body: { [key: string]: unknown };
rows: (components["schemas"]["SectionRow-Output"] | components["schemas"]["WrapperRow-Output"] | components["schemas"]["ConditionalRows-Output"] | components["schemas"]["RepeatedRows-Output"] | components["schemas"]["SharedRow-Output"] | components["schemas"]["RawBlock"])[];
};
/** A mailbox to read over IMAP. `password` absent: the stored one is kept, for the same host, port and user. */ MailboxIn: {
host: string;
port?: number;
security?: components["schemas"]["Security"];
username: string;
password?: string | null;
folder?: string;
};
/** The mailbox that is read. The password is never shown. */ MailboxOut: {
host: string;
port: number;
security: components["schemas"]["Security"];
username: string;
folder: string;
/** When it was last looked into; null: not yet. */ checked_at: string | null;
/** Why the last look failed, as a sentence; empty: it did not. */ problem: string;
};
/** Whether a mailbox can be read; `sentence` says what to do when not, in English. */ MailboxTest: {
ok: boolean;
/** Why not, as a stable code; null: it can. */ fault: components["schemas"]["Fault"] | null;
/** What the other side said, or the system; empty: nothing. */ said: string;
/** How many there are of the last week. */ mails: number;
/** Whether there are more than these. */ more: boolean;
sentence: string;
};
/** By which of its identities a row finds the person it means. Every row needs it. */ Match: "email" | "external_id" | "phone" | "any";
/** Everybody whom a list with this search and these filters (see `list_people`) shows. */ MatchingIn: {
search?: string;
filter?: (string)[];
};
/** One of the same options for each of several lines. */ MatrixField: {
/** Unique in the form; never shown */ id: string;
label: string;
help?: string;
required?: boolean;
show_if?: components["schemas"]["FormCondition"] | null;
kind?: "matrix";
rows: (components["schemas"]["FormOption"])[];
options: (components["schemas"]["FormOption"])[];
};
/** The signed-in user. */ MeOut: {
name: string;
language: "en" | "fr" | "sv" | "zh";
theme: "auto" | "light" | "dark";
id: string;
email: string;
memberships: (components["schemas"]["MembershipOut"])[];
};
/** A text of a column about permission ("" the empty cell), how many cells have it, and what it is taken for. sure: whether the text is one that is known to mean so; others are left open. */ Meaning: {
text: string;
count: number;
answer: components["schemas"]["Answer"];
sure: boolean;
};
/** The figures of one day. */ MeasuredDay: {
day: string;
figures: components["schemas"]["MemberFigures"];
};
/** A member of the workspace; the address is empty where it is not the reader's to know. */ Member: {
user_id: string;
name: string;
/** Empty where it is not the reader's to know. */ email: string;
role: components["schemas"]["Role"];
created_at: string;
};
/** How a member differs: null is as the workspace; days off come on top of everybody's. */ MemberCalendarIn: {
weekdays?: (number)[] | null;
hours_per_day?: number | string | null;
days_off?: (string)[];
};
/** A member's own calendar. */ MemberCalendarOut: {
weekdays: (number)[] | null;
hours_per_day: number | null;
days_off: (string)[];
id: string;
name: string;
};
/** What people did: of how many it is told, and how many of them did it in the last 90 days. clicked: a link of a message. value_minor: what they bought for in the last year, returns not taken off. */ MemberFigures: {
people: number;
active: number;
bought: number;
clicked: number;
value_minor: number;
};
/** A member by their present name. */ MemberName: {
id: string;
name: string;
};
/** A member by name. */ MemberRef: {
id: string;
name: string;
};
/** Somebody entered or left a live audience. */ MembershipChange: {
id: number;
person_id: number;
email: string | null;
external_id: string | null;
attributes: { [key: string]: unknown };
entered: boolean;
cause: components["schemas"]["Cause"];
at: string;
};
/** A workspace one is a member of, and what one may do there. */ MembershipOut: {
workspace: components["schemas"]["WorkspaceOut"];
role: string;
permissions: (string)[];
};
/** A row of links. */ MenuBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "menu";
links?: (components["schemas"]["MailLink"])[];
};
/** One line of a person's history: somebody made one with them, or split from them. kept_id: who stayed. undone_at: None for one that holds. */ Merge: {
id: number;
kind: "merge" | "split";
kept_id: number;
gone_id: number;
by: string;
at: string;
undone_at: string | null;
undone_by: string | null;
};
/** A sure kind, and how many pairs of it were shown. */ MergeAllIn: {
kind: components["schemas"]["DuplicateKind"];
confirmed: number;
};
/** Who goes into the person of the path, and the keys of attributes whose value is the other one's. */ MergeIn: {
other_id: number;
take?: (string)[];
};
/** What a merge would do, before it happens. kept_as, gone_as: the identity that tells two of one name apart. twice: messages that both got or would get of one touchpoint; these stay with the other's empty row and are counted. */ MergePreview: {
kept_id: number;
kept_name: string;
kept_as: string;
gone_id: number;
gone_name: string;
gone_as: string;
identities: (components["schemas"]["MovedIdentity"])[];
values: (components["schemas"]["MergedValue"])[];
tags: (string)[];
consents: (components["schemas"]["MergedConsent"])[];
tracking_kept: boolean | null;
tracking_gone: boolean | null;
tracking_after: boolean | null;
things: (components["schemas"]["MovedThings"])[];
twice: number;
};
/** What both said on a topic and channel, and what holds afterwards: the stricter, withdrawn before granted. */ MergedConsent: {
topic: string;
channel: components["schemas"]["Channel"];
kept: components["schemas"]["ConsentState"] | null;
gone: components["schemas"]["ConsentState"] | null;
after: components["schemas"]["ConsentState"];
};
/** How many pairs were made one. */ MergedOut: {
merged: number;
};
/** An attribute of either; where both have another value, the kept person's stays unless it is taken. */ MergedValue: {
key: string;
kept: string | number | number | boolean | null;
gone: string | number | number | boolean | null;
};
/** What a message variant starts from. */ MessageKind: "motivation" | "objection" | "trigger";
/** Where one message stands. All but QUEUED and DEFERRED are final. */ MessageState: "queued" | "deferred" | "accepted" | "rejected" | "unknown" | "withheld";
/** Which messages: those in a state, for a reason, to an address that contains `search`. */ MessagesExportIn: {
state?: components["schemas"]["MessageState"] | null;
reason?: string | null;
search?: string;
};
/** One metric: how it is called, computed and read. */ MetricOut: {
key: string;
name: string;
formula: string;
counts: string;
unit: components["schemas"]["Unit-Output"];
better: components["schemas"]["Better"];
goal: boolean;
people: boolean;
/** How many decimals its value is shown with; of money, those of the currency. */ digits: number;
};
/** Why a figure is “–”. */ Missing: "nothing_launched" | "nobody_reached" | "no_conversions" | "no_cost" | "cost_not_split" | "not_measured" | "elsewhere" | "sent_here" | "control" | "bounces_unseen" | "no_visits" | "not_told" | "not_added" | "no_control" | "overlap" | "whole_only" | "part_compared";
/** A sales moment, a company day, a season; its days are inclusive. A yearly one comes again from then on. */ MomentDraft: {
kind: components["schemas"]["MomentKind"];
name: string;
starts_on: string;
ends_on: string;
yearly?: boolean;
notes?: string;
};
/** What kind of day a moment is. */ MomentKind: "sale" | "company" | "season" | "other";
/** A moment's new values. */ MomentSave: {
kind: components["schemas"]["MomentKind"];
name: string;
starts_on: string;
ends_on: string;
yearly?: boolean;
notes?: string;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** A calendar month, or what of it is in the period. */ MonthBrought: {
first: string;
last: string;
brought: components["schemas"]["BroughtOut"];
};
/** Something a move breaks or leaves behind. `code` is stable; `names` are the first few things it is about. */ MoveBreak: {
code: string;
level: components["schemas"]["MoveLevel"];
names: (string)[];
values: { [key: string]: unknown };
};
/** Why somebody is in another stage: something of theirs (or the time that passed), or other rules. */ MoveCause: "person" | "rules";
/** A pair of touchpoints that hits `people` of the same people, `days` days apart. */ MoveCollision: {
one: string;
other: string;
days: number;
people: number;
};
/** What can be moved. */ MoveKind: "touchpoint" | "task" | "campaign";
/** How bad it is. */ MoveLevel: "look" | "blocking";
/** A task whose dates change; `days`: working days by which its end moves (later: positive). */ MoveOut: {
id: string;
name: string;
starts_before: string;
ends_before: string;
starts_on: string;
ends_on: string;
days: number;
};
/** One thing that gets another day; `at`: the instant a touchpoint goes out then. */ MoveShift: {
kind: components["schemas"]["MoveKind"];
id: string;
name: string;
before: string | null;
after: string | null;
at: string | null;
};
/** How far a reallocation is. */ MoveState: "waiting" | "done" | "withdrawn";
/** An identity of the person who goes, and whether it fills an empty place or is kept beside. */ MovedIdentity: {
kind: string;
value: string;
place: components["schemas"]["IdentityPlace"];
};
/** How many things of a kind go from one person to the other. */ MovedThings: {
what: string;
count: number;
};
/** Something that is shown by its name: a member, a campaign, a goal. */ Named: {
id: string;
name: string;
};
/** One thing a stage asks for before it is left: its code, whether it is there, and how many are missing. */ Need: {
code: string;
met: boolean;
/** How many things lack it; 0 where it isn't counted */ missing: number;
};
/** A step that is needed. */ NeededStep: {
kind: components["schemas"]["ApproverKind"];
label: string;
quorum: components["schemas"]["Quorum"];
days: number | null;
};
/** A new budget line. */ NewLine: {
name: string;
resource: components["schemas"]["Resource"];
/** Without tax, in the minor units of the line's currency */ unit_price_minor?: number | null;
/** Instead of a price of a unit */ planned_minor?: number | null;
quantity?: number | string;
/** Left out: the workspace's */ currency?: string | null;
/** A part of one: 0.25 is 25 % */ tax_rate?: number | string;
spread?: components["schemas"]["Spread"];
starts_on?: string | null;
ends_on?: string | null;
/** The deliverable it pays for */ task_id?: string | null;
/** A touchpoint's channel; empty: the deliverable's, or the campaign's only one */ channel?: string;
/** What is spent on it already, entered as an adjustment */ spent_minor?: number;
};
/** The link's token and the password to be. */ NewPassword: {
token: string;
password: string;
};
/** Something to do next, and the task it became where whoever asks may see that. */ NextAction: {
id: string;
name: string;
owner_id: string | null;
owner_name: string;
task: components["schemas"]["ActionTask"] | null;
};
/** Words between the fields. */ NoteField: {
kind?: "note";
/** Unique in the form; never shown */ id: string;
title?: string;
text?: string;
show_if?: components["schemas"]["FormCondition"] | null;
};
/** Where a finding comes from. */ NoteKind: "interview" | "survey" | "crm" | "analytics" | "other";
/** One thing a member was told. `values`: the parameters of its kind's sentence; `campaign`: its name. */ Notice: {
id: number;
kind: components["schemas"]["NoticeKind"];
thing: components["schemas"]["ThingRef"];
campaign: string | null;
actor: string;
values: { [key: string]: unknown };
created_at: string;
read_at: string | null;
};
/** What a member is told. */ NoticeKind: "mentioned" | "commented" | "assigned" | "handed_over" | "approval_asked" | "approval_decided" | "approval_void" | "review_asked" | "review_answered" | "review_reopened" | "budget_overrun" | "due_soon" | "overdue" | "schedule_moved" | "campaign_changed" | "lesson_due" | "sending_trouble" | "sent_fewer" | "event_stopped" | "event_changed" | "source_silent" | "persona_drifted" | "stage_reached";
/** Whether a notice is read. */ NoticeState: {
read: boolean;
};
/** A number between two bounds. */ NumberField: {
/** Unique in the form; never shown */ id: string;
label: string;
help?: string;
required?: boolean;
show_if?: components["schemas"]["FormCondition"] | null;
kind?: "number";
attribute?: string | null;
least?: number | null;
most?: number | null;
whole?: boolean;
};
/** How a value is compared. Which operators fit which type is in ``OPERATORS``. */ Op: "is" | "is_not" | "contains" | "not_contains" | "starts_with" | "not_starts_with" | "any_of" | "none_of" | "lt" | "le" | "gt" | "ge" | "between" | "is_true" | "is_false" | "before" | "after" | "on" | "in_last_days" | "not_in_last_days" | "in_next_days" | "anniversary_in_days" | "during" | "anniversary_during" | "known" | "unknown";
/** A credited conversion: when it was and what is left of it. */ OrderBehind: {
at: string;
amount_minor: number;
};
/** From the line `at` on (0 is the first), `gone` lines leave the list and those of `ids` come in their place. */ OrderChange: {
at: number;
gone: number;
ids: (string)[];
};
/** What a workspace has waiting. About how many: a batch in hand counts whole until each of it has an outcome. per_minute: messages that got their outcome in the last minute. queue: the touchpoints under way, the next first. blocked_until: when a failing provider is tried again, None while it takes messages. blocked_code: why, as one of `Trouble`; blocked_reason: the same in English, or what the server said. */ Outbox: {
waiting: number;
/** Messages that got their outcome in the last minute. */ per_minute: number;
/** Touchpoints under way, the next first; at most 50. */ queue: (components["schemas"]["Waiting"])[];
/** The provider fails; the next try is at this time. */ blocked_until: string | null;
/** Why, as a stable code; empty while it takes messages. */ blocked_code: string;
/** Why, in English, or what the server said. */ blocked_reason: string;
};
/** What became of a message. */ Outcome: "kept" | "twice" | "refused";
/** People above the contact limit of so many messages in so many days on a channel. Null: it is being counted. */ OverLimit: {
messages: number;
days: number;
people: number | null;
weeks: (components["schemas"]["OverWeek"])[];
touchpoints: (components["schemas"]["OverTouchpoint"])[];
};
/** How many people get more than allowed by this touchpoint. */ OverTouchpoint: {
id: string;
people: number;
};
/** How many people get more than allowed by a message of the week of this Monday. */ OverWeek: {
week: string;
people: number;
};
/** How many people are only in the first, in both, only in the second. */ Overlap: {
first_only: number;
both: number;
second_only: number;
};
/** Two audiences to be compared. */ OverlapIn: {
first: string;
second: string;
};
/** A week in which somebody would be asked for more hours than they have. */ OverloadOut: {
owner_id: string;
week: string;
capacity: number;
load: number;
load_before: number;
};
/** A period beside as many days before; of campaigns at most 500, those that brought most first. */ OverviewOut: {
first: string;
last: string;
before_first: string;
before_last: string;
currency: string;
now: components["schemas"]["BroughtOut"];
before: components["schemas"]["BroughtOut"];
months: (components["schemas"]["MonthBrought"])[];
campaigns: (components["schemas"]["CampaignBroughtOut"])[];
};
/** The first user. */ OwnerIn: {
name: string;
email: string;
password: string;
};
/** What a page is for. */ PageKind: "definition" | "glossary" | "messages" | "brand" | "checklist" | "lessons" | "other";
/** The screen next to which a playbook page is shown. */ PagePlace: "campaign" | "goal" | "brief" | "budget" | "timeline" | "touchpoint" | "content" | "audience" | "approval" | "retrospective";
/** What a page said at a version. */ PageVersion: {
version: number;
title: string;
body: string;
by: string;
at: string;
};
Page_Activity_: {
items: (components["schemas"]["Activity"])[];
next_cursor: string | null;
};
Page_ApprovalRow_: {
items: (components["schemas"]["ApprovalRow"])[];
next_cursor: string | null;
};
Page_AssetOut_: {
items: (components["schemas"]["AssetOut"])[];
next_cursor: string | null;
};
Page_AudienceMember_: {
items: (components["schemas"]["AudienceMember"])[];
next_cursor: string | null;
};
Page_AudienceOut_: {
items: (components["schemas"]["AudienceOut"])[];
next_cursor: string | null;
};
Page_AuditEntry_: {
items: (components["schemas"]["AuditEntry"])[];
next_cursor: string | null;
};
Page_BriefChange_: {
items: (components["schemas"]["BriefChange"])[];
next_cursor: string | null;
};
Page_CampaignOut_: {
items: (components["schemas"]["CampaignOut"])[];
next_cursor: string | null;
};
Page_CampaignTemplateRow_: {
items: (components["schemas"]["CampaignTemplateRow"])[];
next_cursor: string | null;
};
Page_Company_: {
items: (components["schemas"]["Company"])[];
next_cursor: string | null;
};
Page_DuplicateOut_: {
items: (components["schemas"]["DuplicateOut"])[];
next_cursor: string | null;
};
Page_Event_: {
items: (components["schemas"]["Event"])[];
next_cursor: string | null;
};
Page_FormAnswer_: {
items: (components["schemas"]["FormAnswer"])[];
next_cursor: string | null;
};
Page_FormRow_: {
items: (components["schemas"]["FormRow"])[];
next_cursor: string | null;
};
Page_Happening_: {
items: (components["schemas"]["Happening"])[];
next_cursor: string | null;
};
Page_ImportOut_: {
items: (components["schemas"]["ImportOut"])[];
next_cursor: string | null;
};
Page_KeyNumbersOut_: {
items: (components["schemas"]["KeyNumbersOut"])[];
next_cursor: string | null;
};
Page_LessonBeside_: {
items: (components["schemas"]["LessonBeside"])[];
next_cursor: string | null;
};
Page_ListedEntry_: {
items: (components["schemas"]["ListedEntry"])[];
next_cursor: string | null;
};
Page_LogLine_: {
items: (components["schemas"]["LogLine"])[];
next_cursor: string | null;
};
Page_MembershipChange_: {
items: (components["schemas"]["MembershipChange"])[];
next_cursor: string | null;
};
Page_Notice_: {
items: (components["schemas"]["Notice"])[];
next_cursor: string | null;
};
Page_PersonOut_: {
items: (components["schemas"]["PersonOut"])[];
next_cursor: string | null;
};
Page_PlaybookPageRow_: {
items: (components["schemas"]["PlaybookPageRow"])[];
next_cursor: string | null;
};
Page_Reallocation_: {
items: (components["schemas"]["Reallocation"])[];
next_cursor: string | null;
};
Page_RejectOut_: {
items: (components["schemas"]["RejectOut"])[];
next_cursor: string | null;
};
Page_Returned_: {
items: (components["schemas"]["Returned"])[];
next_cursor: string | null;
};
Page_ReviewRow_: {
items: (components["schemas"]["ReviewRow"])[];
next_cursor: string | null;
};
Page_SandboxMail_: {
items: (components["schemas"]["SandboxMail"])[];
next_cursor: string | null;
};
Page_ScoreMove_: {
items: (components["schemas"]["ScoreMove"])[];
next_cursor: string | null;
};
Page_Scored_: {
items: (components["schemas"]["Scored"])[];
next_cursor: string | null;
};
Page_StoredMessage_: {
items: (components["schemas"]["StoredMessage"])[];
next_cursor: string | null;
};
Page_Suppression_: {
items: (components["schemas"]["Suppression"])[];
next_cursor: string | null;
};
Page_TemplateRow_: {
items: (components["schemas"]["TemplateRow"])[];
next_cursor: string | null;
};
Page_ThreadOut_: {
items: (components["schemas"]["ThreadOut"])[];
next_cursor: string | null;
};
Page_TouchpointOut_: {
items: (components["schemas"]["TouchpointOut"])[];
next_cursor: string | null;
};
Page_WorkRow_: {
items: (components["schemas"]["WorkRow"])[];
next_cursor: string | null;
};
/** What somebody does in a campaign. A guest of the workspace sees a campaign only by having a part in it. */ Part: "does" | "reviews" | "approves" | "informed";
/** A member with a part in a campaign, and the role in the workspace. */ Participant: {
id: string;
name: string;
role: components["schemas"]["Role"];
part: components["schemas"]["Part"];
};
/** A further audience, message, hypothesis or mandatory item. */ PassageIn: {
section: components["schemas"]["Section"];
parent_id?: string | null;
audience_id?: string | null;
kind?: components["schemas"]["MessageKind"] | null;
text?: string;
};
/** One passage of a brief. Version 0: nobody has written it yet. */ PassageOut: {
id: string;
section: components["schemas"]["Section"];
/** A message's audience passage */ parent_id: string | null;
audience_id: string | null;
audience_name: string | null;
kind: components["schemas"]["MessageKind"] | null;
text: string;
version: number;
updated_at: string | null;
updated_by: string;
};
/** What a passage is about. */ PassagePlace: {
audience_id?: string | null;
kind?: components["schemas"]["MessageKind"] | null;
};
/** A passage's new text. */ PassageSave: {
/** The version the text was changed from; later changes are merged */ version: number;
text: string;
/** The text it was changed from, where that is not the text of `version` */ base?: string | null;
};
/** What stands in a passage after a save. */ PassageSaved: {
version: number;
text: string;
/** Somebody else had changed it; the text holds both changes */ merged: boolean;
/** Both changed the same words; both stand in the text, somebody decides */ both: boolean;
};
/** A change of password; it ends all sessions. */ PasswordIn: {
present: string;
new: string;
};
/** What a person's consent stood at, at the end of a past day, by the log alone. A statement on being measured has the channel `tracking` and no topic. said_at: when they had said it. */ PastConsent: {
topic_id: number | null;
topic: string | null;
channel: string;
state: components["schemas"]["ConsentState"];
said_at: string;
};
/** A campaign whose results are in. `per_person`: how much of the metric one reachable person brought. */ PastResult: {
id: string;
name: string;
category: string;
type: string;
starts_on: string | null;
channels: (string)[];
/** Its last launch */ last: string;
value: number | number | null;
base: number | number | null;
missing: components["schemas"]["Missing"] | null;
per_person: number | null;
};
/** What past campaigns reached in a metric. Nothing is made up: without any there is no spread. */ PastResultsOut: {
metric: components["schemas"]["GoalMetric"];
unit: components["schemas"]["Unit-Output"];
campaigns: (components["schemas"]["PastResult"])[];
values: components["schemas"]["ValueSpread"] | null;
/** Of what is counted: how much one reachable person brings. People needed = target ÷ this. */ per_person: components["schemas"]["ValueSpread"] | null;
/** Shares on the way: `delivered` of those meant, `clicked` of those reached, `converted` of clickers */ steps: { [key: string]: components["schemas"]["ValueSpread"] };
};
/** How many people agreed to a topic on a channel at the end of a past day, and had withdrawn, by the log alone. */ PastStanding: {
topic_id: number;
channel: components["schemas"]["Channel"];
granted: number;
withdrawn: number;
expired: number;
};
/** Lines of a spreadsheet: name, owner, duration, start, depends on, kind; separated by tabs. `dry`: only look. */ PasteIn: {
text: string;
parent_id?: string | null;
dry?: boolean;
};
/** What was understood of a line. */ PasteLine: {
line: number;
depth: number;
name: string;
kind: components["schemas"]["TaskKind"];
owner: string | null;
duration_days: number;
not_before: string | null;
deadline: string | null;
depends: (number)[];
};
/** The lines as understood, what is wrong with them, and how many tasks were made (none while anything is). */ PasteOut: {
lines: (components["schemas"]["PasteLine"])[];
problems: (components["schemas"]["PasteProblem"])[];
created: number;
made: (string)[];
reading: components["schemas"]["SheetReading"];
};
/** What is wrong in a line; `code` names it, `value` is what was written there. */ PasteProblem: {
line: number;
column: string;
code: string;
value: string;
};
/** How far somebody is on the way to buying and beyond: the columns of the grid. */ PathStage: "awareness" | "consideration" | "purchase" | "loyalty";
/** A page of the people behind a number, and how many they are. */ PeopleBehind: {
items: (components["schemas"]["PersonBehind"])[];
next_cursor: string | null;
total: number;
};
/** Somebody behind a number. `orders`: of numbers of conversions and revenue. */ PersonBehind: {
id: number;
email: string | null;
external_id: string | null;
attributes: { [key: string]: unknown };
orders: (components["schemas"]["OrderBehind"])[];
};
/** Changes of a person; what is left out stays. null clears an identity or forgets an attribute. */ PersonChange: {
email?: string | null;
phone?: string | null;
external_id?: string | null;
attributes?: { [key: string]: string | number | number | boolean | null };
add_tags?: (string)[];
remove_tags?: (string)[];
};
/** A person to be found by external id, email or phone, or made; null forgets an attribute. only_new: refuse (409 `person_known`, with the `person_id`) instead of changing somebody who is here already. */ PersonIn: {
email?: string | null;
phone?: string | null;
external_id?: string | null;
attributes?: { [key: string]: string | number | number | boolean | null };
tags?: (string)[];
only_new?: boolean;
consent?: components["schemas"]["Agreement"] | null;
};
/** One person's weeks; `unestimated`: open tasks of the time that nobody has estimated and that count nothing. */ PersonLoad: {
id: string;
name: string;
unestimated: number;
weeks: (components["schemas"]["WeekLoad"])[];
};
/** A person. `attributes` by key: text, choice and date are strings, money is integer minor units. */ PersonOut: {
id: number;
email: string | null;
phone: string | null;
external_id: string | null;
attributes: { [key: string]: string | number | number | boolean };
tags: (string)[];
created_at: string;
updated_at: string;
erased_at: string | null;
/** May opens and clicks be measured; null: never asked. */ tracking_consent: boolean | null;
};
/** Why a person has so many points right now: the reasons' points make the total. kept: the total as last counted for everybody, at ``refreshed_at``; None: not counted yet. since: in the stage that was counted. */ PersonScore: {
score_id: string;
name: string;
definition: components["schemas"]["ScoreDefinition"];
fit: number;
engagement: number;
total: number;
stage: string;
reasons: (components["schemas"]["ScoreReason"])[];
kept: number | null;
since: string | null;
refreshed_at: string | null;
history: (components["schemas"]["ScoreDay"])[];
};
/** What a person has of every score that runs. */ PersonScores: {
items: (components["schemas"]["PersonScore"])[];
};
/** A described buyer. size: people of its audience as last counted, None before the first count or without an audience. measured_on: when its drifts were last looked for; None: not yet. due_on: when it is to be looked at again. */ Persona: {
id: string;
name: string;
summary: string;
audience: components["schemas"]["PersonaAudience"] | null;
owner: components["schemas"]["MemberName"] | null;
portrait: components["schemas"]["Portrait"];
size: number | null;
drifts: (components["schemas"]["Drift"])[];
measured_on: string | null;
reviewed_on: string | null;
due_on: string;
overdue: boolean;
notes: number;
version: number;
created_at: string;
updated_at: string;
updated_by: string;
archived_at: string | null;
};
/** The audience of a persona; archived ones are no longer counted. */ PersonaAudience: {
id: string;
name: string;
archived: boolean;
};
/** What is measured of a persona's people now, of everybody, and of the people on earlier days. now: None where the persona has no audience that can be asked. before: what it was compared with; None before the first measure. */ PersonaFigures: {
now: components["schemas"]["PersonaMeasure"] | null;
everybody: components["schemas"]["MemberFigures"] | null;
before: components["schemas"]["PersonaMeasure"] | null;
drifts: (components["schemas"]["Drift"])[];
days: (components["schemas"]["MeasuredDay"])[];
};
/** A described buyer; `audience_id` says who they are among the workspace's people. */ PersonaIn: {
name: string;
summary?: string;
audience_id?: string | null;
owner_id?: string | null;
portrait?: components["schemas"]["Portrait"];
};
/** What the buyer wants to know in each stage of a decision, and how long the decision usually takes. */ PersonaJourney: {
awareness?: string;
consideration?: string;
purchase?: string;
after?: string;
duration?: string;
};
/** The figures of a persona's people on a day, beside what makes them different from everybody. */ PersonaMeasure: {
on: string;
figures: components["schemas"]["MemberFigures"];
traits: (components["schemas"]["TraitShare"])[];
};
/** A finding of research with its evidence: a sentence, an address, a name of a file. */ PersonaNote: {
id: string;
kind: components["schemas"]["NoteKind"];
finding: string;
evidence: string;
on: string;
by: string;
};
/** A finding of research with its evidence. on: the day it was found, today without one. */ PersonaNoteIn: {
kind: components["schemas"]["NoteKind"];
finding: string;
evidence?: string;
on?: string | null;
};
/** That a description holds; `version` is the one that was read. */ PersonaReview: {
version: number;
};
/** The same, made from the version that was read. */ PersonaSave: {
name: string;
summary?: string;
audience_id?: string | null;
owner_id?: string | null;
portrait?: components["schemas"]["Portrait"];
version: number;
};
/** What a running import is doing. */ Phase: "waiting" | "reading" | "matching" | "saving" | "consent" | "reporting" | "done";
/** The visitor's number. */ PhoneField: {
/** Unique in the form; never shown */ id: string;
label: string;
help?: string;
required?: boolean;
show_if?: components["schemas"]["FormCondition"] | null;
kind?: "phone";
};
/** Where the comment of this id points. */ PinOut: {
version: number;
device: components["schemas"]["Device"];
x: number | null;
y: number | null;
quote: string;
comment_id: string;
};
/** Where something is put right. */ Place: "touchpoint" | "audience" | "template" | "senders" | "email_settings" | "goal" | "budget" | "campaign" | "approval" | "review";
/** Everything that decides what an import does. country: ISO code of numbers written without +. create: whether who is not known is taken in. lists: fixed lists that everybody taken in is put on. refusals_only: nobody's consent is recorded, but what the columns of consent say against writing to people is. */ Plan: {
columns: (components["schemas"]["ColumnPlan"])[];
match: components["schemas"]["Match"];
existing?: components["schemas"]["Existing"];
create?: boolean;
lists?: (string)[];
tags?: (string)[];
consent?: components["schemas"]["ConsentPlan"] | null;
refusals_only?: boolean;
country?: string;
};
/** A whole campaign with relative days. */ PlanDocument: {
category: components["schemas"]["Category"];
type: components["schemas"]["CampaignType"];
description: string;
/** From the first to the last day, both counted */ days: number;
goal: components["schemas"]["PlanGoal"] | null;
roles: (components["schemas"]["PlanRole"])[];
brief: (components["schemas"]["PlanPassage"])[];
tasks: (components["schemas"]["PlanTask"])[];
links: (components["schemas"]["PlanLink"])[];
lines: (components["schemas"]["PlanLine"])[];
touchpoints: (components["schemas"]["PlanTouchpoint"])[];
};
/** One thing missing. segment_id None: of the whole plan. */ PlanGap: {
kind: components["schemas"]["GapKind"];
segment_id: string | null;
};
/** What the campaign is usually about; the target is set when it begins. */ PlanGoal: {
metric: components["schemas"]["GoalMetric"];
target: number | number | null;
/** Its deadline; the last day where there is none */ day: number | null;
};
/** A budget line. Amounts are in the template's currency; 0 is to be filled in. */ PlanLine: {
key: string;
name: string;
resource: components["schemas"]["Resource"];
/** Minor units of the workspace's currency. */ planned_minor: number;
/** The deliverable that it pays for */ task: string | null;
};
/** The successor waits for the predecessor. */ PlanLink: {
predecessor: string;
successor: string;
kind: components["schemas"]["LinkKind"];
lag_days: number;
};
/** Words of the brief. `parent`: place in the list of the audience that a message is for. */ PlanPassage: {
section: components["schemas"]["Section"];
text: string;
kind: components["schemas"]["MessageKind"] | null;
parent: number | null;
audience_id: string | null;
};
/** Somebody who is needed. `member_id`: who had this role when the campaign was saved as a template. */ PlanRole: {
key: string;
name: string;
part: components["schemas"]["Part"];
leads: boolean;
member_id: string | null;
};
/** A row of the grid, with its audience's name. */ PlanSegment: {
id: string;
audience_id: string | null;
audience_name: string | null;
audience_archived: boolean;
name: string;
position: number;
version: number;
};
/** A task, deliverable or milestone. Where no day is given the links decide. */ PlanTask: {
key: string;
name: string;
kind: components["schemas"]["TaskKind"];
parent: string | null;
role: string | null;
/** Working days */ duration_days: number;
effort_hours: string | null;
notes: string;
/** Not before this day */ start_day: number | null;
deadline_day: number | null;
/** The day a milestone stands on */ fixed_day: number | null;
touchpoint: string | null;
};
/** A touchpoint. What has gone from the workspace since is left open. */ PlanTouchpoint: {
key: string;
name: string;
channel: string;
day: number | null;
/** In the workspace's zone */ at: string | null;
audience_id: string | null;
sender_identity_id: string | null;
topic_id: number | null;
template_id: string | null;
holdout_percent: number;
};
/** When a task of the template would be done. */ PlannedTask: {
name: string;
kind: components["schemas"]["TaskKind"];
depth: number;
role: string;
starts_on: string;
ends_on: string;
};
/** A page of the playbook. */ PlaybookPageIn: {
title: string;
kind?: components["schemas"]["PageKind"];
/** Markdown; at most 200,000 characters */ body?: string;
tags?: (string)[];
/** The screens next to which it is shown */ applies?: (components["schemas"]["PagePlace"])[];
/** Whether guests of the workspace may read it */ for_guests?: boolean;
};
/** A page as it is read and written. */ PlaybookPageOut: {
id: string;
title: string;
kind: components["schemas"]["PageKind"];
/** Its first words */ excerpt: string;
tags: (string)[];
applies: (components["schemas"]["PagePlace"])[];
for_guests: boolean;
version: number;
updated_at: string;
updated_by: string;
/** Markdown, as it was written */ body: string;
/** The same to be shown: holds no markup but the renderer's own */ html: string;
};
/** A page in a list. */ PlaybookPageRow: {
id: string;
title: string;
kind: components["schemas"]["PageKind"];
/** Its first words */ excerpt: string;
tags: (string)[];
applies: (components["schemas"]["PagePlace"])[];
for_guests: boolean;
version: number;
updated_at: string;
updated_by: string;
};
/** A page's new values. */ PlaybookPageSave: {
title: string;
kind?: components["schemas"]["PageKind"];
/** Markdown; at most 200,000 characters */ body?: string;
tags?: (string)[];
/** The screens next to which it is shown */ applies?: (components["schemas"]["PagePlace"])[];
/** Whether guests of the workspace may read it */ for_guests?: boolean;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** What of a message is followed, and of whom; a person's refusal always counts. */ PolicyBody: {
clicks?: boolean;
opens?: boolean;
/** Follow only people who agreed to tracking. */ consent_required?: boolean;
};
/** The described buyer. `age` to `region` are demographics, `formats` and `tone` preferences in content. */ Portrait: {
age?: string;
job?: string;
company_size?: string;
region?: string;
goals?: (string)[];
pains?: (string)[];
triggers?: (string)[];
journey?: components["schemas"]["PersonaJourney"];
channels?: (string)[];
formats?: (string)[];
tone?: string;
criteria?: (string)[];
message?: string;
};
/** Who else looks at a thing right now. */ Presence: {
others: (components["schemas"]["MemberRef"])[];
};
/** A source and as whom to see it; without a person it is a made-up one, the usual or a difficult one. */ PreviewIn: {
subject?: string;
preheader?: string;
body?: string;
text?: string;
blocks?: components["schemas"]["MailTree-Input"] | null;
person_id?: number | null;
sample?: components["schemas"]["Sample"];
};
/** What the changes would move. Apply them with the fingerprint: what happens is what is shown here, or nothing. */ PreviewOut: {
fingerprint: string;
moves: (components["schemas"]["MoveOut"])[];
late: (components["schemas"]["LateOut"])[];
held: (components["schemas"]["HeldOut"])[];
overloads: (components["schemas"]["OverloadOut"])[];
now_critical: (components["schemas"]["Named"])[];
no_longer_critical: (components["schemas"]["Named"])[];
ends_before: string | null;
ends_on: string | null;
};
/** A row exactly as it would be stored, or the reason it would be rejected. With `taken`, reason and field tell of a cell that is left out of a row that is taken. */ PreviewRow: {
line: number;
email: string | null;
phone: string | null;
external_id: string | null;
attributes: { [key: string]: string | number | number | boolean };
tags: (string)[];
consent: components["schemas"]["Answer"];
taken: boolean;
reason: string;
field: string;
};
/** What is different from the request before. */ PreviousOut: {
id: string;
asked_at: string;
state: "waiting" | "approved" | "changes" | "refused" | "withdrawn" | "replaced" | "void";
changes: (components["schemas"]["ApprovalChange"])[];
};
/** 1: goes first, 2: usual, 3: gives way. */ PriorityIn: {
priority: number;
};
/** What a priority of the year is after. */ PriorityKind: "leads" | "purchases" | "loyalty" | "spend" | "awareness" | "new_audience";
/** Products, one below the other, each with picture, name, price and link. */ ProductsBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "products";
items?: (components["schemas"]["MailProduct"])[];
};
/** How one is named and sees the product. */ ProfileIn: {
name: string;
language: "en" | "fr" | "sv" | "zh";
theme: "auto" | "light" | "dark";
};
/** Everything known of a person but the timeline. */ ProfileOut: {
id: number;
email: string | null;
phone: string | null;
external_id: string | null;
attributes: { [key: string]: string | number | number | boolean };
tags: (string)[];
created_at: string;
updated_at: string;
erased_at: string | null;
/** May opens and clicks be measured; null: never asked. */ tracking_consent: boolean | null;
name: string;
/** What events told and no attribute holds yet */ undeclared: { [key: string]: string | number | number | boolean };
identities: (components["schemas"]["IdentityOut"])[];
consents: (components["schemas"]["TopicConsent"])[];
proofs: (components["schemas"]["ConsentProof"])[];
suppressions: (components["schemas"]["SilenceOut"])[];
lists: (components["schemas"]["ListOut"])[];
/** Who this person turned out to be; the row is empty then */ merged_into: number | null;
companies: (components["schemas"]["EmployerOut"])[];
};
/** How far a running import is: bytes and rows read. */ Progress: {
phase: components["schemas"]["Phase"];
bytes: number;
total_bytes: number;
rows: number;
};
/** How a launched touchpoint stands. queued + deferred + accepted + rejected + unknown + withheld = total. */ ProgressOut: {
touchpoint_id: string;
state: components["schemas"]["DispatchState"];
/** A stable code; empty when there is nothing to say. */ state_reason: string;
/** The reason as an English sentence, where it is held. */ state_detail: string;
send_at: string;
started_at: string | null;
finished_at: string | null;
per_hour: number | null;
/** Its audience is the one of the launch, else that of the moment sending begins. */ frozen: boolean;
/** How many people would have got it when it was launched. */ planned: number | null;
/** The audience. */ total: number;
queued: number;
/** The part of queued and deferred that a sender has in hand now. */ sending: number;
/** Refused for now by the receiving server; tried again later. */ deferred: number;
accepted: number;
rejected: number;
/** The connection broke before the answer: nobody can know. Sent again only when somebody says so. */ unknown: number;
/** Not sent, each for the reason below. */ withheld: number;
/** Accepted messages that came back later. Null: mails that come back don't reach Gonfalon, so nobody here can know. */ bounced: number | null;
reasons: (components["schemas"]["ReasonOut"])[];
/** The provider fails; the next try is at this time. */ blocked_until: string | null;
/** Why, as a stable code; empty while it takes messages. */ blocked_code: string;
/** Why, in English, or what the server said. */ blocked_reason: string;
};
/** A condition on a property of an event; a value of another type counts as unknown. ``products[].sku`` asks the member ``sku`` of every item in the list ``products``, ``tags[]`` the items of ``tags``: a positive condition holds where it holds for one of them, a negative one where it does for all. */ Property: {
property: string;
type?: "text" | "number" | "boolean";
op: components["schemas"]["Op"];
value?: boolean | number | number | string | (boolean | number | number | string)[] | null;
};
/** The attribute that a trait becomes. */ ProposalTaken: {
label: string;
type: components["schemas"]["AttributeType"];
choices?: (string)[];
};
/** A provider that takes mail by its API. */ ProviderOut: {
name: string;
label: string;
/** Its keys have a name, the user name. */ keyed_by: boolean;
/** How its events show that they are its own. */ authenticity: components["schemas"]["Authenticity"];
settings: (components["schemas"]["ProviderSettingOut"])[];
};
/** What a provider wants to know of an account. choices: what it may be; none: any text. */ ProviderSettingOut: {
name: string;
choices: (string)[];
default: string;
optional: boolean;
};
/** What a relay carries. */ Purpose: "everything" | "campaigns" | "members";
/** How many of them. */ Quorum: "any" | "all";
/** MJML or HTML as it was written. */ RawBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "raw";
code?: string;
};
/** Everything up to this notice is read. */ ReadAll: {
up_to: number;
};
/** How the file's bytes become rows. skip: rows before the header (titles, a line `sep=;`). groups: the last of them names groups of columns, as in "Name" above "First" and "Last". sheet: which one of a workbook, by name; "" the likeliest. merged: how many of its cells are merged with the one above, and have its value. */ Reading: {
encoding?: components["schemas"]["Encoding"];
delimiter?: "," | ";" | "\t" | "|";
header?: boolean;
skip?: number;
groups?: boolean;
sheet?: string;
merged?: number;
unfolded?: (components["schemas"]["Unfolded"])[];
};
/** Planned money that goes from one line to another; a line is None once it was removed. */ Reallocation: {
id: string;
from_campaign_id: string;
to_campaign_id: string;
from_line_id: string | null;
to_line_id: string | null;
from_name: string;
to_name: string;
amount_minor: number;
reason: string;
state: components["schemas"]["MoveState"];
asked_by: string;
created_at: string;
done_at: string | null;
/** null: not yours to see */ from_campaign_name: string | null;
to_campaign_name: string | null;
};
/** Money to be moved from one line to another, also of another campaign. */ ReallocationIn: {
from_line_id: string;
to_line_id: string;
/** Minor units of the workspace's currency. */ amount_minor: number;
reason: string;
};
/** How many messages are in a state for a reason. */ ReasonOut: {
state: components["schemas"]["MessageState"];
reason: string;
count: number;
};
/** A message that came, and what became of it. code and details: why it was refused. changes: what was understood otherwise than said, by collector.model.CHANGES. message: as it came, without its key; None for a body that could not be read, or that was large. */ Receipt: {
id: number;
at: string;
key_id: string;
key_name: string;
source_id: string | null;
source_name: string | null;
/** The type of message: track, identify, page, screen, group, alias, or batch */ kind: string;
/** Of the event; empty where it has none */ name: string;
outcome: components["schemas"]["Outcome"];
/** Why it was refused */ code: string;
details: { [key: string]: unknown };
/** What was understood otherwise than it was said */ changes: (string)[];
/** As it came; null for what could not be read, or was large */ message: { [key: string]: unknown } | null;
understood: { [key: string]: unknown } | null;
};
/** One record of a domain. why: None where there is nothing to say. name: where it stands or is to be published. found: what is there. wanted: what to publish instead; "" where nothing is to be changed or nobody can say. */ RecordCheck: {
kind: components["schemas"]["RecordKind"];
standing: components["schemas"]["RecordStanding"];
name: string;
why: components["schemas"]["Why"] | null;
found: (string)[];
wanted: string;
};
/** What a record is for. */ RecordKind: "spf" | "dkim" | "dmarc" | "mx";
/** How a record stands. */ RecordStanding: "good" | "look" | "wrong" | "missing" | "unknown";
/** A row that was not taken: its line in the file, why (code and sentence), the column at fault, its cells. taken: it was, but for the cells of that column. */ RejectOut: {
line: number;
taken: boolean;
reason: string;
sentence: string;
field: string;
cells: (string)[];
};
/** A further way out. `provider` is smtp or a provider with an API. */ RelayIn: {
provider: string;
/** The mail server; of a provider with an API empty: its own address. */ host?: string;
port?: number;
security?: components["schemas"]["Security"];
username?: string;
/** Or the key of a provider's API. */ password?: string | null;
/** What a provider with an API wants to know besides. */ options?: { [key: string]: unknown };
/** The key by which a provider signs its events; absent: as stored. */ events_key?: string | null;
/** Connections each sender process opens at most. */ connections?: number;
/** Its share of connections beside other ways out. */ weight?: number;
/** Messages a minute, of all senders; null: no limit. */ per_minute?: number | null;
name: string;
purpose?: components["schemas"]["Purpose"];
paused?: boolean;
};
/** A further way out. Passwords and keys are never shown. */ RelayOut: {
id: string;
name: string;
provider: string;
host: string;
port: number;
security: components["schemas"]["Security"];
username: string;
has_password: boolean;
options: { [key: string]: string };
has_events_key: boolean;
connections: number;
weight: number;
per_minute: number | null;
purpose: components["schemas"]["Purpose"];
paused: boolean;
/** How its provider tells of mail; null for a mail server. */ events: components["schemas"]["EventsSource"] | null;
};
/** A new remark: words as in a comment, and where they point. */ RemarkIn: {
version: number;
device?: components["schemas"]["Device"];
x?: number | null;
y?: number | null;
quote?: string;
kind: components["schemas"]["ContentKind"];
content_id: string;
/** At most 8,000 characters; `<@member id>` mentions somebody */ body: string;
};
/** The comment that a remark is. */ RemarkMade: {
comment_id: string;
};
/** How a task comes again: every so many days, weeks or months, until a day. */ RepeatIn: {
every?: number;
unit: components["schemas"]["Unit-Input"];
until: string;
};
/** How many occurrences were made or taken away. */ RepeatOut: {
count: number;
};
/** What is shown once for each item: `each` is Liquid's, such as `item in person.orders limit: 3`. */ "RepeatedBlock-Input": {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "repeated";
each?: string;
blocks?: (components["schemas"]["HeadingBlock"] | components["schemas"]["TextBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["ButtonBlock"] | components["schemas"]["DividerBlock"] | components["schemas"]["SpacerBlock"] | components["schemas"]["SocialBlock"] | components["schemas"]["MenuBlock"] | components["schemas"]["TableBlock"] | components["schemas"]["ProductsBlock"] | components["schemas"]["CouponBlock"] | components["schemas"]["CountdownBlock"] | components["schemas"]["VideoBlock"] | components["schemas"]["ConditionalBlock-Input"] | components["schemas"]["RepeatedBlock-Input"] | components["schemas"]["RawBlock"])[];
};
/** What is shown once for each item: `each` is Liquid's, such as `item in person.orders limit: 3`. */ "RepeatedBlock-Output": {
/** A name that the editor gives; nothing is kept of it */ id: string;
attributes: { [key: string]: unknown };
type: "repeated";
each: string;
blocks: (components["schemas"]["HeadingBlock"] | components["schemas"]["TextBlock"] | components["schemas"]["ImageBlock"] | components["schemas"]["ButtonBlock"] | components["schemas"]["DividerBlock"] | components["schemas"]["SpacerBlock"] | components["schemas"]["SocialBlock"] | components["schemas"]["MenuBlock"] | components["schemas"]["TableBlock"] | components["schemas"]["ProductsBlock"] | components["schemas"]["CouponBlock"] | components["schemas"]["CountdownBlock"] | components["schemas"]["VideoBlock"] | components["schemas"]["ConditionalBlock-Output"] | components["schemas"]["RepeatedBlock-Output"] | components["schemas"]["RawBlock"])[];
};
/** Rows that are shown once for each item. */ "RepeatedRows-Input": {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "repeated_rows";
each?: string;
rows?: (components["schemas"]["SectionRow-Input"] | components["schemas"]["WrapperRow-Input"] | components["schemas"]["ConditionalRows-Input"] | components["schemas"]["RepeatedRows-Input"] | components["schemas"]["SharedRow-Input"] | components["schemas"]["RawBlock"])[];
};
/** Rows that are shown once for each item. */ "RepeatedRows-Output": {
/** A name that the editor gives; nothing is kept of it */ id: string;
attributes: { [key: string]: unknown };
type: "repeated_rows";
each: string;
rows: (components["schemas"]["SectionRow-Output"] | components["schemas"]["WrapperRow-Output"] | components["schemas"]["ConditionalRows-Output"] | components["schemas"]["RepeatedRows-Output"] | components["schemas"]["SharedRow-Output"] | components["schemas"]["RawBlock"])[];
};
/** What happened in one step of time that begins at `at`. */ ReportMoment: {
at: string;
sent: number;
opens: number;
clicks: number;
conversions: number;
};
/** The campaign report. People count once in the total, however many touchpoints reached them. */ ReportOut: {
campaign_id: string;
name: string;
state: string;
currency: string;
starts_on: string | null;
ends_on: string | null;
attribution: components["schemas"]["Attribution"];
at: string;
goal: components["schemas"]["GoalProgressOut"] | null;
total: { [key: string]: components["schemas"]["Figure"] };
reasons: (components["schemas"]["Withheld"])[];
touchpoints: (components["schemas"]["TouchpointReportOut"])[];
links: (components["schemas"]["LinkResult"])[];
groups: (components["schemas"]["GroupOut"])[];
lifts: (components["schemas"]["Lift"])[];
/** Metrics that are shown first, in order. */ headlines: (string)[];
/** Sentences that tell the report, by their key. */ summary: (string)[];
/** Metrics of the table of touchpoints. */ columns: (string)[];
left_out: (components["schemas"]["LeftOut"])[];
/** The table of touchpoints, as screen, PDF and CSV show it. */ rows: (components["schemas"]["TableRow"])[];
/** Conversions in a currency without a rate, whose amounts are in no sum. */ foreign_conversions: number;
unconverted: (components["schemas"]["Unconverted"])[];
/** Visits that name the campaign, but may be of several of its touchpoints. */ unplaced_visits: number;
/** Refunds and cancellations that name no order or amount known here */ loose_reversals: number;
/** Of `series`: minutes in the first two hours, hours in four days, then days */ step: components["schemas"]["Step"];
/** What happened when, as the series of that step without `since` */ series: (components["schemas"]["ReportMoment"])[];
};
/** What a budget line pays for. */ Resource: "staff" | "contractor" | "media" | "other";
/** What one kind of resource comes to. */ ResourceTotal: {
resource: components["schemas"]["Resource"];
planned_minor: number;
spent_minor: number;
};
/** `version` is the newest one that was seen. */ RestoreIn: {
version: number;
};
/** What an import did. rows = new + changed + unchanged + skipped + duplicates + rejected. duplicates: earlier lines about the same person (the last line counts). consents and refusals: how many states (a person and a topic) became granted and withdrawn. suppressed: addresses that bounced or are blocked. left_open: people whose consent the file leaves open. listed: people newly on the plan's lists. joined: people newly in a company. incomplete: rows that were taken without a cell, by_reason of what. */ Result: {
rows: number;
new: number;
changed: number;
unchanged: number;
skipped: number;
duplicates: number;
rejected: number;
rejected_by_reason: { [key: string]: number };
consents: number;
refusals: number;
suppressed: number;
left_open: number;
listed: number;
joined: number;
incomplete: number;
incomplete_by_reason: { [key: string]: number };
new_attributes: (string)[];
nothing_changed: boolean;
seconds: number;
};
/** Something to do next. */ RetroActionIn: {
name: string;
owner_id?: string | null;
};
/** The numbers as they are now. */ RetroClose: {
results?: (components["schemas"]["RetroResult-Input"])[];
};
/** Money and days of the campaign. Money in minor units of the workspace's currency. */ RetroFacts: {
currency: string;
planned_minor: number;
spent_minor: number;
tasks: number;
tasks_done: number;
/** Tasks that a baseline was kept for; 0: nothing to compare with */ baselined: number;
late: number;
/** Calendar days the last task ends after its baseline */ slip_days: number | null;
ends_on: string | null;
/** The tasks that slipped most */ latest: (components["schemas"]["LateTask"])[];
};
/** A passage as it is now. Version 0: nobody has written it yet. */ RetroPassage: {
section: components["schemas"]["RetroSection"];
text: string;
version: number;
updated_by: string;
};
/** A number of the campaign as it was shown when the retrospective was closed; null: nobody knows it. */ "RetroResult-Input": {
metric: components["schemas"]["GoalMetric"];
value: number | string | null;
baseline?: number | string | null;
target?: number | string | null;
};
/** A number of the campaign as it was shown when the retrospective was closed; null: nobody knows it. */ "RetroResult-Output": {
metric: components["schemas"]["GoalMetric"];
value: number | number | null;
baseline: number | number | null;
target: number | number | null;
};
/** A passage's new text. */ RetroSave: {
/** The version the text was changed from; later changes are merged */ version: number;
text: string;
/** The text it was changed from, where that is not the text of `version` */ base?: string | null;
};
/** What stands in a passage after a save. */ RetroSaved: {
version: number;
text: string;
/** Somebody else had changed it; the text holds both changes */ merged: boolean;
/** Both changed the same words; both stand in the text */ both: boolean;
};
/** The passages of a retrospective, in the order they are written. */ RetroSection: "goal" | "budget" | "timeline" | "worked" | "lacked" | "summary";
/** The campaign in which it becomes a task. */ RetroTaskIn: {
campaign_id: string;
};
/** A campaign's retrospective. Once it is closed, `facts` and `results` are what they were then. */ RetrospectiveOut: {
/** Whether anything of the campaign has happened that can be looked back on */ begun: boolean;
closed_at: string | null;
closed_by: string;
passages: (components["schemas"]["RetroPassage"])[];
facts: components["schemas"]["RetroFacts"];
/** Null while it is open: ask the report */ results: (components["schemas"]["RetroResult-Output"])[] | null;
actions: (components["schemas"]["NextAction"])[];
};
/** What a mail that came back says. */ ReturnKind: "bounce" | "delay" | "complaint" | "unsubscribe" | "delivered" | "auto_reply" | "other";
/** A mail that came back. code 0, status "": not said. address, touchpoint: of the message it is about; null: of none that we know, so nothing follows. */ Returned: {
id: number;
kind: components["schemas"]["ReturnKind"];
code: number;
status: string;
detail: string;
address: string | null;
touchpoint_id: string | null;
touchpoint: string | null;
received_at: string;
};
/** How the workspace hears of mail that comes back. */ ReturnsOut: {
/** Takes mails by POST, whole, as the request's body; keep it to yourself. */ address: string;
/** Null while mail leaves by no provider's API. */ events: components["schemas"]["EventsSource"] | null;
mailbox: components["schemas"]["MailboxOut"] | null;
/** Mails of the last 30 days by kind. */ counts: { [key: string]: number };
};
/** Why an entry is taken back. */ ReversalIn: {
reason: string;
};
/** What a reviewer says of a version. */ ReviewAnswer: "yes" | "changes";
/** The answer to that version, in the open review step. Changes say in `note` what is to change. */ ReviewAnswerIn: {
step: number;
version: number;
answer: components["schemas"]["ReviewAnswer"];
note?: string;
};
/** What somebody decided on a request. */ ReviewDecision: {
request_id: string;
title: string;
kind: components["schemas"]["SubjectKind"];
campaign_id: string | null;
campaign_name: string | null;
by: string;
verdict: components["schemas"]["VerdictKind"];
reason: string;
at: string;
};
/** What happened in a campaign: launches, approvals, moves and changes of state, the newest first, at most 8. */ ReviewHappened: {
campaign_id: string;
name: string;
changes: number;
comments: number;
/** How many people changed something or commented */ people: number;
/** Lines of that kind that are not among these */ more: number;
lines: (components["schemas"]["Activity"])[];
};
/** What is to be reviewed, in which steps, by whom. */ ReviewIn: {
kind: components["schemas"]["ContentKind"];
content_id: string;
importance?: components["schemas"]["Importance"];
steps: (components["schemas"]["ReviewStepIn"])[];
note?: string;
};
/** Whom the link is for, and for how many days it opens the review. */ ReviewLinkIn: {
name: string;
days?: number;
};
/** A new link. `url` is shown this once; only a hash of it is kept. */ ReviewLinkMade: {
id: string;
url: string;
expires_at: string;
};
/** A link as it was made. `visitor`: the name that its user gave; empty: it was not opened yet. */ ReviewLinkOut: {
id: string;
name: string;
visitor: string;
made_by: string;
expires_at: string;
used_at: string | null;
};
/** Campaigns that were under way or cost something in the period, what is over its plan first, at most 50. */ ReviewMoneyOut: {
items: (components["schemas"]["CampaignMoney"])[];
sum: components["schemas"]["ReviewMoneySum"];
currency: string;
};
/** What campaigns cost and ordered in the period, and what was used of their plans at its end, in minor units. */ ReviewMoneySum: {
campaigns: number;
period_spent_minor: number;
period_ordered_minor: number;
planned_minor: number;
committed_minor: number;
spent_minor: number;
};
/** A review. `version` is the newest of the content; `step` the open step, None where none is. `reopened`: it had passed with an earlier version. `may_*`: what you can do now; `own`: you wrote it, so that others decide; `alone`: you are the only member, so that you decide on your own. */ ReviewOut: {
id: string;
kind: components["schemas"]["ContentKind"];
content_id: string;
title: string;
importance: components["schemas"]["Importance"];
note: string;
asked_by: string;
asked_at: string;
state: components["schemas"]["ReviewState"];
step: number | null;
version: number;
passed_version: number | null;
reopened: boolean;
ended_by: string;
steps: (components["schemas"]["ReviewStepOut"])[];
versions: (components["schemas"]["ReviewVersion"])[];
may_hand_in: boolean;
may_answer: boolean;
may_end: boolean;
own: boolean;
alone: boolean;
};
/** A review on the board: what it waits for, since when. */ ReviewRow: {
id: string;
kind: components["schemas"]["ContentKind"];
content_id: string;
title: string;
importance: components["schemas"]["Importance"];
state: components["schemas"]["ReviewState"];
reopened: boolean;
step: number;
step_kind: components["schemas"]["ReviewStepKind"];
round: number;
last: boolean;
since: string;
due_at: string | null;
version: number;
passed_version: number | null;
asked_by: string;
waits_for: (string)[];
mine: boolean;
};
/** A reviewer, and who may answer instead. */ ReviewSeatIn: {
user_id: string;
stand_in_id?: string | null;
};
/** Whom a step waits for, and what was answered. `outside`: by a link. `counts`: it is on the newest version. */ ReviewSeatOut: {
name: string;
user_id: string | null;
stand_in: string;
outside: boolean;
answer: components["schemas"]["ReviewAnswer"] | null;
note: string;
version: number | null;
by: string;
at: string | null;
counts: boolean;
};
/** `required`: no content is launched unless its newest version has passed a review. */ ReviewSettings: {
required: boolean;
};
/** The tasks that slipped most, at most 50, and how many there are. */ ReviewSlipsOut: {
items: (components["schemas"]["Slip"])[];
total: number;
};
/** How a review stands as a whole. */ ReviewState: "open" | "passed" | "ended";
/** A step to come. `days`: working days from its beginning until it is due. Seats belong to review steps. */ ReviewStepIn: {
kind: components["schemas"]["ReviewStepKind"];
quorum?: components["schemas"]["Quorum"];
days?: number | null;
seats?: (components["schemas"]["ReviewSeatIn"])[];
};
/** Whether a step is the author's turn or the reviewers'. */ ReviewStepKind: "draft" | "review";
/** A step. `round` counts those of its kind; `last` is the last of them. `result` None: open or to come. */ ReviewStepOut: {
position: number;
kind: components["schemas"]["ReviewStepKind"];
round: number;
last: boolean;
quorum: components["schemas"]["Quorum"];
days: number | null;
begun_at: string | null;
due_at: string | null;
done_at: string | null;
result: components["schemas"]["StepResult"] | null;
version: number | null;
by: string;
seats: (components["schemas"]["ReviewSeatOut"])[];
};
/** A campaign under way in the period. `begun_at`: its first launch before the period's end, null for none yet. `launched`: touchpoints launched or carried out in the period. */ ReviewUnderWay: {
campaign_id: string;
begun_at: string | null;
launched: number;
};
/** A version of the content, by its number. */ ReviewVersion: {
number: number;
by: string;
at: string;
};
/** A version as it looks and as it is written. `picture`: the address of an asset, which has no words. */ ReviewVersionOut: {
number: number;
subject: string;
preheader: string;
html: string;
source: string;
picture: string;
};
/** What a rule may ask a second look for. */ Risk: "first_use_of_channel" | "over_contacted" | "missing_consent";
/** What a member is in a workspace. */ Role: "owner" | "manager" | "creator" | "approver" | "analyst" | "guest";
/** A member's new role. */ RoleIn: {
role: components["schemas"]["Role"];
};
/** How the values of several campaigns make one. */ RollUp: "sum" | "ratio" | "parts";
/** What a row of the report's table is about. */ RowKind: "touchpoint" | "held_out" | "total";
/** Why one rule of a score cannot be asked: ``place`` is where in its tree, the rest as in an audience's fault. */ RuleFault: {
rule: number;
place: string;
reason: string;
values: { [key: string]: string | number };
sentence: string;
};
/** A rule that need not be saved. */ RuleIn: {
/** A rule tree; see the reference of audience rules. */ rule: { [key: string]: unknown };
};
/** The ids of all rules in their new order. */ RuleOrder: {
ids: (string)[];
};
/** A rule as a sentence; null where the grammar has no words for it. */ SaidOut: {
sentence: string | null;
};
/** Made-up people to see a mail as: the usual one, and those whom mails are broken by. */ Sample: "usual" | "nameless" | "long" | "chinese" | "right_to_left";
/** A mail that the sandbox received. test: a test message, no part of a send. */ SandboxMail: {
id: number;
received_at: string;
mail_from: string;
rcpt_to: string;
subject: string;
size: number;
/** A test message, no part of a send. */ test: boolean;
};
/** A mail with its parts. `html` is shown in a sandboxed frame only; `raw` is the mail as it came. */ SandboxMailFull: {
id: number;
received_at: string;
mail_from: string;
rcpt_to: string;
subject: string;
size: number;
/** A test message, no part of a send. */ test: boolean;
headers: (components["schemas"]["HeaderOut"])[];
text: string;
html: string;
raw: string;
};
/** A step on a scale: any (`scale`), or 0 to 10 for “how likely would you recommend us” (`nps`). */ ScaleField: {
/** Unique in the form; never shown */ id: string;
label: string;
help?: string;
required?: boolean;
show_if?: components["schemas"]["FormCondition"] | null;
kind?: "scale" | "nps";
attribute?: string | null;
least?: number;
most?: number;
low?: string;
high?: string;
};
/** What an API key may do. */ Scope: "track" | "read" | "write" | "send" | "manage";
/** A score as it is kept. refreshed_at: the people's points are those of this moment; None: never counted. refreshed_version: of the definition that was counted by. faults: the rules that cannot be asked; while there are any, the score is not counted. stages: how many people are in each, as last counted. */ Score: {
id: string;
name: string;
description: string;
owner_id: string | null;
owner_name: string | null;
state: components["schemas"]["ScoreState"];
definition: components["schemas"]["ScoreDefinition"];
version: number;
refreshed_at: string | null;
refreshed_version: number | null;
updated_at: string;
updated_by: string;
created_at: string;
archived_at: string | null;
faults: (components["schemas"]["RuleFault"])[];
stages: (components["schemas"]["StageSize"])[];
};
/** How many people have at least so many points and fewer than ten more. */ ScoreBucket: {
at_least: number;
people: number;
};
/** What points say of somebody: who they are, or what they do. */ ScoreCategory: "fit" | "engagement";
/** A person's points at the end of a day on which they changed; before: as it began. */ ScoreDay: {
day: string;
before: number;
total: number;
stage: string;
};
/** The rules and stages of a score. */ ScoreDefinition: {
rules?: (components["schemas"]["ConditionRule"] | components["schemas"]["BehaviourRule"])[];
stages: (components["schemas"]["ScoreStage"])[];
};
/** How a score's points spread, and how many people were in each stage day by day. */ ScoreFigures: {
total: number;
buckets: (components["schemas"]["ScoreBucket"])[];
days: (components["schemas"]["StageDay"])[];
};
/** A new score; without a definition it begins with the usual rules. */ ScoreIn: {
name: string;
description?: string;
definition?: components["schemas"]["ScoreDefinition"] | null;
};
/** All scores of the workspace. */ ScoreList: {
items: (components["schemas"]["Score"])[];
};
/** Somebody went from one stage to another. */ ScoreMove: {
id: number;
person_id: number;
email: string | null;
external_id: string | null;
attributes: { [key: string]: unknown };
before: string;
stage: string;
rose: boolean;
total: number;
cause: components["schemas"]["MoveCause"];
at: string;
};
/** How many would have been in each stage so many days ago; without ``stages`` the ``reason`` why nobody knows. ``no_behaviour``: no rule counts what people did, and what they were then is not kept. ``too_early``: nothing that the rules count had happened yet. */ ScorePast: {
days: number;
stages: (components["schemas"]["StageSize"])[];
reason: "no_behaviour" | "too_early" | null;
};
/** What one rule gives a person. times, last: how often what it asks about happened, and when last; None for a condition, which holds or does not. */ ScoreReason: {
rule: number;
category: components["schemas"]["ScoreCategory"];
points: number;
times: number | null;
last: string | null;
};
/** A score as it is to be saved. */ ScoreSave: {
/** As last read; refused with 409 when somebody has saved since. */ version: number;
name: string;
description?: string;
owner_id?: string | null;
definition: components["schemas"]["ScoreDefinition"];
};
/** What a score would give everybody now: people by tens of points and by stage, some of each, and the past. The past counts what people did until then; conditions hold in it as they do today. */ ScoreSimulation: {
total: number;
lowest: number | null;
highest: number | null;
buckets: (components["schemas"]["ScoreBucket"])[];
stages: (components["schemas"]["StageSize"])[];
samples: (components["schemas"]["Scored"])[];
past: (components["schemas"]["ScorePast"])[];
};
/** Who has at least so many points and fewer than the next stage asks for; the first has no limit below. */ ScoreStage: {
name: string;
at_least?: number | null;
/** Whether an event is raised for who rises into it. */ raise_event?: boolean;
/** The member who is told of those who rise into it. */ tell?: string | null;
};
/** Whether a score is counted. */ ScoreState: "draft" | "running" | "paused";
/** Rules and stages that need not be saved. */ ScoreTrial: {
definition: components["schemas"]["ScoreDefinition"];
};
/** A score that rules may ask for, with its stages. */ ScoreWord: {
id: string;
name: string;
stages: (string)[];
};
/** A person with their points. */ Scored: {
person_id: number;
email: string | null;
external_id: string | null;
attributes: { [key: string]: unknown };
fit: number;
engagement: number;
total: number;
stage: string;
since: string | null;
};
/** Where in the brief a passage stands. `MESSAGE` passages stand below an `AUDIENCE` passage. */ Section: "objective" | "audience" | "message" | "value_proposition" | "call_to_action" | "timing" | "owned" | "paid" | "earned" | "hypothesis" | "mandatory";
/** A row across the mail with one to four columns. */ "SectionRow-Input": {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "section";
columns?: (components["schemas"]["MailColumn-Input"])[];
};
/** A row across the mail with one to four columns. */ "SectionRow-Output": {
/** A name that the editor gives; nothing is kept of it */ id: string;
attributes: { [key: string]: unknown };
type: "section";
columns: (components["schemas"]["MailColumn-Output"])[];
};
/** How a connection to a mail server is protected. */ Security: "none" | "starttls" | "tls";
/** Whom the campaign speaks to: an audience, or somebody described in words, or both. */ SegmentIn: {
audience_id?: string | null;
name?: string;
position?: number;
};
/** A segment's new values. */ SegmentSave: {
audience_id?: string | null;
name?: string;
position?: number;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** Whom mails can be from. reply_to "": answers go to the From address. */ SenderIdentity: {
id: string;
from_name: string;
from_address: string;
reply_to: string;
created_at: string;
};
/** Who mails are from. reply_to "": answers go to the From address. */ SenderIn: {
from_name: string;
from_address: string;
reply_to?: string;
};
/** A rule as an English sentence, such as `bought twice since June and lives in Lyon`. */ SentenceIn: {
sentence: string;
};
/** What a sentence says: the `rule`, and the sentence as it would be `said`; or why there is none. `completions` replace what stands from `from_character` on. */ SentenceOut: {
rule: { [key: string]: unknown } | null;
said: string | null;
unclear: components["schemas"]["UnclearOut"] | null;
invalid: components["schemas"]["FaultOut"] | null;
from_character: number;
completions: (components["schemas"]["CompletionOut"])[];
};
/** A place one is signed in at. */ SessionOut: {
id: string;
user_agent: string;
ip: string;
created_at: string;
last_seen_at: string;
current: boolean;
};
/** The first workspace, and the demo that waited for its owner. */ SetupDone: {
name: string;
time_zone: string;
currency: string;
language: "en" | "fr" | "sv" | "zh";
slug: string;
/** Slug of the demo workspace to begin in; empty without one */ demo: string;
};
/** The first workspace and its owner, with the one-time token of the set-up link. */ SetupIn: {
token: string;
workspace: components["schemas"]["WorkspaceIn"];
owner: components["schemas"]["OwnerIn"];
};
/** Whether a set-up link still works. */ SetupState: {
open: boolean;
};
/** How many people are in exactly these of the compared audiences and in none of the others. */ ShareOut: {
audiences: (string)[];
people: number;
};
/** A row that is kept once for all mails: its number, and how it looks in this version. */ "SharedRow-Input": {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "shared";
row: string;
rows?: (components["schemas"]["SectionRow-Input"] | components["schemas"]["WrapperRow-Input"] | components["schemas"]["ConditionalRows-Input"] | components["schemas"]["RepeatedRows-Input"] | components["schemas"]["SharedRow-Input"] | components["schemas"]["RawBlock"])[];
};
/** A row that is kept once for all mails: its number, and how it looks in this version. */ "SharedRow-Output": {
/** A name that the editor gives; nothing is kept of it */ id: string;
attributes: { [key: string]: unknown };
type: "shared";
row: string;
rows: (components["schemas"]["SectionRow-Output"] | components["schemas"]["WrapperRow-Output"] | components["schemas"]["ConditionalRows-Output"] | components["schemas"]["RepeatedRows-Output"] | components["schemas"]["SharedRow-Output"] | components["schemas"]["RawBlock"])[];
};
/** What has to be said of how a sheet was read, before anything is made of it. unread: headings of columns that are not read. order: of days whose numbers could be read in two orders, else none. */ SheetReading: {
/** Headings of columns that are not read */ unread: (string)[];
/** How days were read whose numbers could also be read in another order; null: none could */ order: "ymd" | "dmy" | "mdy" | null;
left_out: (components["schemas"]["LeftOutRow"])[];
};
/** The two groups of a comparison. */ Side: "sent_to" | "held_out";
/** Credentials. */ SignInIn: {
email: string;
password: string;
};
/** What came by a source's keys from a host; empty for programs, which have no page. */ Signal: {
host: string;
page: string;
first_at: string;
last_at: string;
kept: number;
refused: number;
};
/** Why a channel never writes to the person's address. */ SilenceOut: {
channel: string;
reason: string;
created_at: string;
};
/** What a draft to those who did not click is called, and its audience. */ SilentIn: {
name: string;
audience: string;
};
/** A passage of another campaign's brief that is about the same things. */ SimilarPassage: {
campaign_id: string;
campaign_name: string;
campaign_state: components["schemas"]["CampaignState"];
section: components["schemas"]["Section"];
text: string;
};
/** How many people an audience had on a day of the workspace's zone. */ SizeOut: {
day: string;
size: number;
};
/** A task that is late or will be, and how many there are in all. */ Slip: {
id: string;
name: string;
campaign_id: string;
campaign_name: string;
owner_name: string | null;
done_on: string | null;
ends_on: string;
promised_on: string;
/** Calendar days after what was promised */ late_days: number;
against: "deadline" | "baseline" | "plan";
};
/** A membership that was written down. */ SnapshotOut: {
id: number;
size: number;
taken_at: string;
};
/** Links to where else one is, as words: they show with images off, and ask no other company's server. */ SocialBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "social";
links?: (components["schemas"]["MailLink"])[];
};
/** How the list is ordered; people without the value come last. "-" is descending. */ Sort: "-created" | "created" | "-updated" | "updated" | "email" | "-email" | "external_id" | "-external_id";
/** Where an entry comes from. */ Source: "manual" | "csv" | "api" | "channel";
/** What is said of a source. quiet_hours: after so many without a sign its owner is told; null for never. */ SourceDraft: {
name: string;
kind: components["schemas"]["SourceKind"];
owner_id?: string | null;
legal_ground?: components["schemas"]["LegalGround"];
note?: string;
quiet_hours?: number | null;
};
/** An email as written, or as blocks: `blocks` then stand for `body`, which is made of them. */ SourceIn: {
subject?: string;
preheader?: string;
body?: string;
text?: string;
blocks?: components["schemas"]["MailTree-Input"] | null;
};
/** What kind of place data comes from. */ SourceKind: "site" | "shop" | "app" | "crm" | "form" | "survey" | "file" | "agency";
/** An email as written: MJML or HTML with Liquid. `text` replaces the text part made from it. */ SourceOut: {
subject: string;
preheader: string;
body: string;
text: string;
};
/** A source as it is to be saved. */ SourceSave: {
name: string;
kind: components["schemas"]["SourceKind"];
owner_id?: string | null;
legal_ground?: components["schemas"]["LegalGround"];
note?: string;
quiet_hours?: number | null;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** Empty height. */ SpacerBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "spacer";
};
/** The id of the entry, new or known. */ SpendEntered: {
id: string;
};
/** A CSV file's text. Without `apply` it is only looked at. */ SpendImportIn: {
text: string;
/** For rows that name no line */ line_id?: string | null;
/** For rows that do not say; an invoice otherwise */ kind?: "commitment" | "invoice" | "media" | "credit" | null;
apply?: boolean;
};
/** What was understood and, with `apply`, entered: all new rows. Wrong rows are left out, each with its reason. */ SpendImportOut: {
rows: (components["schemas"]["SpendImportRow"])[];
wrong: (components["schemas"]["WrongCell"])[];
total: number;
new: number;
known: number;
applied: boolean;
reading: components["schemas"]["SheetReading"];
};
/** A row as it was understood. known: it is entered already, so it changes nothing. */ SpendImportRow: {
number: number;
state: "new" | "known" | "wrong";
line_id: string;
kind: components["schemas"]["EntryKind"];
day: string;
amount_minor: number;
currency: string;
supplier: string;
reference: string;
};
/** What somebody new is made of. */ SplitIn: {
identities: (components["schemas"]["IdentityIn"])[];
event_ids?: (number)[];
};
/** The new person. */ SplitOut: {
person_id: number;
};
/** When a line's money is needed. */ Spread: "once" | "daily" | "monthly";
/** Where the work of a campaign stands; each is left for the next one when what it asks for is there. */ Stage: "plan" | "audience" | "create" | "launch" | "learn";
/** How many of a persona's people are in each stage, by the furthest they have come in the last 90 days. None: the persona has no audience that can be asked. */ StageCounts: {
persona_id: string;
awareness: number | null;
consideration: number | null;
purchase: number | null;
quiet: number | null;
};
/** How many people were in a stage at the end of a day (today: by now). */ StageDay: {
day: string;
stage: string;
people: number;
};
/** The stage a campaign is to be in. */ StageMove: {
stage: components["schemas"]["Stage"];
/** Why to go on though something is missing */ reason?: string;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** Where a campaign stands and what each stage asks for. */ StageOut: {
stage: components["schemas"]["Stage"];
needs: { [key: string]: (components["schemas"]["Need"])[] };
};
/** How many people are in a stage. */ StageSize: {
name: string;
people: number;
};
/** Who may decide in place of a member of a group, on these days: inclusive, in the workspace's zone; None: open. */ StandIn: {
group_id: string;
for_user_id: string;
user_id: string;
starts_on: string | null;
ends_on: string | null;
name: string;
};
/** Somebody who may decide in place of a member of the group, on these days (inclusive, workspace's zone). */ StandInIn: {
for_user_id: string;
user_id: string;
starts_on?: string | null;
ends_on?: string | null;
};
/** How the approval of a subject stands. */ Standing: "not_needed" | "missing" | "waiting" | "changes" | "refused" | "withdrawn" | "void" | "approved";
/** How the approval of something stands now. */ StandingOut: {
standing: components["schemas"]["Standing"];
request_id: string | null;
needs: (components["schemas"]["NeededStep"])[];
changes: (components["schemas"]["ApprovalChange"])[];
/** Why it is needed, where that cannot be seen from what is there now. */ because: (components["schemas"]["Because"])[];
decided_by: (string)[];
};
/** A template to begin with, and how it looks. */ StarterOut: {
key: string;
name: string;
description: string;
subject: string;
html: string;
};
/** Language of the ready-made pages. */ StartersIn: {
language: string;
};
/** How fine a time series is. */ Step: "minute" | "hour" | "day";
/** One step: whose yes, how many of them, within how many working days. */ StepIn: {
kind: components["schemas"]["ApproverKind"];
/** A group's id, a role, or `approves` for the campaign's approvers */ ref: string;
quorum?: components["schemas"]["Quorum"];
days?: number | null;
};
/** A step with the name of who is asked; of roles and parts their word. */ StepOut: {
kind: components["schemas"]["ApproverKind"];
/** A group's id, a role, or `approves` for the campaign's approvers */ ref: string;
quorum: components["schemas"]["Quorum"];
days: number | null;
label: string;
};
/** What a step came to. */ StepResult: "handed_in" | "yes" | "changes";
/** One person's copy as the ledger has it. */ StoredMessage: {
id: number;
person_id: number;
address: string | null;
state: components["schemas"]["MessageState"];
reason: string;
attempts: number;
ended_at: string | null;
/** The receiving server's last answer. */ reply: string | null;
};
/** A moment as it was written down. */ StoredMoment: {
kind: components["schemas"]["MomentKind"];
name: string;
starts_on: string;
ends_on: string;
yearly: boolean;
notes: string;
id: string;
version: number;
updated_at: string;
updated_by: string;
};
/** What can be approved; the id that names it is given behind. */ SubjectKind: "launch" | "budget" | "reallocation" | "goal" | "brief" | "content";
/** An address that gets nothing on a channel; None once the person was erased. */ Suppression: {
id: number;
channel: string;
address: string | null;
reason: components["schemas"]["SuppressionReason"];
note: string;
created_at: string;
};
/** An address that is to get nothing. */ SuppressionIn: {
/** Left out: the first that is sent */ channel?: string | null;
address: string;
note?: string;
};
/** Why an address gets nothing on a channel. */ SuppressionReason: "hard_bounce" | "complaint" | "manual" | "erased" | "objection";
/** A table of words; `header`: its first row names the columns. */ TableBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "table";
header?: boolean;
rows?: (((components["schemas"]["TextRun"])[])[])[];
};
/** A row of the report's table: a touchpoint, its people held out, or the whole campaign. */ TableRow: {
kind: components["schemas"]["RowKind"];
touchpoint_id: string | null;
name: string;
figures: { [key: string]: components["schemas"]["Figure"] };
/** The touchpoint is nothing but a control group */ control: boolean;
};
/** Tags to give to and take from people. */ TaggedIn: {
person_ids?: (number)[] | null;
matching?: components["schemas"]["MatchingIn"] | null;
add?: (string)[];
remove?: (string)[];
};
/** The attribute made, and how many people got the value that was kept for them. */ Taken: {
attribute: components["schemas"]["Attribute"];
people: number;
};
/** What a column of the file becomes. */ Target: "email" | "phone" | "external_id" | "attribute" | "new_attribute" | "consent" | "consent_date" | "tags" | "company" | "skip";
/** New values of one task; what is left out stays. `ends_on` sets the duration so that it ends on that day. */ TaskChange: {
op: "set";
task_id: string;
kind?: components["schemas"]["TaskKind"];
owner_id?: string | null;
/** Working days; 0 for milestones. */ duration_days?: number;
effort_hours?: number | string | null;
not_before?: string | null;
deadline?: string | null;
fixed_on?: string | null;
ends_on?: string | null;
};
/** A new task. `after_id`: the sibling it comes behind; without it, it comes last. */ TaskDraft: {
name: string;
kind?: components["schemas"]["TaskKind"];
parent_id?: string | null;
owner_id?: string | null;
/** Working days; 0 for milestones. */ duration_days?: number;
effort_hours?: number | string | null;
not_before?: string | null;
deadline?: string | null;
fixed_on?: string | null;
notes?: string;
touchpoint_id?: string | null;
after_id?: string | null;
};
/** A task found by its name, in any campaign. */ TaskFound: {
id: string;
name: string;
kind: components["schemas"]["TaskKind"];
state: components["schemas"]["TaskState"];
campaign_id: string;
campaign_name: string;
owner_name: string | null;
ends_on: string;
};
/** What a line of the timeline is. */ TaskKind: "task" | "deliverable" | "milestone";
/** The successor waits for the predecessor; lag in working days. */ TaskLink: {
predecessor_id: string;
successor_id: string;
kind: components["schemas"]["LinkKind"];
lag_days: number;
};
/** The state a task is to have; `done_on` is today unless it was earlier. */ TaskMove: {
state: components["schemas"]["TaskState"];
done_on?: string | null;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** A task in its new state, and whose turn it is now. */ TaskMoved: {
task: components["schemas"]["TaskOut"];
handed_over: (components["schemas"]["Named"])[];
};
/** One task with what it waits for and what waits for it. */ TaskOut: {
id: string;
campaign_id: string;
campaign_name: string;
parent: components["schemas"]["Named"] | null;
kind: components["schemas"]["TaskKind"];
name: string;
notes: string;
owner: components["schemas"]["Named"] | null;
state: components["schemas"]["TaskState"];
duration_days: number;
effort_hours: number | null;
not_before: string | null;
deadline: string | null;
fixed_on: string | null;
starts_on: string;
ends_on: string;
done_on: string | null;
touchpoint_id: string | null;
waits_for: (components["schemas"]["Named"])[];
holds_back: (components["schemas"]["Named"])[];
version: number;
updated_at: string;
updated_by: string;
};
/** Where a task is to stand: below a parent (null: at the top), behind a sibling (null: first). */ TaskPlace: {
parent_id?: string | null;
after_id?: string | null;
};
/** A line of a timeline. Days are inclusive; slack in working days (null: done, cancelled or a group). */ TaskRow: {
id: string;
parent_id: string | null;
depth: number;
group: boolean;
kind: components["schemas"]["TaskKind"];
name: string;
owner_id: string | null;
state: components["schemas"]["TaskState"];
duration_days: number;
effort_hours: number | null;
not_before: string | null;
deadline: string | null;
fixed_on: string | null;
starts_on: string;
ends_on: string;
baseline_starts_on: string | null;
baseline_ends_on: string | null;
/** Working days by which it ends after its baseline; negative: before. */ slip_days: number | null;
done_on: string | null;
slack_days: number | null;
critical: boolean;
/** Working days past its deadline or fixed day. */ late_days: number;
recurring: boolean;
version: number;
};
/** The words of a task. Dates, owner and effort are changed through a preview of the timeline. */ TaskSave: {
name: string;
notes?: string;
touchpoint_id?: string | null;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** Where a task stands. */ TaskState: "todo" | "doing" | "review" | "done" | "cancelled";
/** How many tasks went, those below included. */ TasksDeleted: {
count: number;
};
/** Tasks that are to go. */ TasksGone: {
ids: (string)[];
};
/** What is known about a source. */ TemplateCheck: {
sendable: boolean;
problems: (components["schemas"]["TemplateProblem"])[];
links: (components["schemas"]["TemplateLink"])[];
fields: (components["schemas"]["FieldOut"])[];
html_bytes: number;
};
/** What the copy is called. */ TemplateCopy: {
name: string;
/** Of a ready-made template */ language?: string;
};
/** A new template: from a starter, or from its own source. */ TemplateIn: {
subject?: string;
preheader?: string;
body?: string;
text?: string;
blocks?: components["schemas"]["MailTree-Input"] | null;
name?: string;
starter?: string;
};
/** A link; `dynamic` ones differ by person. */ TemplateLink: {
number: number;
destination: string;
label: string;
dynamic: boolean;
};
/** A template with its content and what was found when it was saved. */ TemplateOut: {
id: string;
name: string;
channel: string;
version: number;
subject: string;
sendable: boolean;
saved_by: string;
updated_at: string;
archived_at: string | null;
created_at: string;
preheader: string;
body: string;
text: string;
problems: (components["schemas"]["TemplateProblem"])[];
};
/** A rendered message. Show `html` only in a sandboxed frame. `gaps` were missing for this person. */ TemplatePreview: {
subject: string;
preheader: string;
html: string;
text: string;
gaps: (string)[];
};
/** Something the author should know; an error makes the template unfit to be sent. `reason` is stable and finer than `code`; `values` are the words and numbers of its sentence. */ TemplateProblem: {
level: "error" | "warning";
code: string;
sentence: string;
part: string;
line: number | null;
reason: string;
values: { [key: string]: string | number };
};
/** A template in a list. */ TemplateRow: {
id: string;
name: string;
channel: string;
version: number;
subject: string;
sendable: boolean;
saved_by: string;
updated_at: string;
archived_at: string | null;
};
/** A changed template; `version` is the one it was made from. */ TemplateSave: {
subject?: string;
preheader?: string;
body?: string;
text?: string;
blocks?: components["schemas"]["MailTree-Input"] | null;
name: string;
version: number;
};
/** A campaign to be made from a template: the first or the last day, or both (its days are then stretched). */ TemplateWish: {
name: string;
starts_on?: string | null;
ends_on?: string | null;
/** The day of the template's first fixed milestone, instead of the other two */ launches_on?: string | null;
/** Who has each role; left out: who had it last */ roles?: { [key: string]: unknown };
/** Amounts of budget lines, in minor units */ amounts?: { [key: string]: unknown };
/** The goal's target; without one no goal is set */ goal_target?: number | string | null;
parent_id?: string | null;
/** Of a ready-made template */ language?: string;
};
/** An address that tests may go to besides members', once it has confirmed. */ TestAddress: {
address: string;
asked_at: string;
confirmed_at: string | null;
};
/** An address to ask. */ TestAddressIn: {
address: string;
};
/** A test of a template version. person_id: whose fields to render with; without one, nobody's. */ TestIn: {
version: number;
sender_identity_id: string;
/** A member's address, or one that has confirmed. */ to: string;
person_id?: number | null;
};
/** What the mail server answered. */ TestOut: {
reply: string;
};
/** Paragraphs and lists. */ TextBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "text";
paragraphs?: (components["schemas"]["TextParagraph"])[];
};
/** One line or several lines of text; kept in a text attribute. */ TextField: {
/** Unique in the form; never shown */ id: string;
label: string;
help?: string;
required?: boolean;
show_if?: components["schemas"]["FormCondition"] | null;
kind?: "text" | "long_text";
attribute?: string | null;
longest?: number;
};
/** A paragraph, or an item of a list; `line`: words that stand alone, without a paragraph's distance. */ TextParagraph: {
kind?: "line" | "paragraph" | "bullet" | "number";
runs?: (components["schemas"]["TextRun"])[];
style?: string;
};
/** A stretch of words with one look: text, a value (Liquid, such as `{{ person.first_name }}`), or a line break. */ TextRun: {
kind?: "text" | "value" | "break";
text?: string;
bold?: boolean;
italic?: boolean;
underline?: boolean;
strike?: boolean;
href?: string;
link?: { [key: string]: unknown };
style?: string;
};
/** What can be talked about, followed and looked at together. */ ThingKind: "campaign" | "task" | "touchpoint" | "template" | "asset" | "review" | "audience" | "brief" | "budget" | "goal" | "approval" | "lesson" | "page" | "event" | "source" | "persona" | "score";
/** A thing with what people do around it. following: oneself, or null for an API key. */ ThingOut: {
kind: components["schemas"]["ThingKind"];
id: string;
title: string;
campaign_id: string | null;
comments: number;
open_threads: number;
following: boolean | null;
followers: (components["schemas"]["MemberRef"])[];
};
/** A thing with its name, and the campaign it belongs to. */ ThingRef: {
kind: components["schemas"]["ThingKind"];
id: string;
title: string;
campaign_id: string | null;
};
/** A first comment with all its replies, the oldest first. */ ThreadOut: {
id: string;
parent_id: string | null;
author: components["schemas"]["CommentMember"];
body: string;
mentions: (components["schemas"]["CommentMember"])[];
created_at: string;
edited_at: string | null;
removed: boolean;
version: number;
resolved_at: string | null;
resolved_by: string;
replies: (components["schemas"]["CommentOut"])[];
};
/** Whether a thread is settled. */ ThreadState: {
resolved: boolean;
};
/** A box to tick; kept in a yes/no attribute. Required means: it must be ticked. */ TickField: {
/** Unique in the form; never shown */ id: string;
label: string;
help?: string;
required?: boolean;
show_if?: components["schemas"]["FormCondition"] | null;
kind?: "tick";
attribute?: string | null;
};
/** What leads from the timeline with the token `since` to the present one. `tasks`: lines that are new or other than they were. `links`: the same, after all `gone_links` have been taken away. Lines that leave the order and do not come back are deleted. */ TimelineChanges: {
people: (components["schemas"]["Named"])[];
starts_on: string | null;
ends_on: string | null;
today: string;
/** Working weekdays, Monday is 0. */ weekdays: (number)[];
/** Free days on working weekdays within the timeline. */ days_off: (string)[];
stale: number;
baselines: (components["schemas"]["Baseline"])[];
token: string;
since: string;
tasks: (components["schemas"]["TaskRow"])[];
order: components["schemas"]["OrderChange"];
gone_links: (components["schemas"]["LinkEnds"])[];
links: (components["schemas"]["TaskLink"])[];
};
/** A campaign's whole timeline: lines in the order of the list, and links. */ TimelineOut: {
people: (components["schemas"]["Named"])[];
starts_on: string | null;
ends_on: string | null;
today: string;
/** Working weekdays, Monday is 0. */ weekdays: (number)[];
/** Free days on working weekdays within the timeline. */ days_off: (string)[];
stale: number;
baselines: (components["schemas"]["Baseline"])[];
token: string;
tasks: (components["schemas"]["TaskRow"])[];
links: (components["schemas"]["TaskLink"])[];
};
/** Something people can agree to hear about. */ Topic: {
id: number;
key: string;
name: string;
description: string;
position: number;
archived_at: string | null;
lasts_months: number | null;
};
/** What a person's consent for a topic stands at; state None: never said anything. */ TopicConsent: {
topic: components["schemas"]["Topic"];
channel: components["schemas"]["Channel"];
state: components["schemas"]["ConsentState"] | null;
at: string | null;
basis: components["schemas"]["LegalBasis"];
expires_at: string | null;
};
/** A topic to be made. */ TopicIn: {
name: string;
description?: string;
};
/** The consent topic that is asked for. */ TopicRef: {
id: number;
name: string;
};
/** A topic's new name, description and place in the order. */ TopicUpdate: {
name: string;
description?: string;
position?: number;
/** How long consent to it holds; null: until it is withdrawn */ lasts_months?: number | null;
};
/** A topic that people consent to. */ TopicWord: {
key: string;
name: string;
};
/** How many people a question means; `more`: at least so many. */ TotalOut: {
count: number;
more: boolean;
};
/** By which way a touchpoint reaches people: those that need their permission, and others. What no room offers as a `Channel` is carried out elsewhere and marked as done. */ TouchpointChannel: "email" | "sms" | "push" | "social" | "ads" | "web" | "print" | "event" | "call" | "other";
/** What the copy is called. */ TouchpointCopy: {
name: string;
};
/** That a touchpoint was carried out elsewhere, and what is known of it; null: not known, or as it was. */ TouchpointDone: {
on: string;
/** People it reached; null: not known */ reached?: number | null;
/** Entered as spent on the touchpoint's budget line */ cost_minor?: number | null;
/** Conversions that no event tells of, a sale at the counter say */ told_conversions?: number | null;
/** What those conversions brought */ told_revenue_minor?: number | null;
/** What pays for it; left out, it stays as it is */ budget_line_id?: string | null;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** What is planned of a touchpoint. Template, sender, topic, pace, holdout and tags are of what Gonfalon sends. */ TouchpointDraft: {
name: string;
/** Left out: the one it has; of a new one, the first that Gonfalon sends */ channel?: components["schemas"]["TouchpointChannel"] | null;
audience_id?: string | null;
template_id?: string | null;
sender_identity_id?: string | null;
topic_id?: number | null;
send_at?: string | null;
/** Pace; none: as fast as it goes */ per_hour?: number | null;
/** Share that gets nothing, to compare with */ holdout_percent?: number;
/** Null: links are not tagged */ utm?: components["schemas"]["LinkTags"] | null;
/** What it says or shows */ note?: string;
/** The line of the campaign's budget that pays for it */ budget_line_id?: string | null;
/** Voucher code; orders whose `coupon` (or `discount_code`, `promo_code` …) is it are credited to the touchpoint */ code?: string;
};
/** Another name for a touchpoint, as it was at `version`. */ TouchpointName: {
name: string;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** A touchpoint with what it is made of. */ TouchpointOut: {
id: string;
campaign_id: string;
name: string;
channel: components["schemas"]["TouchpointChannel"];
/** Whether Gonfalon sends it; else it is carried out elsewhere and marked as done */ sent_here: boolean;
state: components["schemas"]["TouchpointState"];
state_reason: string;
campaign_name: string;
audience: components["schemas"]["Named"] | null;
template: components["schemas"]["Named"] | null;
template_version: number | null;
sender_identity: components["schemas"]["Named"] | null;
topic: components["schemas"]["TopicRef"] | null;
send_at: string | null;
per_hour: number | null;
holdout_percent: number;
utm: components["schemas"]["LinkTags"] | null;
/** What is added to its links: `utm_…` names and values. */ link_tags: { [key: string]: string };
launched_at: string | null;
launched_by: string;
launch_problem: components["schemas"]["LaunchProblem"] | null;
note: string;
budget_line: components["schemas"]["Named"] | null;
done_on: string | null;
done_by: string;
reached: number | null;
cost_minor: number | null;
code: string;
told_conversions: number | null;
told_revenue_minor: number | null;
finished_at: string | null;
version: number;
updated_at: string;
updated_by: string;
};
/** One touchpoint. `reasons` adds up to its audience. */ TouchpointReportOut: {
id: string;
name: string;
channel: string;
state: string;
launched_at: string | null;
/** The day it was carried out elsewhere */ done_on: string | null;
/** It was launched or carried out, or somebody came by it */ begun: boolean;
holdout_percent: number;
figures: { [key: string]: components["schemas"]["Figure"] };
reasons: (components["schemas"]["Withheld"])[];
};
/** A touchpoint's new values. */ TouchpointSave: {
name: string;
/** Left out: the one it has; of a new one, the first that Gonfalon sends */ channel?: components["schemas"]["TouchpointChannel"] | null;
audience_id?: string | null;
template_id?: string | null;
sender_identity_id?: string | null;
topic_id?: number | null;
send_at?: string | null;
/** Pace; none: as fast as it goes */ per_hour?: number | null;
/** Share that gets nothing, to compare with */ holdout_percent?: number;
/** Null: links are not tagged */ utm?: components["schemas"]["LinkTags"] | null;
/** What it says or shows */ note?: string;
/** The line of the campaign's budget that pays for it */ budget_line_id?: string | null;
/** Voucher code; orders whose `coupon` (or `discount_code`, `promo_code` …) is it are credited to the touchpoint */ code?: string;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** Where a touchpoint stands: a draft until it is launched, then what delivery says of it. `done`: carried out elsewhere, with a day and the numbers reached. `archived`: a draft that was put away. */ TouchpointState: "draft" | "preparing" | "running" | "paused" | "held" | "finished" | "cancelled" | "done" | "archived";
/** Whether a person's opens and clicks may be measured, and under which exact wording they said so. */ TrackingConsentIn: {
allowed: boolean;
wording?: string;
};
/** A trait that no attribute holds, with the last example seen, as text. */ TraitProposal: {
key: string;
/** As the sender writes it */ name: string;
/** False: the attribute with this key cannot hold the example */ fits: boolean;
/** What the values look like; of one that does not fit, the attribute's */ type: components["schemas"]["AttributeType"];
example: string;
first_at: string;
last_at: string;
};
/** How large a part of the people has a value of an attribute (`key`), a tag, or has done an event. */ TraitShare: {
kind: string;
key: string;
value: string;
share: number;
};
/** A day of the workspace's zone: what came in, refunds taken off, and who may be written to at its end. */ TrendDay: {
day: string;
/** What orders brought, refunds taken off, in minor units */ minor: number;
orders: number;
/** People who agreed to email, at the end of the day */ people: number;
};
/** The last days, today included. `minor_before`, `orders_before`: of as many days before them. `orders_ever`: whether an order ever came; without one there is no revenue to speak of. `people_ever`: whether anybody ever agreed to email. `unconverted`: orders of these days in a currency without a rate, which are left out. */ Trends: {
currency: string;
days: (components["schemas"]["TrendDay"])[];
/** Revenue of as many days before */ minor_before: number;
orders_before: number;
/** Orders in a currency without a rate: left out of the revenue */ unconverted: number;
/** False: no order ever came, so revenue is not known */ orders_ever: boolean;
/** False: nobody ever agreed to email */ people_ever: boolean;
};
/** What an import would do, found out without doing it. id: of this asking; a later one replaces it. state: running, finished or failed (error: one sentence). result counts as that of an import does; suppressed addresses and lists are not counted. */ Trial: {
id: string;
plan: components["schemas"]["Plan"];
state: "running" | "finished" | "failed";
result: components["schemas"]["Result"];
examples: (components["schemas"]["Example"])[];
error: string;
};
/** A step that it would need, and who could decide it today; nobody: the group is empty. */ TriedStep: {
kind: components["schemas"]["ApproverKind"];
/** A group's id, a role, or `approves` for the campaign's approvers */ ref: string;
quorum: components["schemas"]["Quorum"];
days: number | null;
label: string;
people: (components["schemas"]["DeciderOut"])[];
};
/** Leave out of this touchpoint's audience everybody who is in the other one's. */ TrimIn: {
touchpoint_id: string;
other_id: string;
};
/** The new audience that the touchpoint goes to. */ TrimOut: {
audience_id: string;
audience: string;
};
/** Something made up, to see what it would need. */ TryIn: {
kind: components["schemas"]["SubjectKind"];
amount_minor?: number | null;
audience_size?: number | null;
channel?: string;
category?: components["schemas"]["Category"] | null;
risks?: (components["schemas"]["Risk"])[];
};
/** The steps in order; none: it would need nobody. */ TryOut: {
steps: (components["schemas"]["TriedStep"])[];
};
/** Where a sentence cannot be read: characters `at` to `end` are `found` where something else was expected. */ UnclearOut: {
at: number;
end: number;
found: string;
expected: (components["schemas"]["ExpectedOut"])[];
};
/** Orders in a currency without a rate on their day: they count as conversions, and their amounts are in no sum. */ Unconverted: {
currency: string;
conversions: number;
};
/** The undoing of an import: who asked, when, and what it did once it is finished (or failed: error says why). */ Undo: {
by: string;
at: string;
state: "running" | "finished" | "failed";
result: components["schemas"]["Undone"];
error: string;
};
/** What undoing an import does, and what it leaves, by reason. removed: people it had made whom nobody has touched since. restored: known people of whom all is as before; partly: of whom something was changed since, which stays. consents: statements taken back, none of them a refusal. listed: people taken off its lists. unjoined: people taken out of companies. Left: made people who were changed (kept_changed) or did or got something (kept_used); identities that somebody else has by now (taken); refusals, and dead or blocked addresses, which only the person can take back; companies it made; attributes it declared. */ Undone: {
removed: number;
restored: number;
partly: number;
consents: number;
listed: number;
unjoined: number;
kept_changed: number;
kept_used: number;
taken: number;
refusals: number;
suppressed: number;
attributes: (string)[];
};
/** A column whose cells are JSON objects, and the members of theirs that are columns of their own, at the end. */ Unfolded: {
column: number;
keys: (string)[];
};
/** The steps in which a task comes again. */ "Unit-Input": "day" | "week" | "month";
/** How a metric's value is written. Money is in minor units, shares are fractions of one. */ "Unit-Output": "count" | "share" | "money";
/** A touchpoint of which nobody can say whom it hits. `reason`: no_audience, or audience_broken. */ UnknownTouchpoint: {
id: string;
name: string;
campaign_id: string;
day: string | null;
reason: string;
};
/** The link between two tasks goes. */ UnlinkChange: {
op: "unlink";
predecessor_id: string;
successor_id: string;
};
/** How many notices are unread; 100 stands for 100 or more. */ UnreadOut: {
count: number;
};
/** A value that people have, and how many of them. */ ValueCount: {
value: string;
people: number;
};
/** How values lie: the usual one is the median; half of four or more lie between low and high, all of fewer. */ ValueSpread: {
low: number;
usual: number;
high: number;
campaigns: number;
};
/** What kind of value a declared attribute (or an event's property) holds. */ ValueType: "text" | "number" | "money" | "date" | "boolean" | "choice";
/** What an approver says. */ VerdictKind: "approve" | "changes" | "refuse";
/** A saved version. */ VersionOut: {
number: number;
subject: string;
saved_by: string;
created_at: string;
};
/** A still of a video that leads to it: mail programs play none. */ VideoBlock: {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "video";
src?: string;
alt?: string;
href?: string;
label?: string;
};
/** Whose requests. */ View: "waiting" | "asked" | "all";
/** What a rule builder offers in this workspace. */ Vocabulary: {
attributes: (components["schemas"]["AttributeWord"])[];
tags: (string)[];
events: (string)[];
topics: (components["schemas"]["TopicWord"])[];
campaigns: (components["schemas"]["CampaignWord"])[];
scores: (components["schemas"]["ScoreWord"])[];
channels: (string)[];
intents: components["schemas"]["Intents"];
};
/** A touchpoint that is under way: sent, paused, held, or waiting for its hour. begun: its messages are written and `waiting` counts them, else it is what was planned at the launch, if known. */ Waiting: {
touchpoint_id: string;
name: string;
state: components["schemas"]["DispatchState"];
/** Its messages are written. */ begun: boolean;
/** Messages; before they are written, the people planned at the launch. */ waiting: number | null;
send_at: string;
};
/** Something about the file that somebody should look at: a stable code, and what its sentence names. */ Warning_: {
code: string;
values: { [key: string]: string };
};
/** One person's week, in hours. */ WeekLoad: {
/** Its Monday. */ week: string;
capacity: number;
load: number;
};
/** What there is to say of a record. */ Why: "reserved" | "spf_missing" | "spf_several" | "spf_everybody" | "spf_lacks" | "spf_lookups" | "spf_own" | "dkim_missing" | "dkim_other" | "dmarc_missing" | "dmarc_watching" | "dmarc_policy" | "dmarc_several" | "mx_missing";
/** How many messages ended in a state for a reason. */ Withheld: {
state: string;
reason: string;
count: number;
};
/** When the workspace works. `country` and `region` (as in the holidays package) say whose holidays are free. */ WorkCalendarIn: {
weekdays: (number)[];
hours_per_day: number | string;
country?: string;
region?: string;
days_off?: (string)[];
};
/** When the workspace works, who differs, which holidays are next, and the countries to choose from. */ WorkCalendarOut: {
weekdays: (number)[];
hours_per_day: number;
country: string;
region: string;
days_off: (string)[];
members: (components["schemas"]["MemberCalendarOut"])[];
holidays: (components["schemas"]["HolidayOut"])[];
countries: (components["schemas"]["CountryOut"])[];
};
/** A line of somebody's work, in any campaign. */ WorkRow: {
id: string;
name: string;
kind: components["schemas"]["TaskKind"];
campaign_id: string;
campaign_name: string;
state: components["schemas"]["TaskState"];
starts_on: string;
ends_on: string;
deadline: string | null;
done_on: string | null;
effort_hours: number | null;
/** Something before it is not done yet. */ waiting: boolean;
overdue: boolean;
version: number;
};
/** What a workspace is made of. */ WorkspaceIn: {
name: string;
time_zone: string;
currency: string;
language?: "en" | "fr" | "sv" | "zh";
};
/** A workspace; `slug` is its name in URLs. */ WorkspaceOut: {
name: string;
time_zone: string;
currency: string;
language: "en" | "fr" | "sv" | "zh";
slug: string;
};
/** Sections on one ground. */ "WrapperRow-Input": {
/** A name that the editor gives; nothing is kept of it */ id?: string;
attributes?: { [key: string]: unknown };
type?: "wrapper";
rows?: (components["schemas"]["SectionRow-Input"] | components["schemas"]["WrapperRow-Input"] | components["schemas"]["ConditionalRows-Input"] | components["schemas"]["RepeatedRows-Input"] | components["schemas"]["SharedRow-Input"] | components["schemas"]["RawBlock"])[];
};
/** Sections on one ground. */ "WrapperRow-Output": {
/** A name that the editor gives; nothing is kept of it */ id: string;
attributes: { [key: string]: unknown };
type: "wrapper";
rows: (components["schemas"]["SectionRow-Output"] | components["schemas"]["WrapperRow-Output"] | components["schemas"]["ConditionalRows-Output"] | components["schemas"]["RepeatedRows-Output"] | components["schemas"]["SharedRow-Output"] | components["schemas"]["RawBlock"])[];
};
/** What cannot be read or kept: the row (1 is the first below the head), the column, a code, what was written. */ WrongCell: {
/** The row; 1 is the first below the head */ number: number;
column: string;
code: string;
value: string;
};
/** RFC 9457 problem details. `detail` is a sentence for people, `code` is stable for programs. */ Problem: {
type: string;
title: string;
status: number;
detail: string;
code: string;
};
};
}
/** A shape of the API by its name. */
export type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];
