// Written by `npm run api` from docs/reference/openapi.json. Do not edit.
export interface paths {
"/api/v1/health": {
/** Whether the app answers and reaches its database. */ get: {
parameters: {   };

responses: { 200: { content: { "application/json": components["schemas"]["Health"] } }; };
};
};
"/api/v1/setup": {
/** Whether the set-up link still works. */ get: {
parameters: {  query: {
token: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["SetupState"] } }; };
};
/** Makes the first workspace and its owner, and signs the owner in. */ post: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["SetupIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["WorkspaceOut"] } }; };
};
};
"/api/v1/session": {
/** Signs in; the answer carries the session cookie. */ post: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["SignInIn"] } };
responses: { 204: { content: {  } }; };
};
/** Signs out of this browser. */ delete: {
parameters: {   };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/me": {
/** The signed-in user with every workspace and what may be done there. */ get: {
parameters: {   };

responses: { 200: { content: { "application/json": components["schemas"]["MeOut"] } }; };
};
/** Changes name, language and theme. */ put: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["ProfileIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["MeOut"] } }; };
};
};
"/api/v1/me/password": {
/** Changes the password; every session ends, also this one. */ post: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["PasswordIn"] } };
responses: { 204: { content: {  } }; };
};
};
"/api/v1/me/sessions": {
/** Where one is signed in, the latest first. */ get: {
parameters: {   };

responses: { 200: { content: { "application/json": (components["schemas"]["SessionOut"])[] } }; };
};
};
"/api/v1/me/sessions/{session_id}": {
/** Signs one of one's sessions out. */ delete: {
parameters: { path: {
session_id: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces": {
/** A further workspace, owned by whoever makes it. */ post: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["WorkspaceIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["WorkspaceOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}": {
/** The workspace's name, zone, currency and language. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["WorkspaceOut"] } }; };
};
/** Changes the workspace. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["WorkspaceIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["WorkspaceOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/members": {
/** Everybody in the workspace, by name. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["gonfalon__accounts__members__schemas__MemberOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/members/{user_id}": {
/** Gives a member another role. */ put: {
parameters: { path: {
user_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RoleIn"] } };
responses: { 204: { content: {  } }; };
};
/** Takes a member out of the workspace. */ delete: {
parameters: { path: {
user_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/invitations": {
/** Invitations that wait for an answer. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["InvitationOut"])[] } }; };
};
/** Invites somebody by email address; answers the link to pass on. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["InvitationIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["InvitationMade"] } }; };
};
};
"/api/v1/workspaces/{workspace}/invitations/{invitation_id}": {
/** Takes an invitation back. */ delete: {
parameters: { path: {
invitation_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/invitations": {
/** What an invitation link offers. */ get: {
parameters: {  query: {
token: string;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["InvitationView"] } }; };
};
};
"/api/v1/invitations/accept": {
/** Joins the workspace and signs in. */ post: {
parameters: {   };
requestBody: { content: { "application/json": components["schemas"]["AcceptIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Joined"] } }; };
};
};
"/api/v1/workspaces/{workspace}/api-keys": {
/** Keys that work, the newest first. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["KeyOut"])[] } }; };
};
/** Makes a key; the answer is the only time it is shown. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["KeyIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["KeyMade"] } }; };
};
};
"/api/v1/workspaces/{workspace}/api-keys/{key_id}": {
/** Stops a key from working. */ delete: {
parameters: { path: {
key_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/audit": {
/** The newest first. */ get: {
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
"/api/v1/workspaces/{workspace}/topics": {
/** What people can agree to hear about, in the order of the preference page. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Also those that were archived */ archived?: boolean;
}; };

responses: { 200: { content: { "application/json": (components["schemas"]["TopicOut"])[] } }; };
};
/** Makes a topic. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TopicIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["TopicOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/topics/{topic_id}": {
/** Renames, describes or moves a topic. */ put: {
parameters: { path: {
topic_id: number;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TopicUpdate"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TopicOut"] } }; };
};
/** Takes a topic off every page; what people said about it stays. */ delete: {
parameters: { path: {
topic_id: number;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/topics/{topic_id}/restore": {
/** Brings an archived topic back. */ post: {
parameters: { path: {
topic_id: number;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/people/{person_id}/consents": {
/** What a person allows now, with the proofs. */ get: {
parameters: { path: {
person_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ConsentsOut"] } }; };
};
/** Records what a person said, with the proof. */ post: {
parameters: { path: {
person_id: number;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ConsentIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["Changed"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns": {
/** The newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Without it: all but archived ones */ state?: components["schemas"]["CampaignState"] | null;
category?: components["schemas"]["Category"] | null;
leader_id?: string | null;
/** Words in the name */ q?: string;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_CampaignOut_"] } }; };
};
/** Plans a campaign. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CampaignIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}": {
/** One campaign. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
/** Saves a campaign; 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CampaignSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
/** Deletes a campaign of which nothing was launched. */ delete: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/state": {
/** Starts, ends, reopens or archives a campaign. */ put: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["CampaignMove"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/goal": {
/** Sets the campaign's one goal. */ put: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["GoalIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CampaignOut"] } }; };
};
/** Takes the campaign's goal away. */ delete: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/budget": {
/** The campaign's budget lines with exact sums. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["BudgetOut"] } }; };
};
/** Adds a line; answers the whole budget. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["BudgetLineIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["BudgetOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/budget/{line_id}": {
/** Saves a line; answers the whole budget. 409 when somebody else has saved since `version`. */ put: {
parameters: { path: {
campaign_id: string;
line_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["BudgetLineSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["BudgetOut"] } }; };
};
/** Takes a line away; answers the whole budget. */ delete: {
parameters: { path: {
campaign_id: string;
line_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["BudgetOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/campaigns/{campaign_id}/touchpoints": {
/** The campaign's touchpoints (at most 200), in the order they were made. */ get: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["TouchpointOut"])[] } }; };
};
/** Plans a touchpoint. */ post: {
parameters: { path: {
campaign_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TouchpointIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}": {
/** One touchpoint. */ get: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
/** Saves a draft; 409 when it was launched or somebody else has saved since `version`. */ put: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TouchpointSave"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TouchpointOut"] } }; };
};
/** Deletes a draft. */ delete: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences": {
/** Audiences by name. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Only those whose name or description contains this */ q?: string;
kind?: components["schemas"]["AudienceKind"] | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_AudienceOut_"] } }; };
};
/** Makes a segment or an empty list. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["AudienceIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["AudienceOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/count": {
/** Counts a rule that need not be saved: total, reach per channel and topic, some of the people. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["RuleIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["CountOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/overlap": {
/** How many people two audiences share. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["OverlapIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["OverlapOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/vocabulary": {
/** What a rule builder offers: attributes with their operators, tags, events, topics, campaigns. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["Vocabulary"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/values": {
/** The commonest values of a text or choice attribute, at most 50. */ get: {
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
/** Whether the analytics copy follows, and how fresh it is. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["CopyStatus"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}": {
/** One audience. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["AudienceOut"] } }; };
};
/** Changes an audience; a 409 says that somebody else did so meanwhile. */ put: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["AudienceChange"] } };
responses: { 200: { content: { "application/json": components["schemas"]["AudienceOut"] } }; };
};
/** Takes an audience out of use; it can be restored. */ delete: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/restore": {
/** Brings an archived audience back. */ post: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/count": {
/** Total, reach and some of the people of a saved audience. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["CountOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/members": {
/** The people of an audience, by id. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
}; query?: {
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_MemberOut_"] } }; };
};
/** Puts people on a list. */ post: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ListAddIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ListAdded"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/members/remove": {
/** Takes people off a list. */ post: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["ListRemoveIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["ListRemoved"] } }; };
};
};
"/api/v1/workspaces/{workspace}/audiences/{audience_id}/snapshots": {
/** Memberships written down at launches, the newest first, at most 100: how the audience grew. */ get: {
parameters: { path: {
audience_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["SnapshotOut"])[] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/settings": {
/** How the workspace's mail leaves. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["EmailSettingsOut"] } }; };
};
/** Changes how the workspace's mail leaves. */ put: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["EmailSettingsIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["EmailSettingsOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/settings/test": {
/** Tries to reach the mail server, with the settings given or, without any, the stored ones. Sends nothing. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody?: { content: { "application/json": components["schemas"]["EmailSettingsIn"] | null } };
responses: { 200: { content: { "application/json": components["schemas"]["ConnectionTest"] } }; };
};
};
"/api/v1/workspaces/{workspace}/email/dkim": {
/** Makes a new signing key; the answer has the DNS record to publish. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["DkimIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["EmailSettingsOut"] } }; };
};
/** Stops signing. */ delete: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["EmailSettingsOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/senders": {
/** Sender identities in use, oldest first. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["SenderOut"])[] } }; };
};
/** A new sender identity. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SenderIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["SenderOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/senders/{sender_id}": {
/** Changes a sender identity. */ put: {
parameters: { path: {
sender_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SenderIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["SenderOut"] } }; };
};
/** Takes a sender identity out of use. */ delete: {
parameters: { path: {
sender_id: string;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/sandbox/mails": {
/** Mails the sandbox received for this workspace, newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** part of recipient or subject */ search?: string;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_SandboxMailOut_"] } }; };
};
/** Deletes all mails the sandbox has of this workspace. */ delete: {
parameters: { path: {
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/sandbox/mails/{mail_id}": {
/** One mail with its headers, parts and source. */ get: {
parameters: { path: {
mail_id: number;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["SandboxMailFull"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/delivery": {
/** How a launched touchpoint stands; poll it while it runs. */ get: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ProgressOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/pause": {
/** Stops sending within the second. */ post: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ProgressOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/resume": {
/** Goes on with a paused or held touchpoint. */ post: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ProgressOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/cancel": {
/** Ends it for good; what was not sent is withheld. */ post: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
};  };

responses: { 200: { content: { "application/json": components["schemas"]["ProgressOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/touchpoints/{touchpoint_id}/messages": {
/** The people behind the numbers. */ get: {
parameters: { path: {
touchpoint_id: string;
workspace: string;
}; query?: {
state?: components["schemas"]["MessageState"] | null;
reason?: string | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_MessageOut_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/templates/{template_id}/test": {
/** Sends one rendered message to an address, marked as a test; it is in no report. */ post: {
parameters: { path: {
template_id: string;
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["TestIn"] } };
responses: { 200: { content: { "application/json": components["schemas"]["TestOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/suppressions": {
/** Addresses that get nothing, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
search?: string;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_SuppressionOut_"] } }; };
};
/** Never again sends anything to the address. */ post: {
parameters: { path: {
workspace: string;
};  };
requestBody: { content: { "application/json": components["schemas"]["SuppressionIn"] } };
responses: { 201: { content: { "application/json": components["schemas"]["SuppressionOut"] } }; };
};
};
"/api/v1/workspaces/{workspace}/suppressions/{suppression_id}": {
/** Allows sending to the address again; consent still decides. */ delete: {
parameters: { path: {
suppression_id: number;
workspace: string;
};  };

responses: { 204: { content: {  } }; };
};
};
"/api/v1/workspaces/{workspace}/events": {
/** What people did, the newest first. */ get: {
parameters: { path: {
workspace: string;
}; query?: {
/** Only this person's, by when they happened */ person_id?: number | null;
name?: string | null;
/** `next_cursor` of the previous page */ cursor?: string | null;
limit?: number;
}; };

responses: { 200: { content: { "application/json": components["schemas"]["Page_EventOut_"] } }; };
};
};
"/api/v1/workspaces/{workspace}/events/names": {
/** The names events have, the commonest first. */ get: {
parameters: { path: {
workspace: string;
};  };

responses: { 200: { content: { "application/json": (components["schemas"]["EventName"])[] } }; };
};
};
"/v1/track": {
/** Takes a track message in Segment's shape; answers when it is durable. */ post: {
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
/** Takes a identify message in Segment's shape; answers when it is durable. */ post: {
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
/** Takes a page message in Segment's shape; answers when it is durable. */ post: {
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
/** Takes a screen message in Segment's shape; answers when it is durable. */ post: {
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
/** Takes a group message in Segment's shape; answers when it is durable. */ post: {
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
/** Takes a alias message in Segment's shape; answers when it is durable. */ post: {
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
/** Takes a batch message in Segment's shape; answers when it is durable. */ post: {
parameters: {   };
requestBody: { content: { "application/json": {
batch: ({ [key: string]: unknown })[];
sentAt?: string;
} } };
responses: { 200: { content: { "application/json": unknown } }; };
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
/** An attribute that rules may speak of, with the operators that fit it. */ AttributeWord: {
key: string;
label: string;
type: components["schemas"]["ValueType"];
choices: (string)[];
operators: (components["schemas"]["Op"])[];
};
/** Which touch earns a conversion, within how many days, and which event is one. */ AttributionShape: {
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
/** An audience to be made. A segment has a rule, a list has none. */ AudienceIn: {
kind?: components["schemas"]["AudienceKind"];
name: string;
description?: string;
rule?: { [key: string]: unknown } | null;
};
/** How an audience is defined: by a rule (live) or by its members (fixed). */ AudienceKind: "segment" | "list";
/** An audience. ``broken`` says why its rule can no longer be asked; empty when it can. */ AudienceOut: {
id: string;
kind: components["schemas"]["AudienceKind"];
name: string;
description: string;
rule: { [key: string]: unknown } | null;
version: number;
broken: string;
created_by: string;
created_at: string;
updated_at: string;
};
/** One line of the audit trail. */ AuditEntry: {
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
/** Which touch earns a conversion: a person's click, or the delivery alone. */ Basis: "click" | "delivery";
/** A new budget line, in minor units of the workspace's currency. */ BudgetLineIn: {
name: string;
resource: components["schemas"]["Resource"];
/** Minor units of the workspace's currency. */ planned_minor: number;
/** Minor units of the workspace's currency. */ spent_minor?: number;
};
/** One line of a campaign's budget. */ BudgetLineOut: {
id: string;
name: string;
resource: components["schemas"]["Resource"];
planned_minor: number;
spent_minor: number;
version: number;
};
/** A budget line's new values. */ BudgetLineSave: {
name: string;
resource: components["schemas"]["Resource"];
/** Minor units of the workspace's currency. */ planned_minor: number;
/** Minor units of the workspace's currency. */ spent_minor?: number;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** A campaign's budget: its lines in order, and exact sums. */ BudgetOut: {
currency: string;
lines: (components["schemas"]["BudgetLineOut"])[];
by_resource: (components["schemas"]["ResourceTotal"])[];
planned_minor: number;
spent_minor: number;
};
/** Sums of the budget lines, in minor units. */ BudgetTotals: {
planned_minor: number;
spent_minor: number;
currency: string;
lines: number;
};
/** A new campaign. */ CampaignIn: {
name: string;
category: components["schemas"]["Category"];
description?: string;
leader_id?: string | null;
starts_on?: string | null;
ends_on?: string | null;
attribution?: components["schemas"]["AttributionShape"];
};
/** The state a campaign is to have. */ CampaignMove: {
state: components["schemas"]["CampaignState"];
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** A campaign. A running one whose last day is over reads as ended. */ CampaignOut: {
id: string;
name: string;
category: components["schemas"]["Category"];
description: string;
leader: components["schemas"]["LeaderOut"] | null;
starts_on: string | null;
ends_on: string | null;
state: components["schemas"]["CampaignState"];
attribution: components["schemas"]["AttributionShape"];
goal: components["schemas"]["GoalOut"] | null;
budget: components["schemas"]["BudgetTotals"];
touchpoints: components["schemas"]["TouchpointTotals"];
version: number;
updated_at: string;
updated_by: string;
created_at: string;
};
/** A campaign's new values. */ CampaignSave: {
name: string;
category: components["schemas"]["Category"];
description?: string;
leader_id?: string | null;
starts_on?: string | null;
ends_on?: string | null;
attribution?: components["schemas"]["AttributionShape"];
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** Where a campaign stands. */ CampaignState: "planned" | "running" | "ended" | "archived";
/** A campaign whose messages rules may speak of. */ CampaignWord: {
id: string;
name: string;
};
/** What a campaign is for. */ Category: "acquisition" | "monetisation" | "engagement";
/** How many states a statement changed; 0 when all of them were already so. */ Changed: {
changed: number;
};
/** A way to reach a person that needs their permission. */ Channel: "email" | "sms" | "push";
/** Whether a mail server can be used with these settings; `sentence` says what to do when not. */ ConnectionTest: {
ok: boolean;
sentence: string;
encrypted?: boolean;
pipelining?: boolean;
/** Largest mail the server takes in bytes; 0: it does not say. */ max_size?: number;
};
/** What a person said about topics on a channel, and under which exact wording. */ ConsentIn: {
channel: components["schemas"]["Channel"];
topic_ids: (number)[];
state: components["schemas"]["ConsentState"];
wording?: string;
};
/** What a person's consent for a topic stands at. */ ConsentOut: {
topic: components["schemas"]["TopicOut"];
channel: components["schemas"]["Channel"];
state: components["schemas"]["ConsentState"] | null;
at: string | null;
};
/** How a statement reached us. */ ConsentSource: "import" | "form" | "preference_page" | "one_click" | "api" | "member" | "complaint";
/** What a person said about a channel and topic. Who never said anything has no state. */ ConsentState: "granted" | "withdrawn";
/** Everything a person has said about being contacted: what holds now, and the proofs, the newest first. */ ConsentsOut: {
consents: (components["schemas"]["ConsentOut"])[];
proofs: (components["schemas"]["ProofOut"])[];
};
/** How the analytics copy is: ``state``, since when it is known to equal the truth, what is wrong. */ CopyStatus: {
state: string;
usable: boolean;
at: string | null;
problem: string;
};
/** How many people a rule means now. ``engine`` is who answered: ``copy`` or ``postgresql``. */ CountOut: {
total: number;
reach: (components["schemas"]["ReachOut"])[];
sample: (components["schemas"]["gonfalon__audiences__schemas__MemberOut"])[];
engine: string;
};
/** Where a launched touchpoint stands. */ DispatchState: "preparing" | "running" | "paused" | "held" | "finished" | "cancelled";
/** The domain to sign for; a new key is made. */ DkimIn: {
domain: string;
selector?: string;
};
/** A DNS record to publish. */ DnsRecordOut: {
type?: "TXT";
name: string;
value: string;
};
/** How the workspace's mail leaves. `password` absent: the stored one is kept; empty: it is removed. */ EmailSettingsIn: {
provider: "sandbox" | "smtp";
host?: string;
port?: number;
security?: components["schemas"]["Security"];
username?: string;
password?: string | null;
/** Connections each sender process opens at most. */ connections?: number;
/** Domain that takes bounces; empty: the From address. */ return_path_domain?: string;
};
/** How the workspace's mail leaves. The password is never shown. */ EmailSettingsOut: {
provider: "sandbox" | "smtp";
host: string;
port: number;
security: components["schemas"]["Security"];
username: string;
has_password: boolean;
connections: number;
return_path_domain: string;
dkim_domain: string;
dkim_selector: string;
/** What to publish so that receivers can check signatures. */ dkim_record: components["schemas"]["DnsRecordOut"] | null;
updated_at: string | null;
};
/** An event's name and how often it occurs among the newest 200,000 events. */ EventName: {
name: string;
count: number;
};
/** Something that happened. `amount_minor` is in minor units of `currency`. */ EventOut: {
id: number;
person_id: number;
name: string;
at: string;
received_at: string;
properties: { [key: string]: unknown };
amount_minor: number | null;
currency: string | null;
};
/** A campaign's goal. `version` is that of the goal read before; leave it out for a first goal. */ GoalIn: {
metric: components["schemas"]["GoalMetric"];
/** Money in minor units, rates as a fraction of one. */ target: number | string;
deadline: string;
baseline?: number | string | null;
version?: number | null;
};
/** Metrics that a campaign's goal may set a target for. */ GoalMetric: "conversions" | "conversion_rate" | "revenue" | "roi" | "cost_per_conversion" | "clickers" | "click_rate" | "open_rate" | "delivered" | "unsubscribe_rate";
/** A campaign's goal. */ GoalOut: {
metric: components["schemas"]["GoalMetric"];
unit: components["schemas"]["Unit"];
lower_is_better: boolean;
baseline: number | number | null;
/** Money in minor units, rates as a fraction of one. */ target: number | number;
deadline: string;
version: number;
};
/** One header field, decoded. */ HeaderOut: {
name: string;
value: string;
};
/** That the process answers and reaches its database. */ Health: {
ok: boolean;
version: string;
};
/** Whom to invite, as what. */ InvitationIn: {
email: string;
role: components["schemas"]["Role"];
};
/** A new invitation. The link is shown once. */ InvitationMade: {
id: string;
link: string;
};
/** An invitation that can still be accepted. */ InvitationOut: {
id: string;
email: string;
role: components["schemas"]["Role"];
expires_at: string;
created_at: string;
};
/** What the invited person sees before accepting. */ InvitationView: {
email: string;
role: components["schemas"]["Role"];
workspace: string;
has_account: boolean;
};
/** The workspace one has joined. */ Joined: {
workspace: string;
};
/** A key to be made. */ KeyIn: {
name: string;
scopes: (components["schemas"]["Scope"])[];
};
/** A new key; `key` is shown this once. */ KeyMade: {
id: string;
key: string;
};
/** A live key, recognisable by its first characters. */ KeyOut: {
id: string;
name: string;
prefix: string;
scopes: (components["schemas"]["Scope"])[];
created_at: string;
last_used_at: string | null;
};
/** Who leads a campaign. */ LeaderOut: {
id: string;
name: string;
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
/** Who is to be taken off a list. */ ListRemoveIn: {
people: (number)[];
};
/** How many were on the list. */ ListRemoved: {
removed: number;
};
/** The signed-in user. */ MeOut: {
name: string;
language: "en" | "fr" | "sv" | "zh";
theme: "auto" | "light" | "dark";
id: string;
email: string;
memberships: (components["schemas"]["MembershipOut"])[];
};
/** A workspace one is a member of, and what one may do there. */ MembershipOut: {
workspace: components["schemas"]["WorkspaceOut"];
role: string;
permissions: (string)[];
};
/** One person's copy. */ MessageOut: {
id: number;
person_id: number;
address: string | null;
state: components["schemas"]["MessageState"];
reason: string;
attempts: number;
ended_at: string | null;
/** The receiving server's last answer. */ reply: string | null;
};
/** Where one message stands. All but QUEUED and DEFERRED are final. */ MessageState: "queued" | "deferred" | "accepted" | "rejected" | "unknown" | "withheld";
/** Something chosen from another list. */ NamedOut: {
id: string;
name: string;
};
/** How a value is compared. Which operators fit which type is in ``OPERATORS``. */ Op: "is" | "is_not" | "contains" | "not_contains" | "starts_with" | "not_starts_with" | "any_of" | "none_of" | "lt" | "le" | "gt" | "ge" | "between" | "is_true" | "is_false" | "before" | "after" | "on" | "in_last_days" | "not_in_last_days" | "in_next_days" | "anniversary_in_days" | "known" | "unknown";
/** Two audiences to be compared. */ OverlapIn: {
first: string;
second: string;
};
/** How many people are only in the first, in both, only in the second. */ OverlapOut: {
first_only: number;
both: number;
second_only: number;
};
/** The first user. */ OwnerIn: {
name: string;
email: string;
password: string;
};
Page_AudienceOut_: {
items: (components["schemas"]["AudienceOut"])[];
next_cursor?: string | null;
};
Page_AuditEntry_: {
items: (components["schemas"]["AuditEntry"])[];
next_cursor?: string | null;
};
Page_CampaignOut_: {
items: (components["schemas"]["CampaignOut"])[];
next_cursor?: string | null;
};
Page_EventOut_: {
items: (components["schemas"]["EventOut"])[];
next_cursor?: string | null;
};
Page_MemberOut_: {
items: (components["schemas"]["gonfalon__audiences__schemas__MemberOut"])[];
next_cursor?: string | null;
};
Page_MessageOut_: {
items: (components["schemas"]["MessageOut"])[];
next_cursor?: string | null;
};
Page_SandboxMailOut_: {
items: (components["schemas"]["SandboxMailOut"])[];
next_cursor?: string | null;
};
Page_SuppressionOut_: {
items: (components["schemas"]["SuppressionOut"])[];
next_cursor?: string | null;
};
/** A change of password; it ends all sessions. */ PasswordIn: {
present: string;
new: string;
};
/** How one is named and sees the product. */ ProfileIn: {
name: string;
language: "en" | "fr" | "sv" | "zh";
theme: "auto" | "light" | "dark";
};
/** How a launched touchpoint stands. queued + deferred + accepted + rejected + unknown + withheld = total. */ ProgressOut: {
touchpoint_id: string;
state: components["schemas"]["DispatchState"];
state_reason: string;
send_at: string;
started_at: string | null;
finished_at: string | null;
per_hour: number | null;
/** The audience. */ total: number;
queued: number;
/** The part of queued and deferred that a sender has in hand now. */ sending: number;
/** Refused for now by the receiving server; tried again later. */ deferred: number;
accepted: number;
rejected: number;
/** The connection broke before the answer: nobody can know. Not sent again. */ unknown: number;
/** Not sent, each for the reason below. */ withheld: number;
reasons: (components["schemas"]["ReasonOut"])[];
/** The provider fails; the next try is at this time. */ blocked_until: string | null;
blocked_reason: string;
};
/** One line of the proof ledger: said `at`, written down at `recorded_at`. */ ProofOut: {
id: number;
channel: components["schemas"]["Channel"];
topic_id: number;
topic: string;
state: components["schemas"]["ConsentState"];
at: string;
recorded_at: string;
source: components["schemas"]["ConsentSource"];
wording: string;
details: { [key: string]: unknown };
};
/** How many members a channel and topic reach; the five numbers add up to the total. */ ReachOut: {
channel: string;
topic: string;
reachable: number;
no_address: number;
suppressed: number;
unsubscribed: number;
no_consent: number;
};
/** How many messages are in a state for a reason. */ ReasonOut: {
state: components["schemas"]["MessageState"];
reason: string;
count: number;
};
/** What a budget line pays for. */ Resource: "staff" | "contractor" | "media" | "other";
/** What one kind of resource comes to. */ ResourceTotal: {
resource: components["schemas"]["Resource"];
planned_minor: number;
spent_minor: number;
};
/** What a member is in a workspace. */ Role: "owner" | "manager" | "creator" | "approver" | "analyst" | "guest";
/** A member's new role. */ RoleIn: {
role: components["schemas"]["Role"];
};
/** A rule that need not be saved. */ RuleIn: {
/** A rule tree; see the reference of audience rules. */ rule: { [key: string]: unknown };
};
/** A mail with its parts. `html` is shown in a sandboxed frame only; `raw` is the mail as it came. */ SandboxMailFull: {
id: number;
received_at: string;
mail_from: string;
rcpt_to: string;
subject: string;
size: number;
headers: (components["schemas"]["HeaderOut"])[];
text: string;
html: string;
raw: string;
};
/** A mail in the sandbox's inbox. */ SandboxMailOut: {
id: number;
received_at: string;
mail_from: string;
rcpt_to: string;
subject: string;
size: number;
};
/** What an API key may do. */ Scope: "track" | "read" | "write" | "send" | "manage";
/** How a connection to a mail server is protected. */ Security: "none" | "starttls" | "tls";
/** Who mails are from. reply_to "": answers go to the From address. */ SenderIn: {
from_name: string;
from_address: string;
reply_to?: string;
};
/** A sender identity. */ SenderOut: {
id: string;
from_name: string;
from_address: string;
reply_to: string;
created_at: string;
};
/** A place one is signed in at. */ SessionOut: {
id: string;
user_agent: string;
ip: string;
created_at: string;
last_seen_at: string;
current: boolean;
};
/** The first workspace and its owner, with the one-time token of the set-up link. */ SetupIn: {
token: string;
workspace: components["schemas"]["WorkspaceIn"];
owner: components["schemas"]["OwnerIn"];
};
/** Whether a set-up link still works. */ SetupState: {
open: boolean;
};
/** Credentials. */ SignInIn: {
email: string;
password: string;
};
/** A membership that was written down. */ SnapshotOut: {
id: number;
size: number;
taken_at: string;
};
/** An address that is to get nothing. */ SuppressionIn: {
channel?: string;
address: string;
note?: string;
};
/** A suppressed address. `address` is null once the person was erased. */ SuppressionOut: {
id: number;
channel: string;
address: string | null;
reason: components["schemas"]["SuppressionReason"];
note: string;
created_at: string;
};
/** Why an address gets nothing on a channel. */ SuppressionReason: "hard_bounce" | "complaint" | "manual" | "erased" | "objection";
/** A test of a template version. person_id: whose fields to render with; without one, nobody's. */ TestIn: {
version: number;
sender_identity_id: string;
to: string;
person_id?: number | null;
};
/** What the mail server answered. */ TestOut: {
reply: string;
};
/** A topic to be made. */ TopicIn: {
name: string;
description?: string;
};
/** Something people can agree to hear about; `key` never changes. */ TopicOut: {
name: string;
description?: string;
position?: number;
id: number;
key: string;
archived_at: string | null;
};
/** The consent topic that is asked for. */ TopicRef: {
id: number;
name: string;
};
/** A topic's new name, description and place in the order. */ TopicUpdate: {
name: string;
description?: string;
position?: number;
};
/** A topic that people consent to. */ TopicWord: {
key: string;
name: string;
};
/** A planned email. What is not decided yet may be left out until launch; no `send_at` means at launch. */ TouchpointIn: {
name: string;
channel?: "email";
audience_id?: string | null;
template_id?: string | null;
sender_identity_id?: string | null;
topic_id?: number | null;
send_at?: string | null;
/** Pace; none: as fast as it goes */ per_hour?: number | null;
/** Share that gets nothing, to compare with */ holdout_percent?: number;
};
/** A touchpoint with what it is made of. */ TouchpointOut: {
id: string;
campaign_id: string;
name: string;
channel: string;
state: components["schemas"]["TouchpointState"];
state_reason: string;
audience: components["schemas"]["NamedOut"] | null;
template: components["schemas"]["NamedOut"] | null;
template_version: number | null;
sender_identity: components["schemas"]["NamedOut"] | null;
topic: components["schemas"]["TopicRef"] | null;
send_at: string | null;
per_hour: number | null;
holdout_percent: number;
launched_at: string | null;
launched_by: string;
finished_at: string | null;
version: number;
updated_at: string;
updated_by: string;
};
/** A touchpoint's new values. */ TouchpointSave: {
name: string;
channel?: "email";
audience_id?: string | null;
template_id?: string | null;
sender_identity_id?: string | null;
topic_id?: number | null;
send_at?: string | null;
/** Pace; none: as fast as it goes */ per_hour?: number | null;
/** Share that gets nothing, to compare with */ holdout_percent?: number;
/** As last read; refused with 409 when somebody has saved since. */ version: number;
};
/** Where a touchpoint stands: a draft until it is launched, then what delivery says of it. */ TouchpointState: "draft" | "preparing" | "running" | "paused" | "held" | "finished" | "cancelled";
/** How many touchpoints there are, and how many were launched. */ TouchpointTotals: {
planned: number;
launched: number;
};
/** How a metric's value is written. Money is in minor units, shares are fractions of one. */ Unit: "count" | "share" | "money";
/** A value that people have, and how many of them. */ ValueCount: {
value: string;
people: number;
};
/** What kind of value a declared attribute (or an event's property) holds. */ ValueType: "text" | "number" | "money" | "date" | "boolean" | "choice";
/** What a rule builder offers in this workspace. */ Vocabulary: {
attributes: (components["schemas"]["AttributeWord"])[];
tags: (string)[];
events: (string)[];
topics: (components["schemas"]["TopicWord"])[];
campaigns: (components["schemas"]["CampaignWord"])[];
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
language?: "en" | "fr" | "sv" | "zh";
slug: string;
};
/** A member of the workspace. */ gonfalon__accounts__members__schemas__MemberOut: {
user_id: string;
name: string;
email: string;
role: components["schemas"]["Role"];
created_at: string;
};
/** A person of the audience, in short. */ gonfalon__audiences__schemas__MemberOut: {
id: number;
email: string | null;
external_id: string | null;
attributes: { [key: string]: unknown };
};
/** RFC 9457 problem details. `detail` is a sentence for people, `code` is stable for programs. */ Problem: {
type?: string;
title: string;
status: number;
detail: string;
code: string;
};
};
}
/** A shape of the API by its name. */
export type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];
