"""Mails that came back, as servers in the world write them; `{path}` is the return path, `{head}` the returned head."""

from __future__ import annotations

POSTFIX = """\
Return-Path: <>
Delivered-To: {path}
From: MAILER-DAEMON@mx.shop.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {path}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.shop.example.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.shop.example

Final-Recipient: rfc822; ada@gone.example
Original-Recipient: rfc822;ada@gone.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.gone.example
Diagnostic-Code: smtp; 550 5.1.1 <ada@gone.example>: Recipient address rejected:
    User unknown in virtual mailbox table

--B
Content-Type: message/rfc822-headers

{head}

--B--
"""

FULL = (
    POSTFIX.replace("5.1.1 <ada@gone.example>: Recipient address rejected:", "5.2.2 The mailbox is full:")
    .replace("User unknown in virtual mailbox table", "quota exceeded")
    .replace("Status: 5.1.1", "Status: 5.2.2")
    .replace("smtp; 550", "smtp; 552")
)

DELAYED = (
    POSTFIX.replace("Action: failed", "Action: delayed")
    .replace("Status: 5.1.1", "Status: 4.4.1")
    .replace("smtp; 550 5.1.1", "smtp; 450 4.4.1")
)

EXCHANGE = """\
From: postmaster@tenant.example
To: {path}
Subject: Undeliverable: News
Content-Type: multipart/report; report-type=delivery-status; boundary="E"

--E
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

WW91ciBtZXNzYWdlIGNvdWxkbid0IGJlIGRlbGl2ZXJlZC4=

--E
Content-Type: message/delivery-status

Reporting-MTA: dns;EX.tenant.example

Final-recipient: RFC822;ada@tenant.example
Action: failed
Status: 5.1.10
Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

--E--
"""

QMAIL = """\
Return-Path: <>
From: MAILER-DAEMON@old.example
To: {path}
Subject: failure notice

Hi. This is the qmail-send program at old.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ada@old.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

{head}
"""

COMPLAINT = """\
From: <feedback@arf.mail.example>
Subject: FW: News
To: abuse@shop.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="F"

--F
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report for an email message received from IP 192.0.2.1.

--F
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1

--F
Content-Type: message/rfc822
Content-Disposition: inline

{head}

The text of the mail.

--F--
"""

AWAY = """\
From: ada@shop.example
To: {path}
Subject: Abwesenheitsnotiz: News
Auto-Submitted: auto-replied
Content-Type: text/plain

Ich bin bis zum 550. Tag nicht da.
"""

ANSWER = """\
From: ada@shop.example
To: {path}
Subject: Re: News

Thank you! Is the jacket from row 550 there in 5.1.1 sizes?
"""
