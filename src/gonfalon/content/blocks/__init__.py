"""Mails as blocks: the tree that is edited without code, and the way between it and MJML.

MJML stays what is stored, sent and approved; the tree is made of it and written back to it. An element becomes a block
only where nothing of it is lost, and stays a raw block otherwise.
"""

from gonfalon.content.blocks.reading import open_mail
from gonfalon.content.blocks.tree import MailTree
from gonfalon.content.blocks.writing import write_mail

__all__ = ["MailTree", "open_mail", "write_mail"]
